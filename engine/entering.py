"""Entered values: checked against their declaration, digested for the log, kept apart so that they can be erased."""

from collections.abc import Container, Iterable, Mapping

from engine.draft import Draft, EnteredValue
from engine.events import Entered
from engine.refusal import Refusal
from engine.refusals.entering import ValueMissing, ValueUnknown, ValueWrong
from engine.refusals.records import NeverEntered
from engine.salts import blinded, value_salt
from engine.store import Held
from procedures.condition import Value
from procedures.model import LIST, FieldType, Procedure, Step
from procedures.organisation import Organisation
from procedures.values import ValueSaid, from_text, parse_entered, to_text
from procedures.words import say


def enter(
    draft: Draft, step: Step, given: Mapping[str, str], salt: str, member: str | None = None
) -> tuple[Entered, ...] | Refusal:
    """Check and take in the values given at a step; returns what the event says of them.

    What one of several enters is kept under his name beside that of the field, and decides no way.
    """
    strange = next((name for name in given if name not in (*step.collect, *_brought(step))), None)
    return ValueUnknown(step.name, strange) if strange is not None else corrected(draft, given, salt, member)


def corrected(
    draft: Draft, given: Mapping[str, str], salt: str, member: str | None = None
) -> tuple[Entered, ...] | Refusal:
    """Check and take in values, whatever step collects them; returns what the event says of them."""
    taken: list[Entered] = []
    for name, text in given.items():
        spec = draft.rules.procedure.field(name)
        if spec is None:
            return NeverEntered(name, draft.case_id)
        try:
            value = parse_entered(spec, text)
        except ValueSaid as fault:
            return ValueWrong(name, fault.words)
        if spec.type is FieldType.PEOPLE:
            value = accounts_in(draft.rules.organisation, str(value))
            strange = next((who for who in value.split(LIST) if not _known(draft, who)), None)
            if strange is not None and _keeps_apart(draft, name):
                return ValueWrong(name, say("nobody in the agency has the account or the name “{who}”", who=strange))
        if member is None:
            draft.values[name] = value
        told = name if member is None else f"{name} · {member}"
        kept = EnteredValue(told, to_text(value), value_salt(salt, told))
        draft.entered.append(kept)
        taken.append(Entered(name=kept.name, digest=digest(kept)))
    return tuple(taken)


def accounts_in(organisation: Organisation, text: str) -> str:
    """Return a list of people with the account of everybody who was written by a name that only one person has."""
    found: dict[str, list[str]] = {}
    for person in organisation.people:
        found.setdefault(person.name, []).append(person.id)
    meant = (found[who][0] if len(found.get(who, ())) == 1 else who for who in text.split(LIST))
    return LIST.join(dict.fromkeys(meant))


def _known(draft: Draft, account: str) -> bool:
    return any(person.id == account for person in draft.rules.organisation.people)


def _keeps_apart(draft: Draft, name: str) -> bool:
    """Tell whether “khác người” of some step names a value: a name that is nobody's would keep nobody apart."""
    return any(name in step.not_same_as for step in draft.rules.procedure.steps)


def _brought(step: Step) -> tuple[str, ...]:
    """Return the values that a called case brings back."""
    return tuple(here for here, _ in step.handover.takes) if step.handover is not None else ()


def typed_values(procedure: Procedure, held: Held) -> dict[str, Value]:
    """Return entered values in the types their declarations give them."""
    specs = ((procedure.field(name), name, text) for name, text in held.values.items())
    return {name: from_text(spec, text) for spec, name, text in specs if spec is not None}


def missing(draft: Draft, step: Step, names: Iterable[str], among: Container[str] | None = None) -> ValueMissing | None:
    """Return a refusal for the first required value that has not been entered: in the case, or `among` what is."""
    entered = draft.values if among is None else among
    for name in names:
        spec = draft.rules.procedure.field(name)
        if spec is not None and spec.required and name not in entered:
            return ValueMissing(step.name, name)
    return None


def digest(value: EnteredValue) -> str:
    """Return the blinded digest of a value: without its salt it tells nothing."""
    return blinded(value.salt, value.name, value.text)
