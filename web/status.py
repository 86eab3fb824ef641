"""How a case or a piece of work stands with its time: the word, the look, and how much is left or over."""

from datetime import datetime

from engine.case import Case, CaseStatus, Item, is_late
from engine.store import Work
from procedures.calendar import Timeliness, timeliness
from procedures.vietnamese import MINUTES_A_DAY, short_working_time
from procedures.words import Words, say
from quality.questions_cases import FIFTH
from visualize.case_words import STATUS
from web.parts import Tag
from web.visit import Visit

SAFE, NEAR, SLOW, LATE, PAUSED = "safe", "near", "slow", "late", "paused"
SAID = {
    SAFE: say("In time"),
    NEAR: say("Due soon"),
    SLOW: say("Behind schedule"),
    LATE: say("Overdue"),
    PAUSED: say("Paused"),
}
_ENDED = {
    Timeliness.EARLY: say("Before its due date"),
    Timeliness.ON_TIME: say("On time"),
    Timeliness.LATE: SAID[LATE],
}
_STOPPED = say("Clock stopped")
_NO_LIMIT = say("No limit")


def case_tag(visit: Visit, case: Case) -> Tag:
    """Return how a case stands now, or how it ended."""
    if case.status is CaseStatus.ENDED and case.due is not None and case.ended_at is not None:
        ended = timeliness(visit.agency.calendar, case.due, case.ended_at)
        return Tag("bold" if ended is Timeliness.LATE else "plain", visit.text(_ENDED[ended]))
    if case.over:
        return Tag("plain", _capital(visit.text(STATUS[case.status])))
    if case.status is CaseStatus.PAUSED:
        return Tag(PAUSED, visit.text(SAID[PAUSED]))
    if case.stopped_at is not None:
        return Tag(PAUSED, visit.text(_STOPPED))
    look = _look(visit, case.due, case.opened_at)
    behind = any(item.due is not None and is_late(visit.now, item.due) for item in case.live_items)
    if look != LATE and behind:
        look = SLOW
    return _tag(visit, look, case.due)


def work_tag(visit: Visit, work: Work) -> Tag:
    """Return how a piece of open work stands; that its case is late outweighs that it is late itself."""
    look = work_look(visit, work)
    if look == PAUSED:
        return Tag(PAUSED, visit.text(SAID[PAUSED]))
    return _tag(visit, look, work.case_due if look == LATE else work.due)


def work_look(visit: Visit, work: Work) -> str:
    """Return the look of a piece of open work: safe, near, slow, late or paused."""
    if work.case_status == CaseStatus.PAUSED.value:
        return PAUSED
    if work.case_due is not None and is_late(visit.now, work.case_due):
        return LATE
    if work.due is not None and is_late(visit.now, work.due):
        return SLOW
    return _look(visit, work.due, None)


def item_tag(visit: Visit, case: Case, item: Item) -> Tag:
    """Return how a piece of work of a case stands."""
    if case.status is CaseStatus.PAUSED:
        return Tag(PAUSED, visit.text(SAID[PAUSED]))
    if case.due is not None and case.stopped_at is None and is_late(visit.now, case.due):
        return _tag(visit, LATE, case.due)
    if item.due is not None and is_late(visit.now, item.due):
        return _tag(visit, SLOW, item.due)
    return _tag(visit, _look(visit, item.due, None), item.due)


def time_left(visit: Visit, due: datetime) -> Words:
    """Say how much working time is left, or over."""
    calendar = visit.agency.calendar
    if is_late(visit.now, due):
        return say("over by {time}", time=short_working_time(calendar.working_minutes(due, visit.now), visit.lang))
    return say("{time} left", time=short_working_time(calendar.working_minutes(visit.now, due), visit.lang))


def _tag(visit: Visit, look: str, due: datetime | None) -> Tag:
    if due is None:
        return Tag("plain", visit.text(_NO_LIMIT))
    return Tag(look, visit.text(SAID[look]), visit.text(time_left(visit, due)))


def _look(visit: Visit, due: datetime | None, start: datetime | None) -> str:
    if due is None:
        return SAFE
    if is_late(visit.now, due):
        return LATE
    fifth = start is not None and (due - visit.now) * FIFTH <= due - start
    return NEAR if fifth or visit.agency.calendar.working_minutes(visit.now, due) <= MINUTES_A_DAY else SAFE


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
