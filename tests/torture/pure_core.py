"""Random commands on random procedures, held against a model that never saw the net: what is open after each."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from engine.case import Case
from engine.commands import AnyCommand, RecallWork
from engine.evolve import fold
from engine.handle import Done
from engine.log import Recorded
from procedures.model import Procedure
from tests.engine.playing import Player, player
from tests.procedures.check.oracle import Judge, State
from tests.torture.figure import Figure

_TURNS = 100
#: What was counted is kept after so many procedures.
_KEPT = 100
_FINE = {"fine", "ended"}
#: Beyond this amount the first way of an outcome with conditions is taken.
_MUCH = 100


@dataclass(frozen=True)
class Move:
    """A step that was left: where the case may have stood before, by which command, and whether somebody did it."""

    before: frozenset[State]
    command: str
    item: int | None
    step: str
    label: str
    branch: int
    done: bool


@dataclass
class Model:
    """Where one case may stand, told by tokens on steps; several answers where it does not matter who came first."""

    judge: Judge
    procedure: Procedure
    states: set[State] = field(default_factory=set)
    moves: list[Move] = field(default_factory=list)
    amount: int | None = None
    ended_by: str | None = None

    def follow(self, case: Case, records: tuple[Recorded, ...], command: AnyCommand) -> Iterator[str]:
        """Take in what a command made happen; yield what the model says otherwise."""
        given = getattr(command, "fields", {}).get("tổng tiền")
        self.amount = int(given) if given is not None else self.amount
        for record in records:
            yield from self._take_in(case, record.event, command.id)
        if isinstance(command, RecallWork):
            yield from _touched(case, records)
        yield from self._compare(case)

    def _take_in(self, case: Case, event: Any, command: str) -> Iterator[str]:
        match event.kind:
            case "CaseOpened":
                self.states = {(("open", self.judge.first),)}
            case "WorkFinished":
                step = case.items[event.item - 1].step
                yield from self._leave(self._move(command, event.item, step, event, done=True))
            case "StepPassed" if event.outcome is not None:
                several = self.procedure.step(event.step).several is not None
                yield from self._leave(self._move(command, None, event.step, event, done=several))
            case "WorkRecalled" if event.marking:  # an answer of one of several has moved nothing
                yield from self._take_back(event.item)
            case "CaseEnded":
                self.ended_by = command
            case "CaseReopened":
                self._open_again()

    def _move(self, command: str, item: int | None, step: str, event: Any, *, done: bool) -> Move:
        return Move(frozenset(self.states), command, item, step, event.outcome, event.branch, done)

    def _leave(self, move: Move) -> Iterator[str]:
        outcome = next(one for one in self.procedure.step(move.step).outcomes if one.label == move.label)
        expected = 0 if len(outcome.branches) == 1 or (self.amount or 0) > _MUCH else 1
        if move.branch != expected:
            yield f"“{move.step}” took branch {move.branch} with {self.amount}"
        self.states = self._after(move)
        self.moves.append(move)
        if not self.states:
            yield f"“{move.step}” was passed, and the model has it nowhere open"

    def _after(self, move: Move) -> set[State]:
        outcome = next(one for one in self.procedure.step(move.step).outcomes if one.label == move.label)
        after: set[State] = set()
        for state in self.states:
            if ("open", move.step) in state:
                tokens: Counter[tuple[str, ...]] = self.judge.move(
                    state, ("open", move.step), outcome.branches[move.branch].target
                )
                after |= {standing for verdict, standing in self.judge.settle(tokens, set()) if verdict in _FINE}
        return after

    def _take_back(self, item: int) -> Iterator[str]:
        """Go back to before an item was finished, and make again every move since that does not rest on it."""
        place = next(n for n, move in enumerate(self.moves) if move.item == item)
        since = self.moves[place + 1 :]
        self.states, self.moves = set(self.moves[place].before), self.moves[:place]
        for move in since:
            after = self._after(move)
            if after:
                self.moves.append(replace(move, before=frozenset(self.states)))
                self.states = after
            elif move.done:
                yield f"item {item} was taken back, though “{move.step}” was done after it"

    def _open_again(self) -> None:
        """Go back to before the command that ended the case."""
        while self.moves and self.moves[-1].command == self.ended_by:
            self.states = set(self.moves.pop().before)
        self.ended_by = None

    def _compare(self, case: Case) -> Iterator[str]:
        if self.ended_by is not None:
            if case.live_items or not case.over:
                yield "something is open after the end"
            return
        live = {item.step for item in case.live_items}
        agreeing = {state for state in self.states if {token[1] for token in state if token[0] == "open"} == live}
        if not agreeing:
            yield f"open are {sorted(live)}, and the model says {sorted(self.states)[:2]}"
        self.states = agreeing


def _touched(case: Case, records: tuple[Recorded, ...]) -> Iterator[str]:
    """Yield what fell away when something was taken back, though its receiver had begun with it."""
    events: list[Any] = [record.event for record in records]
    for item in [case.items[event.item - 1] for event in events if event.kind == "WorkCancelled"]:
        beside = [one for one in case.attempts(item.step) if one.attempt == item.attempt]
        answered = any(one.outcome or one.absent for one in beside)
        asked = {one.item for one in case.supplements} | {one.item for one in case.consultations}
        if (
            item.claimed_at
            or item.tasks
            or answered
            or item.number in asked
            or any(part.done_at for part in item.parts)
        ):
            yield f"“{item.step}” fell away, and somebody had begun with it"


def commands(figure: Figure, amount: int, folder: Path) -> None:
    """Play until so many commands were given, each procedure for a hundred of them."""
    while figure.did.get("commands", 0) < amount:
        part = figure.did.get("procedures", 0)
        played = player(figure.seed * 1_000_003 + part)
        figure.count("procedures")
        procedure = played.office.shelf.release("QT-01", 1).procedure
        judge, models = Judge(procedure), dict[str, Model]()
        for turn in range(_TURNS):
            for said in _turn(figure, played, judge, procedure, models):
                figure.wrong(f"procedure {part}, turn {turn}: {said}")
        if part % _KEPT == 0:
            figure.part_done()


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
