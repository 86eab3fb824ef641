"""Whether steps fit into a limit: by their sum where units can be added, on the calendar where only it can tell."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from decimal import Decimal

from procedures.check.amounts import Scale, own_time, scale, size
from procedures.check.intake import Norms, Worst, decided_years, worst_intake
from procedures.check.longest import LongestWay, longest
from procedures.check.plan import Plan, plan_of
from procedures.check.subject import Subject
from procedures.model import Duration, Step


@dataclass(frozen=True, slots=True)
class Held:
    """A limit, and the measured times of the steps that are held against it."""

    limit: Duration
    times: Mapping[str, Duration]

    @property
    def scale(self) -> Scale | None:
        """The one scale on which all of them are declared, if it is one."""
        scales = {scale(duration) for duration in (self.limit, *self.times.values())}
        return scales.pop() if len(scales) == 1 else None


@dataclass(frozen=True, slots=True)
class BySum:
    """The longest way is longer than the limit, if only with `returns`; `limit` in the smallest unit of the scale."""

    way: LongestWay
    limit: Decimal
    on: Scale
    returns: bool


@dataclass(frozen=True, slots=True)
class OnCalendar:
    """Some intake is late although every step is on time, if only with `returns`."""

    worst: Worst
    returns: bool


def measured(duration: Duration | None) -> Duration | None:
    """Return the duration if it gives a due instant at all."""
    return duration if duration is not None and duration.measured else None


def own_times(subject: Subject) -> dict[str, Duration]:
    """Return the measured times of steps that count."""
    return {step.key: own for step in subject.procedure.steps if (own := own_time(step)) is not None}


def within_the_limit(subject: Subject) -> dict[str, Duration]:
    """Return the same for the steps that the limit of the case counts: not those before its start event.

    None are left where that event is a date or an opinion, which may come at any time.
    """
    timed, start = own_times(subject), subject.procedure.counted_from
    if start.event in {"date", "opinion"}:
        return {}
    first = subject.procedure.start.key if start.event == "complete" else start.name
    if first is None:
        return timed
    after = subject.forward.reach(first)
    before = {key for key in timed if first in subject.forward.reach(key)} - after
    return {key: own for key, own in timed.items() if key not in before | {first}}


def cut_off(step: Step) -> time | None:
    """Return the hour after which a step takes nothing in; a delay and a step without a norm have none."""
    declared = None if step.delay or step.norm is None else step.hand_over_cut_off
    return time.fromisoformat(declared) if declared else None


def overrun(subject: Subject, held: Held, *, returns: bool = True) -> BySum | OnCalendar | None:
    """Return how the steps can outlast the limit, first without returns, then with all `returns`; None if they cannot.

    What can be added is compared by its sum, for every calendar at once: 1 working day is 8 working hours. The
    calendar is asked where units mix, and where a cut-off hour can hold a case back. Raises OutOfReachError.
    """
    plan = plan_of(subject)
    cut_offs = {key: hour for key in held.times if (hour := cut_off(subject.procedure.step(key))) is not None}
    norms = Norms(held.limit, held.times, cut_offs)
    ask = bool(decided_years(subject)) and (held.scale is None or bool(cut_offs))
    for again in (False, True)[: 2 if plan.loops and returns else 1]:
        found = _by_sum(plan, held, returns=again)
        if found is None and ask and (worst := worst_intake(subject, norms, returns=again)) is not None:
            return OnCalendar(worst, again)
        if found is not None:
            return found
    return None


def _by_sum(plan: Plan, held: Held, *, returns: bool) -> BySum | None:
    if held.scale is None:
        return None
    weights = dict.fromkeys(plan.order, Decimal(0)) | {key: size(time) for key, time in held.times.items()}
    way, limit = longest(plan, weights, returns=returns), size(held.limit)
    return BySum(way, limit, held.scale, returns) if way.total > limit else None
