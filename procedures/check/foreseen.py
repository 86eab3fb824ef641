"""Rules on limits that nobody foresees: by a value that comes too late (QT409), from an event at any time (QT410)."""

from collections.abc import Iterator

from procedures.base import Model
from procedures.check.overrun import measured, own_times
from procedures.check.subject import Subject
from procedures.condition import FieldRef
from procedures.finding import Finding, Severity
from procedures.model import Step
from procedures.net import Net, compile_net, ready
from procedures.words import say


def values_are_there_in_time(subject: Subject) -> Iterator[Finding]:
    """QT409: a step is given its limit when it opens; a value that is entered later changes it no more."""
    chosen = [step for step in subject.procedure.steps if step.norm is not None and step.norm.variants]
    if subject.unknown or not chosen:
        return
    net = compile_net(subject.procedure)
    for step in chosen:
        for number, name in _asked(step):
            if ready(step.key) in _reached_without(net, _entering(subject, name)):
                yield _late(subject, step, number, name)
                break


def limit_can_be_foreseen(subject: Subject) -> Iterator[Finding]:
    """QT410: a limit that counts from a date or an opinion is held against no step, because these come at any time."""
    start, limit = subject.procedure.counted_from, measured(subject.procedure.within)
    if start.event not in {"date", "opinion"} or limit is None or not own_times(subject):
        return
    event = say("the date “{name}”", name=start.name or "") if start.event == "date" else say("an opinion")
    yield Finding(
        "QT410",
        Severity.HINT,
        say("it is not proven that the steps fit into the limit, which counts from {event}", event=event),
        subject.places.at("counted_from"),
        label=say("it may come at any time"),
        help=say("give the steps that follow it a phase (giai đoạn) with a limit of its own; that is proven"),
    )


def _asked(step: Step) -> Iterator[tuple[int, str]]:
    """Yield every value that a limit of the step hangs on, with the number of that limit."""
    for number, variant in enumerate(step.norm.variants if step.norm is not None else ()):
        yield from ((number, name) for name in _named(variant.when))


def _named(part: object) -> Iterator[str]:
    """Yield the values that a condition names."""
    if isinstance(part, FieldRef):
        yield part.name
    elif isinstance(part, tuple):
        for one in part:
            yield from _named(one)
    elif isinstance(part, Model):
        yield from _named(tuple(vars(part).values()))


def _entering(subject: Subject, name: str) -> frozenset[str]:
    """Return the steps that enter a value: whoever does them gives it, or a case that they call brings it back."""
    return frozenset(
        step.key
        for step in subject.procedure.steps
        if name in step.collect or any(here == name for here, _ in (step.handover.takes if step.handover else ()))
    )


def _reached_without(net: Net, steps: frozenset[str]) -> set[str]:
    """Return the places that a case can come to before any of these steps is finished.

    A join that waits for all is passed only when each way to it was; what a branch takes from another is not looked at,
    so rather too many places are found than too few.
    """
    found = {place for place, _ in net.start}
    moves = [move for move in net.transitions if move.kind != "finish" or move.step not in steps]
    while fresh := [move for move in moves if found.issuperset(move.consumes) and not found.issuperset(move.produces)]:
        found.update(place for move in fresh for place in move.produces)
    return found


def _late(subject: Subject, step: Step, number: int, name: str) -> Finding:
    return Finding(
        "QT409",
        Severity.WARNING,
        say(
            "step “{step}” may open before “{field}” is entered; it then has the limit of “còn lại”",
            step=step.key,
            field=name,
        ),
        subject.places.at("steps", step.key, "variants", number),
        label=say("nobody can tell this condition when the step opens"),
        help=say("let “{field}” be entered in a step that every case has been through before", field=name),
        data={"field": name},
    )
