"""The disk is full, or fails, at every n-th call: refused wholly, nothing lost, and it goes on by itself."""

import json
from pathlib import Path

from tests.torture.fault_clerk import KINDS
from tests.torture.figure import Figure
from tests.torture.shim import under_the_shim

_CALLS = 400
#: So many calls are tried by one program.
_TOGETHER = 20


def every_call(figure: Figure, runs: int, folder: Path) -> None:
    """Let each kind of fault happen at calls spread evenly from the first to the four hundredth."""
    _faults(figure, runs, folder, "")


def lying(figure: Figure, runs: int, folder: Path) -> None:
    """Do the same to a store that acknowledges what its disk refused: losses must be seen."""
    _faults(figure, runs, folder, "lies")


def _faults(figure: Figure, runs: int, folder: Path, lies: str) -> None:
    each = max(1, runs // len(KINDS))
    calls = sorted({1 + number * _CALLS // each for number in range(each)})
    folder.mkdir(parents=True, exist_ok=True)
    for part in range(figure.did.get("runs", 0) // len(KINDS), len(calls), _TOGETHER):
        some = json.dumps(calls[part : part + _TOGETHER])
        printed = under_the_shim("tests.torture.fault_clerk", folder, figure.seed, some, lies, root=folder)
        for line in printed.splitlines():
            told = json.loads(line)
            figure.count("runs")
            figure.count("of these met the fault", told.get("reached", 0))
            figure.count("commands told that the store cannot serve", told.get("troubles", 0))
            figure.violations += told["wrong"]
        figure.part_done()
