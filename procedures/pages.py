"""The texts of files by name, line by line, as findings count their places."""

from collections.abc import Mapping, Sequence

from procedures.finding import Span
from procedures.text import legible

#: Source texts by the file name that findings carry, as they were read from the disk.
Sources = Mapping[str, str]


class Pages:
    """Lines of the sources; each file is split once."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._lines: dict[str, Sequence[str]] = {}

    def lines(self, file: str) -> Sequence[str]:
        """Return the lines of a file; none when its text is not known."""
        if file not in self._lines:
            text = legible(self._sources.get(file, ""))
            self._lines[file] = text.split("\n") if text else ()
        return self._lines[file]

    def has(self, span: Span) -> bool:
        """Tell whether the first line of the place can be shown."""
        return 1 <= span.line <= len(self.lines(span.file))

    def line(self, file: str, number: int) -> str:
        """Return a line, counted from 1; empty when it does not exist."""
        lines = self.lines(file)
        return lines[number - 1] if 1 <= number <= len(lines) else ""
