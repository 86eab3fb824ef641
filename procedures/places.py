"""Where each part of a procedure was written: a path of model names and keys gives a span."""

from dataclasses import dataclass, field

from procedures.finding import Span

Path = tuple[str | int, ...]


@dataclass(slots=True, weakref_slot=True)
class Places:
    """Spans by path; an unknown path gives the nearest enclosing one, () is the whole file.

    `at` points at what a reader looks for: a sentence or a one-line list itself, or the key of a longer block.
    Lists can be entered by position (0, 1, …) and, where they hold names, by name.
    """

    whole: Span
    spans: dict[Path, Span] = field(default_factory=dict)
    keys: dict[Path, Span] = field(default_factory=dict)

    def at(self, *path: str | int) -> Span:
        """Return the span of `path`, or of the nearest part around it."""
        return self._nearest(self.spans, path)

    def key(self, *path: str | int) -> Span:
        """Return the span of the key that introduces `path`, or of the nearest key around it."""
        return self._nearest(self.keys, path)

    def knows(self, *path: str | int) -> bool:
        """Tell whether exactly this path was written."""
        return path in self.spans

    def _nearest(self, spans: dict[Path, Span], path: Path) -> Span:
        for length in range(len(path), 0, -1):
            if path[:length] in spans:
                return spans[path[:length]]
        return self.whole


def nowhere(file: str) -> Span:
    """Return the place that stands for a whole file: its first character."""
    return Span(file, 1, 1, 1, 1)
