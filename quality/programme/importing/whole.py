"""A plan as a text becomes the draft of a programme file: all its rows, and what was not understood."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from procedures.finding import Finding, in_reading_order
from procedures.text import fold
from procedures.words import say
from quality.programme.importing.duties import read_duties
from quality.programme.importing.flattened import read_flattened
from quality.programme.importing.lines import Line, Notes, joined, lines_of
from quality.programme.importing.table import read_table
from quality.programme.plan import Part, Plan

_YEAR = re.compile(r"(?:nam|/)\s*(20\d{2})")
_CHAPTER = re.compile(r"[IVX]+\.\s+")
_HEADING = re.compile(r"\d+\.\s+(.+?):?$")


@dataclass(frozen=True, slots=True)
class Imported:
    """A plan that was taken in: how many rows its table has, how many duties were read, what was not understood."""

    plan: Plan
    rows: int
    duties: int
    findings: tuple[Finding, ...]
    marks: dict[str, list[str]]

    @property
    def tasks(self) -> int:
        """How many tasks came of them."""
        return sum(len(part.tasks) for part in self.plan.parts)


def imported(text: str, file: str, unit: str, year: int | None = None) -> Imported:
    """Take a plan in; `unit` is the agency that issues it, `file` how findings call its text."""
    lines, notes = lines_of(text), Notes(file)
    parts, rows = read_table(lines, notes)
    if not rows:
        parts, rows = read_flattened(lines, notes)
    more, duties = read_duties(lines, notes, dated_only=rows > 0)
    if not rows and not duties:
        notes.put("QT917", lines[0] if lines else Line(1, ""), say("no table and no duties were found"))
    of = year or _year(lines)
    plan = Plan(
        code=f"CT-{of}",
        year=of,
        name=_name(lines) or f"Chương trình năm {of}",
        unit=unit,
        grounds=tuple(_grounds(lines)),
        purposes=tuple(_bullets(lines, ("muc dich", "muc tieu"))),
        demands=tuple(_bullets(lines, ("yeu cau",))),
        groups=_groups((*parts, *more), unit),
        parts=(*parts, *more),
    )
    return Imported(plan, rows, duties, tuple(in_reading_order(notes.findings)), notes.marks)


def _groups(parts: Sequence[Part], unit: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return a group for everybody who leads, for a person to fill: plans seldom use the names of the organisation."""
    named = dict.fromkeys(name for part in parts for task in part.tasks for name in task.leads)
    return tuple((name, ()) for name in named if name != unit)


def _year(lines: Sequence[Line]) -> int:
    """Return the year that the head of a plan names last before its grounds."""
    head = [fold(line.text) for line in _before_grounds(lines)]
    found = _YEAR.findall(" ".join(head)) or _YEAR.findall(" ".join(fold(line.text) for line in lines))
    return int(found[-1]) if found else 2000


def _name(lines: Sequence[Line]) -> str:
    head = _before_grounds(lines)
    begin = next((place for place, line in enumerate(head) if fold(line.text) == "ke hoach"), None)
    return joined([line.text for line in head[begin + 1 :]]) if begin is not None else ""


def _before_grounds(lines: Sequence[Line]) -> Sequence[Line]:
    end = next((place for place, line in enumerate(lines) if fold(line.text).startswith("can cu ")), len(lines))
    return lines[:end]


def _grounds(lines: Sequence[Line]) -> Iterator[str]:
    """Yield each document that a plan stands on; a long line of them is parted at its semicolons."""
    pieces: list[str] = []
    for line in lines:
        begins = fold(line.text).startswith("can cu ")
        if not begins and (not pieces or pieces[-1].endswith((";", ".", ","))):
            if pieces:
                break
            continue
        pieces.append(line.text)
    for ground in joined(pieces).split(";"):
        said = ground.strip(" .,;")
        if said:
            yield re.sub(r"^[Cc]ăn cứ\s+", "", said)


def _bullets(lines: Sequence[Line], heads: Sequence[str]) -> Iterator[str]:
    """Yield what stands in a list under a numbered heading."""
    inside, pieces = False, list[str]()
    for line in lines:
        heading = _HEADING.fullmatch(line.text)
        if heading is not None or line.cells or _CHAPTER.match(line.text):
            if inside:
                break
            inside = heading is not None and fold(heading[1]).startswith(tuple(heads))
        elif inside:
            if line.text.startswith("- ") and pieces:
                yield joined(pieces).rstrip(" .;")
                pieces = []
            pieces.append(line.text.removeprefix("- "))
    if pieces:
        yield joined(pieces).rstrip(" .;")
