"""Whether the like exists elsewhere (10.2.1 b): nonconformities and breaches at the same step, or of the same cause."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from procedures.text import fold
from procedures.words import Words, say
from quality.effect import aspect_of
from quality.facts import BreachFact
from quality.nonconformity import Nonconformity

#: Which breaches are the like of a nonconformity, by what is looked at to judge its effect.
_KINDS = {"late_step": ("late_step", "late_part"), "late_case": ("late_case", "late_phase"), "returned": ("returned",)}


@dataclass(frozen=True, slots=True)
class Alike:
    """Something alike at one place: why it is, the procedure and step, the unit, and the cases."""

    why: Words
    procedure: str
    step: str
    unit: str
    cases: tuple[str, ...]


def alike(one: Nonconformity, register: Sequence[Nonconformity]) -> list[Alike]:
    """Return the other nonconformities of the same step, or of the same cause, with or without accents."""
    return [
        Alike(why, other.source_procedure, other.step, other.unit, (other.id,))
        for other in register
        if other.id != one.id and (why := _why(one, other)) is not None
    ]


def breached_elsewhere(one: Nonconformity, breaches: Iterable[BreachFact], unit_of: Mapping[str, str]) -> list[Alike]:
    """Return where breaches of the same kind lie in other units, or at a step of the same name in other procedures."""
    kinds = _KINDS.get(aspect_of(one) or "", ())
    places: dict[tuple[str, str, str], list[str]] = {}
    for breach in breaches:
        place = (breach.procedure, breach.step or "", unit_of.get(breach.case, ""))
        if breach.kind in kinds and breach.case not in one.source_case and _elsewhere(one, place):
            places.setdefault(place, []).append(breach.case)
    return list(_told(places))


def _told(places: dict[tuple[str, str, str], list[str]]) -> Iterator[Alike]:
    for (procedure, step, unit), found in sorted(places.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        yield Alike(say("same kind of breach"), procedure, step, unit, tuple(dict.fromkeys(found)))


def _elsewhere(one: Nonconformity, place: tuple[str, str, str]) -> bool:
    procedure, step, unit = place
    same_step = fold(step) == fold(one.step)
    return same_step and (procedure != one.source_procedure or unit != one.unit)


def _why(one: Nonconformity, other: Nonconformity) -> Words | None:
    if one.step and fold(one.step) == fold(other.step) and one.source_procedure == other.source_procedure:
        return say("same step")
    if one.cause and fold(one.cause) == fold(other.cause):
        return say("same cause")
    if one.step and fold(one.step) == fold(other.step):
        return say("step of the same name")
    return None
