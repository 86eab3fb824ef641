"""A clock that jumps back and forth by years: nothing is reordered, doubled or lost, and the record never goes back."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from engine.evolve import fold
from tests.engine.playing import player
from tests.engine.test_any_procedure import faults
from tests.torture.figure import Figure

_JUMPS = tuple(timedelta(days=days) for days in (-3650, -400, -31, -1, 1, 31, 400, 3650))
_SMALL = (timedelta(hours=-1), timedelta(seconds=-2), timedelta(0), timedelta(hours=7))
_TURNS = 50


def jumps(figure: Figure, amount: int, folder: Path) -> None:
    """Let the clock jump before every command, on a procedure of its own for each fifty."""
    while figure.did.get("jumps", 0) < amount:
        part = figure.did.get("jumps", 0) // _TURNS
        played = player(figure.seed * 1_000_003 + part)
        begun = played.now
        for _ in range(_TURNS):
            played.now = begun + played.rng.choice((*_JUMPS, *_SMALL)) * played.rng.random()
            played.step()
            figure.count("jumps")
        procedure = played.office.shelf.release("QT-01", 1).procedure
        for case in played.cases():
            log = played.office.log(case)
            figure.count("events", len(log))
            if [record.seq for record in log] != list(range(1, len(log) + 1)):
                figure.wrong(f"{part}/{case}: the numbers have gaps")
            if any(later.at < earlier.at for earlier, later in pairwise(log)):
                figure.wrong(f"{part}/{case}: the record goes back in time")
            told = [(e.breach, e.item) for e in (record.event for record in log) if e.kind == "BreachRecorded"]
            if len(told) != len(set(told)):
                figure.wrong(f"{part}/{case}: a breach was recorded twice")
            held = played.office.case(case)
            if fold(log) != held:
                figure.wrong(f"{part}/{case}: the state is not the fold of the log")
            figure.violations += [f"{part}/{case}: {said}" for said in faults(held, log, procedure)]
        figure.part_done()
