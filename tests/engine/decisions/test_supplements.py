"""Given a case, when its dossier lacks something, then it is asked for once and time goes by the declared policy."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.case import CaseStatus
from engine.clocks import dues_of
from engine.commands import MACHINE, FireTimer, LapseSupplement, MigrateCase, PauseCase, RecordBreach, ResumeCase
from engine.handle import Done
from engine.refusals.access import NotAParty, NotYours, OnlyTheSystem
from engine.refusals.entering import ReasonNeeded
from engine.refusals.life import CaseIsPaused, NotInBreach
from engine.refusals.time import (
    NoSupplementAwaited,
    NoteNeeded,
    NotExpired,
    NothingLacking,
    SupplementAwaited,
    TooManySupplements,
)
from engine.refusals.work import NotForPeople
from engine.timers import lapse
from procedures.allowances import Supplements
from quality.look import look
from tests.engine.house import ZONE, Office, at, working_time
from tests.engine.playing import kept
from tests.engine.timed import NOW, done, lacking, length, opened, received, refused, timed

ASKED, CAME = at(3, 9), at(6, 10)
moments = st.datetimes(datetime(2026, 3, 2, 8), datetime(2026, 3, 13, 17), timezones=st.just(ZONE))  # noqa: DTZ001
QUICK = settings(max_examples=25)


def supplemented(clock: str, asked: datetime = ASKED, came: datetime = CAME) -> tuple[object, str]:
    office = timed(clock)  # type: ignore[arg-type]
    case = opened(office)
    done(office, lacking(office, case), asked)
    done(office, received(office, case), came)
    return office, case


def test_the_whole_limit_and_the_norms_are_counted_anew_from_what_came_in_full() -> None:
    office, case = supplemented("restart")
    fresh = timed()
    other = fresh.case(opened(fresh, CAME))
    found = office.case(case)  # type: ignore[attr-defined]
    assert (found.due, found.items[1].due, found.items[1].parts) == (
        other.due,
        other.items[1].due,
        other.items[1].parts,
    )
    assert (found.promised, found.due) == (at(16, 17), at(20, 17))
    rules = office.shelf.release("QT-01", 1).procedure  # type: ignore[attr-defined]
    assert dues_of(found, rules, lambda _: working_time()) == kept(found)  # so a later pause counts from there too


def stood(office: Office, case: str, since: datetime, until: datetime) -> None:
    """Pause a case and resume it."""
    done(office, PauseCase(id=office.id(), actor="an", case=case, reason="chờ"), since)
    done(office, ResumeCase(id=office.id(), actor="an", case=case), until)


@QUICK
@given(st.lists(moments, min_size=8, max_size=8).map(sorted), st.booleans(), st.booleans())
def test_counted_anew_a_case_is_in_everything_that_comes_as_one_that_begins_then(
    moments: list[datetime],
    waited: bool,  # noqa: FBT001
    partly: bool,  # noqa: FBT001
) -> None:
    begun, since, until, asked, some, came, later, on = moments
    office, fresh = timed("restart"), timed("restart")
    case = opened(office, begun)
    if waited:
        stood(office, case, since, until)
    done(office, lacking(office, case), asked)
    if partly:
        done(office, received(office, case, full=False, note="còn thiếu"), some)
    done(office, received(office, case), came)
    other = opened(fresh, came)
    assert time_of(office, case) == time_of(fresh, other)
    stood(office, case, later, on)
    stood(fresh, other, later, on)
    assert time_of(office, case) == time_of(fresh, other)


def time_of(office: Office, case: str) -> tuple[object, ...]:
    """Everything that the time of a case is known by, but what was promised."""
    found = office.case(case)
    item = found.items[1]
    return found.due, found.course, found.stopped_at, item.due, item.since or item.opened_at, item.parts


def test_under_pause_everything_moves_by_exactly_the_time_that_was_waited() -> None:
    office, case = supplemented("pause")
    found, time = office.case(case), working_time()  # type: ignore[attr-defined]
    stood = time.working_minutes(ASKED, CAME)
    assert found.due == time.add_working_minutes(at(16, 17), stood)
    assert found.items[1].due == time.add_working_minutes(at(5, 8), stood)
    assert found.items[1].parts[0].due == at(3, 8)  # it was late before anything was asked for
    assert found.stood == ((ASKED, CAME),)


def test_excluded_time_moves_the_limit_of_the_case_and_no_norm() -> None:
    office, case = supplemented("exclude")
    found, time = office.case(case), working_time()  # type: ignore[attr-defined]
    assert found.due == time.add_working_minutes(at(16, 17), time.working_minutes(ASKED, CAME))
    assert found.items[1].due == at(5, 8)


def test_without_an_effect_nothing_moves_and_work_goes_on() -> None:
    office = timed("none")
    case = opened(office)
    before = office.case(case).due
    done(office, lacking(office, case), ASKED)
    office.do(case, "xét", "an", at(4, 8))
    found = office.case(case)
    assert (found.due, found.over, found.supplement, found.supplements[0].closing) == (before, True, None, "dropped")


@QUICK
@given(moments, st.sampled_from(("restart", "pause", "exclude", "none")))
def test_a_supplement_that_comes_at_once_changes_nothing_but_a_count_begun_anew(moment: datetime, clock: str) -> None:
    office, case = supplemented(clock, moment, moment)
    found = office.case(case)  # type: ignore[attr-defined]
    if clock == "restart":
        fresh = timed()
        assert found.due == fresh.case(opened(fresh, found.supplements[0].closed_at)).due
    else:
        assert (found.due, found.items[1].due) == (at(16, 17), at(5, 8))
    assert found.promised == at(16, 17)


def test_while_everything_waits_nothing_is_finished_and_nothing_grows_late() -> None:
    office = timed("restart")
    case = opened(office)
    done(office, lacking(office, case), at(2, 9))
    assert office.refuse(case, "xét", "an", at(3, 9)) == SupplementAwaited(case, at(2, 9))
    pause = PauseCase(id="p", actor="an", case=case, reason="chờ")
    assert isinstance(refused(office, pause, at(3, 9)), SupplementAwaited)
    assert isinstance(refused(office, FireTimer(id="t", actor=MACHINE, case=case, item=2), at(3, 9)), SupplementAwaited)
    moved = MigrateCase(id="m", actor="an", case=case, issue=2, reason="mới")
    assert not isinstance(office.give(moved, at(3, 9)), Done)
    late = RecordBreach(id="b", actor=MACHINE, case=case, item=2, breach="late_step")
    assert refused(office, late, at(20, 9)) == NotInBreach(case)
    with office.store.reading() as reader:
        assert reader.overdue(at(20, 9)) == []
        assert reader.wakes(at(20, 9)) == []


def test_something_that_came_but_not_all_is_noted_and_the_case_goes_on_waiting() -> None:
    office = timed()
    case = opened(office)
    done(office, lacking(office, case), ASKED)
    assert refused(office, received(office, case, full=False), at(4, 8)) == NoteNeeded()
    done(office, received(office, case, full=False, note="Còn thiếu ảnh"), at(4, 8))
    awaited = office.case(case).supplement
    assert awaited is not None
    assert (awaited.answers, office.case(case).stopped_at) == (1, ASKED)
    done(office, received(office, case), at(5, 8))
    assert office.case(case).supplement is None


def test_a_supplement_is_asked_for_once_completely_by_who_has_the_work() -> None:
    office = timed()
    case = opened(office)
    assert refused(office, lacking(office, case, lacking=()), ASKED) == NothingLacking()
    assert refused(office, lacking(office, case, lacking=(" ",)), ASKED) == NothingLacking()
    assert refused(office, lacking(office, case, lacking=("Ảnh", "Ảnh")), ASKED) == NothingLacking()
    assert refused(office, lacking(office, case, reason=" "), ASKED) == ReasonNeeded()
    assert isinstance(refused(office, lacking(office, case, by="em"), ASKED), NotYours)
    assert refused(office, received(office, case), ASKED) == NoSupplementAwaited(case)
    done(office, lacking(office, case), ASKED)
    assert isinstance(refused(office, lacking(office, case), ASKED), SupplementAwaited)
    assert isinstance(refused(office, received(office, case, by="em"), CAME), NotAParty)
    done(office, received(office, case), CAME)
    assert refused(office, lacking(office, case), CAME) == TooManySupplements(case, 1)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_as_many_are_asked_for_as_are_declared(count: int) -> None:
    office = timed(supplements=Supplements(at_most=count))
    case = opened(office)
    for day in range(count):
        done(office, lacking(office, case), at(3 + day, 9))
        done(office, received(office, case), at(3 + day, 10))
    assert refused(office, lacking(office, case), at(9, 9)) == TooManySupplements(case, count)
    with office.store.reading() as reader:
        assert len(reader.cases()[0].supplements) == count


def test_a_case_is_closed_when_nothing_has_come_in_the_declared_time_and_nobody_closes_it_before() -> None:
    office = timed()
    case = opened(office)
    done(office, lacking(office, case), ASKED)
    expires = at(24, 17)  # fifteen working days after 3 March, by the law
    assert office.case(case).supplements[0].expires == expires
    asked = LapseSupplement(id="l", actor=MACHINE, case=case, supplement=1)
    assert refused(office, asked, expires) == NotExpired(expires)
    assert isinstance(refused(office, asked.model_copy(update={"actor": "an"}), at(25, 8)), OnlyTheSystem)
    assert lapse(office.store, office, expires) == []
    assert [found.case for found in lapse(office.store, office, at(24, 17, 1))] == [case]
    assert lapse(office.store, office, at(25, 8)) == []
    found = office.case(case)
    assert (found.status, found.result) == (CaseStatus.STOPPED, "không bổ sung hồ sơ")
    assert (found.supplements[0].closing, found.live_items, found.stopped_at) == ("lapsed", (), None)
    with office.store.reading() as reader:
        assert reader.overdue(at(30, 8, year=2027)) == []


def test_one_look_closes_what_never_came_and_counts_it() -> None:
    office = timed()
    case = opened(office)
    done(office, lacking(office, case), ASKED)
    assert look(office.store, office, at(25, 8)).lapsed == 1
    assert look(office.store, office, at(25, 9)).lapsed == 0
    assert office.case(case).over


def test_without_a_declared_time_a_case_waits_for_ever() -> None:
    office = timed(supplements=Supplements())
    case = opened(office)
    done(office, lacking(office, case), ASKED)
    with office.store.reading() as reader:
        assert reader.wakes(at(2, 8, year=2029)) == []


def test_a_paused_case_asks_for_nothing_and_takes_in_what_comes() -> None:
    office = timed("exclude")
    case = opened(office)
    done(office, lacking(office, case), ASKED)
    done(office, PauseCase(id="p", actor="an", case=case, reason="chờ"), at(4, 8))
    assert isinstance(refused(office, lacking(office, case), at(4, 9)), CaseIsPaused)
    done(office, received(office, case), at(4, 9))
    assert office.case(case).status is CaseStatus.PAUSED
    done(office, ResumeCase(id="r", actor="an", case=case), at(30, 8))
    assert lapse(office.store, office, at(30, 8)) == [], "what came while the case was paused has come"
    time = working_time()
    assert office.case(case).due == time.add_working_minutes(at(16, 17), time.working_minutes(ASKED, at(30, 8)))


def test_only_work_of_people_lacks_something() -> None:
    from tests.procedures.building import Outcome, branches, end, go, procedure, work

    machine = work("nhận", go("máy"))
    waiting = work("máy", end()).model_copy(
        update={"responsible": (), "automatic": "máy", "outcomes": (Outcome(branches=branches(end())),)}
    )
    office = timed()
    office.shelf = type(office).with_(procedure(machine, waiting, within=length("5"))).shelf
    case = office.open(NOW, procedure="QT-01")
    office.do(case, "nhận", "an", NOW)
    assert isinstance(refused(office, lacking(office, case), ASKED), NotForPeople)
