"""A figure: a number with its definition, the cases behind it, and the question it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from procedures.words import Words
from quality.columns import Behind

#: Working time in minutes or in days of 8 hours, time by the clock in minutes, a share from 0 to 1, a number of cases
#: or occurrences, cases a working day.
FigureUnit = Literal["working_minutes", "working_days", "minutes", "share", "count", "number", "per_working_day"]
#: What a figure is about, as (dimension, value): procedure, issue, step, unit, period.
Scope = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured number. `key` and `scope` together are its question; `cases` are exactly the cases behind it.

    `value` is None when there was nothing to measure. `measured` counts what was measured: cases, or work items where
    a figure is about a step, of which one case may have several. `part` are, of a share, the cases that make it up.
    """

    key: str
    name: Words
    definition: Words
    value: float | None
    unit: FigureUnit
    cases: Sequence[str]
    measured: int
    scope: Scope = ()
    part: Sequence[str] = ()

    @property
    def count(self) -> int:
        """The number of cases behind the figure."""
        return len(self.cases)


def share(
    key: str,
    name: Words,
    definition: Words,
    part_of: tuple[Sequence[str], Sequence[str]],
    scope: Scope = (),
) -> Figure:
    """Return a share of `(part, whole)`; a case may stand in both several times, once for each thing measured."""
    part, whole = part_of
    value = float(Fraction(len(part), len(whole))) if whole else None
    return Figure(key, name, definition, value, "share", _once(whole), len(whole), scope, _once(part))


def _once(cases: Sequence[str]) -> Sequence[str]:
    return cases.once() if isinstance(cases, Behind) else tuple(dict.fromkeys(cases))


def counted(key: str, name: Words, definition: Words, cases: Sequence[str], scope: Scope = ()) -> Figure:
    """Return a count of cases, each named once."""
    behind = cases if isinstance(cases, Behind) else tuple(cases)
    return Figure(key, name, definition, float(len(behind)), "count", behind, len(behind), scope)
