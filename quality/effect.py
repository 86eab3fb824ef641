"""Whether a corrective action worked: the same indicator on cases before and after the change, with the counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import numpy as np

from procedures.calendar import Calendar
from quality import conduct, indicators, steps
from quality.columns import marked
from quality.facts import Facts
from quality.figure import Figure
from quality.groups import Group, by_procedure, chosen
from quality.nonconformity import Nonconformity
from quality.periods import Period, span

Aspect = Literal["late_case", "late_step", "returned"]
#: What to look at, by the beginning of the rule that was met.
_ASPECTS: Mapping[str, Aspect] = {
    "bước chậm tiến độ": "late_step",
    "trễ bước": "late_step",
    "hồ sơ quá hạn": "late_case",
    "trễ hạn hồ sơ": "late_case",
    "bị trả lại": "returned",
}
#: What to look at, by the choice of the field that says how the effect will be measured; the others cannot be.
_MEASURES: Mapping[str, Aspect] = {
    "Hồ sơ đúng hạn": "late_case",
    "Bước đúng hạn": "late_step",
    "Hồ sơ bị trả lại": "returned",
}


@dataclass(frozen=True, slots=True)
class Effect:
    """One indicator before and after a change; the judgement is a person's."""

    before: Figure
    after: Figure

    @property
    def change(self) -> float | None:
        """Return by how much the indicator rose, or None where one side has nothing to measure."""
        if self.before.value is None or self.after.value is None:
            return None
        return self.after.value - self.before.value


def effect(
    facts: Facts, calendar: Calendar, procedure: str, aspect: Aspect, changed: datetime, days: int = 90, step: str = ""
) -> Effect | None:
    """Return the effect of a change at `changed`, over so many days on each side; None without cases of the procedure.

    Late cases and steps are seen by the on-time rate, returns by the return rate. The issues on each side are named in
    the scope of the figures, for the change is often a new issue.
    """
    group = next((group for group in by_procedure(facts) if group.procedure == procedure), None)
    if group is None:
        return None
    local, width = changed.astimezone(calendar.zone), timedelta(days=days)
    before, after = span(local - width, local), span(local, local + width)
    return Effect(_figure(group, before, aspect, step), _figure(group, after, aspect, step))


def effect_of(one: Nonconformity, facts: Facts, calendar: Calendar) -> Effect | None:
    """Return the effect of the action of a nonconformity; None before it is done, or where its rule tells nothing."""
    aspect = aspect_of(one)
    if one.acted_at is None or aspect is None or not one.source_procedure:
        return None
    return effect(facts, calendar, one.source_procedure, aspect, one.acted_at, step=one.step)


def aspect_of(one: Nonconformity) -> Aspect | None:
    """Return what to look at: what was declared when the action was planned, else what the rule that was met tells."""
    if one.measure:
        return _MEASURES.get(one.measure)
    return next((aspect for word, aspect in _ASPECTS.items() if one.rule.startswith(word)), None)


def _figure(group: Group, period: Period, aspect: Aspect, step: str) -> Figure:
    if aspect == "late_step":
        done = group.items.step.are(step) & steps.finished(group.items, period)
        behind = chosen(group, group.any_item(done))
        return steps.on_time(group, np.flatnonzero(done), behind.about(period, step=step))
    side = chosen(group, marked(indicators.completed(group, period), len(group.cases)))
    everything = np.arange(len(side.cases))
    if aspect == "returned":
        return conduct.returns(side, everything, period)[0]
    return indicators.on_time(side, everything, side.about(period))
