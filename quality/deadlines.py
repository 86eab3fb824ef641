"""Why a missed deadline was when it was: the sentence that goes into the evidence of a nonconformity."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from engine.case import Case
from engine.events import CasePaused, CaseResumed, ClockStarted, ClockStopped
from engine.log import Recorded
from procedures.calendar import Calendar
from procedures.calendar.explain import Explanation, explain
from procedures.calendar.sentence import sentence
from procedures.model import Procedure
from procedures.words import Words, say
from quality.facts import BreachFact

_MINUTE = timedelta(minutes=1)


def explained(
    breach: BreachFact, case: Case, log: Sequence[Recorded], procedure: Procedure, calendar: Calendar
) -> Words:
    """Return the deadline that a breach missed, day by day, or that none was declared."""
    found = _of_item(breach, case, log, procedure, calendar) if breach.number else _of_case(log, procedure, calendar)
    if found is None or breach.due is None:
        return say("{case}: no deadline is declared", case=_subject(breach))
    kept = datetime.fromtimestamp(breach.due, calendar.zone)
    said = say("{case}: {explanation}", case=_subject(breach), explanation=sentence(found))
    if abs(found.due - kept) < _MINUTE:
        return said
    return say("{said}; the case keeps {due} as due", said=said, due=f"{kept:%H:%M %d/%m/%Y}")


def _subject(breach: BreachFact) -> str:
    return f"{breach.case} ({breach.step})" if breach.step else breach.case


def _of_case(log: Sequence[Recorded], procedure: Procedure, calendar: Calendar) -> Explanation | None:
    if procedure.within is None or not procedure.within.measured:
        return None
    start, pauses, since = log[0].at, list[tuple[datetime, datetime]](), None
    for record in log:
        if isinstance(record.event, ClockStopped):
            since = record.at
        elif isinstance(record.event, ClockStarted):
            if record.event.restarted:
                start, pauses = record.at, []
            elif since is not None:
                pauses.append((since, record.at))
    return explain(calendar, start, procedure.within, "C1", pauses=pauses)


def _of_item(
    breach: BreachFact, case: Case, log: Sequence[Recorded], procedure: Procedure, calendar: Calendar
) -> Explanation | None:
    item = case.item(breach.number)
    step = procedure.step(item.step) if item is not None else None
    if item is None or step is None or step.norm is None or not step.norm.within.measured:
        return None
    cut_off = time.fromisoformat(step.hand_over_cut_off) if step.hand_over_cut_off else None
    pauses = [pause for pause in _pauses(log) if pause[0] >= item.opened_at]
    return explain(calendar, item.opened_at, step.norm.within, "C2", cut_off, pauses)


def _pauses(log: Sequence[Recorded]) -> list[tuple[datetime, datetime]]:
    found, since = list[tuple[datetime, datetime]](), None
    for record in log:
        if isinstance(record.event, CasePaused):
            since = record.at
        elif isinstance(record.event, CaseResumed) and since is not None:
            found.append((since, record.at))
    return found
