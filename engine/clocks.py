"""The clock of a case: when it stands, when it runs, and what that does to what was promised."""

from datetime import UTC, datetime, time
from typing import Literal

from engine.case import Case, CaseStatus, Item
from engine.draft import Draft
from engine.events import ClockStarted, ClockStopped
from procedures.calendar import Calendar
from procedures.calendar.pauses import Pause, paused
from procedures.model import Duration, Procedure, Step, Unit


def promise(procedure: Procedure, calendar: Calendar, start: datetime) -> datetime | None:
    """Return the due instant of a whole case by the counting rule of the law (C1), or None where none is declared."""
    return _due(calendar, start, procedure.within, "C1")


def norm_due(step: Step, calendar: Calendar, start: datetime) -> datetime | None:
    """Return the due instant of a step by the counting rule of systems (C2), or None where none is declared."""
    return _due(calendar, start, _limit(step), "C2", cut_off=None if step.delay else step.hand_over_cut_off)


def shifted(calendar: Calendar, within: Duration | None, due: datetime, stood: Pause) -> datetime:
    """Move a due instant by the time that stood; what was overdue before it stood stays as it is."""
    unit = within.unit if within is not None else Unit.WORKING_MINUTE
    return paused(calendar, due, [stood], unit=unit).astimezone(UTC)


def stands(case: Case) -> bool:
    """Tell whether the time counts for nobody: paused, or only uncounted work is open."""
    live = case.live_items
    return case.status is CaseStatus.PAUSED or (bool(live) and not any(item.counted for item in live))


def keep(draft: Draft) -> None:
    """Stop or start the case clock as the open work demands."""
    if draft.case.over or draft.case.due is None:
        return
    if stands(draft.case):
        if draft.case.stopped_at is None:
            draft.happen(ClockStopped())
    else:
        start(draft)


def start(draft: Draft) -> None:
    """Let a stopped clock run: the due instant moves by the time that stood."""
    stopped_at, due = draft.case.stopped_at, draft.case.due
    if stopped_at is None or due is None:
        return
    calendar = draft.rules.calendar
    moved = shifted(calendar, draft.rules.procedure.within, due, (stopped_at, draft.now))
    draft.happen(ClockStarted(due=moved, stood_minutes=calendar.working_minutes(stopped_at, draft.now)))


def restart(draft: Draft) -> None:
    """Count the whole limit anew from now (NĐ 61/2018 Đ.19.4)."""
    stopped_at = draft.case.stopped_at
    if draft.case.due is None:
        return
    calendar = draft.rules.calendar
    stood = calendar.working_minutes(stopped_at, draft.now) if stopped_at else 0
    fresh = promise(draft.rules.procedure, calendar, draft.now)
    draft.happen(ClockStarted(due=fresh, stood_minutes=stood, restarted=True))


def resumed_dues(draft: Draft, paused_at: datetime) -> tuple[tuple[int, datetime], ...]:
    """Return the new due instants of the open items after a pause."""
    return tuple(
        (item.number, _item_shifted(draft, item, item.due, paused_at))
        for item in draft.case.live_items
        if item.due is not None
    )


def _item_shifted(draft: Draft, item: Item, due: datetime, paused_at: datetime) -> datetime:
    return shifted(draft.rules.calendar, _limit(draft.rules.procedure.step(item.step)), due, (paused_at, draft.now))


def _limit(step: Step) -> Duration | None:
    return step.delay or (step.norm.within if step.norm else None)


def _due(
    calendar: Calendar, start: datetime, within: Duration | None, rule: Literal["C1", "C2"], cut_off: str | None = None
) -> datetime | None:
    if within is None or not within.measured:
        return None
    return calendar.due(start, within, rule, time.fromisoformat(cut_off) if cut_off else None).astimezone(UTC)
