"""Declared sample cases, followed over the net to see whether a case with these values goes the written way."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from procedures.condition import Value
from procedures.expression import MissingValue, evaluate
from procedures.finding import Finding, Severity, Span
from procedures.model import BackTo, Outcome, Procedure, Scenario, Step
from procedures.net import END, Marking, Net, Transition, compile_net, ready
from procedures.places import Places
from procedures.values import ValueSaid, parse_entered
from procedures.words import Words, say

#: Counts the working days from one day to another.
WorkingDays = Callable[[date, date], int]


@dataclass(frozen=True, slots=True)
class State:
    """A case on its way: where it stands, what was finished, and its result once it has ended."""

    marking: Marking
    moves: tuple[Transition, ...] = ()
    end: str | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """What matters for the way ahead: the place, and how often each return was used."""
        returns = tuple(sorted(move.id for move in self.moves if move.returns_to))
        return (self.marking, self.end, returns)


@dataclass(frozen=True, slots=True)
class Walk:
    """What came of following a scenario: the moves of the case, and where it departed (None: nowhere)."""

    moves: tuple[Transition, ...] = ()
    departure: Finding | None = None


def follow(
    procedure: Procedure, scenario: Scenario, places: Places, *, today: date, working_days: WorkingDays
) -> Finding | None:
    """Return where the case departs from its written path, or None if it can go all the way to the written end.

    Performers choose outcomes so that the path is kept; conditions are judged with the scenario's values.
    """
    return walk(procedure, scenario, places, today=today, working_days=working_days).departure


def walk(procedure: Procedure, scenario: Scenario, places: Places, *, today: date, working_days: WorkingDays) -> Walk:
    """Follow a scenario and return the moves it made, also when it departed on the way."""
    values: dict[str, Value] = {}
    for name, text in scenario.given:
        spec = procedure.field(name)
        try:
            values[name] = parse_entered(spec, text) if spec else text
        except ValueSaid as fault:
            return Walk(
                (), _unreadable(scenario, name, fault.words, places.at("scenarios", scenario.name, "given", name))
            )
    judge = _Judge(values, today, working_days)
    return _Follower(procedure, scenario, places, judge).walk()


def _unreadable(scenario: Scenario, name: str, words: Words, span: Span) -> Finding:
    message = say("sample case “{case}”: the value of “{field}” cannot be read", case=scenario.name, field=name)
    return Finding("QT882", Severity.ERROR, message, span, label=words)


@dataclass(slots=True)
class _Judge:
    """Judges conditions with the values of one scenario, and remembers the first value that was missing."""

    values: dict[str, Value]
    today: date
    working_days: WorkingDays
    missing: tuple[str, str] | None = None

    def branch(self, step: Step, outcome: Outcome) -> int | None:
        """Return the number of the branch that is taken; None if no condition holds or a value is missing."""
        for number, branch in enumerate(outcome.branches):
            try:
                if branch.when is None or evaluate(branch.when, self.values, self.today, self.working_days):
                    return number
            except MissingValue as missing:
                self.missing = self.missing or (step.key, str(missing.name))
                return None
        return None


@dataclass
class _Follower:
    procedure: Procedure
    scenario: Scenario
    places: Places
    judge: _Judge
    net: Net = field(init=False)
    steps: dict[str, Step] = field(init=False)
    #: Steps whose turn a reader sees: work, and whatever else the path names. The others pass by themselves.
    seen: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.net = compile_net(self.procedure)
        self.steps = {step.key: step for step in self.procedure.steps}
        named = {name for stop in self.scenario.path for name in stop.steps}
        self.seen = frozenset(key for key, step in self.steps.items() if step.kind == "work" or key in named)

    def walk(self) -> Walk:
        states = self.settle(State(self.net.start))
        for number, stop in enumerate(self.scenario.path):
            here = [state for state in states if self.open(state) == frozenset(stop.steps)]
            if not here:
                return Walk(states[0].moves if states else (), self.departs(number, states))
            following = self.scenario.path[number + 1].steps if number + 1 < len(self.scenario.path) else None
            states = self.after(here, stop.steps, following)
        return self.ending(states if self.scenario.path else self.anywhere(states))

    def ending(self, states: list[State]) -> Walk:
        reached = next((state for state in states if state.end == self.scenario.end), None)
        if reached is not None:
            return Walk(reached.moves)
        return Walk(states[0].moves if states else (), self.ends_otherwise(states))

    def open(self, state: State) -> frozenset[str]:
        """Return the open steps that a reader sees."""
        return frozenset(key for key in self.seen if any(place == ready(key) for place, _ in state.marking))

    def after(self, states: list[State], steps: tuple[str, ...], wanted: tuple[str, ...] | None) -> list[State]:
        """Finish at least one step of a stop, and each that is no longer open at the next (`wanted`), in every way."""
        before = {id(state) for state in states}
        for key in steps:
            stays = wanted is not None and key in wanted
            gone = [later for state in states for later in self.finished(state, key)]
            waiting = [s for s in states if stays or s.end is not None or key not in self.open(s)]
            states = _distinct([*gone, *waiting])
        return [state for state in states if id(state) not in before]

    def finished(self, state: State, key: str) -> Iterator[State]:
        """Yield what comes of finishing one open step, for each outcome."""
        if state.end is not None or all(place != ready(key) for place, _ in state.marking):
            return
        step = self.steps[key]
        for outcome in step.outcomes:
            number = self.judge.branch(step, outcome)
            if number is not None and self.allowed(state, step, outcome, number):
                move = self.net.finish(key, outcome.label, number)
                yield from self.settle(State(self.net.fire(state.marking, move), (*state.moves, move), move.end))

    def allowed(self, state: State, step: Step, outcome: Outcome, number: int) -> bool:
        """Tell whether a return is not used up."""
        target = outcome.branches[number].target
        if not isinstance(target, BackTo) or target.at_most is None:
            return True
        return sum(move.id == f"{step.key}/{outcome.label}/{number}" for move in state.moves) < target.at_most

    def settle(self, state: State) -> list[State]:
        """Let joins open and steps that nobody sees pass, until only seen steps are open."""
        done: list[State] = []
        waiting, known = [state], {state.key}
        while waiting:
            now = waiting.pop()
            following = self.by_itself(now)
            done += [now] if following is None else []
            for later in following or ():
                if later.key not in known:
                    known.add(later.key)
                    waiting.append(later)
        return done

    def by_itself(self, state: State) -> list[State] | None:
        """Return what happens next without anybody seeing it; None if nothing does."""
        if any(place == END for place, _ in state.marking):
            return None
        silent = self.net.silent(state.marking)
        if silent is not None:
            return [replace(state, marking=self.net.fire(state.marking, silent))]
        unseen = (t.step for t in self.net.enabled(state.marking) if t.step not in self.seen)
        key = next(unseen, None)
        return None if key is None else self.passing(state, key)

    def passing(self, state: State, key: str) -> list[State]:
        step, found = self.steps[key], []
        for outcome in step.outcomes:
            number = self.judge.branch(step, outcome)
            if number is not None and self.allowed(state, step, outcome, number):
                move = self.net.finish(key, outcome.label, number)
                found.append(State(self.net.fire(state.marking, move), (*state.moves, move), move.end))
        return found

    def anywhere(self, states: list[State]) -> list[State]:
        """Return every end that a case with these values can come to, for a scenario without a path."""
        known = {state.key for state in states}
        waiting, ended = list(states), [state for state in states if state.end is not None]
        while waiting:
            state = waiting.pop(0)
            for later in (later for key in self.open(state) for later in self.finished(state, key)):
                if later.key not in known:
                    known.add(later.key)
                    waiting.append(later)
                    ended += [later] if later.end is not None else []
        return ended

    def departs(self, number: int, states: list[State]) -> Finding:
        stop = self.scenario.path[number]
        return self.missing_value() or Finding(
            "QT781",
            Severity.ERROR,
            say(
                "sample case “{case}” does not get to “{expected}”",
                case=self.scenario.name,
                expected=" & ".join(stop.steps),
            ),
            self.places.at("scenarios", self.scenario.name, "path", number),
            label=self.actual(states),
            data={"stop": number, "expected": list(stop.steps), "actual": self.told(states)},
        )

    def ends_otherwise(self, states: list[State]) -> Finding:
        return self.missing_value() or Finding(
            "QT782",
            Severity.ERROR,
            say("sample case “{case}” does not end with “{end}”", case=self.scenario.name, end=self.scenario.end),
            self.places.at("scenarios", self.scenario.name, "end"),
            label=self.actual(states),
            data={"stop": len(self.scenario.path), "expected": self.scenario.end, "actual": self.told(states)},
        )

    def missing_value(self) -> Finding | None:
        if self.judge.missing is None:
            return None
        step, name = self.judge.missing
        return Finding(
            "QT881",
            Severity.ERROR,
            say("sample case “{case}” gives no value for “{field}”", case=self.scenario.name, field=name),
            self.places.at("scenarios", self.scenario.name),
            label=say("step “{step}” needs it to know where the case goes", step=step),
            help=say("add it under “với:”"),
        )

    def actual(self, states: list[State]) -> Words:
        told = self.told(states)
        if not told:
            return say("no outcome leads on from the stop before")
        return say("instead it gets to: {stops}", stops=" | ".join(told[:3]))

    def told(self, states: list[State]) -> list[str]:
        """Tell where the case is instead, as it would be written in a path."""
        order = list(self.steps)
        texts = (
            f"kết thúc {state.end}" if state.end else " & ".join(sorted(self.open(state), key=order.index))
            for state in states
        )
        return list(dict.fromkeys(text for text in texts if text))


def _distinct(states: list[State]) -> list[State]:
    return list({state.key: state for state in reversed(states)}.values())[::-1]
