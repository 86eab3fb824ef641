"""Rules on the breach policy: what is declared can happen, and somebody looks for it (QT616)."""

from collections.abc import Callable, Iterator, Mapping

from procedures.breaches import WATCHED
from procedures.check.overrun import measured
from procedures.check.subject import Subject
from procedures.finding import Finding, Severity
from procedures.model import BackTo
from procedures.words import Words, say


def policies_can_be_met(subject: Subject) -> Iterator[Finding]:
    """QT616: a declared breach has something to be measured by, and is recorded when it happens."""
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
    if breach not in WATCHED:
        return say("nothing records breaches of this kind")
    possible, why = _MEASURED_BY[breach]
    return None if possible(subject) else why


_MEASURED_BY: Mapping[str, tuple[Callable[[Subject], bool], Words]] = {
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
}
