"""Random commands on random procedures, held against a model that never saw the net: what is open after each."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from engine.case import Case
from engine.commands import AnyCommand
from engine.evolve import fold
from engine.handle import Done
from engine.log import Recorded
from procedures.model import Procedure
from tests.engine.playing import Player, player
from tests.procedures.check.oracle import Judge, State
from tests.torture.figure import Figure

_TURNS = 60
_FINE = {"fine", "ended"}
#: Beyond this amount the first way of an outcome with conditions is taken.
_MUCH = 100


@dataclass
class Model:
    """Where one case may stand, told by tokens on steps; several answers where it does not matter who came first."""

    judge: Judge
    procedure: Procedure
    states: set[State] = field(default_factory=set)
    amount: int | None = None
    over: bool = False

    def follow(self, case: Case, records: tuple[Recorded, ...], command: AnyCommand) -> Iterator[str]:
        """Take in what a command made happen; yield what the model says otherwise."""
        given = getattr(command, "fields", {}).get("tổng tiền")
        self.amount = int(given) if given is not None else self.amount
        for record in records:
            event: Any = record.event
            if event.kind == "CaseOpened":
                self.states = {(("open", self.judge.first),)}
            elif event.kind == "WorkFinished":
                yield from self._pass(case.items[event.item - 1].step, event.outcome, event.branch)
            elif event.kind == "StepPassed" and event.outcome is not None:
                yield from self._pass(event.step, event.outcome, event.branch)
            elif event.kind == "CaseEnded":
                self.over = True
        yield from self._compare(case)

    def _pass(self, step: str, label: str, branch: int) -> Iterator[str]:
        outcome = next(one for one in self.procedure.step(step).outcomes if one.label == label)
        expected = 0 if len(outcome.branches) == 1 or (self.amount or 0) > _MUCH else 1
        if branch != expected:
            yield f"“{step}” took branch {branch} with {self.amount}"
        after: set[State] = set()
        for state in self.states:
            if ("open", step) in state:
                tokens: Counter[tuple[str, ...]] = self.judge.move(
                    state, ("open", step), outcome.branches[branch].target
                )
                after |= {standing for verdict, standing in self.judge.settle(tokens, set()) if verdict in _FINE}
        if not after:
            yield f"“{step}” was passed, and the model has it nowhere open"
        self.states = after

    def _compare(self, case: Case) -> Iterator[str]:
        if self.over:
            if case.live_items or not case.over:
                yield "something is open after the end"
            return
        live = {item.step for item in case.live_items}
        agreeing = {state for state in self.states if {token[1] for token in state if token[0] == "open"} == live}
        if not agreeing:
            yield f"open are {sorted(live)}, and the model says {sorted(self.states)[:2]}"
        self.states = agreeing


def commands(figure: Figure, amount: int, folder: Path) -> None:
    """Play until so many commands were given, each procedure for sixty of them."""
    part = 0
    while figure.did.get("commands", 0) < amount:
        played = player(figure.seed * 1_000_003 + part)
        part += 1
        figure.count("procedures")
        procedure = played.office.shelf.release("QT-01", 1).procedure
        judge, models = Judge(procedure), dict[str, Model]()
        for turn in range(_TURNS):
            for said in _turn(figure, played, judge, procedure, models):
                figure.wrong(f"procedure {part}, turn {turn}: {said}")


def _turn(
    figure: Figure, played: Player, judge: Judge, procedure: Procedure, models: dict[str, Model]
) -> Iterator[str]:
    command, answer = played.step()
    figure.count("commands")
    if not isinstance(answer, Done) or answer.repeated:
        figure.count("of these refused or repeated")
        return
    model = models.setdefault(answer.case, Model(judge, procedure))
    case = played.office.case(answer.case)
    yield from model.follow(case, answer.records, command)
    if figure.did["commands"] % 10 == 0:
        figure.count("rebuilt from the log")
        if fold(played.office.log(answer.case)) != case:
            yield f"{answer.case} is not the fold of its log"


def forgetful(figure: Figure, amount: int, folder: Path) -> None:
    """Play against a model that knows no joins: it must be seen to disagree."""
    kept = Judge.settle

    def settle(self: Judge, tokens: Counter[tuple[str, ...]], opened: set[str]) -> list[tuple[str, State]]:
        return [("fine", tuple(sorted(tokens.elements())))]

    Judge.settle = settle  # type: ignore[method-assign]
    try:
        commands(figure, amount, folder)
    finally:
        Judge.settle = kept  # type: ignore[method-assign]
