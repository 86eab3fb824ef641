"""Which steps and outcomes the sample cases pass, and generated cases that pass each outcome once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from procedures.model import Procedure
from procedures.net import END, Marking, Net, Transition, compile_net
from procedures.places import Places, nowhere
from procedures.scenario import WorkingDays, walk

#: Situations that are looked through to generate cases.
CAP = 20_000


@dataclass(frozen=True, slots=True)
class Coverage:
    """Steps, and (step, outcome) pairs, in reading order: those that were passed, and those that never were."""

    steps: tuple[str, ...]
    missed_steps: tuple[str, ...]
    outcomes: tuple[tuple[str, str], ...]
    missed_outcomes: tuple[tuple[str, str], ...]

    @property
    def share(self) -> float:
        """The share of steps that were passed, 0 to 1."""
        return len(self.steps) / (len(self.steps) + len(self.missed_steps))


@dataclass(frozen=True, slots=True)
class GeneratedCase:
    """A shortest case that takes one way out of a step: all its finished steps, and its result."""

    step: str
    outcome: str
    branch: int
    moves: tuple[Transition, ...]
    end: str


@dataclass(frozen=True, slots=True)
class Generated:
    """Cases that together take every way out of every step, and the ways (step, outcome, branch) that none can."""

    cases: tuple[GeneratedCase, ...]
    missed: tuple[tuple[str, str, int], ...]


def coverage(procedure: Procedure, *, today: date, working_days: WorkingDays) -> Coverage:
    """Follow every sample case and tell what they pass; one that departs counts as far as it went."""
    places = Places(nowhere(procedure.code))
    walks = (walk(procedure, s, places, today=today, working_days=working_days) for s in procedure.scenarios)
    return covered_by(procedure, (move for made in walks for move in made.moves))


def covered_by(procedure: Procedure, moves: Iterable[Transition]) -> Coverage:
    """Tell what the given moves pass."""
    taken = {(move.step, move.outcome) for move in moves}
    passed = {step for step, _ in taken}
    steps = [step.key for step in procedure.steps]
    outcomes = [(step.key, outcome.label) for step in procedure.steps for outcome in step.outcomes]
    return Coverage(
        tuple(step for step in steps if step in passed),
        tuple(step for step in steps if step not in passed),
        tuple(pair for pair in outcomes if pair in taken),
        tuple(pair for pair in outcomes if pair not in taken),
    )


def generated(procedure: Procedure) -> Generated:
    """Make cases that take every way out of every step at least once, whatever the values would have to be."""
    net = compile_net(procedure)
    chart = _Chart(net)
    cases: list[GeneratedCase] = []
    missed: list[tuple[str, str, int]] = []
    taken: set[str] = set()
    for move in (transition for transition in net.transitions if transition.kind == "finish"):
        if move.id in taken:
            continue
        moves = chart.case_with(move)
        key = (move.step, move.outcome or "", move.branch or 0)
        if moves is None:
            missed.append(key)
        else:
            taken.update(made.id for made in moves)
            cases.append(GeneratedCase(*key, moves, moves[-1].end or ""))
    return Generated(tuple(cases), tuple(missed))


class _Chart:
    """Every situation of a case (up to CAP), the shortest way to it, and the shortest way from it to an end."""

    def __init__(self, net: Net) -> None:
        self.net = net
        start = self.settle(net.start)
        self.came: dict[Marking, tuple[Marking, Transition] | None] = {start: None}
        self.onward: dict[Marking, tuple[Marking, Transition]] = {}
        before: dict[Marking, list[tuple[Marking, Transition]]] = {}
        waiting = [start]
        for marking in waiting:
            if len(self.came) > CAP:
                break
            for move in [] if _ended(marking) else net.enabled(marking):
                after = self.settle(net.fire(marking, move))
                before.setdefault(after, []).append((marking, move))
                if after not in self.came:
                    self.came[after] = (marking, move)
                    waiting.append(after)
        self.order = waiting
        self.find_ends(before)

    def find_ends(self, before: dict[Marking, list[tuple[Marking, Transition]]]) -> None:
        reached = [marking for marking in self.came if _ended(marking)]
        for marking in reached:
            for source, move in before.get(marking, ()):
                if source not in self.onward:
                    self.onward[source] = (marking, move)
                    reached.append(source)

    def settle(self, marking: Marking) -> Marking:
        while not _ended(marking) and (silent := self.net.silent(marking)) is not None:
            marking = self.net.fire(marking, silent)
        return marking

    def case_with(self, move: Transition) -> tuple[Transition, ...] | None:
        """Return the moves of a shortest case that makes `move`; None if there is none."""
        for marking in self.order:
            if not _ended(marking) and move in self.net.enabled(marking):
                after = self.settle(self.net.fire(marking, move))
                if _ended(after) or after in self.onward:
                    return (*self.way_to(marking), move, *self.way_on(after))
        return None

    def way_to(self, marking: Marking) -> list[Transition]:
        moves: list[Transition] = []
        while (step := self.came[marking]) is not None:
            marking, move = step
            moves.insert(0, move)
        return moves

    def way_on(self, marking: Marking) -> list[Transition]:
        moves: list[Transition] = []
        while not _ended(marking):
            marking, move = self.onward[marking]
            moves.append(move)
        return moves


def _ended(marking: Marking) -> bool:
    return any(place == END for place, _ in marking)
