"""Rules on the branches of a step: every case has a way on, whatever its values and however often it came."""

from collections.abc import Iterator

from procedures.check.graph import way_to
from procedures.check.subject import Subject
from procedures.finding import Finding, Severity, Stop, Trace
from procedures.model import BackTo, Branch, Go, Outcome, Step
from procedures.words import say


def otherwise_is_there_and_last(subject: Subject) -> Iterator[Finding]:
    """QT302: an outcome with conditions needs a last branch without one."""
    for step in subject.procedure.steps:
        for outcome in step.outcomes:
            yield from _otherwise(subject, step, outcome)


def _otherwise(subject: Subject, step: Step, outcome: Outcome) -> Iterator[Finding]:
    path = ("steps", step.key, "outcomes", outcome.label)
    without = [number for number, branch in enumerate(outcome.branches) if branch.when is None]
    last = len(outcome.branches) - 1
    if outcome.branches and not without:
        yield Finding(
            "QT302",
            Severity.ERROR,
            say("branch has no “còn lại” (otherwise) case"),
            subject.places.at(*path, last, "when"),
            label=say("if this is false the case has nowhere to go"),
            help=say("add a line:  - còn lại: {target}", target=_example(subject, step, outcome.branches[-1])),
            trace=Trace(
                (*way_to(subject, step.key), Stop(step.key, outcome.label)),
                (step.key,),
                say("no way on without “còn lại”"),
            ),
        )
    for number in without:
        if number != last:
            yield Finding(
                "QT302",
                Severity.ERROR,
                say("“còn lại” (otherwise) is not the last case"),
                subject.places.at(*path, number, "target"),
                label=say("the cases after it would never be taken"),
                help=say("move it to the end of the list"),
            )


def _example(subject: Subject, step: Step, branch: Branch) -> str:
    """Suggest the next declared step that the branch itself does not lead to."""
    taken = branch.target.steps if isinstance(branch.target, Go) else ()
    later = [other.key for other in subject.procedure.steps[subject.procedure.number(step.key) :]]
    return next((key for key in later if key not in taken), "kết thúc hoàn thành")


def somebody_makes_every_choice(subject: Subject) -> Iterator[Finding]:
    """QT317: outcomes are chosen by whoever does the step; pure routing and delays have nobody to choose."""
    for step in subject.procedure.steps:
        if step.kind in {"route", "delay"} and len(step.choices) > 1:
            yield Finding(
                "QT317",
                Severity.ERROR,
                say("nobody chooses the outcome of step “{step}”", step=step.key),
                subject.places.key("steps", step.key),
                label=say("it has several outcomes and nobody responsible"),
                help=say("add “trách nhiệm: …”, or let values decide with “khi … còn lại”"),
                trace=Trace(way_to(subject, step.key), (step.key,), say("nobody chooses here")),
            )


def somewhere_to_go_after_the_last_return(subject: Subject) -> Iterator[Finding]:
    """QT316: a step that can only return is stuck when its returns are used up; of endless rounds QT310 tells."""
    in_a_round = frozenset().union(*subject.caught)
    for step in (step for step in subject.procedure.steps if step.key not in in_a_round):
        targets = [branch.target for outcome in step.outcomes for branch in outcome.branches]
        returns = [target for target in targets if isinstance(target, BackTo) and target.at_most is not None]
        if targets and len(returns) == len(targets):
            yield Finding(
                "QT316",
                Severity.ERROR,
                say("step “{step}” can only return the case", step=step.key),
                subject.places.at("steps", step.key),
                label=say("after the last allowed return the case has nowhere to go"),
                help=say("add an outcome that leads on or ends the case"),
                trace=_last_return(subject, step),
            )


def _last_return(subject: Subject, step: Step) -> Trace:
    label = step.outcomes[0].label
    return Trace((*way_to(subject, step.key), Stop(step.key, label)), (step.key,), say("stuck after the last return"))
