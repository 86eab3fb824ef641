"""A case goes over to the calendar in force: what it keeps as due is reckoned anew from what was recorded of it."""

from datetime import datetime

from engine.case import Case
from engine.clocks.dues import dues_of
from engine.draft import Draft
from engine.events import DeadlinesRecomputed
from engine.rules import Rules


def follow(draft: Draft) -> None:
    """Bring a case onto the calendar in force before anything else is reckoned, so that it never stands on two."""
    case = draft.case
    if case.calendar != draft.rules.calendars.hash and not case.over:
        draft.happen(recomputed(case, draft.rules))


def recomputed(case: Case, rules: Rules) -> DeadlinesRecomputed:
    """Return what a running case would be told by the calendar in force; what was promised is not touched."""
    dues = dues_of(case, rules.procedure, rules.calendar_of)
    now = {item.number: item.due for item in case.live_items}
    items = ((number, was, due) for number, due in dues.items if (was := now[number]) is not None and was != due)
    return DeadlinesRecomputed(
        calendar=rules.calendars.hash, case=_shift(case.due, dues.case), items=tuple(items), before=case.calendar
    )


def _shift(was: datetime | None, due: datetime | None) -> tuple[datetime, datetime] | None:
    return None if was is None or due is None or was == due else (was, due)
