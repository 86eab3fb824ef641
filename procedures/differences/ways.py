"""What differs in the ways on from a step: outcomes, conditions, thresholds, targets, returns."""

from collections.abc import Callable, Iterator

from procedures.allowance_words import InWords
from procedures.canonical import plain
from procedures.condition import Condition
from procedures.differences.change import NOTHING, Part
from procedures.model import DONE, BackTo, Branch, End, Go, Outcome, ReturnClock, Step, Target
from procedures.words import Words, say

_CLOCK = {
    ReturnClock.PAUSE: say("the time stands"),
    ReturnClock.RESTART: say("the time starts afresh"),
    ReturnClock.CONTINUE: say("the time runs on"),
}
#: Says whether a way leads elsewhere only because a step came or went.
Explains = Callable[[Target, Target], bool]


def outcome_parts(before: Step, after: Step, explained: Explains) -> Iterator[Part]:
    """Compare the outcomes of one step; a new label with the old ways is a renamed outcome."""
    old, new = ({outcome.label: outcome for outcome in step.outcomes} for step in (before, after))
    gone, come = [one for one in old if one not in new], [one for one in new if one not in old]
    for was in list(gone):
        now = next((label for label in come if old[was].branches == new[label].branches), None)
        if now is not None:
            gone.remove(was)
            come.remove(now)
            yield Part("outcome_renamed", say("outcome"), f"“{was}”", f"“{now}”")
    for label in gone:
        yield Part("outcome", say("outcome"), _all_ways(old[label]), NOTHING)
    for label in come:
        yield Part("outcome", say("outcome"), NOTHING, _all_ways(new[label]))
    kept = [label for label in old if label in new]
    if kept != [label for label in new if label in old]:
        yield Part("outcome_order", say("the order of the outcomes"), _list(old), _list(new))
    for label in kept:
        yield from _branch_parts(old[label], new[label], explained)


def _list(outcomes: dict[str, Outcome]) -> str:
    return ", ".join(outcomes)


def _branch_parts(was: Outcome, now: Outcome, explained: Explains) -> Iterator[Part]:
    if len(was.branches) != len(now.branches):
        yield Part("ways", _of(now.label, say("ways on")), _all_ways(was), _all_ways(now))
        return
    for old, new in zip(was.branches, now.branches, strict=True):
        yield from _condition(now.label, old.when, new.when)
        if old.target != new.target:
            yield from _targets(now.label, old.target, new.target, explained)


def _condition(label: str, was: Condition | None, now: Condition | None) -> Iterator[Part]:
    if was == now:
        return
    threshold = was is not None and now is not None and _without_numbers(plain(was)) == _without_numbers(plain(now))
    kind, what = ("threshold", say("threshold")) if threshold else ("condition", say("condition"))
    yield Part(kind, _of(label, what), _said(was), _said(now))


def _without_numbers(data: object) -> object:
    """Return the shape of a condition: two that differ in nothing but an amount have one shape."""
    if isinstance(data, dict):
        number = data.get("type") == "number"
        return {name: None if number and name == "value" else _without_numbers(part) for name, part in data.items()}
    return [_without_numbers(part) for part in data] if isinstance(data, list) else data


def _targets(label: str, was: Target, now: Target, explained: Explains) -> Iterator[Part]:
    match was, now:
        case BackTo(), BackTo() if was.step == now.step:
            if was.at_most != now.at_most:
                before, after = (NOTHING if one.at_most is None else str(one.at_most) for one in (was, now))
                yield Part("return_limit", _of(label, say("how often it may return")), before, after)
            if was.clock is not now.clock:
                yield Part("return_clock", _of(label, say("time after a return")), _CLOCK[was.clock], _CLOCK[now.clock])
        case Go(), Go() if set(was.steps) == set(now.steps) and was.race == now.race:
            return
        case _ if not explained(was, now):
            yield Part("way", _of(label, say("goes on to")), _target(was), _target(now))


def _of(label: str, what: Words) -> Words:
    return what if label == DONE else say("{what} in “{label}”", what=what, label=label)


def _said(condition: Condition | None) -> Words:
    return say("otherwise") if condition is None else InWords(condition)


def _all_ways(outcome: Outcome) -> Words:
    ways: Words | None = None
    for branch in outcome.branches:
        way = _way(branch)
        ways = way if ways is None else say("{first}; {second}", first=ways, second=way)
    if ways is None:
        return say("{text}", text=f"“{outcome.label}”")
    return ways if outcome.label == DONE else say("“{label}”: {ways}", label=outcome.label, ways=ways)


def _way(branch: Branch) -> Words:
    target = _target(branch.target)
    return target if branch.when is None else say("{condition}: {way}", condition=_said(branch.when), way=target)


def _target(target: Target) -> Words:
    match target:
        case Go(steps=steps, race=True):
            return say("whichever is done first: {steps}", steps=", ".join(f"“{key}”" for key in steps))
        case Go(steps=steps):
            return say("{text}", text=" & ".join(f"“{key}”" for key in steps))
        case BackTo(step=step):
            return say("back to “{step}”", step=step)
        case End(result=result, cancel_rest=True):
            return say("end, {result}, cancelling what is left", result=result)
        case End(result=result):
            return say("end, {result}", result=result)
