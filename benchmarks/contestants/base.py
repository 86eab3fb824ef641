"""What a contestant must do: open so many cases, then take one step after another, each kept when it returns."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from benchmarks.w1 import Step

#: Finish one step of one case; the second number says which of its completions it is.
Advance = Callable[[int, int, Step], None]


@dataclass(frozen=True)
class Place:
    """Where a contestant keeps its cases: a folder of its own, or a database of its own on a server."""

    folder: Path
    url: str | None = None

    @property
    def server(self) -> bool:
        """Tell whether it is PostgreSQL."""
        return self.url is not None


class Contestant(Protocol):
    """One way to keep cases."""

    def open(self, cases: int) -> None:
        """Prepare the store and open cases 1 to `cases`."""
        ...

    def client(self) -> Advance:
        """Return what one client, on a thread of its own, advances with."""
        ...

    def close(self) -> int:
        """Let go of everything; returns how many bytes the store took."""
        ...
