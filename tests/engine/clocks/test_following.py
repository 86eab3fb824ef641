"""Given a new calendar in force, when anything is asked of a case, then all that is due follows it, and is told."""

from dataclasses import replace
from datetime import UTC, date, timedelta

import pytest

from engine.clocks import dues_of
from engine.commands import (
    MACHINE,
    AnyCommand,
    ClaimWork,
    FollowCalendar,
    LapseConsultation,
    LapseSupplement,
    PauseCase,
    RecordBreach,
    ResumeCase,
)
from engine.events import DeadlinesRecomputed
from engine.handle import Done
from engine.stores.memory import MemoryStore
from procedures.calendar import Calendar, Calendars
from procedures.calendar.versions import DayKind, Hours, Session, Source, SpecialDay, Version, weekdays
from tests.engine.house import Office, at, purchase, working_time
from tests.engine.playing import Player, kept, player
from tests.engine.timed import asking, lacking, opened, received, saying, timed
from tests.engine.timed import done as carried_out
from tests.procedures.building import days, end, norm, procedure, work

NORM = purchase().step("kiểm tra").norm.within
NOW = at(2, 8)  # a Monday
MORNING = Session(opens=450, closes=690)
GIVEN = Source(document="12/QĐ", issued=date(2026, 3, 2))


def changed(*specials: SpecialDay) -> Calendar:
    """Return the shipped calendar with other special days."""
    version = working_time().version
    known = {special.day: special for special in (*version.days, *specials)}
    return Calendar(version.model_copy(update={"days": tuple(known[day] for day in sorted(known))}))


def closed(*days_: int) -> Calendar:
    """Return the shipped calendar with more days of March 2026 off."""
    return changed(*(SpecialDay(day=date(2026, 3, day), kind=DayKind.CLOSURE, source=GIVEN) for day in days_))


def office() -> Office:
    steps = work("mở", end(), may_pause=True, norm=norm("3"))
    return Office.with_(procedure(steps, within=days("5")))


def under(given: Office, calendar: Calendar) -> Office:
    """Return the same office once a new calendar is in force."""
    return replace(given, calendar=calendar)


def test_the_next_command_tells_what_was_due_and_what_is_and_the_promise_stays() -> None:
    before = office()
    case = before.open(NOW, procedure="QT-01")
    after = under(before, closed(4))
    done = after.give(FollowCalendar(id="f", actor="em", case=case), at(2, 9))
    assert isinstance(done, Done)
    (told,) = done.records
    was, now = before.calendars.hash, after.calendars.hash
    assert told.event == DeadlinesRecomputed(
        calendar=now,
        before=was,
        case=(at(9, 17).astimezone(UTC), at(10, 17).astimezone(UTC)),
        items=((1, at(5, 8).astimezone(UTC), at(6, 8).astimezone(UTC)),),
    )
    held = after.case(case)
    assert (held.calendar, held.promised, held.due, held.items[0].due) == (now, at(9, 17), at(10, 17), at(6, 8))
    assert after.give(FollowCalendar(id="g", actor="em", case=case), at(2, 10)).records == ()


def test_any_command_follows_first_and_a_refused_one_leaves_nothing() -> None:
    before = office()
    case = before.open(NOW, procedure="QT-01")
    after = under(before, closed(4))
    after.refuse(case, "mở", "nobody", at(2, 9))
    done = after.give(PauseCase(id="p", actor="an", case=case, reason="chờ"), at(2, 9))
    assert isinstance(done, Done)
    assert [record.event.kind for record in done.records] == ["DeadlinesRecomputed", "CasePaused", "ClockStopped"]


def test_a_case_that_nothing_moves_only_notes_the_calendar() -> None:
    before = office()
    case = before.open(NOW, procedure="QT-01")
    done = under(before, closed(30)).give(ClaimWork(id="c", actor="an", case=case, item=1), at(2, 9))
    told = [record.event for record in done.records]
    assert [event.kind for event in told] == ["DeadlinesRecomputed"]  # it is his already
    assert not told[0].moves


def test_no_breach_is_recorded_by_a_calendar_that_is_no_longer_in_force() -> None:
    before = office()
    case = before.open(NOW, procedure="QT-01")
    after = under(before, closed(4, 5))
    late = RecordBreach(id="b", actor="hệ thống", case=case, item=1, breach="late_step")
    assert after.give(late, at(6, 8)).code == "NotInBreach"
    assert isinstance(after.give(late, at(9, 9)), Done)


def test_a_pause_before_the_new_calendar_counts_by_it() -> None:
    before = office()
    case = before.open(NOW, procedure="QT-01")
    before.give(PauseCase(id="p", actor="an", case=case, reason="chờ"), at(3, 8))
    before.give(ResumeCase(id="r", actor="an", case=case), at(5, 8))  # of two days one turns out to be off
    assert before.case(case).due == at(11, 17)
    after = under(before, closed(4))
    after.give(FollowCalendar(id="f", actor="em", case=case), at(5, 9))
    assert after.case(case).due == at(11, 17)  # a day more to the limit, a day less that stood
    assert after.case(case).items[0].due == at(9, 8)


def test_what_others_were_told_follows_too_and_what_they_were_told_stays_on_record() -> None:
    before = timed()
    case = opened(before)
    carried_out(before, asking(before, case), at(3, 9))
    carried_out(before, asking(before, case, of="em"), at(3, 9))
    carried_out(before, saying(before, case, by="em", consultation=2), at(3, 10))
    carried_out(before, lacking(before, case), at(3, 11))
    was = before.case(case)
    assert (was.consultations[0].due, was.supplements[0].expires) == (at(6, 17), at(24, 17))
    after = under(before, closed(4))
    event = after.give(FollowCalendar(id="f", actor="em", case=case), at(3, 12)).records[0].event
    utc = [[one.astimezone(UTC) for one in told] for told in ((at(6, 17), at(9, 17)), (at(24, 17), at(25, 17)))]
    assert event.opinions == ((1, *utc[0]),)  # the other was given in time
    assert event.supplements == ((1, *utc[1]),)
    held = after.case(case)
    assert (held.consultations[0].due, held.supplements[0].expires) == (at(9, 17), at(25, 17))
    assert held.consultations[1].due == at(6, 17)
    assert (was.promised, was.items[0]) == (held.promised, held.items[0])
    carried_out(after, received(after, case), at(5, 9))
    assert after.case(case).supplements[0].closing == "received"


def test_nobody_is_late_and_no_case_closed_by_a_date_of_a_calendar_before() -> None:
    before = timed()
    case = opened(before)
    carried_out(before, asking(before, case), at(3, 9))
    after = under(before, closed(4))
    lapse = LapseConsultation(id="l", actor=MACHINE, case=case, consultation=1)
    assert after.give(lapse, at(9, 8)).code == "NotExpired"
    assert not carried_out(after, saying(after, case), at(9, 8)).records[-1].event.late
    carried_out(after, lacking(after, case), at(9, 9))
    expires = after.case(case).supplements[0].expires
    assert expires is not None
    later = under(before, closed(4, 18))
    silent = LapseSupplement(id="s", actor=MACHINE, case=case, supplement=1)
    assert later.give(silent, expires + timedelta(hours=1)).code == "NotExpired"
    carried_out(later, silent, expires + timedelta(days=2))


class Tree(Office):
    """An office in which Phòng Kế hoạch works in the mornings only, and whoever stands below it."""

    @property
    def calendars(self) -> Calendars:
        hours = (Hours(since=date(2026, 1, 1), week=weekdays(MORNING)),)
        own = {"Phòng Kế hoạch": Version(unit="Phòng Kế hoạch", hours=hours)}
        return Calendars(self.calendar, own).under(self.organisation.tree)


def test_a_unit_that_moves_below_another_is_followed_like_a_new_calendar() -> None:
    before = Tree(Office.with_(purchase()).shelf)
    case = before.ordered(at(2, 14))
    units = tuple(
        replace(unit, parent="Phòng Kế hoạch") if unit.name == "Văn phòng" else unit
        for unit in before.organisation.units
    )
    after = replace(before, organisation=replace(before.organisation, units=units))
    was = before.live(case)["kiểm tra"]
    (told,) = carried_out(after, FollowCalendar(id="f", actor="em", case=case), at(2, 15)).records
    due = after.calendars.of("Văn phòng").due(at(2, 14), NORM)
    assert told.event.items == ((was.number, was.due, due.astimezone(UTC)),)
    assert due != was.due
    assert after.case(case).calendar == after.calendars.hash != before.calendars.hash


class Split(Office):
    """An office whose Văn phòng works in the mornings only."""

    @property
    def calendars(self) -> Calendars:
        hours = (Hours(since=date(2026, 1, 1), week=weekdays(MORNING)),)
        return Calendars(self.calendar, {"Văn phòng": Version(unit="Văn phòng", hours=hours)})


def test_a_step_counts_by_the_calendar_of_its_unit_and_the_case_by_that_of_the_agency() -> None:
    plain = Office.with_(purchase())
    own = Split(plain.shelf)
    one, other = (given.case(given.ordered(at(2, 14))) for given in (plain, own))
    (usual,), (mornings,) = one.live_items, other.live_items
    assert (usual.step, usual.unit, mornings.unit) == ("kiểm tra", "Văn phòng", "Văn phòng")
    assert usual.due == plain.calendar.due(at(2, 14), NORM)
    assert mornings.due == own.calendars.of("Văn phòng").due(at(2, 14), NORM)
    assert usual.due != mornings.due
    assert one.due == other.due
    assert one.calendar != other.calendar


OTHERS = (
    closed(4, 5, 6),
    changed(
        SpecialDay(day=date(2026, 3, 7), kind=DayKind.CLOSURE, sessions=(Session(opens=450, closes=690),), source=GIVEN)
    ),
    closed(*range(9, 14)),
)


class Pausing(Player):
    """Somebody who likes to let cases stand."""

    def command(self) -> AnyCommand:
        running = [case for case in map(self.office.case, self.cases()) if not case.over]
        if not running or self.rng.random() < 0.7:
            return super().command()
        case = self.rng.choice(running)
        one = {"id": self.office.id(), "actor": case.opener, "case": case.id}
        return ResumeCase(**one) if case.paused_at else PauseCase(**one, reason="chờ")


@pytest.mark.parametrize("seed", range(40))
def test_what_follows_from_the_facts_is_what_the_case_would_have_kept_from_the_beginning(seed: int) -> None:
    """The oracle: the same commands, given again to an office that had the other calendar all along."""
    one, calendar = player(seed), OTHERS[seed % len(OTHERS)]
    play = Pausing(one.office, one.rng, one.now)
    other = replace(play.office, store=MemoryStore(), calendar=calendar)
    for _ in range(60):
        command, answer = play.step()
        if isinstance(answer, Done) != isinstance(other.give(command, play.now), Done):
            break  # a timer of the one calendar was not yet due in the other
        for case in map(play.office.case, play.cases()):
            if not case.over:
                rules = play.office.shelf.release(case.procedure, case.issue).procedure
                assert dues_of(case, rules, lambda _: calendar) == kept(other.case(case.id)), command
