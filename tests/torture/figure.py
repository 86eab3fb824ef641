"""One figure of reliability: what was done, with which seed, and everything that was not as it must be."""

import json
import time
from collections.abc import Callable
from contextlib import suppress
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
    kept: Path | None = None
    begun: float = field(default_factory=time.monotonic)

    def count(self, what: str, more: int = 1) -> None:
        """Count something that was done."""
        self.did[what] = self.did.get(what, 0) + more

    def wrong(self, said: str) -> None:
        """Note what must not be."""
        self.violations.append(said)

    def part_done(self) -> None:
        """Keep what has been counted so far, for a run that goes on from here; called where a part is over."""
        now = time.monotonic()
        self.seconds, self.begun = self.seconds + now - self.begun, now
        if self.kept is not None:
            told = {name: getattr(self, name) for name in ("name", "seed", "did", "violations", "seconds")}
            new = self.kept.with_suffix(".new")
            new.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
            new.replace(self.kept)

    @property
    def line(self) -> str:
        """The figure on one line."""
        did = ", ".join(f"{count:,} {what}" for what, count in self.did.items())
        caught = "".join(f"; control “{name}” caught {count:,} times" for name, count in self.caught.items())
        return f"{self.name}: {did}; {len(self.violations)} violations{caught} (seed {self.seed}, {self.seconds:.0f} s)"


#: A run of a figure: how much of it, with which seed, in which folder for what it needs on disk.
Run = Callable[[Figure, int, Path], None]


def measured(name: str, run: Run, amount: int, seed: int, folder: Path, kept: Path | None = None) -> Figure:
    """Run a figure and return it with its time; with `kept`, go on from what an earlier run has kept there."""
    figure = Figure(name, seed, kept=kept)
    if kept is not None:
        with suppress(FileNotFoundError):
            told = json.loads(kept.read_text(encoding="utf-8"))
            if (told["name"], told["seed"]) != (name, seed):
                raise ValueError(f"{kept} keeps {told['name']} with seed {told['seed']}")
            figure = Figure(**told, kept=kept)
    run(figure, amount, folder)
    figure.part_done()
    return figure
