"""Rules on the ways between steps: every step is reached, leads to an end, and meets joins that know it."""

from collections.abc import Iterator

from procedures.check.subject import Subject
from procedures.finding import Finding, Severity, Stop, Trace
from procedures.model import BackTo, Go
from procedures.net import Ways
from procedures.words import Words, say


def named_steps_exist(subject: Subject) -> Iterator[Finding]:
    """QT201: what is built in Python may name steps that do not exist; in files the reader finds them."""
    for step, name in subject.unknown:
        yield Finding(
            "QT201",
            Severity.ERROR,
            say("step “{name}” does not exist", name=name),
            subject.places.at("steps", step),
            label=say("no step has this name"),
        )


def every_step_is_reached(subject: Subject) -> Iterator[Finding]:
    """QT311: one finding for each group of steps that nothing leads to."""
    lost = [step.key for step in subject.procedure.steps if step.key not in subject.reachable]
    told: set[str] = set()
    for key in lost:
        before = {other for other in lost if key in subject.all_ways.reach(other)}
        after = subject.all_ways.reach(key)
        if key not in told and before <= after | {key}:
            told |= after | {key}
            yield Finding(
                "QT311",
                Severity.ERROR,
                say("no case ever gets to step “{step}”", step=key),
                subject.places.at("steps", key),
                label=say("nothing leads here from the first step “{start}”", start=subject.procedure.start.key),
                help=say("lead to it with “đến: {step}”, or delete it", step=key),
                trace=Trace((), tuple(step for step in lost if step in after | {key}), say("nothing leads here")),
            )


def every_step_can_end(subject: Subject) -> Iterator[Finding]:
    """QT310: one finding for each loop, or last step, that no way leads out of and nothing cancels."""
    for group in subject.caught:
        yield never_ends(subject, group)


def never_ends(subject: Subject, group: frozenset[str], way: tuple[Stop, ...] | None = None) -> Finding:
    """Tell of a group of steps that is never left; without a `way` by the shortest that leads to it."""
    steps = tuple(step.key for step in subject.procedure.steps if step.key in group)
    return Finding(
        "QT310",
        Severity.ERROR,
        say("from step “{step}” the case can never end", step=steps[0]),
        subject.places.at("steps", steps[0]),
        label=_round(subject.all_ways, steps[0], group),
        help=_let_it_end(group),
        trace=Trace(way_to(subject, steps[0]) if way is None else way, steps, say("never gets on")),
    )


def _round(ways: Ways, entry: str, group: frozenset[str]) -> Words:
    if len(group) == 1 and entry not in ways.after[entry]:
        return say("no way leads on from here")
    before: dict[str, str] = {}
    waiting = [entry]
    while entry not in before:
        step = waiting.pop(0)
        for following in ways.after[step]:
            if following not in before:
                before[following] = step
                waiting.append(following)
    path = [entry]
    while path[0] != entry or len(path) == 1:
        path.insert(0, before[path[0]])
    return say("round and round: {path}", path=" → ".join(path))


def _let_it_end(group: frozenset[str]) -> Words:
    if len(group) == 1:
        return say("let this step lead on, or end with “đến: kết thúc …”")
    return say("one step of the round must have “đến: kết thúc …”")


def way_to(subject: Subject, goal: str) -> tuple[Stop, ...]:
    """Return the finished steps on a shortest way to a step, joins left out of account; none where none leads."""
    start = subject.procedure.start.key
    ways: dict[str, tuple[Stop, ...]] = {start: ()}
    waiting = [start]
    for step in waiting:
        for way in (way for way in subject.ways_out if way.step.key == step):
            targets = way.target.steps if isinstance(way.target, Go) else ()
            targets = (way.target.step,) if isinstance(way.target, BackTo) else targets
            for target in (target for target in targets if target not in ways):
                ways[target] = (*ways[step], Stop(step, way.outcome.label))
                waiting.append(target)
    return ways.get(goal, ())


def joins_know_their_steps(subject: Subject) -> Iterator[Finding]:
    """QT312 and QT313: a join names exactly the steps that lead to it."""
    for step in subject.procedure.steps:
        if step.join is None:
            continue
        leading = [source for source, targets in subject.forward.after.items() if step.key in targets]
        for source in leading:
            if source not in step.join.steps:
                yield _not_named(subject, source, step.key, step.join.steps)
        for name in step.join.steps:
            if name not in leading and name in subject.forward.after:
                yield _never_comes(subject, name, step.key)


def _not_named(subject: Subject, source: str, join: str, named: tuple[str, ...]) -> Finding:
    way = next(
        w for w in subject.ways_out if w.step.key == source and isinstance(w.target, Go) and join in w.target.steps
    )
    return Finding(
        "QT312",
        Severity.ERROR,
        say("step “{source}” leads to “{join}”, which does not wait for it", source=source, join=join),
        subject.at_way(way),
        label=say("the case would stand still here"),
        help=say("write:  chờ đủ: [{steps}]", steps=", ".join((*named, source))),
        trace=Trace((*way_to(subject, source), Stop(source, way.outcome.label)), (join,), say("is not waited for")),
    )


def _never_comes(subject: Subject, name: str, join: str) -> Finding:
    return Finding(
        "QT313",
        Severity.ERROR,
        say("step “{join}” waits for “{name}”, which never leads to it", join=join, name=name),
        subject.places.at("steps", join, "join", name),
        label=say("“{name}” has no “đến: {join}”", name=name, join=join),
        help=say("take “{name}” out of the list, or let it lead to “{join}”", name=name, join=join),
        trace=Trace((*way_to(subject, name), Stop(name)), (join,), say("waits for ever")),
    )


def returns_go_back(subject: Subject) -> Iterator[Finding]:
    """QT314 and QT315: `trả về` leads to an earlier step, and `đến` does not."""
    number = {step.key: number for number, step in enumerate(subject.procedure.steps)}
    in_a_round = frozenset().union(*subject.caught)
    for way in subject.ways_out:
        key, target = way.step.key, way.target
        if isinstance(target, BackTo) and target.step != key and key not in subject.forward.reach(target.step):
            yield Finding(
                "QT314",
                Severity.WARNING,
                say("step “{step}” returns to “{target}”, which does not come before it", step=key, target=target.step),
                subject.at_way(way),
                label=say("a return leads to a step that the case has passed"),
                help=say("write:  đến: {target}", target=target.step),
                trace=Trace(
                    (*way_to(subject, key), Stop(key, way.outcome.label)), (target.step,), say("not passed before")
                ),
            )
        for following in target.steps if isinstance(target, Go) else ():
            earlier = number.get(following, len(number)) <= number[key]
            if earlier and key not in in_a_round and key in subject.forward.reach(following) | {following}:
                yield _goes_back(subject, way.step.key, following)


def _goes_back(subject: Subject, key: str, target: str) -> Finding:
    way = next(
        w for w in subject.ways_out if w.step.key == key and isinstance(w.target, Go) and target in w.target.steps
    )
    return Finding(
        "QT315",
        Severity.WARNING,
        say("step “{step}” goes back to “{target}” without calling it a return", step=key, target=target),
        subject.at_way(way),
        label=say("no count and no limit of the round trips is kept"),
        help=say("write:  trả về {target}, không quá 1 lần", target=target),
        trace=Trace((*way_to(subject, key), Stop(key, way.outcome.label)), (target,), say("comes again, uncounted")),
    )
