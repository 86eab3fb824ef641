"""Rules on `khác người`: which steps it keeps apart, and whether it keeps anything apart at all."""

from collections.abc import Iterator
from dataclasses import dataclass

from procedures.check.assigning import Rules, pair
from procedures.check.staff import Staff, staff_of
from procedures.check.subject import Subject
from procedures.check.together import Together
from procedures.finding import Finding, Severity
from procedures.model import Procedure
from procedures.words import Words, say


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
    together, staff = Together(subject.procedure), staff_of(subject)
    for step in subject.procedure.steps:
        for other in (name for name in step.not_same_as if name in kinds and name != step.key):
            judged = kinds[step.key] == kinds[other] == "work"
            shared = _shared(staff, step.key, other) if judged and staff is not None else frozenset()
            yield Apart(step.key, other, judged, together.possible(frozenset({step.key, other})), shared)


def _shared(staff: Staff, one: str, other: str) -> frozenset[str]:
    steps = [staff.subject.procedure.step(key) for key in (one, other)]
    found = (staff.able(steps[0].responsible, case) for case in staff.openings)
    both = zip(staff.openings, found, strict=True)
    return frozenset(p.id for case, people in both for p in people if p in staff.able(steps[1].responsible, case))


def keeping_apart_has_effect(subject: Subject) -> Iterator[Finding]:
    """QT523: `khác người` stands between two steps that people do and that one case can pass."""
    for apart in kept_apart(subject):
        if not (apart.judged and apart.meets):
            yield Finding(
                "QT523",
                Severity.WARNING,
                say("“khác người: {other}” at “{step}” keeps nobody apart", step=apart.step, other=apart.other),
                subject.places.at("steps", apart.step, "not_same_as", apart.other),
                label=_why(apart),
                help=say("name the step that a person does and that must be done by somebody else, or leave it out"),
            )


def _why(apart: Apart) -> Words:
    if not apart.judged:
        return say("one of the two steps is done by nobody, so that there is no performer to compare")
    return say("no case passes both steps")
