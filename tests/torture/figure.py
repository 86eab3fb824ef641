"""One figure of reliability: what was done, with which seed, and everything that was not as it must be."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Figure:
    """The outcome of one run: `did` counts, `violations` must be empty, `caught` are the controls that must fail."""

    name: str
    seed: int
    did: dict[str, int] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)
    caught: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    def count(self, what: str, more: int = 1) -> None:
        """Count something that was done."""
        self.did[what] = self.did.get(what, 0) + more

    def wrong(self, said: str) -> None:
        """Note what must not be."""
        self.violations.append(said)

    @property
    def line(self) -> str:
        """The figure on one line."""
        did = ", ".join(f"{count:,} {what}" for what, count in self.did.items())
        caught = "".join(f"; control “{name}” caught {count:,} times" for name, count in self.caught.items())
        return f"{self.name}: {did}; {len(self.violations)} violations{caught} (seed {self.seed}, {self.seconds:.0f} s)"


#: A run of a figure: how much of it, with which seed, in which folder for what it needs on disk.
Run = Callable[[Figure, int, Path], None]


def measured(name: str, run: Run, amount: int, seed: int, folder: Path) -> Figure:
    """Run a figure and return it with its time."""
    figure = Figure(name, seed)
    begun = time.monotonic()
    run(figure, amount, folder)
    figure.seconds = time.monotonic() - begun
    return figure
