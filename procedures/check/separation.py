"""Rules on `khác người`: which steps it keeps apart, and whether it keeps anything apart at all."""

from collections.abc import Iterator
from dataclasses import dataclass

from procedures.check.assigning import Rules, pair
from procedures.check.staff import Opening, Staff
from procedures.check.subject import Subject
from procedures.finding import Finding, Severity
from procedures.model import FieldType, Procedure
from procedures.words import Words, say

#: Somebody, and whoever does it again in his place.
_TWO = 2


@dataclass(frozen=True, slots=True)
class Apart:
    """A declared `khác người`: at `step`, against `other`.

    `judged`: people do both steps, so that there is somebody to compare. `meets`: some case passes both. `shared` are
    the accounts of those who hold posts for both in one case; the engine refuses them the second of the two.
    """

    step: str
    other: str
    judged: bool
    meets: bool
    shared: frozenset[str] = frozenset()


def rules_of(procedure: Procedure) -> Rules:
    """Return what `khác người` and `cùng người` ask between steps that people do."""
    work = {step.key for step in procedure.steps if step.kind == "work"}
    tied = [(step, other) for step in procedure.steps if step.key in work for other in work - {step.key}]
    return Rules(
        frozenset(pair(step.key, other) for step, other in tied if other in step.not_same_as),
        frozenset(pair(step.key, other) for step, other in tied if other in step.same_as),
    )


def kept_apart(subject: Subject) -> Iterator[Apart]:
    """Yield every declared pair with what becomes of it, in reading order."""
    kinds = {step.key: step.kind for step in subject.procedure.steps}
    staff = subject.staff
    for step in subject.procedure.steps:
        for other in (name for name in step.not_same_as if name in kinds and name != step.key):
            judged = kinds[step.key] == kinds[other] == "work"
            shared = _shared(staff, step.key, other) if judged and staff is not None else frozenset()
            yield Apart(step.key, other, judged, subject.together.possible(frozenset({step.key, other})), shared)


def _shared(staff: Staff, one: str, other: str) -> frozenset[str]:
    first, second = (staff.procedure.step(key).responsible for key in (one, other))
    found = (staff.accounts(first, case) & staff.accounts(second, case) for case in staff.openings)
    return frozenset(account for accounts in found for account in accounts)


def keeping_apart_has_effect(subject: Subject) -> Iterator[Finding]:
    """QT513: `khác người` stands between two steps that people do and that one case can pass."""
    yield from _idle_lists(subject)
    for apart in kept_apart(subject):
        if not (apart.judged and apart.meets):
            yield Finding(
                "QT513",
                Severity.WARNING,
                say("“khác người: {other}” at “{step}” keeps nobody apart", step=apart.step, other=apart.other),
                subject.places.at("steps", apart.step, "not_same_as", apart.other),
                label=_why(apart),
                help=say("name the step that a person does and that must be done by somebody else, or leave it out"),
            )


def _idle_lists(subject: Subject) -> Iterator[Finding]:
    """Tell of values named by `khác người` that list no people, or that no step before collects."""
    procedure = subject.procedure
    keys = {step.key for step in procedure.steps}
    for step in procedure.steps:
        for name in (one for one in step.not_same_as if one not in keys):
            spec = procedure.field(name)
            collected = any(name in other.collect for other in procedure.steps if other.key != step.key)
            if spec is not None and spec.type is FieldType.PEOPLE and collected:
                continue
            yield Finding(
                "QT513",
                Severity.WARNING,
                say("“khác người: {other}” at “{step}” keeps nobody apart", step=step.key, other=name),
                subject.places.at("steps", step.key, "not_same_as", name),
                label=say("it is no list of people that another step enters"),
                help=say("declare it as “danh sách người” and let an earlier step enter it, or leave it out"),
            )


def somebody_is_left_after_a_return(subject: Subject) -> Iterator[Finding]:
    """QT514: a returned step that somebody else does again leaves a person for the steps kept apart from it.

    What is returned goes first to whoever did it, and then nothing changes. When he is away and another does it, both
    have done it, and both are refused the other step: where only these two may do it, the case stands still.
    """
    staff = subject.staff
    if staff is None:
        return
    pairs = sorted(rules_of(subject.procedure).apart)
    for one, later in (*pairs, *((other, one) for one, other in pairs)):
        found = [(case, both) for case in staff.openings if (both := _last_two(staff, case, one, later))]
        if found and subject.together.again_before(one, later):
            opening, both = found[0]
            yield Finding(
                "QT514",
                Severity.HINT,
                say(
                    "if “{step}” is returned and done again by another person, nobody may be left for “{later}”",
                    step=one,
                    later=later,
                ),
                subject.places.at("steps", later, "responsible"),
                label=say(
                    "only {people} may do it, and both may do “{step}”", people=" · ".join(staff.names(both)), step=one
                ),
                help=say("let a third person do one of the two steps, or let whoever did it do it again"),
                data={"steps": [one, later], "people": sorted(both), "unit": opening.unit},
            )


def _last_two(staff: Staff, case: Opening, one: str, later: str) -> frozenset[str]:
    """Return the only two who may do `later`, if one of them can do `one` first and the other can do it again."""
    steps = staff.procedure.step(one), staff.procedure.step(later)
    first, left = (staff.performers(step, case) for step in steps)
    again = staff.accounts(steps[0].responsible, case)
    return left if len(left) == _TWO and first & left and left <= first | again else frozenset()


def _why(apart: Apart) -> Words:
    if not apart.judged:
        return say("one of the two steps is done by nobody, so that there is no performer to compare")
    return say("no case passes both steps")
