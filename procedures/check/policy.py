"""Rules on the breach policy: what is declared has something to be measured by (QT616)."""

from collections.abc import Callable, Iterator, Mapping

from procedures.check.overrun import measured
from procedures.check.subject import Subject
from procedures.finding import Finding, Severity
from procedures.model import BackTo
from procedures.words import Words, say


def policies_can_be_met(subject: Subject) -> Iterator[Finding]:
    """QT616: a declared breach has something to be measured by."""
    for number, rule in enumerate(subject.procedure.breach_policy):
        why = _why_never(subject, rule.breach)
        if why is not None:
            yield Finding(
                "QT616",
                Severity.HINT,
                say("the policy “{text}” can never be met", text=rule.text),
                subject.places.at("breach_policy", number),
                label=why,
                help=say("leave it out, or declare what it is measured by"),
                data={"breach": rule.breach},
            )


def _why_never(subject: Subject, breach: str) -> Words | None:
    possible, why = _MEASURED_BY.get(breach, (_always, None))
    return None if possible(subject) else why


def _always(_subject: Subject) -> bool:
    return True


#: What a kind of breach takes for granted; the others can always happen.
_MEASURED_BY: Mapping[str, tuple[Callable[[Subject], bool], Words | None]] = {
    "late_case": (
        lambda subject: measured(subject.procedure.within) is not None,
        say("the procedure declares no time limit for a case"),
    ),
    "late_step": (
        lambda subject: any(step.norm and step.norm.within.measured for step in subject.procedure.steps),
        say("no step declares a time"),
    ),
    "returned": (
        lambda subject: any(isinstance(way.target, BackTo) for way in subject.ways_out),
        say("no step returns a case"),
    ),
    "late_phase": (
        lambda subject: any(phase.within is not None for phase in subject.procedure.phases),
        say("no phase declares a time"),
    ),
    "late_part": (
        lambda subject: any(step.sublimits for step in subject.procedure.steps),
        say("no step declares a limit of a part"),
    ),
    "missing_record": (
        lambda subject: any(step.checklist or step.leaves for step in subject.procedure.steps),
        say("no step declares what is to be ticked, a result, or a form"),
    ),
}
