"""Limits that hang on conditions, taken apart: one procedure for each way in which the conditions can come out."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice, product

from procedures.allowance_words import InWords
from procedures.check.subject import Subject
from procedures.condition import All, Any, Compare, Condition, DateLiteral, FieldRef, Not, NumberLiteral, Value
from procedures.judgement import MissingValue, evaluate
from procedures.lengths import Duration
from procedures.model import Branch, Norm, Outcome, Procedure, Step
from procedures.words import Words, say

#: More conditions than these are not taken apart one by one; more samples than these are not tried.
_MOST_CONDITIONS, _MOST_SAMPLES = 6, 4096
#: How each condition comes out.
Truth = Mapping[Condition, bool]


def instances(subject: Subject) -> Iterator[tuple[Words | None, Subject]]:
    """Yield the procedure as it runs for each way its conditions on time can come out, and which way that is.

    In each of them limits and norms are single, and branches that the same conditions decide lead one way. A
    procedure without conditions on time is its own one instance.
    """
    conditions = _conditions(subject.procedure)
    if not conditions:
        yield None, subject
        return
    for truth in _truths(subject.procedure, conditions[:_MOST_CONDITIONS]):
        yield _said(truth), replace(subject, procedure=_instance(subject.procedure, truth))


def _conditions(procedure: Procedure) -> list[Condition]:
    of_steps = (one.when for step in procedure.steps if step.norm is not None for one in step.norm.variants)
    return list(dict.fromkeys((*(one.when for one in procedure.variants), *of_steps)))


def _truths(procedure: Procedure, conditions: list[Condition]) -> Iterator[Truth]:
    """Yield how the conditions can come out together: as samples show, or in every way where none can be made."""
    every = [dict(zip(conditions, held, strict=True)) for held in product((True, False), repeat=len(conditions))]
    seen = _seen(procedure, conditions)
    yield from (truth for truth in every if seen is None or tuple(truth.values()) in seen)


def _seen(procedure: Procedure, conditions: list[Condition]) -> set[tuple[bool, ...]] | None:
    """Return what comes out for values at and beside every written figure; None where that does not tell all."""
    samples: dict[str, set[Value]] = {}
    for compare in (one for condition in conditions for one in _compares(condition)):
        found = _around(procedure, compare)
        if found is None:
            return None
        samples.setdefault(found[0], set()).update(found[1])
    rows = list(islice(product(*samples.values()), _MOST_SAMPLES + 1))
    if len(rows) > _MOST_SAMPLES:
        return None
    try:
        return {
            tuple(evaluate(one, dict(zip(samples, row, strict=True)), date.min, lambda *_: 0) for one in conditions)
            for row in rows
        }
    except (MissingValue, TypeError):
        return None


def _around(procedure: Procedure, compare: Compare) -> tuple[str, set[Value]] | None:
    """Return the value that a comparison is about, and samples on every side of what it is compared with."""
    left, right = compare.left, compare.right
    if not isinstance(left, FieldRef):
        return None
    if isinstance(right, NumberLiteral):
        return left.name, {right.value - 1, right.value, right.value + Decimal(1)}
    if isinstance(right, DateLiteral):
        return left.name, {right.value + timedelta(days=day) for day in (-1, 0, 1)}
    spec, value = procedure.field(left.name), getattr(right, "value", None)
    if isinstance(value, bool):
        return left.name, {True, False}
    return (left.name, {value, *(spec.choices if spec else ()), ""}) if isinstance(value, str) else None


def _compares(condition: Condition) -> Iterator[Compare]:
    match condition:
        case All(parts=parts) | Any(parts=parts):
            for part in parts:
                yield from _compares(part)
        case Not(part=part):
            yield from _compares(part)
        case Compare():
            yield condition


def _instance(procedure: Procedure, truth: Truth) -> Procedure:
    within = _first(procedure.variants, truth, procedure.within)
    steps = tuple(_step(step, truth) for step in procedure.steps)
    return procedure.model_copy(update={"within": within, "variants": (), "steps": steps})


def _step(step: Step, truth: Truth) -> Step:
    norm = step.norm
    if norm is not None and norm.variants:
        norm = Norm(within=_first(norm.variants, truth, norm.within) or norm.within, counted=norm.counted)
    return step.model_copy(update={"norm": norm, "outcomes": tuple(_outcome(one, truth) for one in step.outcomes)})


def _first(variants: object, truth: Truth, rest: Duration | None) -> Duration | None:
    known = variants if isinstance(variants, tuple) else ()
    return next((one.within for one in known if truth.get(one.when)), rest)


def _outcome(outcome: Outcome, truth: Truth) -> Outcome:
    """Return an outcome without the branches that cannot be taken; how they are numbered matters to no sum."""
    kept: list[Branch] = []
    for branch in outcome.branches:
        holds = truth.get(branch.when) if branch.when is not None else True
        if holds is not False:
            kept.append(branch)
        if holds:
            break
    return outcome.model_copy(update={"branches": tuple(kept)})


def _said(truth: Truth) -> Words:
    parts = [InWords(one) if held else say("not: {condition}", condition=InWords(one)) for one, held in truth.items()]
    said: Words = parts[0]
    for part in parts[1:]:
        said = say("{first}; {second}", first=said, second=part)
    return said
