"""What an official must know about two procedures, or two issues of one: every change by kind, nothing about form."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from procedures.differences.change import NOTHING, Change, Sign
from procedures.differences.detours import Detours
from procedures.differences.head import head_changes
from procedures.differences.steps import step_parts
from procedures.model import Go, Procedure, Step
from procedures.renames import declared, undeclared, with_names
from procedures.words import Lang, Words, say

__all__ = ["NOTHING", "Change", "Difference", "Sign", "difference"]


@dataclass(frozen=True)
class Difference:
    """The way from one procedure to another. `renames` are old key → new key as declared by `tên cũ`."""

    before: Procedure
    after: Procedure
    renames: Mapping[str, str]
    changes: tuple[Change, ...]

    def __bool__(self) -> bool:
        """Tell whether anything differs."""
        return bool(self.changes)

    @cached_property
    def undeclared(self) -> Mapping[str, str]:
        """Old key → new key of steps that look renamed though no `tên cũ` says so."""
        return undeclared(self.before, self.after)

    def of_step(self, key: str) -> tuple[Change, ...]:
        """Return what is told about one step, by its key in the later procedure (the earlier one if it went)."""
        return tuple(change for change in self.changes if change.step == key)

    def rows(self, lang: Lang) -> list[tuple[str, str, str, str, str]]:
        """Return a table: sign, where, what, before, after."""
        told = ((one.where, one.what, one.before, one.after) for one in self.changes)
        said = [tuple(_text(part, lang) for part in parts) for parts in told]
        return [(one.sign.value, *parts) for one, parts in zip(self.changes, said, strict=True)]  # type: ignore[misc]


def difference(before: Procedure, after: Procedure) -> Difference:
    """Compare two procedures; number of the issue and effective date are no part of what a procedure says."""
    names = declared(before, after)
    called = with_names(before, names)
    detours = Detours(called, after)
    steps = sorted(_step_changes(called, detours, names), key=lambda one: (one.number or 0, one.step or ""))
    changes = (*steps, *head_changes(called, after, detours.strangers))
    return Difference(before, after, names, changes)


def _step_changes(before: Procedure, detours: Detours, names: Mapping[str, str]) -> Iterator[Change]:
    after = detours.after
    old = {step.key: step for step in before.steps}
    new = {step.key: step for step in after.steps}
    for key, step in old.items():
        if key not in new:
            yield _whole(Sign.REMOVED, before, step, say("no longer there"))
    for key, step in new.items():
        if key not in old:
            yield _whole(Sign.ADDED, after, step, _place(after, step))
    yield from _renamed(after, names)
    yield from _moved(before, after)
    for key in (key for key in old if key in new):
        where, number = _where(after, new[key]), after.number(key)
        for part in step_parts(old[key], new[key], detours):
            if part.kind == "name" and key in names.values():
                continue
            path = ("steps", key, part.kind)
            yield Change(Sign.CHANGED, part.kind, where, part.what, part.before, part.after, path, key, number)


def _whole(sign: Sign, procedure: Procedure, step: Step, what: Words) -> Change:
    texts = (NOTHING, step.name) if sign is Sign.ADDED else (step.name, NOTHING)
    number = procedure.number(step.key)
    return Change(sign, "step", _where(procedure, step), what, *texts, ("steps", step.key), step.key, number)


def _renamed(after: Procedure, names: Mapping[str, str]) -> Iterator[Change]:
    for was, now in names.items():
        where, path = _where(after, after.step(now)), ("steps", now, "renamed_from")
        yield Change(Sign.RENAMED, "rename", where, say("name"), was, now, path, now, after.number(now))


def _moved(before: Procedure, after: Procedure) -> Iterator[Change]:
    """Tell which steps moved: the fewest that explain the new order."""
    common = [step.key for step in before.steps if step.key in {one.key for one in after.steps}]
    order = [step.key for step in after.steps if step.key in common]
    kept = _longest_in_order([common.index(key) for key in order])
    for key in (key for key in order if common.index(key) not in kept):
        was, now = before.number(key), after.number(key)
        where, what = _where(after, after.step(key)), say("place in the order")
        yield Change(Sign.CHANGED, "order", where, what, str(was), str(now), ("steps", key), key, now)


def _longest_in_order(numbers: Sequence[int]) -> frozenset[int]:
    """Return the members of a longest rising run of a permutation."""
    nothing: tuple[int, ...] = ()
    best: list[tuple[int, ...]] = []
    for number in numbers:
        longest = max([nothing, *(run for run in best if run[-1] < number)], key=len)
        best.append((*longest, number))
    longest = max([*best, nothing], key=len)
    return frozenset(longest)


def _where(procedure: Procedure, step: Step) -> Words:
    return say("step {number} “{step}”", number=procedure.number(step.key), step=step.name)


def _place(procedure: Procedure, step: Step) -> Words:
    """Say where a new step stands: beside others of its fork, or after the steps that lead to it."""
    ways = [
        (one, way.target.steps)
        for one in procedure.steps
        for outcome in one.outcomes
        for way in outcome.branches
        if isinstance(way.target, Go) and step.key in way.target.steps
    ]
    beside = [procedure.number(key) for _, steps in ways for key in steps if key != step.key]
    if beside:
        return say("at the same time as step {numbers}", numbers=_numbers(beside))
    if ways:
        return say("after step {numbers}", numbers=_numbers(procedure.number(one.key) for one, _ in ways))
    return say("new")


def _numbers(numbers: Iterable[int]) -> str:
    return ", ".join(str(number) for number in sorted(set(numbers)))


def _text(part: str | Words, lang: Lang) -> str:
    return part if isinstance(part, str) else part.into(lang)
