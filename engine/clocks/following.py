"""A case goes over to the calendar in force: what it keeps as due is reckoned anew from what was recorded of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from engine.case import Case
from engine.clocks.dues import dues_of
from engine.draft import Draft
from engine.events import DeadlinesRecomputed
from engine.rules import Rules
from procedures.model import LATE

K = TypeVar("K")


def follow(draft: Draft) -> None:
    """Bring a case onto the calendar in force before anything else is reckoned, so that it never stands on two."""
    case = draft.case
    if case.calendar != draft.rules.calendars.hash and not case.over:
        draft.happen(recomputed(case, draft.rules))


def recomputed(case: Case, rules: Rules) -> DeadlinesRecomputed:
    """Return what a running case would be told by the calendar in force; what was promised is not touched."""
    dues = dues_of(case, rules.procedure, rules.calendar_of)
    live = case.live_items
    kept = {(item.number, part.name): part.due for item in live for part in item.parts}
    kept |= {(item.number, LATE): item.expires for item in live if item.expires is not None}
    parts = _shifts(kept, [((number, name), due) for number, name, due in dues.parts])
    return DeadlinesRecomputed(
        calendar=rules.calendars.hash,
        before=case.calendar,
        case=_shift(case.due, dues.case),
        items=_shifts({item.number: item.due for item in live}, dues.items),
        parts=tuple([(number, name, was, due) for (number, name), was, due in parts]),
        phases=_shifts({run.number: run.due for run in case.running_phases}, dues.phases),
        supplements=_shifts({one.number: one.expires for one in case.supplements}, dues.supplements),
        opinions=_shifts({one.number: one.due for one in case.consultations}, dues.opinions),
    )


def _shifts(
    kept: Mapping[K, datetime | None], dues: Sequence[tuple[K, datetime]]
) -> tuple[tuple[K, datetime, datetime], ...]:
    """Return, of what is due at another instant, when it was and when it is."""
    shifts = [(key, _shift(kept[key], due)) for key, due in dues]
    return tuple([(key, *shift) for key, shift in shifts if shift is not None])


def _shift(was: datetime | None, due: datetime | None) -> tuple[datetime, datetime] | None:
    return None if was is None or due is None or was == due else (was, due)
