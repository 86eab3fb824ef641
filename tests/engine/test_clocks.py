"""Given norms and promises, when the clock stands or starts afresh, then what is due moves by exactly that."""

from datetime import UTC, datetime

import pytest

from engine.commands import MACHINE, FireTimer, PauseCase, RecordBreach, ResumeCase, WithdrawCase
from engine.handle import Done
from engine.refusals.life import NotInBreach
from procedures.model import BackTo, Duration, Outcome, Procedure, ReturnClock, Step, Unit
from tests.engine.house import Office, at, purchase, working_time
from tests.procedures.building import branches, choose, days, end, go, norm, procedure, wait_all, work

NOW = at(2, 8)


def one_step(within: Duration | None = None, case_within: Duration | None = None, **more: object) -> Office:
    given = None if within is None else {"norm": norm(str(within.amount), within.unit)}
    return Office.with_(
        procedure(work("mở", end(), may_pause=True, **(given or {}), **more), within=case_within or days("5"))
    )


def supplementing(clock: ReturnClock, *, counted: bool = True) -> Procedure:
    """Draft, check, and back to the draft with a policy for the clock."""
    return procedure(
        work("soạn", go("xét"), norm=norm("2", counted=counted)),
        choose("xét", {"Đạt": end(), "Bổ sung": BackTo(step="soạn", at_most=3, clock=clock)}, norm=norm("1")),
        within=days("5"),
    )


def pause(given: Office, case: str, since: datetime, until: datetime) -> None:
    assert isinstance(given.give(PauseCase(id=given.id(), actor="an", case=case, reason="chờ"), since), Done)
    assert isinstance(given.give(ResumeCase(id=given.id(), actor="an", case=case), until), Done)


# -- promises and norms ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "promised"),
    [
        (at(2, 8), at(18, 17)),  # the day of the event is not counted, twelve working days, end of the last session
        (at(2, 16, 59), at(18, 17)),
        (at(6, 17, 30), at(24, 17)),  # Friday evening: twelve days from Monday
        (at(7, 9), at(24, 17)),  # a Saturday
        (at(13, 8, month=2), at(10, 17)),  # over the Tết holidays of 2026, 16 to 20 February
    ],
)
def test_the_promise_of_a_case_is_counted_by_the_law(start: datetime, promised: datetime) -> None:
    given = Office.with_(purchase())
    case = given.case(given.open(start))
    assert (case.due, case.promised) == (promised, promised)


@pytest.mark.parametrize(
    ("ready", "due"),
    [
        (at(2, 8), at(3, 8)),  # whole working days to the same clock time
        (at(2, 12), at(3, 13, 30)),  # in the lunch break: counts from 13:30
        (at(6, 16), at(9, 16)),  # over the weekend
        (at(7, 10), at(10, 7, 30)),  # a Saturday counts from Monday 07:30
    ],
)
def test_the_norm_of_a_step_runs_to_the_same_clock_time(ready: datetime, due: datetime) -> None:
    given = one_step(days("1"))
    case = given.open(ready, procedure="QT-01")
    found = given.live(case)["mở"].due
    assert found == due
    assert found.tzinfo is UTC


def test_hours_run_in_working_time() -> None:
    given = one_step(days("5", Unit.WORKING_HOUR))
    case = given.open(at(6, 14, 30), procedure="QT-01")  # Friday: 2.5 hours until 17:00, 2.5 on Monday from 07:30
    assert given.live(case)["mở"].due == at(9, 10)


@pytest.mark.parametrize(("ready", "due"), [(at(2, 15), at(3, 15)), (at(2, 15, 1), at(4, 7, 30))])
def test_what_is_handed_over_after_the_cut_off_counts_from_the_next_day(ready: datetime, due: datetime) -> None:
    given = Office.with_(
        procedure(work("mở", go("làm")), work("làm", end(), norm=norm("1"), hand_over_cut_off="15:00"))
    )
    case = given.open(NOW, procedure="QT-01")
    given.do(case, "mở", "an", ready)
    assert given.live(case)["làm"].due == due


def test_a_case_without_a_limit_has_no_promise() -> None:
    for within in (None, Duration(amount=days("1").amount, unit=Unit.UNSPECIFIED, text="không quy định")):
        given = Office.with_(procedure(work("mở", end()), within=within))
        case = given.case(given.open(NOW, procedure="QT-01"))
        assert (case.due, case.promised, case.items[0].due) == (None, None, None)


# -- pauses ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("since", "until"),
    [
        (at(2, 9), at(2, 10)),
        (at(2, 9), at(2, 9)),
        (at(2, 11), at(3, 14)),
        (at(2, 18), at(3, 7)),  # nothing is worked at night
        (at(2, 16), at(9, 9)),  # over a weekend
    ],
)
def test_a_pause_moves_case_and_work_by_exactly_the_working_time_it_took(since: datetime, until: datetime) -> None:
    given = one_step(days("2", Unit.WORKING_HOUR) if since.hour < 10 else days("3"))
    case = given.open(NOW, procedure="QT-01")
    before = given.case(case)
    pause(given, case, since, until)
    after, time = given.case(case), working_time()
    stood = time.working_minutes(since, until)
    assert (before.due, before.items[0].due) != (None, None)
    for old, new in ((before.due, after.due), (before.items[0].due, after.items[0].due)):
        assert old is not None
        assert new == time.add_working_minutes(old, stood)
        assert time.working_minutes(old, new) == stood
    assert (after.stood_minutes, after.stopped_at, after.promised) == (stood, None, before.promised)


def test_two_pauses_end_to_end_are_one() -> None:
    dues = []
    for stops in ([at(2, 9), at(4, 10)], [at(2, 9), at(3, 8), at(3, 8), at(4, 10)]):
        given = one_step(days("3"))
        case = given.open(NOW, procedure="QT-01")
        for since, until in zip(stops[::2], stops[1::2], strict=True):
            pause(given, case, since, until)
        found = given.case(case)
        dues.append((found.due, found.items[0].due, found.stood_minutes))
    assert dues[0] == dues[1]


def test_a_delay_of_real_hours_is_moved_by_real_hours() -> None:
    delay = Step(
        key="chờ",
        name="Chờ",
        delay=days("48", Unit.HOUR),
        may_pause=True,
        outcomes=(Outcome(branches=branches(end())),),
    )
    given = Office.with_(procedure(work("mở", go("chờ")), delay))
    case = given.open(NOW, procedure="QT-01")
    given.do(case, "mở", "an", NOW)
    assert given.live(case)["chờ"].due == at(4, 8)
    pause(given, case, at(2, 18), at(3, 6))
    assert given.live(case)["chờ"].due == at(4, 20)
    assert isinstance(given.give(FireTimer(id="t", actor=MACHINE, case=case, item=2), at(4, 20)), Done)


def test_what_was_overdue_before_a_pause_stays_due_when_it_was() -> None:
    given = one_step(days("1"))
    case = given.open(NOW, procedure="QT-01")
    pause(given, case, at(3, 9), at(5, 9))
    assert given.live(case)["mở"].due == at(3, 8)


def test_a_step_is_not_late_for_the_time_its_case_was_paused() -> None:
    given = one_step(days("1"))
    case = given.open(NOW, procedure="QT-01")
    given.give(PauseCase(id="p", actor="an", case=case, reason="chờ"), at(2, 9))
    late = RecordBreach(id="b", actor=MACHINE, case=case, item=1, breach="late_step")
    assert given.give(late, at(20, 9)) == NotInBreach(case)
    with given.store.reading() as reader:
        assert reader.overdue(at(20, 9)) == []
    given.give(WithdrawCase(id="w", actor="an", case=case, reason="thôi"), at(20, 9))
    assert given.give(late, at(20, 9)) == NotInBreach(case)
    assert given.give(late.model_copy(update={"item": None, "breach": "late_case"}), at(20, 9)) == NotInBreach(case)
    with given.store.reading() as reader:
        assert reader.overdue(at(30, 8)) == []
    assert given.case(case).paused_at is None


# -- uncounted steps and returns ---------------------------------------------------------------------------------------


def test_a_step_that_is_not_counted_stops_the_clock_of_the_case() -> None:
    given = Office.with_(supplementing(ReturnClock.CONTINUE, counted=False))
    case = given.open(NOW, procedure="QT-01")
    promised = given.case(case).due
    assert promised == at(9, 17)
    assert given.case(case).stopped_at == NOW
    given.do(case, "soạn", "an", at(4, 8))
    after = given.case(case)
    assert (after.stopped_at, after.stood_minutes, after.promised) == (None, 900, promised)
    assert after.due == working_time().add_working_minutes(at(9, 17), 900)


def test_the_clock_runs_while_any_counted_work_is_open() -> None:
    given = Office.with_(
        procedure(
            work("mở", go("a", "b")),
            work("a", go("gộp"), norm=norm("2", counted=False)),
            work("b", go("gộp"), norm=norm("1")),
            work("gộp", end(), join=wait_all("a", "b")),
            within=days("5"),
        )
    )
    case = given.open(NOW, procedure="QT-01")
    given.do(case, "mở", "an", NOW)
    assert given.case(case).stopped_at is None
    given.do(case, "b", "an", at(3, 8))
    assert given.case(case).stopped_at == at(3, 8)
    given.do(case, "a", "an", at(4, 8))
    assert given.case(case).stopped_at is None
    assert given.case(case).stood_minutes == 450


def test_a_return_that_runs_on_moves_nothing() -> None:
    given = Office.with_(supplementing(ReturnClock.CONTINUE))
    case = given.open(NOW, procedure="QT-01")
    given.do(case, "soạn", "an", at(2, 9))
    given.do(case, "xét", "an", at(3, 9), "Bổ sung", reason="thiếu")
    given.do(case, "soạn", "an", at(5, 9))
    assert given.case(case).due == at(9, 17)
    assert not any(record.event.kind.startswith("Clock") for record in given.log(case))


def test_a_return_that_stops_the_clock_moves_the_promise_by_the_rework() -> None:
    given = Office.with_(supplementing(ReturnClock.PAUSE))
    case = given.open(NOW, procedure="QT-01")
    given.do(case, "soạn", "an", at(2, 9))
    given.do(case, "xét", "an", at(3, 9), "Bổ sung", reason="thiếu")
    assert given.case(case).stopped_at == at(3, 9)
    given.do(case, "soạn", "an", at(5, 9))
    stood = working_time().working_minutes(at(3, 9), at(5, 9))
    assert given.case(case).due == working_time().add_working_minutes(at(9, 17), stood)
    assert given.case(case).stood_minutes == stood


def test_counting_anew_after_a_supplement_equals_a_fresh_start() -> None:
    given = Office.with_(supplementing(ReturnClock.RESTART))
    case = given.open(NOW, procedure="QT-01")
    given.do(case, "soạn", "an", at(2, 9))
    given.do(case, "xét", "an", at(3, 9), "Bổ sung", reason="thiếu")
    received = at(12, 10)
    given.do(case, "soạn", "an", received)
    fresh = Office.with_(supplementing(ReturnClock.RESTART))
    other = fresh.open(received, procedure="QT-01")
    assert given.case(case).due == fresh.case(other).due == at(19, 17)
    assert given.live(case)["xét"].due == at(13, 10)
    assert given.case(case).promised == at(9, 17)


def test_a_clock_that_was_set_back_reorders_nothing() -> None:
    given = one_step(days("3"))
    case = given.open(at(3, 8), procedure="QT-01")
    before = given.case(case).due
    given.give(PauseCase(id="p", actor="an", case=case, reason="chờ"), at(3, 10))
    given.give(ResumeCase(id="r", actor="an", case=case), at(2, 8))
    given.do(case, "mở", "an", at(1, 8, year=2020))
    times = [record.at for record in given.log(case)]
    assert times == sorted(times)
    assert (given.case(case).due, times[-1]) == (before, at(3, 10))
