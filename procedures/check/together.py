"""Which steps can be done in one and the same case, over every way and every return that the procedure allows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from procedures.check.bits import Move, bits_of
from procedures.model import BackTo, Procedure
from procedures.net import Transition, compile_net, ready

#: Situations visited before it is taken for possible that the steps are done together.
CAP = 20_000

#: Where a case stands: its marking, which of the steps in question are done, and how often each return has been used.
_State = tuple[int, int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class _Act:
    """A move of the net: the step it finishes (empty: silent), and of a return its counter and how often it may be."""

    move: Move
    step: str = ""
    counter: int | None = None
    at_most: int = 0


@dataclass(frozen=True, slots=True)
class _Question:
    """What is looked for: `bit` marks the steps in question, `never` are masks of what is not done in one case.

    `again` marks that one of them has been done a second time.
    """

    bit: dict[str, int]
    counted: bool
    allowed: frozenset[str] | None = None
    never: tuple[int, ...] = ()
    again: int = 0


@dataclass
class Together:
    """Answers whether a case can pass certain steps, and remembers the answers.

    Conditions are taken as free choices: that two of them exclude each other because of the values is not looked at.
    """

    procedure: Procedure
    cap: int = CAP
    _known: dict[frozenset[str], bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Prepare the net: what happens by itself, what passes without anybody, and what is done."""
        net = compile_net(self.procedure)
        bits = bits_of(net)
        self._start, self._end = bits.start, bits.end
        self._place = {s.key: 1 << net.places.index(ready(s.key)) for s in self.procedure.steps}
        self._bounds = _bounds(self.procedure)
        self._counters = sorted({(step, outcome) for step, outcome, _ in self._bounds})
        acts = [self._act(transition, move) for transition, move in zip(net.transitions, bits.moves, strict=True)]
        # Nobody chooses an outcome of a routing step: it is the first one that is taken.
        passed = {step.key: step.outcomes[0].label for step in self.procedure.steps if step.kind == "route"}
        named = list(zip(net.transitions, acts, strict=True))
        self._silent = [act for act in acts if not act.step]
        self._routing = [
            [act for move, act in named if not move.silent and (move.step, move.outcome) == way]
            for way in passed.items()
        ]
        self._done = [act for act in acts if act.step and act.step not in passed]

    def possible(self, steps: frozenset[str]) -> bool:
        """Tell whether some case finishes every one of `steps`; True also where the search was cut off."""
        if steps not in self._known:
            # Without counting returns the search is small, and what it rules out is ruled out for good.
            self._known[steps] = self._pass(steps, counted=False) and self._pass(steps, counted=True)
        return self._known[steps]

    def can_end(self, allowed: frozenset[str], passing: frozenset[str], apart: Iterable[tuple[str, str]] = ()) -> bool:
        """Tell whether a case can end when only `allowed` steps are done, at least one of `passing` among them.

        Of each pair in `apart` only one is done. Where the search is cut off the answer is no.
        """
        pairs = list(apart)
        bit = {step: 1 << number for number, step in enumerate(sorted({step for both in pairs for step in both}), 1)}
        never = tuple(bit[one] | bit[other] for one, other in pairs)
        marks = bit | {step: bit.get(step, 0) | 1 for step in passing}
        question = _Question(marks, counted=True, allowed=allowed, never=never)
        return any(state[0] & self._end and state[1] & 1 for state in self._states(question))

    def again_before(self, step: str, later: str) -> bool:
        """Tell whether `step` can be done twice in one case before `later` is done for the first time."""
        waits = self._place[later]
        others = frozenset(one.key for one in self.procedure.steps) - {later}
        question = _Question({step: 1}, counted=True, allowed=others, again=2)
        return any(state[1] & 2 and state[0] & waits for state in self._states(question))

    def _act(self, transition: Transition, move: Move) -> _Act:
        if transition.silent:
            return _Act(move)
        most = self._bounds.get((transition.step, transition.outcome or "", transition.branch or 0))
        if most is None:
            return _Act(move, transition.step)
        return _Act(move, transition.step, self._counters.index((transition.step, transition.outcome or "")), most)

    def _pass(self, steps: frozenset[str], *, counted: bool) -> bool:
        if counted and not self._counters:
            return True
        question = _Question({step: 1 << number for number, step in enumerate(sorted(steps))}, counted)
        every, visited = (1 << len(steps)) - 1, 0
        for state in self._states(question):
            visited += 1
            if state[1] == every:
                return True
        return visited >= self.cap

    def _states(self, question: _Question) -> Iterator[_State]:
        """Yield every situation once, nearest first, and stop at the cap."""
        used = (0,) * len(self._counters) if question.counted else ()
        waiting = list(self._settled((self._start, 0, used), question))
        seen = set(waiting)
        for state in waiting:
            yield state
            if len(waiting) < self.cap and not state[0] & self._end:
                new = [one for one in dict.fromkeys(self._next(state, question)) if one not in seen]
                seen.update(new)
                waiting.extend(new)

    def _next(self, state: _State, question: _Question) -> Iterator[_State]:
        for act in self._done:
            if question.allowed is None or act.step in question.allowed:
                after = self._made(state, act, question)
                if after is not None and not any(after[1] & mask == mask for mask in question.never):
                    yield from self._settled(after, question)

    def _made(self, state: _State, act: _Act, question: _Question) -> _State | None:
        marking, done, used = state
        if marking & act.move.takes != act.move.takes:
            return None
        if act.counter is not None and used:
            if used[act.counter] >= act.at_most:
                return None
            used = (*used[: act.counter], used[act.counter] + 1, *used[act.counter + 1 :])
        after = (marking & ~act.move.takes & ~act.move.cancels) | act.move.gives
        bit = question.bit.get(act.step, 0)
        return after, done | bit | (question.again if done & bit else 0), used

    def _settled(self, state: _State, question: _Question) -> Iterator[_State]:
        """Let happen what needs nobody, as the engine does: joins first, then routing steps in their order."""
        waiting, seen = [state], {state}
        while waiting:
            now = waiting.pop()
            after = [] if now[0] & self._end else self._by_nobody(now, question)
            if not after:
                yield now
            new = [one for one in after if one not in seen]
            seen.update(new)
            waiting.extend(new)

    def _by_nobody(self, state: _State, question: _Question) -> list[_State]:
        for acts in (*([act] for act in self._silent), *self._routing):
            found = [after for act in acts if (after := self._made(state, act, question)) is not None]
            if found:
                return found
        return []


def _bounds(procedure: Procedure) -> dict[tuple[str, str, int], int]:
    """Return how often each return may be used, by step, outcome and branch; routing steps return without a count."""
    return {
        (step.key, outcome.label, number): branch.target.at_most
        for step in procedure.steps
        for outcome in step.outcomes
        for number, branch in enumerate(outcome.branches)
        if step.kind != "route" and isinstance(branch.target, BackTo) and branch.target.at_most is not None
    }
