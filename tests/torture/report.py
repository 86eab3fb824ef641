"""Print figures of reliability: `python -m tests.torture.report G5 --long --seed 7`; without names, all of them."""

import argparse
import gc
import sys
import tempfile
from pathlib import Path

from tests.torture.figure import Figure, measured
from tests.torture.figures import FIGURES


def main() -> int:
    """Run the figures that are asked for; fails when one has violations, or a control has none."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help=f"of {', '.join(FIGURES)}")
    parser.add_argument("--long", action="store_true", help="the counts of the long form")
    parser.add_argument("--amount", type=int, help="this count instead")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kept", type=Path, help="a folder of what has been counted: ended, it goes on from there")
    asked = parser.parse_args()
    names = asked.names or list(FIGURES)
    _leave_in_peace()
    if unknown := set(names) - FIGURES.keys():
        parser.error(f"no figure is called {', '.join(sorted(unknown))}")
    if asked.kept:
        asked.kept.mkdir(parents=True, exist_ok=True)
    failed = 0
    for name in names:
        entry = FIGURES[name]
        amount = asked.amount or (entry.long if asked.long else entry.short)
        kept = asked.kept / f"{name}-{asked.seed}.json" if asked.kept else None
        with tempfile.TemporaryDirectory(prefix="quytrinh-torture-") as folder:
            figure = measured(name, entry.run, amount, asked.seed, Path(folder), kept)
        failed += not as_it_must_be(figure)
        sys.stdout.write(f"{figure.line}\n")
        for said in figure.violations[: 0 if entry.control else 20]:
            sys.stdout.write(f"  {said}\n")
        sys.stdout.flush()
    return int(failed > 0)


def _leave_in_peace() -> None:
    """Let the collector look at what is new alone, and seldom: what is loaded by now stays."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def as_it_must_be(figure: Figure) -> bool:
    """Tell whether a figure is without violations; a control, with some."""
    return bool(figure.violations) == FIGURES[figure.name].control


if __name__ == "__main__":
    sys.exit(main())
