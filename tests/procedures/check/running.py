"""The latest end of a case by brute force: every run of a small procedure, played through with its clock."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from procedures.model import BackTo, End, Go, Procedure, ReturnClock, Target
from tests.procedures.check.oracle import Judge

T = TypeVar("T")


@dataclass
class Player:
    """Plays a procedure whose forks all wait for all; `finished` says when a step that opens at a time is done."""

    procedure: Procedure
    finished: Callable[[str, T], T]

    def latest_end(self, start: T, *, returns: bool = True) -> T:
        """Return the last end over all runs."""
        self.judge = Judge(self.procedure)
        self.allowed = returns
        seen: set[object] = set()
        ends: list[T] = []
        todo = [({("open", self.procedure.steps[0].key): start}, ())]
        while todo:
            tokens, used = todo.pop()
            key = (frozenset(tokens.items()), used)
            if key in seen:
                continue
            seen.add(key)
            if len(seen) > 4_000:
                raise OverflowError
            for end, after, counts in self.moves(tokens, used):
                if end is None:
                    todo.append((after, counts))
                else:
                    ends.append(end)
        return max(ends)

    def moves(self, tokens: dict, used: tuple) -> Iterator[tuple]:
        """Finish one open step, the first by name: in which order parallel work is told makes no difference."""
        token = min(token for token in tokens if token[0] == "open")
        step, rest = token[1], {other: at for other, at in tokens.items() if other != token}
        done = self.finished(step, tokens[token])
        for number, target in enumerate(self.judge.targets(step)):
            mark = (step, number)
            if isinstance(target, BackTo):
                counts = target.clock is ReturnClock.CONTINUE and self.allowed
                if not counts or used.count(mark) >= (target.at_most or 0):
                    continue
            if isinstance(target, End):
                yield done, None, None
            else:
                again = (*used, mark) if isinstance(target, BackTo) else used
                yield None, self.settled(rest | self.put(step, target, done)), tuple(sorted(again))

    def put(self, step: str, target: Target, done: T) -> dict:
        if isinstance(target, Go):
            joins = {key: self.judge.steps[key].join for key in target.steps}
            return {("at", step, key) if joins[key] else ("open", key): done for key in target.steps}
        kept = self.judge.stays_done(target.step, step)
        return {("open", target.step): done} | dict.fromkeys(kept, done)

    def settled(self, tokens: dict) -> dict:
        for key, step in self.judge.steps.items():
            wanted = [("at", source, key) for source in step.join.steps] if step.join else []
            if wanted and all(token in tokens for token in wanted):
                rest = {token: at for token, at in tokens.items() if token not in wanted}
                return self.settled(rest | {("open", key): max(tokens[token] for token in wanted)})
        return tokens
