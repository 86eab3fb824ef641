"""Rules on lateness: somebody else is told when a deadline passes (QT610)."""

from collections.abc import Iterator

from procedures.check.overrun import measured
from procedures.check.staff import Opening, Staff
from procedures.check.subject import Subject
from procedures.finding import Finding, Severity
from procedures.model import Step
from procedures.words import say


def somebody_is_told_of_lateness(subject: Subject) -> Iterator[Finding]:
    """QT610: of every deadline somebody is told who is not the one that is late; those who act for him count too."""
    staff = subject.staff
    if staff is None or not staff.openings:
        return
    silent = {step.key: alone for step in subject.procedure.steps if (alone := _untold(staff, step)) is not None}
    if silent:
        first = next(iter(silent))
        yield Finding(
            "QT610",
            Severity.WARNING,
            say("nobody else is told when these steps are late (ISO 9001:2015, clauses 8.5.1 and 8.7)"),
            subject.places.at("steps", first, "norm"),
            label=say(
                "{count} steps: {steps}; for example, when {person} is late nobody else is told",
                count=len(silent),
                steps=", ".join(f"“{key}”" for key in silent),
                person=" · ".join(staff.names(frozenset({silent[first]}))),
            ),
            help=say("add “khi trễ báo: …” with a role, or name the “người đứng đầu” of the unit in organisation.d"),
            data={"steps": list(silent)},
        )


def _untold(staff: Staff, step: Step) -> str | None:
    """Return somebody of whose lateness in a step nobody else is told; None where there is no such person."""
    if step.kind != "work" or step.norm is None or measured(step.norm.within) is None:
        return None
    roles = staff.procedure.told_when_late(step)
    return next((late for late, told in _told(staff, step, roles) if not told - {late}), None)


def _told(staff: Staff, step: Step, roles: tuple[str, ...]) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield everybody who may do the step with those who are told of his lateness."""
    for case in staff.cases(step, roles):
        for late in sorted(staff.performers(step, case)):
            yield late, staff.accounts(roles, case) if roles else _heads(staff, step, case, late)


def _heads(staff: Staff, step: Step, case: Opening, late: str) -> frozenset[str]:
    unit = staff.unit_of(step, case)
    return frozenset(staff.organisation.told_of(late, unit, staff.on))
