"""The lines of a plan as a text: without marks of layout, each with its number in the file."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from procedures.finding import Finding, Severity, Span
from procedures.text import nfc
from procedures.words import Words
from quality.programme.plan import Task

_MARKS = re.compile(r"</?b>|\*\*+|^#+\s*|(?<=\s)\*(?=\S)|(?<=\S)\*(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its number from 1. `broken` says that it goes on where a page ended."""

    number: int
    text: str
    broken: bool = False

    @property
    def cells(self) -> tuple[str, ...]:
        """Its cells, where it is a row of a table; empty otherwise."""
        return tuple(_clean(cell) for cell in self.text.split("\t")) if self.text.count("\t") >= _LEAST else ()


#: So many tabs make a line a row of a table.
_LEAST = 1


def lines_of(text: str) -> list[Line]:
    """Return the lines that say anything; tabs part the cells of a table."""
    found = []
    raw = nfc(text).replace("\f", "\n").splitlines()
    for number, line in enumerate(raw, 1):
        kept = line if line.count("\t") >= _LEAST else _clean(line)
        if kept.strip():
            broken = number > 1 and line.startswith(" ") and bool(raw[number - 2].strip())
            found.append(Line(number, kept if "\t" in kept else kept.strip(), broken))
    return found


def joined(lines: Sequence[str]) -> str:
    """Return pieces of a paragraph as one text."""
    return " ".join(" ".join(lines).split())


def _clean(text: str) -> str:
    return " ".join(_MARKS.sub("", text).split())


@dataclass(slots=True)
class Notes:
    """What was not understood, at its line; `marks` say it above the task that it is about."""

    file: str
    findings: list[Finding] = field(default_factory=list)
    marks: dict[str, list[str]] = field(default_factory=dict)

    def put(self, code: str, line: Line, message: Words, task: str = "") -> None:
        """Note something about a line, and about the task whose number is given."""
        span = Span(self.file, line.number, 1, line.number, len(line.text) + 1)
        self.findings.append(Finding(code, Severity.WARNING, message, span))
        if task:
            self.marks.setdefault(task, []).append(message.into("vi"))


@dataclass(frozen=True, slots=True)
class Taken:
    """A task that was taken in, and the line where it stands."""

    task: Task
    line: Line


def numbered(tasks: Sequence[Task]) -> Iterator[Task]:
    """Yield the tasks of a section, each number once: a second one of it has a letter behind it."""
    seen: dict[str, int] = {}
    for task in tasks:
        seen[task.key] = seen.get(task.key, 0) + 1
        again = seen[task.key]
        yield task if again == 1 else task.model_copy(update={"key": f"{task.key}{chr(95 + again)}"})
