"""Soundness by brute force, straight from the procedure: slow, plain, and written without a look at the net."""

from collections import Counter, deque
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

from procedures.joins import JoinKind
from procedures.model import BackTo, End, Go, Procedure

#: ("open", step), ("at", from, to) or ("owed", from, to): may still come; once for each token.
State = tuple[tuple[str, ...], ...]


@dataclass
class Answer:
    """What a brute-force search says; `kinds` has the fewest finished steps to each kind of fault."""

    kinds: dict[str, int] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)
    can_always_end: bool = True
    states: int = 0
    too_many: bool = False

    def sound(self, procedure: Procedure) -> bool:
        everything_opens = self.opened == {step.key for step in procedure.steps}
        return not self.kinds and self.can_always_end and everything_opens


class Judge:
    def __init__(self, procedure: Procedure) -> None:
        self.steps = {step.key: step for step in procedure.steps}
        self.first = procedure.steps[0].key
        self.next: dict[str, set[str]] = {key: set() for key in self.steps}
        for step in procedure.steps:
            for outcome in step.outcomes:
                for branch in outcome.branches:
                    if isinstance(branch.target, Go):
                        self.next[step.key].update(branch.target.steps)

    def later(self, step: str, closed: str | None = None) -> set[str]:
        seen: set[str] = set()
        todo = deque([step])
        while todo:
            for following in self.next[todo.popleft()] - {closed} - seen:
                seen.add(following)
                todo.append(following)
        return seen

    def judge(self, limit: int) -> Answer:
        answer = Answer()
        start: State = (("open", self.first),)
        distance, todo = {start: 0}, deque([start])
        arrows: dict[State, set[State]] = {}
        ended: set[State] = set()
        while todo:
            state = todo.popleft()
            arrows[state] = set()
            answer.opened.update(token[1] for token in state if token[0] == "open")
            moves = [(token, target) for token in state if token[0] == "open" for target in self.targets(token[1])]
            if not moves:
                answer.kinds.setdefault("stuck", distance[state])
            for token, target in moves:
                for verdict, after in self.settle(self.move(state, token, target), answer.opened):
                    if verdict == "ended":
                        ended.add(state)
                    elif verdict != "fine":
                        answer.kinds.setdefault(verdict, distance[state] + 1)
                        ended.add(state)
                    else:
                        arrows[state].add(after)
                        if after not in distance:
                            distance[after] = distance[state] + 1
                            todo.append(after)
            if len(distance) > limit:
                answer.too_many = True
                return answer
        answer.states = len(distance)
        answer.can_always_end = self.all_lead_to(ended, arrows)
        return answer

    def targets(self, step: str) -> list[Go | BackTo | End]:
        return self.every_target[step]

    @cached_property
    def every_target(self) -> dict[str, list[Go | BackTo | End]]:
        steps = self.steps.items()
        return {key: [branch.target for outcome in one.outcomes for branch in outcome.branches] for key, one in steps}

    def move(self, state: State, token: tuple[str, ...], target: Go | BackTo | End) -> Counter[tuple[str, ...]]:
        tokens = Counter(state)
        tokens[token] -= 1
        step = token[1]
        for rival in self.rivals(step):
            del tokens["open", rival]
        if isinstance(target, End):
            if target.cancel_rest:
                tokens.clear()
            tokens["end",] += 1
        elif isinstance(target, Go):
            for following in target.steps:
                waits = self.steps[following].join is not None
                tokens[("at", step, following) if waits else ("open", following)] += 1
        else:
            tokens["open", target.step] += 1
            for kept in self.stays_done(target.step, step):
                tokens[kept] += 1
        return tokens

    def rivals(self, step: str) -> set[str]:
        """Return the steps that are withdrawn when this one is done before them."""
        return {other for race in self.races if step in race for other in race} - {step}

    @cached_property
    def races(self) -> list[tuple[str, ...]]:
        every = (target for targets in self.every_target.values() for target in targets)
        return [target.steps for target in every if isinstance(target, Go) and target.race]

    def stays_done(self, back_to: str, back_from: str) -> list[tuple[str, ...]]:
        """What other branches have brought to the joins that lie between the two steps."""
        kept = []
        for join, step in self.steps.items():
            if step.join is None or step.join.kind is JoinKind.ANY or join == back_to:
                continue
            between = join in self.later(back_to) and (join == back_from or back_from in self.later(join))
            if between:
                redone = self.later(back_to, closed=join) | {back_to}
                done = [("at", source, join) for source in step.join.steps if source not in redone]
                lacking = step.join.needed - sum(source in redone for source in step.join.steps)
                kept += done[: max(0, lacking)]
        return kept

    def settle(self, tokens: Counter[tuple[str, ...]], opened: set[str]) -> list[tuple[str, State]]:
        """Let joins open their steps, in every order, and say how it comes out."""
        state = tuple(sorted(tokens.elements()))
        if any(count > 1 for count in tokens.values()):
            return [("double", state)]
        if tokens["end",]:
            return [("ended" if len(state) == 1 else "left", state)]
        results = []
        for key, step in self.steps.items():
            if step.join is None:
                continue
            wanted = [("at", source, key) for source in step.join.steps]
            arrived = [token for token in wanted if tokens[token]]
            if step.join.kind is JoinKind.ALL and len(arrived) == len(wanted):
                after = tokens - Counter(wanted)
                after["open", key] += 1
                results += self.settle(after, opened)
            elif step.join.rest == "finish":
                results += self.settle_leniently(tokens, key, opened)
            elif step.join.kind is not JoinKind.ALL:
                for winners in combinations(arrived, step.join.needed):
                    after = self.without_losers(tokens, key, wanted, winners)
                    results += self.settle(after, opened)
        return results or [("fine", state)]

    def settle_leniently(self, tokens: Counter[tuple[str, ...]], key: str, opened: set[str]) -> list[tuple[str, State]]:
        """Open a step for those who have come, and forget those who come after it was opened."""
        join, results = self.steps[key].join, []
        here = [source for source in join.steps if tokens["at", source, key]]
        for some in combinations(here, join.needed):
            after = Counter({token: count for token, count in tokens.items() if token[0] != "owed" or token[2] != key})
            after.subtract(("at", source, key) for source in some)
            after.update(("owed", source, key) for source in join.steps if source not in some)
            after["open", key] += 1
            results += self.settle(+after, opened)
        for source in here:
            if tokens["owed", source, key]:
                results += self.settle(tokens - Counter([("at", source, key), ("owed", source, key)]), opened)
        return results

    def without_losers(
        self,
        tokens: Counter[tuple[str, ...]],
        key: str,
        wanted: list[tuple[str, ...]],
        winners: tuple[tuple[str, ...], ...],
    ) -> Counter[tuple[str, ...]]:
        losers = {step for step in self.steps if step != key and key in self.later(step)}
        after = Counter(tokens)
        after.subtract(winners)
        for token in list(after):
            place = token[1] if token[0] == "open" else token[-1]
            named = token[0] == "open" or token[1] in self.steps[token[-1]].join.steps
            if token in wanted or (place in losers and named):
                del after[token]
        after["open", key] += 1
        return +after

    @staticmethod
    def all_lead_to(goal: set[State], arrows: dict[State, set[State]]) -> bool:
        good = set(goal)
        grew = True
        while grew:
            more = {state for state, after in arrows.items() if state not in good and after & good}
            grew = bool(more)
            good |= more
        return good >= set(arrows)
