"""The builder: a procedure written in Python, in the words and with the sentences of the definition language."""

from collections.abc import Sequence

from procedures.python.conditions import Condition
from procedures.python.said import Misuse, Said, block, named, said
from procedures.python.spots import Spot, watch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, Unpack

    from procedures.model import Procedure
    from procedures.python.typed import ProcedureWords, SampleWords, StepWords

#: Words that stand beside the head of a definition; all others stand in it.
BESIDE = ("roles", "forms", "fields", "phases", "indicators", "risks", "records", "breach_policy", "accepted", "terms")
#: Words that Python spells otherwise than the language.
SPELT = {"with_": "with", "phases": "phase"}


class Definition(Said):
    """A whole procedure as it was written; `build` makes the procedure of it."""

    __slots__ = ()

    def build(self) -> "Procedure":
        """Return the procedure; raises ValueError with every fault, one a line."""
        from procedures.python.reading import built

        return built(self)


class Step(Said):
    """A step by its key."""

    __slots__ = ("key",)
    key: Said


class Sample(Said):
    """A sample case by its name."""

    __slots__ = ("key",)
    key: Said


class Target(Said):
    """A way on that is more than one step."""

    __slots__ = ()


class Case(Said):
    """A way on under a condition, or for the rest."""

    __slots__ = ()


def procedure(**words: "Unpack[ProcedureWords]") -> Definition:
    """Declare a procedure; a definition file holds exactly one."""
    spot = watch.spot()
    entries = dict(words)
    kept = [_keyed(name, kind, entries.pop(name), spot) for name, kind in _KEYED if entries.get(name) is not None]
    head = {name: entries.pop(name) for name in tuple(entries) if name not in (*BESIDE, "note")}
    pairs = [(Said("procedure", spot.place), block(named(head, spot, SPELT), spot))]
    made = Definition([*pairs, *named(entries, spot, SPELT), *kept], spot.place, pairs=True)
    watch.heard(made)
    return made


def step(key: str, **words: "Unpack[StepWords]") -> Step:
    """Declare a step called `key` in other steps and in sample cases."""
    spot = watch.spot()
    made = Step(named(words, spot, SPELT), spot.place, pairs=True)
    made.key = said(key, spot.argument(0))
    return made


def sample(name: str, **words: "Unpack[SampleWords]") -> Sample:
    """Declare a sample case: with these values it passes these steps and ends so."""
    spot = watch.spot()
    made = Sample(named(words, spot, SPELT), spot.place, pairs=True)
    made.key = said(name, spot.argument(0))
    return made


def fork(*steps: str) -> Target:
    """Go on to several steps at once."""
    spot = watch.spot()
    names = Said([said(name, spot.argument(place)) for place, name in enumerate(steps)], spot.place)
    return Target([(Said("fork", spot.place), names)], spot.place, pairs=True)


def first_of(*steps: str) -> Target:
    """Open several steps at once; the first that is done withdraws the others."""
    spot = watch.spot()
    names = Said([said(name, spot.argument(place)) for place, name in enumerate(steps)], spot.place)
    return Target([(Said("first_of", spot.place), names)], spot.place, pairs=True)


def back_to(
    step: str, *, at_most: int | None = None, clock: "Literal['tính lại', 'tính tiếp', 'dừng tính'] | None" = None
) -> Target:
    """Return to an earlier step; `clock` says what becomes of the time limit."""
    spot = watch.spot()
    words = named({"at_most": at_most, "clock": clock}, spot, {})
    return Target([(Said("back_to", spot.place), said(step, spot.argument(0))), *words], spot.place, pairs=True)


def end(result: str, *, cancel_rest: bool = False) -> Target:
    """End the case with a result; `cancel_rest` cancels the work that is open elsewhere."""
    spot = watch.spot()
    words = named({"cancel_rest": cancel_rest or None}, spot, {})
    return Target([(Said("end", spot.place), said(result, spot.argument(0))), *words], spot.place, pairs=True)


def when(condition: Condition, to: str | Target) -> Case:
    """Go this way when the condition holds."""
    spot = watch.spot()
    if not isinstance(condition, Condition):
        raise Misuse("condition")
    told = said(condition, spot.argument(0))
    way = said(to, spot.argument(1))
    return Case([(Said("when", told.place), told), (Said("to", way.place), way)], spot.place, pairs=True)


def otherwise(to: str | Target) -> Case:
    """Go this way when no condition before it holds."""
    spot = watch.spot()
    return Case([(Said("otherwise", spot.place), said(to, spot.argument(0)))], spot.place, pairs=True)


_KEYED: tuple[tuple[str, type[Step] | type[Sample]], ...] = (("steps", Step), ("tests", Sample))


def _keyed(name: str, kind: type[Step] | type[Sample], made: object, spot: Spot) -> tuple[Said, Said]:
    at_name, at_value = spot.keyword(name)
    if not isinstance(made, Sequence) or not all(isinstance(one, kind) for one in made):
        raise Misuse("step")
    return Said(name, at_name.place), Said([(one.key, one) for one in made], at_value.place, pairs=True)
