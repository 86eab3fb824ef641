"""What differs outside the steps: head, roles, forms, values, indicators, records and the rest."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from procedures.canonical import plain
from procedures.differences import shown
from procedures.differences.change import NOTHING, Change, Part, Sign
from procedures.differences.timing import allowance_parts
from procedures.model import BreachRule, FieldSpec, FieldType, Kind, Phase, Procedure, Role, Scenario
from procedures.words import Words, say

_KINDS = {
    Kind.SERVICE: say("public administrative procedure"),
    Kind.INTERNAL_SERVICE: say("administrative procedure within the state"),
    Kind.INTERNAL_WORK: say("internal work"),
    Kind.SYSTEM: say("procedure of the quality system"),
}
_TYPES = {
    FieldType.TEXT: say("a short text"),
    FieldType.LONG_TEXT: say("a long text"),
    FieldType.MONEY: say("an amount of money"),
    FieldType.NUMBER: say("a number"),
    FieldType.DATE: say("a date"),
    FieldType.YES_NO: say("yes or no"),
    FieldType.CHOICE: say("a choice"),
    FieldType.PEOPLE: say("a list of people"),
    FieldType.UNITS: say("a list of units"),
}
TEXTS: Mapping[str, Words] = {
    "code": say("code"),
    "name": say("name"),
    "owner_unit": say("owner unit"),
    "purpose": say("purpose"),
    "scope": say("scope"),
    "source": say("where it was published"),
    "note": say("note"),
}
TIMES: Mapping[str, Words] = {"within": say("time limit"), "published_total": say("published total")}
LISTS: Mapping[str, Words] = {
    "references": say("legal grounds"),
    "risks": say("risks"),
    "when_late": say("told when it is late"),
}


@dataclass(frozen=True, slots=True)
class Keyed:
    """A list of things with names: how one is called, shown, and what of it counts."""

    what: Words
    key: Callable[[Any], str]
    show: Callable[[Any], str | Words]
    counts: Callable[[Any], object]


def _without_text(thing: Any) -> object:
    told = plain(thing)
    return {name: part for name, part in told.items() if name != "text"} if isinstance(told, dict) else told


def _role(role: Role) -> object:
    return (role.holders, role.external)


def _field(spec: FieldSpec) -> Words:
    kind = say("{kind}: {choices}", kind=_TYPES[spec.type], choices=" | ".join(spec.choices)) if spec.choices else None
    told = kind or _TYPES[spec.type]
    return say("{kind}, required", kind=told) if spec.required else told


def _phase(phase: Phase) -> object:
    return shown.amount(phase.within)


def _scenario(one: Scenario) -> str:
    stops = " > ".join(" & ".join(stop.steps) for stop in one.path)
    given = ", ".join(f"{name}: {text}" for name, text in one.given)
    return " → ".join(part for part in (given, stops, one.end) if part)


def _rule(rule: BreachRule) -> str:
    return rule.breach


KEYED: Mapping[str, Keyed] = {
    "roles": Keyed(say("role"), lambda one: one.name, lambda one: one.text, _role),
    "forms": Keyed(say("form"), lambda one: one.code, lambda one: one.name, plain),
    "fields": Keyed(say("entered value"), lambda one: one.name, _field, plain),
    "phases": Keyed(say("phase"), lambda one: one.name, lambda one: shown.time(one.within), _phase),
    "indicators": Keyed(say("indicator"), lambda one: one.key, lambda one: one.text, _without_text),
    "records": Keyed(say("record"), lambda one: one.name, lambda one: f"{one.place}, {one.retention}", plain),
    "terms": Keyed(say("term"), lambda one: one.name, lambda one: one.meaning, plain),
    "breach_policy": Keyed(say("policy on breaches"), _rule, lambda one: one.text, _without_text),
    "accepted": Keyed(say("accepted warning"), lambda one: one.code, lambda one: one.reason, plain),
    "scenarios": Keyed(say("example"), lambda one: one.name, _scenario, _without_text),
}


def head_changes(before: Procedure, after: Procedure, strangers: frozenset[str]) -> Iterator[Change]:
    """Yield what differs outside the steps, where `before` calls its steps as `after` does.

    Examples that differ only in passing `strangers`, steps that came or went, are told with those steps.
    """
    for part in _parts(before, after):
        sign = Sign.ADDED if part.before == NOTHING else Sign.REMOVED if part.after == NOTHING else Sign.CHANGED
        path = ("procedure", part.kind) if part.kind not in LISTS else (part.kind,)
        yield Change(sign, part.kind, say("procedure"), part.what, part.before, part.after, path)
    for name, how in KEYED.items():
        counted = replace(how, counts=partial(_passing, strangers)) if name == "scenarios" else how
        yield from _keyed(name, counted, getattr(before, name), getattr(after, name))


def _passing(strangers: frozenset[str], one: Scenario) -> object:
    """Return what an example says, without the steps that are told of elsewhere."""
    stops = [frozenset(stop.steps) - strangers for stop in one.path]
    return (one.given, [stop for stop in stops if stop], one.end)


def _parts(before: Procedure, after: Procedure) -> Iterator[Part]:
    for name, what in TEXTS.items():
        was, now = getattr(before, name), getattr(after, name)
        if was != now:
            yield Part(name, what, was or NOTHING, now or NOTHING)
    if before.kind is not after.kind:
        yield Part("kind", say("kind"), _KINDS[before.kind], _KINDS[after.kind])
    for name, what in TIMES.items():
        old, new = getattr(before, name), getattr(after, name)
        if shown.amount(old) != shown.amount(new):
            yield Part(name, what, shown.time(old), shown.time(new))
    for name, what in LISTS.items():
        yield from shown.texts(name, what, getattr(before, name), getattr(after, name))
    yield from allowance_parts(before, after)


def _keyed(name: str, how: Keyed, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Change]:
    old, new = _by_key(how, before), _by_key(how, after)
    for key in dict.fromkeys((*old, *new)):
        was, now = old.get(key), new.get(key)
        if was is not None and now is not None and how.counts(was) == how.counts(now):
            continue
        sign = Sign.ADDED if was is None else Sign.REMOVED if now is None else Sign.CHANGED
        where = say("{what} “{name}”", what=how.what, name=key)
        old_text, new_text = (NOTHING if one is None else how.show(one) for one in (was, now))
        yield Change(sign, name, where, say("content"), old_text, new_text, (name, key))


def _by_key(how: Keyed, things: Sequence[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for thing in things:
        key = how.key(thing)
        while key in found:
            key += "′"
        found[key] = thing
    return found
