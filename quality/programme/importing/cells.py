"""What stands in the cells of a plan's table: who leads, and when."""

import re

from procedures.calendar.wording import MisreadError
from procedures.words import say
from quality.programme.importing.lines import Line, Notes
from quality.programme.windows import Always, Window, parse_window

#: Taken for a row that names no time.
NO_TIME = "Cả năm"
_PARTS = re.compile(r";(?![^(]*\))|,\s*(?=UBND|Ủy ban|Uỷ ban|Phòng |Sở |Văn phòng)|\s{2,}(?=[A-ZĐÂÁÀẢÃẠĂÊÔƠƯ])")


def names(cell: str) -> tuple[str, ...]:
    """Return the units or groups that a cell names."""
    return tuple(dict.fromkeys(" ".join(one.split(" ")).strip(" .-") for one in _PARTS.split(cell) if one.strip(" .-")))


def when(cell: str, line: Line, notes: Notes, task: str) -> Window:
    """Return the time that a cell writes; what is not understood is kept in its words and noted."""
    if not cell.strip():
        notes.put("QT912", line, say("no time is written; “{text}” was put in", text=NO_TIME), task)
        return parse_window(NO_TIME)
    try:
        return parse_window(cell)
    except MisreadError as fault:
        notes.put("QT911", line, fault.words, task)
        return Always(text=" ".join(cell.split()))
