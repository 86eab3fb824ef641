"""Which limit a case or a step has: by the values entered so far, and from when that of the case counts."""

from datetime import date, datetime, time

from engine.case import ItemStatus
from engine.draft import Draft
from procedures.allowances import Variant
from procedures.expression import MissingValue, evaluate
from procedures.lengths import Duration
from procedures.model import Step


def case_limit(draft: Draft) -> Duration | None:
    """Return the limit of a case; None while a value that it hangs on has not been entered, or where there is none."""
    procedure = draft.rules.procedure
    try:
        variant = _first(draft, procedure.variants)
    except MissingValue:
        return None
    within = procedure.within if variant is None else procedure.variants[variant].within
    return within if within is not None and within.measured else None


def step_variant(draft: Draft, step: Step) -> int | None:
    """Return which limit by condition a step has; None for that of the rest, also while a value is missing."""
    try:
        return _first(draft, step.norm.variants) if step.norm is not None else None
    except MissingValue:
        return None


def counted_since(draft: Draft) -> datetime | None:
    """Return the instant from which the limit of a case counts; None while that event has not happened."""
    start, case = draft.rules.procedure.counted_from, draft.case
    match start.event:
        case "reception":
            return case.opened_at
        case "complete":
            return _first_done(draft, draft.rules.procedure.start.key)
        case "step":
            return _first_done(draft, start.name or "")
        case "date":
            day = draft.values.get(start.name or "")
            return datetime.combine(day, time(), draft.rules.calendar.zone) if isinstance(day, date) else None
        case "opinion":
            asked = case.consultations
            return draft.now if asked and not any(one.open for one in asked) else None


def _first_done(draft: Draft, step: str) -> datetime | None:
    done = (item.finished_at for item in draft.case.attempts(step) if item.status is ItemStatus.DONE)
    return next(done, None)


def _first(draft: Draft, variants: tuple[Variant, ...]) -> int | None:
    """Return the number of the first variant whose condition holds, None for none; raises MissingValue."""
    today, days = draft.today, draft.rules.calendar.working_days
    held = (number for number, one in enumerate(variants) if evaluate(one.when, draft.values, today, days))
    return next(held, None)
