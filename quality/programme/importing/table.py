"""The table of a plan whose columns were kept: one line a row, cells parted by tabs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from procedures.text import fold
from procedures.words import say
from quality.programme.importing.cells import names, when
from quality.programme.importing.lines import Line, Notes, Taken, numbered
from quality.programme.plan import Part, Task

_COLUMNS = (
    ("name", ("noi dung",)),
    ("with", ("phoi hop",)),
    ("leads", ("chu tri", "co quan thuc hien", "don vi thuc hien", "trach nhiem")),
    ("window", ("thoi gian", "tien do", "thoi han")),
    ("result", ("ket qua", "san pham")),
)
_SECTION = re.compile(r"[IVX]+|[A-Z]")


@dataclass(slots=True)
class _Section:
    key: str
    name: str
    taken: list[Taken] = field(default_factory=list)


def read_table(lines: Sequence[Line], notes: Notes) -> tuple[tuple[Part, ...], int]:
    """Return the sections of the tables among lines, and how many rows they have; a table may come in pieces."""
    columns: dict[str, int] = {}
    sections: list[_Section] = []
    count = 0
    for line in lines:
        cells = line.cells
        if not cells:
            continue
        header = _header(cells)
        if header:
            columns = header
            continue
        if not columns:
            notes.put("QT914", line, say("a row stands before any head of a table; it was not taken in"))
            continue
        if _is_section(cells):
            sections.append(_Section(cells[0], cells[1]))
            continue
        if not sections:
            sections.append(_Section("I", ""))
        count += 1
        sections[-1].taken.append(_row(sections[-1], cells, columns, line, notes))
    return tuple(_parts(sections)), count


def _parts(sections: Sequence[_Section]) -> Iterator[Part]:
    for section in sections:
        tasks = tuple(numbered([one.task for one in section.taken]))
        yield Part(key=section.key, name=section.name, tasks=tasks)


def _header(cells: Sequence[str]) -> dict[str, int]:
    said = [fold(cell) for cell in cells]
    if said[0] not in {"tt", "stt", "so tt"}:
        return {}
    found: dict[str, int] = {}
    for name, words in _COLUMNS:
        for place, cell in enumerate(said):
            if place not in found.values() and name not in found and any(word in cell for word in words):
                found[name] = place
    return found


def _is_section(cells: Sequence[str]) -> bool:
    return bool(_SECTION.fullmatch(cells[0])) and bool(cells[1]) and not any(cells[2:])


def _row(section: _Section, cells: Sequence[str], columns: dict[str, int], line: Line, notes: Notes) -> Taken:
    def cell(name: str) -> str:
        place = columns.get(name)
        return cells[place] if place is not None and place < len(cells) else ""

    key = cells[0].strip(". ") or str(len(section.taken) + 1)
    number = f"{section.key}.{key}"
    if not cell("leads"):
        notes.put("QT915", line, say("nobody is named who leads this task"), number)
    task = Task(
        key=key,
        name=cell("name"),
        leads=names(cell("leads")),
        with_=names(cell("with")),
        window=when(cell("window"), line, notes, number),
        result=cell("result"),
    )
    return Taken(task, line)
