"""A few months of an agency, played with a fixed seed: cases that wait, come back, run late, stay open."""

import random
from datetime import datetime, timedelta

from engine.commands import WithdrawCase
from engine.handle import Done
from tests.quality.agency import Agency, at


def lived(office: Agency, cases: int = 40, seed: int = 7) -> list[str]:
    """Play so many cases from the beginning of February 2026; return their ids."""
    dice = random.Random(seed)  # noqa: S311 - a game, not a secret
    opened = sorted(at(2, month=2) + timedelta(minutes=dice.randrange(0, 80 * 24 * 60)) for _ in range(cases))
    return [_life(office, dice, start) for start in opened]


def _life(office: Agency, dice: random.Random, now: datetime) -> str:
    who = dice.choice(["an", "duc"])
    case = office.open(now, by=who)
    item = 1
    for _ in range(20):
        if dice.random() < 0.06:
            return case
        if dice.random() < 0.03:
            told = WithdrawCase(id=f"w-{case}", actor=who, case=case, reason="rút")
            assert isinstance(office.give(told, _later(dice, now)), Done)
            return case
        step = office_step(office, case, item)
        actor = {"lập phiếu": who, "kiểm tra": "binh", "duyệt": "chi"}[step]
        now = _later(dice, now)
        if step != "lập phiếu" and dice.random() < 0.7:
            office.claim(case, item, actor, now)
            now = _later(dice, now)
        outcome = _outcome(dice, step, item)
        office.finish(case, item, actor, now, outcome)
        if step == "duyệt":
            return case
        item += 1
    return case


def office_step(office: Agency, case: str, item: int) -> str:
    with office.store.reading() as reader:
        held = reader.held(case)
    assert held is not None
    return held.case.items[item - 1].step


def _outcome(dice: random.Random, step: str, item: int) -> str | None:
    if step == "kiểm tra":
        return "Thiếu" if item < 8 and dice.random() < 0.25 else "Đủ"
    return dice.choice(["Đồng ý", "Đồng ý", "Không"]) if step == "duyệt" else None


def _later(dice: random.Random, now: datetime) -> datetime:
    return now + timedelta(
        minutes=dice.choice([5, 60, 300, 1440, 4320]) + dice.randrange(60), seconds=dice.randrange(60)
    )
