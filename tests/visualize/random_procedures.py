"""Procedures nobody would write: every kind of step, long names, forks, returns and ends at random, by a seed."""

import random

from specimen import days, procedure

from procedures.model import BackTo, Branch, Duration, End, Go, Outcome, Procedure, Step, Unit

_TEXT = "thẩm định hồ sơ kiểm tra nghiệm thu bàn giao phê duyệt tổng hợp ý kiến của các đơn vị trực thuộc"
WORDS = _TEXT.split(" ")
ROLES = ("văn thư", "chuyên viên phòng tài chính kế hoạch", "lãnh đạo Sở", "kế toán")


def made(seed: int) -> Procedure:
    chance = random.Random(seed)  # noqa: S311 -- chance for a test
    count = chance.randint(1, 24)
    steps = tuple(_step(chance, at, count) for at in range(count))
    return procedure("QT-1", "Thử", steps)


def _step(chance: random.Random, at: int, count: int) -> Step:
    ways = chance.choice([1, 1, 1, 2, 3, 4])
    outcomes = tuple(
        Outcome(
            label="Xong" if ways == 1 else " ".join(chance.sample(WORDS, chance.randint(1, 4))) + str(way),
            branches=(Branch(target=_target(chance, at, count)),),
        )
        for way in range(ways)
    )
    kinds = [{"automatic": "gửi tin"}, {"delay": Duration(unit=Unit.DAY, text="3 ngày")}, {"call": "QT-02"}, {}]
    kinds += [{"responsible": (role,)} for role in ROLES] * 2
    name = " ".join(chance.choices(WORDS, k=chance.randint(1, 25)))
    forms = ("BM-01",) * chance.randint(0, 3)
    return Step(key=f"s{at}", name=name, outcomes=outcomes, norm=days(3), forms=forms, **chance.choice(kinds))


def _target(chance: random.Random, at: int, count: int) -> Go | BackTo | End:
    later = [f"s{n}" for n in range(at + 1, min(count, at + 6))]
    draw = chance.random()
    if not later or draw < 0.1:
        return End(result=chance.choice(["hoàn thành", "từ chối", "dừng lại"]))
    if draw < 0.25 and at:
        return BackTo(step=f"s{chance.randrange(at)}", at_most=chance.choice([None, 2]))
    if draw < 0.45:
        return Go(steps=tuple(chance.sample(later, min(len(later), chance.randint(2, 4)))))
    return Go(steps=(chance.choice(later),))
