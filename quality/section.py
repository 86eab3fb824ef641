"""What a section of a review pack is made of: figures with their cases, lists, series, and what has to be asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from procedures.words import Words
from quality.clauses import Clause
from quality.columns import distinct
from quality.figure import Figure
from quality.xmr import Chart

#: A cell of a list: text as it is, a sentence, or a figure to be shown with its unit.
Cell = str | Words | Figure


@dataclass(frozen=True, slots=True)
class Topic:
    """Figures under one name."""

    name: Words
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as a table of text; `cases` are the cases of its rows. Without rows `empty` says so in words."""

    name: Words
    header: tuple[Words, ...]
    rows: tuple[tuple[Cell, ...], ...]
    cases: tuple[str, ...]
    empty: Words


@dataclass(frozen=True, slots=True)
class Series:
    """A figure month by month, and its control chart; None with fewer than two points."""

    name: Words
    points: tuple[tuple[str, Figure], ...]
    chart: Chart | None


@dataclass(frozen=True, slots=True)
class Answered:
    """What a step of the review asks for: in which case, of whom (a person, or the role it waits for), by when.

    `text` is what was answered, empty before; the paper then has a blank place for it.
    """

    case: str
    who: str
    by: date | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What cannot be measured: whom it is asked from, by when, and what the steps of the review have brought."""

    clause: Clause
    role: str
    by: date
    answers: tuple[Answered, ...] = ()


Part = Topic | Listing | Series


@dataclass(frozen=True, slots=True)
class Section:
    """One input of the review with all that was found for it."""

    clause: Clause
    parts: tuple[Part, ...]
    asked: Asked

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure of the section, also those of its lists and series."""
        return tuple(figure for part in self.parts for figure in figures_of(part))

    @property
    def behind(self) -> Iterable[Sequence[str]]:
        """The cases behind each figure and each list of the section."""
        yield from (figure.cases for figure in self.figures)
        yield from (part.cases for part in self.parts if isinstance(part, Listing))

    @property
    def cases(self) -> set[str]:
        """Every case behind the section."""
        return distinct(self.behind)


def figures_of(part: Part) -> Iterable[Figure]:
    """Return the figures of a part."""
    match part:
        case Topic():
            return part.figures
        case Series():
            return (figure for _, figure in part.points)
        case Listing():
            return (cell for row in part.rows for cell in row if isinstance(cell, Figure))
