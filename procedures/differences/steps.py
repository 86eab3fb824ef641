"""What differs in one step that both procedures have."""

from collections.abc import Iterator, Mapping

from procedures.canonical import plain
from procedures.differences import shown
from procedures.differences.change import NOTHING, Part
from procedures.differences.detours import Detours
from procedures.differences.timing import norm_variants
from procedures.differences.ways import outcome_parts
from procedures.joins import JoinKind
from procedures.model import Step, Target
from procedures.words import Words, say

#: Parts that are one text, and what they are called.
TEXTS: Mapping[str, Words] = {
    "name": say("name"),
    "phase": say("phase"),
    "hand_over_cut_off": say("cut-off of the hand-over"),
    "automatic": say("automatic act"),
    "call": say("procedure called"),
    "delay_until": say("waits until the day in"),
    "note": say("note"),
}
#: Parts that are lists in which order says nothing.
LISTS: Mapping[str, Words] = {
    "responsible": say("responsible"),
    "participants": say("taking part"),
    "following": say("following"),
    "when_late": say("told when it is late"),
    "not_same_as": say("kept apart from"),
    "same_as": say("same person as"),
    "collect": say("values entered"),
    "forms": say("forms"),
    "checklist": say("things to do"),
    "outputs": say("results"),
    "required_checks": say("things that must be done"),
    "return_reasons": say("reasons to return"),
}
FLAGS: Mapping[str, Words] = {
    "may_pause": say("may be paused"),
    "pause_needs_basis": say("a pause needs a basis document"),
    "may_skip": say("may be left out"),
    "reason_required": say("a reason is required"),
    "needs_file": say("a file is required"),
}
#: Parts that only help a reader: a step that differs in nothing else works as before.
ONLY_SAID = frozenset({"name", "note", "outcome_order"})


def step_parts(before: Step, after: Step, detours: Detours | None = None) -> Iterator[Part]:
    """Yield what differs, where `before` calls its steps as `after` does.

    With `detours`, ways that lead elsewhere only because a step came or went are left out.
    """
    for name, what in TEXTS.items():
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            yield Part(name, what, was or NOTHING, now or NOTHING)
    for name, what in LISTS.items():
        yield from shown.texts(name, what, getattr(before, name), getattr(after, name))
    for name, what in FLAGS.items():
        if getattr(before, name) != getattr(after, name):
            yield Part(name, what, shown.yes_no(getattr(before, name)), shown.yes_no(getattr(after, name)))
    if before.handling != after.handling:
        yield Part("handling", say("how the machine is asked"), _handling(before), _handling(after))
    yield from _times(before, after)
    yield from _together(before, after)
    yield from _join(before, after, detours)
    yield from outcome_parts(before, after, detours.explain if detours is not None else _nothing_explained)


def _nothing_explained(was: Target, now: Target) -> bool:  # noqa: ARG001 - the signature of the family
    return False


def _handling(step: Step) -> str | Words:
    if step.handling is None:
        return NOTHING
    told = step.handling
    return say(
        "{given}; {retries} more tries, {pause} s apart, each at most {limit} s",
        given=", ".join(f"{name}: {value}" for name, value in told.given) or NOTHING,
        retries=told.retries,
        pause=told.pause,
        limit=told.limit,
    )


def _times(before: Step, after: Step) -> Iterator[Part]:
    if shown.norm_amount(before.norm) != shown.norm_amount(after.norm):
        yield Part("norm", say("time allowed"), shown.norm(before.norm), shown.norm(after.norm))
    was_cases, now_cases = (step.norm.variants if step.norm else () for step in (before, after))
    if plain(was_cases) != plain(now_cases):
        told = norm_variants(before.norm), norm_variants(after.norm)
        yield Part("norm_variants", say("time allowed by condition"), *told)
    if shown.amount(before.delay) != shown.amount(after.delay):
        yield Part("delay", say("waiting time"), shown.time(before.delay), shown.time(after.delay))
    was, now = ([(limit.name, shown.amount(limit.within)) for limit in step.sublimits] for step in (before, after))
    if sorted(was, key=str) != sorted(now, key=str):
        limits = shown.sublimits(before.sublimits), shown.sublimits(after.sublimits)
        yield from shown.texts("sublimits", say("limits within the step"), *limits)


def _together(before: Step, after: Step) -> Iterator[Part]:
    if before.handover != after.handover:
        yield Part("handover", say("handed over to the called procedure"), _handed(before), _handed(after))
    if before.several != after.several:
        was, now = (step.several.words if step.several else NOTHING for step in (before, after))
        yield Part("several", say("done by several"), was, now)
    if before.timeout != after.timeout:
        was, now = (step.timeout.words if step.timeout else NOTHING for step in (before, after))
        yield Part("timeout", say("when not done in time"), was, now)


def _handed(step: Step) -> str:
    if step.handover is None:
        return NOTHING
    pairs = [f"{there} ← {here}" for there, here in step.handover.gives]
    pairs += [f"{here} ← {there}" for here, there in step.handover.takes]
    return "; ".join([*([step.handover.unit] if step.handover.unit else []), *pairs]) or NOTHING


def _join(before: Step, after: Step, detours: Detours | None) -> Iterator[Part]:
    was, now = before.join, after.join
    if was is None or now is None:
        arrivals = (was.steps if was else (), now.steps if now else ())
        if was is not now and not (detours and detours.explain_waiting(*arrivals)):
            yield Part("join", say("waits for"), _waits(before), _waits(after))
    elif (was.kind, was.needed, was.rest) != (now.kind, now.needed, now.rest) and (
        was.kind is not now.kind or JoinKind.SOME in {was.kind, now.kind}
    ):
        yield Part("join_kind", say("waits for"), _waits(before), _waits(after))
    elif set(was.steps) != set(now.steps) and not (detours and detours.explain_waiting(was.steps, now.steps)):
        yield Part("join", say("waits for"), _waits(before), _waits(after))


def _waits(step: Step) -> str | Words:
    if step.join is None:
        return NOTHING
    steps = ", ".join(f"“{key}”" for key in step.join.steps)
    if step.join.kind is JoinKind.SOME:
        some = say("{count} of {steps}", count=step.join.needed, steps=steps)
        return some if step.join.rest == "cancel" else say("{some}, the rest is finished", some=some)
    return say("all of {steps}", steps=steps) if step.join.kind is JoinKind.ALL else say("any of {steps}", steps=steps)
