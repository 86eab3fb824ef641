"""Indicators of how cases were done: returned, supplemented, right the first time, and breaches on record."""

from collections.abc import Sequence

from procedures.words import Words, say
from quality.facts import CaseFact
from quality.figure import Figure, share
from quality.groups import Group
from quality.periods import Period


def returns(group: Group, completed: Sequence[CaseFact], period: Period) -> list[Figure]:
    """Return the return rate, the supplement rate and first-time-right of the cases completed in a period."""
    done = [case.id for case in completed]
    of = group.items_of
    returned = [case for case in done if any(item.returned_to for item in of.get(case, ()))]
    asked = {case.id for case in completed if case.supplements}
    back = {case for case in done if any(item.returned_to == of[case][0].step for item in of.get(case, ()))}
    supplemented = [case for case in done if case in asked | back]
    right = [
        case
        for case in done
        if case not in asked and all(item.attempt == 1 and not item.returned_to for item in of.get(case, ()))
    ]
    scope = group.about(period)
    return [
        share(
            "case.returned",
            say("return rate"),
            say("completed cases that were returned to an earlier step at least once, of all completed cases"),
            (returned, done),
            scope,
        ),
        share(
            "case.supplement",
            say("supplement rate"),
            say("completed cases asked for a supplement or returned to their first step, of all completed cases"),
            (supplemented, done),
            scope,
        ),
        share(
            "case.first_time_right",
            say("right the first time"),
            say("completed cases with no step done twice, nothing returned, nothing asked for, of all completed cases"),
            (right, done),
            scope,
        ),
    ]


_LATE = say("breaches on record whose deadline passed in the period")
_DONE = say("breaches on record whose deed was done in the period")
_SKIPPED = say("steps that were left out with a reason, by whoever was allowed to")
_WRONG = say("steps done by somebody whose post or mandate, by a decision entered later, did not last that day")
_MISSING = say(
    "steps finished without everything on their list ticked; whether forms and results are kept is not observed"
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


def conformance(group: Group, period: Period) -> list[Figure]:
    """Return the recorded breaches of each kind in the period, dated by the missed deadline or the deed."""
    figures = []
    for kind, name, told in _CONFORMANCE:
        found = [breach for breach in group.breaches if breach.kind == kind and period.has(breach.at)]
        cases = tuple(dict.fromkeys(breach.case for breach in found))
        key = f"breach.{kind}"
        figures.append(Figure(key, name, told, float(len(found)), "count", cases, len(found), group.about(period)))
    return figures
