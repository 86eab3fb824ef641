"""The table of a plan whose columns were lost when it was printed: cells come one below the other, in pieces."""

import re
from collections.abc import Iterator, Sequence

from procedures.calendar.wording import MisreadError
from procedures.text import fold
from procedures.words import say
from quality.programme.importing.cells import names, when
from quality.programme.importing.lines import Line, Notes, joined
from quality.programme.plan import Part, Task
from quality.programme.windows import parse_window

#: The column of times is narrow: its pieces are no longer than this.
_NARROW = 10
_HEAD = re.compile(r"(s?tt|so tt) noi dung.*")
_CHAPTER = re.compile(r"[IVX]+\.\s")


def read_flattened(lines: Sequence[Line], notes: Notes) -> tuple[tuple[Part, ...], int]:
    """Return the one section of such a table, and how many rows it has; nothing where there is none."""
    begin = next((place for place, line in enumerate(lines) if _HEAD.fullmatch(fold(line.text))), None)
    if begin is None:
        return (), 0
    rest = lines[begin + 1 :]
    end = next((place for place, line in enumerate(rest) if _CHAPTER.match(line.text)), len(rest))
    rows = list(_rows(rest[:end]))
    tasks = tuple(_task(number, row, notes) for number, row in rows)
    return (Part(key="I", tasks=tasks),) if tasks else (), len(tasks)


def _rows(lines: Sequence[Line]) -> Iterator[tuple[int, list[Line]]]:
    """Yield the numbered rows: a row begins where the next number stands at the beginning of a line."""
    number, row = 0, list[Line]()
    for line in lines:
        found = re.fullmatch(rf"{number + 1}\.?(?:\s+(.*))?", line.text)
        if found:
            if number:
                yield number, row
            number, row = number + 1, []
            if found[1]:
                row.append(Line(line.number, found[1]))
        elif number:
            row.append(line)
    if number:
        yield number, row


def _task(number: int, row: Sequence[Line], notes: Notes) -> Task:
    key = str(number)
    first, last = _time(row)
    at = row[0] if row else Line(1, "")
    name, leads = [line.text for line in row[:first]], list(row[last:])
    broken = next((place for place, line in enumerate(leads) if line.broken), None)
    if broken is not None:
        after = leads[broken:]
        going_on = next((n for n, line in enumerate(after) if n and line.text[:1].isupper()), len(after))
        name += [line.text for line in after[:going_on]]
        leads = [*leads[:broken], *after[going_on:]]
        notes.put("QT916", at, say("this row goes over two pages; look whether its cells are whole"), f"I.{key}")
    if first == last:
        notes.put("QT911", at, say("no time was found in this row"), f"I.{key}")
    text = joined([line.text for line in row[first:last]])
    return Task(
        key=key,
        name=joined(name),
        leads=tuple(_leads(leads)),
        window=when(text, at, notes, f"I.{key}"),
    )


def _time(row: Sequence[Line]) -> tuple[int, int]:
    """Return where the pieces of the column of times begin and end: the longest narrow run that reads as a time."""
    for first in range(1, len(row)):
        narrow = first
        while narrow < len(row) and len(row[narrow].text) <= _NARROW and not row[narrow].broken:
            narrow += 1
        for last in range(narrow, first, -1):
            try:
                parse_window(joined([line.text for line in row[first:last]]))
            except MisreadError:
                continue
            return first, last
    return len(row), len(row)


def _leads(lines: Sequence[Line]) -> Iterator[str]:
    """Yield each of the leads: a dash begins one."""
    pieces: list[str] = []
    for line in lines:
        if line.text.startswith("- ") and pieces:
            yield from names(joined(pieces))
            pieces = []
        pieces.append(line.text.removeprefix("- "))
    if pieces:
        yield from names(joined(pieces))
