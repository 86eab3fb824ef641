"""Indicators of how cases were done: returned, supplemented, right the first time, and breaches on record."""

import numpy as np

from procedures.words import Words, say
from quality.columns import NONE, Behind, Codes, Numbers, within
from quality.figure import Figure, share
from quality.groups import Group
from quality.periods import Period


def returns(group: Group, done: Numbers, period: Period) -> list[Figure]:
    """Return the return rate, the supplement rate and first-time-right of cases, told as rows, of a period."""
    items, sent = group.items, group.items.returned
    asked = group.cases.supplements[done] > 0
    back = group.any_item(sent & (items.returned_to.codes == _first_step(group)[items.case]))[done]
    again = group.any_item(sent | (items.attempt != 1))[done]
    whole = group.behind(done)
    returned, supplemented = group.behind(done[group.any_item(sent)[done]]), group.behind(done[asked | back])
    right = group.behind(done[~asked & ~again])
    scope = group.about(period)
    return [
        share(
            "case.returned",
            say("return rate"),
            say("completed cases that were returned to an earlier step at least once, of all completed cases"),
            (returned, whole),
            scope,
        ),
        share(
            "case.supplement",
            say("supplement rate"),
            say("completed cases asked for a supplement or returned to their first step, of all completed cases"),
            (supplemented, whole),
            scope,
        ),
        share(
            "case.first_time_right",
            say("right the first time"),
            say("completed cases with no step done twice, nothing returned, nothing asked for, of all completed cases"),
            (right, whole),
            scope,
        ),
    ]


def _first_step(group: Group) -> Codes:
    """Return the code of the step that each case began with, by the place of the case."""
    case, first = group.items.case, np.full(len(group.ids), NONE, np.int32)
    begins = np.flatnonzero(np.diff(case, prepend=NONE))
    first[case[begins]] = group.items.step.codes[begins]
    return first


_LATE = say("breaches on record whose deadline passed in the period")
_DONE = say("breaches on record whose deed was done in the period")
_SKIPPED = say("steps that were left out with a reason, by whoever was allowed to")
_WRONG = say("steps done by somebody whose post or mandate, by a decision entered later, did not last that day")
_MISSING = say(
    "steps finished without everything on their list ticked, or, where the policy asks for it, without a file of the"
    " forms and results that they declare"
)
_CONFORMANCE: tuple[tuple[str, Words, Words], ...] = (
    ("late_case", say("late cases"), _LATE),
    ("late_step", say("late steps"), _LATE),
    ("late_phase", say("late phases"), _LATE),
    ("late_part", say("late parts of steps"), _LATE),
    ("extended_beyond_cap", say("extensions beyond what is allowed"), _DONE),
    ("returned", say("returned beyond what is allowed"), _DONE),
    ("skipped", say("skipped steps"), _SKIPPED),
    ("wrong_performer", say("wrong performers"), _WRONG),
    ("missing_record", say("missing records"), _MISSING),
)


_BYPASS = say(
    "not counted, because prevented beforehand: a case moves only where its procedure leads; what lies otherwise in the"
    " log is found by audit and conform"
)


def conformance(group: Group, period: Period) -> list[Figure]:
    """Return the recorded breaches of each kind in the period, dated by the missed deadline or the deed."""
    figures = []
    for kind, name, told in _CONFORMANCE:
        rows = group.breaches.kind.are(kind) & within(group.breaches.at, period.since, period.until)
        found = Behind(group.ids, group.breaches.case[rows])
        count, key = len(found), f"breach.{kind}"
        figures.append(Figure(key, name, told, float(count), "count", found.once(), count, group.about(period)))
    name = say("procedure bypassed")
    return [*figures, Figure("breach.bypass", name, _BYPASS, None, "count", (), 0, group.about(period))]
