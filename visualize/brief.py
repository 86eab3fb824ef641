"""The few words that fit beside an arrow: conditions, targets and roles said shortly."""

from decimal import Decimal

from procedures.condition import (
    All,
    Any,
    Compare,
    Condition,
    DateLiteral,
    FieldRef,
    NumberLiteral,
    Term,
    TextLiteral,
    Today,
    WorkingDays,
    YesNoLiteral,
)
from procedures.joins import Join, JoinKind
from procedures.model import BackTo, Branch, End, Go, Outcome, Procedure, Step
from procedures.vietnamese import day, number
from procedures.words import Lang, Words, say

#: What is written on the arrows to steps of which the first that is done withdraws the others.
FIRST = say("whichever is first")
_SIGNS = {"eq": "=", "ne": "≠", "gt": ">", "ge": "≥", "lt": "<", "le": "≤"}
_MILLION = 1_000_000


def condition(said: Condition, lang: Lang) -> str:
    """Say a condition with signs: `tổng tiền > 50 triệu`."""
    if isinstance(said, Compare):
        return f"{_term(said.left, lang)} {_SIGNS[said.op]} {_term(said.right, lang)}"
    if isinstance(said, All):
        return say(" and ").into(lang).join(_part(part, lang) for part in said.parts)
    if isinstance(said, Any):
        return say(" or ").into(lang).join(_part(part, lang) for part in said.parts)
    return say("not {condition}", condition=_part(said.part, lang)).into(lang)


def branch(outcome: Outcome, way: Branch, lang: Lang) -> str:
    """Say when a way on is taken: its outcome, its condition, or nothing when there is no other."""
    said = [outcome.label] if outcome.label != "Xong" else []
    if way.when is not None:
        said.append(condition(way.when, lang))
    elif len(outcome.branches) > 1:
        said.append(say("otherwise").into(lang))
    return ": ".join(said)


def target(procedure: Procedure, to: Go | BackTo | End) -> Words:
    """Say where a way leads, by step numbers."""
    if isinstance(to, End):
        return say("end, {result}", result=to.result)
    if isinstance(to, BackTo):
        number = procedure.number(to.step)
        if to.at_most is None:
            return say("back to step {number}", number=number)
        return say("back to step {number}, at most {times}×", number=number, times=to.at_most)
    numbers = [str(procedure.number(step)) for step in to.steps]
    if to.race:
        return say("whichever of steps {numbers} is done first", numbers=", ".join(numbers))
    if len(numbers) == 1:
        return say("step {number}", number=numbers[0])
    return say("steps {numbers} at the same time", numbers=", ".join(numbers))


def ways(procedure: Procedure, step: Step, lang: Lang) -> tuple[str, ...]:
    """Return one phrase for each way on from `step`, in order: `Hợp lệ: bước 3`."""
    phrases = []
    for outcome in step.outcomes:
        for way in outcome.branches:
            when, where = branch(outcome, way, lang), target(procedure, way.target).into(lang)
            phrases.append(f"{when}: {where}" if when else where)
    return tuple(phrases)


def performer(procedure: Procedure, step: Step, lang: Lang) -> str:
    """Say who does the step, or what does it when nobody has to."""
    if step.responsible:
        return say(" or ").into(lang).join(capital(role) for role in step.responsible)
    match step.kind:
        case "automatic":
            return say("Automatic: {name}", name=step.automatic).into(lang)
        case "delay":
            return say("Waits").into(lang)
        case "call":
            unit = step.handover.unit if step.handover is not None else None
            called = say("Procedure {code}", code=step.call).into(lang)
            return f"{called}, {unit}" if unit else called
        case _:
            return procedure.owner_unit if procedure.steps[0] is step else ""


def performers(procedure: Procedure, step: Step, lang: Lang) -> tuple[str, ...]:
    """Say who does the step, how several do it together, and which steps it waits for if not for all."""
    said = [performer(procedure, step, lang)]
    if step.several is not None:
        said.append(capital(step.several.words.into(lang)))
    if step.join is not None and step.join.kind is not JoinKind.ALL:
        said.append(waits(procedure, step.join).into(lang))
    return tuple(part for part in said if part)


def waits(procedure: Procedure, join: Join) -> Words:
    """Say how many of which steps open a step that does not wait for all, and what becomes of the others."""
    numbers = ", ".join(str(procedure.number(key)) for key in join.steps)
    some = say("Begins when {count} of steps {numbers} is done", count=join.needed, numbers=numbers)
    return some if join.rest == "cancel" else say("{some}, the others are finished", some=some)


def times(step: Step, lang: Lang) -> tuple[str, ...]:
    """Say the declared time of a step, and what happens when it is over."""
    late = say("too late: {what}", what=step.timeout.words).into(lang) if step.timeout is not None else ""
    return tuple(part for part in (allowed(step), capital(late)) if part)


def allowed(step: Step) -> str:
    """Return the declared time of a step as it was written, each by condition beside the rest, or nothing."""
    if step.delay is not None:
        return step.delay.text
    if step.delay_until is not None:
        return capital(step.delay_until)
    if step.norm is None:
        return ""
    return " / ".join(within.text for within in (step.norm.within, *(one.within for one in step.norm.variants)))


def told_when_late(procedure: Procedure) -> Words:
    """Say who is told when a case or a step is late."""
    house = say("the head of the unit that is late")
    said = say("told when it is late: {who}", who=_roles(procedure.when_late) or house)
    for step in (step for step in procedure.steps if step.when_late):
        said = say(
            "{said}; at step {number}: {who}", said=said, number=procedure.number(step.key), who=_roles(step.when_late)
        )
    return said


def _roles(names: tuple[str, ...]) -> str:
    return ", ".join(names)


def capital(text: str) -> str:
    """Return `text` with its first letter large and the rest as written."""
    return text[:1].upper() + text[1:]


def _part(part: Condition, lang: Lang) -> str:
    said = condition(part, lang)
    return f"({said})" if isinstance(part, All | Any) else said


def _term(term: Term, lang: Lang) -> str:
    match term:
        case FieldRef():
            return term.name
        case NumberLiteral():
            return amount(term.value, lang)
        case DateLiteral():
            return day(term.value)
        case TextLiteral():
            return f"“{term.value}”"
        case YesNoLiteral():
            return (say("yes") if term.value else say("no")).into(lang)
        case Today():
            return say("today").into(lang)
        case WorkingDays():
            start, end = _term(term.start, lang), _term(term.end, lang)
            return say("working days from {start} to {end}", start=start, end=end).into(lang)


def amount(value: Decimal, lang: Lang) -> str:
    """Say a number shortly: whole millions as such, else with grouped thousands."""
    if lang == "vi" and value >= _MILLION and value % 100_000 == 0:
        return f"{number(value / _MILLION, lang)} triệu"
    return number(value, lang, digits=4)
