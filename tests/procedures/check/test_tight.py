"""Sums that fit, and intakes for which they do not: what is told of them, and that nothing is left out unasked."""

import random

import pytest

from procedures.calendar import Calendar
from procedures.check import check
from procedures.check.intake import Norms, shortest_day, worst_intake
from procedures.check.overrun import Held, overrun, own_times
from procedures.check.subject import Subject
from procedures.check.tight import _needs_no_calendar
from procedures.finding import Finding, Severity, Span
from procedures.model import Procedure, Unit
from procedures.places import Places
from tests.procedures.building import days, end, go, norm, procedure, wait_all, work
from tests.procedures.calendar.building import calendar, sessions

NOWHERE = Places(Span("a.yaml", 1, 1, 1, 1))
FULL = sessions("07:30-11:30", "13:30-17:30")
SHORT = sessions("07:30-11:30", "13:30-17:00")


def office(hours: object) -> Calendar:
    return calendar(hours=hours, decided=(2026,))


def two(first: str, second: str, limit: str, unit: Unit = Unit.WORKING_DAY) -> Procedure:
    steps = (work("nhận", go("xét"), norm=norm(first, unit)), work("xét", end(), norm=norm(second, unit)))
    return procedure(*steps, within=days(limit, unit))


def told(sample: Procedure, hours: object = SHORT) -> list[Finding]:
    return [finding for finding in check(sample, NOWHERE, None, office(hours)) if "QT401" <= finding.code <= "QT408"]


def test_halves_of_a_day_take_more_than_their_sum_where_a_day_has_fewer_hours() -> None:
    (finding,) = told(two("0.5", "1.5", "2"))
    assert (finding.code, finding.severity) == ("QT408", Severity.HINT)
    assert finding.message.into("vi").startswith(
        "tổng thời hạn khớp, nhưng không phải nhận lúc nào cũng kịp: nhận 17:00 "
    )
    assert finding.label is not None
    assert finding.label.into("vi") == "khi cộng, 1 ngày làm việc là 8 giờ; cơ quan này làm ít giờ hơn"
    assert finding.trace is not None
    assert [stop.step for stop in finding.trace.way] == ["nhận", "xét"]


def test_an_office_of_eight_hours_keeps_the_sum() -> None:
    assert told(two("0.5", "1.5", "2"), FULL) == []


def test_whole_days_and_a_day_to_spare_are_kept_by_every_office() -> None:
    assert told(two("1", "1", "2")) == []
    assert told(two("0.5", "1.5", "3")) == []


def test_days_of_the_calendar_go_on_over_days_off_at_every_step() -> None:
    (finding,) = told(two("1", "1", "2", Unit.DAY), FULL)
    assert finding.code == "QT408"
    assert finding.label is not None
    assert finding.label.into("en") == "at each step a time that ends on a day off goes on to the next working day"
    assert told(two("1", "1", "48", Unit.HOUR)) == []


def test_what_does_not_even_add_up_is_told_once() -> None:
    assert [finding.code for finding in told(two("0.5", "2", "2"))] == ["QT401"]


def test_the_shortest_day_is_that_of_the_calendar() -> None:
    assert shortest_day(Subject(two("1", "1", "2"), NOWHERE, None, office(SHORT))) == 450
    assert shortest_day(Subject(two("1", "1", "2"), NOWHERE, None, office(()))) == 1


def drawn(rng: random.Random) -> Procedure:
    """One step, two branches and one more, with halves, hours and sessions, against a limit near their sum."""
    norms = [
        norm(str(rng.randint(1, 5) / 2), rng.choice((Unit.WORKING_DAY, Unit.WORKING_HOUR, Unit.SESSION)))
        if rng.random() < 0.8
        else None
        for _ in range(4)
    ]
    steps = (
        work("a", go("b", "c"), norm=norms[0]),
        work("b", go("d"), norm=norms[1]),
        work("c", go("d"), norm=norms[2]),
        work("d", end(), norm=norms[3], join=wait_all("b", "c")),
    )
    return procedure(*steps, within=days(str(rng.randint(1, 9))))


@pytest.mark.parametrize("hours", [SHORT, sessions("08:00-11:30")], ids=["7,5 hours", "3,5 hours"])
def test_what_is_not_asked_of_the_calendar_is_kept_on_it(hours: object) -> None:
    rng, spared = random.Random(7), 0  # noqa: S311 (procedures for tests)
    for _ in range(120):
        sample = drawn(rng)
        subject = Subject(sample, NOWHERE, None, office(hours))
        assert sample.within is not None
        held = Held(sample.within, own_times(subject))
        if held.times and overrun(subject, held) is None and _needs_no_calendar(subject, held):
            spared += 1
            assert worst_intake(subject, Norms(held.limit, held.times, {}), returns=False) is None
    assert spared > 20
