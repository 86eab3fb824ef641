"""The proof of time follows the engine: cases are played through it, and none takes longer than is reckoned."""

import random

import pytest

from procedures.check.longest import longest_way
from procedures.check.plan import plan_of
from procedures.check.subject import Subject
from procedures.finding import Span
from procedures.model import BackTo, JoinKind, Norm, Procedure, ReturnClock, Step, Unit
from procedures.places import Places
from tests.procedures.building import choose, days, end, go, norm, procedure, role, wait_all, work
from tests.procedures.check.generating import sound_draft
from tests.procedures.check.playing import Played

NOWHERE = Places(Span("a.yaml", 1, 1, 1, 1))
LIMIT = 60_000
OFFICER = (role("cán bộ", "cán bộ"),)


def hours(amount: int) -> Norm:
    return norm(str(amount), Unit.WORKING_HOUR)


def reckoned(sample: Procedure) -> int:
    return int(longest_way(Subject(sample, NOWHERE), returns=True).total)


def longest_played(sample: Procedure, runs: int, seed: int = 0) -> int:
    rng = random.Random(seed)  # noqa: S311 (cases for tests)
    return max(Played(sample, rng).counted(LIMIT) for _ in range(runs))


def limited(*steps: Step) -> Procedure:
    return procedure(*steps, roles=OFFICER, within=days(str(LIMIT), Unit.WORKING_MINUTE))


def asked_again(clock: ReturnClock, at_most: int = 2) -> Procedure:
    """Two hours to receive, three to look, one to sign; what is wrong goes back to whoever handed it in."""
    again = BackTo(step="nhận", at_most=at_most, clock=clock)
    return limited(
        work("nhận", go("xem"), norm=hours(2)),
        choose("xem", {"Đủ": go("ký"), "Thiếu": again}, norm=hours(3)),
        work("ký", end(), norm=hours(1)),
    )


@pytest.mark.parametrize(
    ("clock", "minutes"),
    [
        (ReturnClock.CONTINUE, 60 * (6 + 2 * 5)),  # everything again, twice
        (ReturnClock.PAUSE, 60 * (6 + 2 * 3)),  # only the looking again: while it is mended the clock stands
        (ReturnClock.RESTART, 60 * 6),  # each time afresh
    ],
)
def test_what_a_return_takes_out_of_the_limit_is_what_the_engine_lets_it_take(clock: ReturnClock, minutes: int) -> None:
    assert reckoned(asked_again(clock)) == minutes
    assert longest_played(asked_again(clock), 40) == minutes


def test_beside_a_running_branch_the_clock_does_not_stand() -> None:
    mended = BackTo(step="soạn", at_most=1, clock=ReturnClock.PAUSE)
    sample = limited(
        work("nhận", go("soạn", "khảo giá"), norm=hours(1)),
        work("soạn", go("xem"), norm=hours(2)),
        choose("xem", {"Đủ": go("ký"), "Thiếu": mended}, norm=hours(1)),
        work("khảo giá", go("ký"), norm=hours(90)),
        work("ký", end(), join=wait_all("xem", "khảo giá")),
    )
    assert [loop.stands for loop in plan_of(Subject(sample, NOWHERE)).loops] == [False]
    assert reckoned(sample) == longest_played(sample, 12) == 60 * 91


def drawn(seed: int) -> Procedure:
    """A sound procedure whose steps have norms in hours, whose returns have any policy, and where nothing races."""
    rng = random.Random(seed)  # noqa: S311 (procedures for tests)
    while True:
        made = sound_draft(rng, 4).build(rng)
        races = any(step.join and step.join.kind is JoinKind.ANY for step in made.steps)
        if not races and 2 < len(made.steps) < 9:
            return limited(*(normed(step, rng) for step in made.steps))


def normed(step: Step, rng: random.Random) -> Step:
    norms = hours(rng.randint(1, 9)) if rng.random() < 0.8 else None
    outcomes = tuple(
        outcome.model_copy(
            update={
                "branches": tuple(b.model_copy(update={"target": any_clock(b.target, rng)}) for b in outcome.branches)
            }
        )
        for outcome in step.outcomes
    )
    return step.model_copy(update={"responsible": ("cán bộ",), "norm": norms, "outcomes": outcomes})


def any_clock(target: object, rng: random.Random) -> object:
    if not isinstance(target, BackTo):
        return target
    return target.model_copy(update={"clock": rng.choice(list(ReturnClock)), "at_most": rng.choice((1, 2))})


@pytest.mark.parametrize("block", range(4))
def test_no_case_that_is_played_takes_longer_than_is_reckoned(block: int) -> None:
    reached = 0
    for seed in range(block * 12, block * 12 + 12):
        sample = drawn(seed)
        most, played = reckoned(sample), longest_played(sample, 8, seed)
        assert played <= most, seed
        reached += played == most
    assert reached >= 4  # the bound is met often, even by a few runs by chance
