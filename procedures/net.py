"""The workflow net of a procedure: compiled once, then proven, run, sampled and drawn."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations
from typing import Literal, TypeAlias

from procedures.joins import Join, JoinKind
from procedures.model import BackTo, Branch, End, Go, Procedure, Step
from procedures.remembered import Answers, remembered

#: How many tokens each place holds: sorted by place, only positive counts.
Marking: TypeAlias = tuple[tuple[str, int], ...]

#: The same as a case keeps it: each place as often as it has tokens, in order.
Places: TypeAlias = tuple[str, ...]

#: The place that holds a token once the case has ended.
END = "end"


def ready(step: str) -> str:
    """Return the place that says: this step is open, or is about to be."""
    return f"ready:{step}"


def arrived(source: str, target: str) -> str:
    """Return the place that says: `source` has arrived at the join before `target`."""
    return f"from:{source}>{target}"


def expected(source: str, target: str) -> str:
    """Return the place that says: the join before `target` is over, but `source` may still arrive and is let in."""
    return f"late:{source}>{target}"


@dataclass(frozen=True, slots=True)
class Transition:
    """One move of a case.

    `finish`: a step is finished with an outcome and a branch of it (routing steps too). `join`, `first` and `some` are
    silent: they open a step that waits for all, the first, or so many of its predecessors; `late` lets in one that
    nobody waits for any more. `cancels` are places that are emptied after `consumes` and before `produces`.
    """

    id: str
    kind: Literal["finish", "join", "first", "some", "late"]
    step: str
    outcome: str | None
    branch: int | None
    consumes: tuple[str, ...]
    produces: tuple[str, ...]
    cancels: frozenset[str] = frozenset()
    returns_to: str | None = None
    end: str | None = None

    @property
    def silent(self) -> bool:
        """Tell whether it happens by itself, without anybody finishing a step."""
        return self.kind != "finish"


def counted(places: Iterable[str]) -> Marking:
    """Return where a case stands as its net says it: each place with its tokens."""
    return tuple(sorted(Counter(places).items()))


@dataclass(frozen=True)
class Net:
    """Places and transitions in the order of the procedure's steps; markings are plain sorted tuples."""

    start: Marking
    places: tuple[str, ...]
    transitions: tuple[Transition, ...]

    def finish(self, step: str, outcome: str, branch: int) -> Transition:
        """Return the move that finishes `step` so; raises KeyError if there is none."""
        return self._finishes[step, outcome, branch]

    def enabled(self, marking: Marking) -> list[Transition]:
        """Return every move that can happen now, in the order of `transitions`."""
        marked = {place for place, _ in marking}
        found = {number for place in marked for number in self._consumers.get(place, ())}
        return [self.transitions[n] for n in sorted(found) if marked.issuperset(self.transitions[n].consumes)]

    def silent(self, marking: Marking) -> Transition | None:
        """Return the next move that happens by itself, or None; the order is that of `transitions`."""
        waiting = {number for place, _ in marking for number in self._silent.get(place, ())}
        if not waiting:
            return None
        marked = {place for place, _ in marking}
        able = (n for n in sorted(waiting) if marked.issuperset(self.transitions[n].consumes))
        return next((self.transitions[n] for n in able), None)

    def fire(self, marking: Marking, transition: Transition) -> Marking:
        """Return the marking after `transition`; raises ValueError when it is not enabled."""
        counts = dict(marking)
        for place in transition.consumes:
            left = counts.get(place, 0) - 1
            if left < 0:
                raise ValueError(f"{transition.id} is not enabled: nothing in {place}")
            counts[place] = left
        for place in transition.cancels:
            counts.pop(place, None)
        for place in transition.produces:
            counts[place] = counts.get(place, 0) + 1
        return tuple(sorted((place, count) for place, count in counts.items() if count))

    def after(self, places: Places, transition: Transition) -> Places:
        """Return where a case stands after `transition`; raises ValueError when it is not enabled."""
        key = places, transition.id
        found = self._known.get(key)
        if found is None:
            fired = self.fire(counted(places), transition)
            found = self._known[key] = tuple([place for place, count in fired for _ in range(count)])
        return found

    def by_itself(self, places: Places) -> Transition | None:
        """Return the next move that happens by itself where a case stands, or None."""
        try:
            return self._moves[places]
        except KeyError:
            found = self._moves[places] = self.silent(counted(places))
            return found

    @cached_property
    def _known(self) -> Answers[tuple[Places, str], Places]:
        return Answers()

    @cached_property
    def _moves(self) -> Answers[Places, Transition | None]:
        return Answers()

    @cached_property
    def _finishes(self) -> dict[tuple[str, str | None, int | None], Transition]:
        return {(t.step, t.outcome, t.branch): t for t in self.transitions if t.kind == "finish"}

    @cached_property
    def _consumers(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, transition in enumerate(self.transitions):
            for place in transition.consumes:
                found.setdefault(place, []).append(number)
        return found

    @cached_property
    def _silent(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for number, transition in enumerate(self.transitions):
            for place in transition.consumes if transition.silent else ():
                found.setdefault(place, []).append(number)
        return found


@dataclass(frozen=True)
class Ways:
    """The forward steps of a procedure (returns left out) and what can be reached over them."""

    after: dict[str, tuple[str, ...]]
    _known: dict[tuple[str, str | None], frozenset[str]] = field(default_factory=dict)

    def reach(self, start: str, avoiding: str | None = None) -> frozenset[str]:
        """Return the steps that can be reached from `start` in one or more moves, never entering `avoiding`."""
        key = (start, avoiding)
        if key not in self._known:
            self._known[key] = self._search(start, avoiding)
        return self._known[key]

    def _search(self, start: str, avoiding: str | None) -> frozenset[str]:
        found: set[str] = set()
        waiting = [start]
        while waiting:
            for step in self.after.get(waiting.pop(), ()):
                if step != avoiding and step not in found:
                    found.add(step)
                    waiting.append(step)
        return frozenset(found)


def forward_edges(procedure: Procedure) -> tuple[tuple[str, str], ...]:
    """Return every pair (step, next step) in reading order, without returns, each pair once."""
    pairs = (
        (s.key, to) for s in procedure.steps for b in _branches(s) if isinstance(b.target, Go) for to in b.target.steps
    )
    return tuple(dict.fromkeys(pairs))


def back_edges(procedure: Procedure) -> tuple[tuple[str, str], ...]:
    """Return every pair (step, step it may return to) in reading order, each pair once."""
    pairs = ((s.key, b.target.step) for s in procedure.steps for b in _branches(s) if isinstance(b.target, BackTo))
    return tuple(dict.fromkeys(pairs))


def ways(procedure: Procedure) -> Ways:
    """Return the forward ways of a procedure, for questions of what can be reached."""
    after: dict[str, list[str]] = {step.key: [] for step in procedure.steps}
    for source, target in forward_edges(procedure):
        after[source].append(target)
    return Ways({source: tuple(targets) for source, targets in after.items()})


@remembered
def compile_net(procedure: Procedure) -> Net:
    """Return the net of `procedure`; asked again for the same object it answers at once.

    It is total: a target that is no declared step becomes a place that nothing leaves, and `check` names it.
    """
    return _Compiler(procedure).net()


def _branches(step: Step) -> Iterator[Branch]:
    for outcome in step.outcomes:
        yield from outcome.branches


class _Compiler:
    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure
        self.ways = ways(procedure)
        self.joins = {step.key: step.join for step in procedure.steps if step.join is not None}
        self.rivals = _rivals(procedure)
        self.places = tuple(dict.fromkeys((*self.declared_places(), *self.entered_places(), END)))

    def net(self) -> Net:
        """Compile: for each step in order the moves that open it, then those that finish it."""
        transitions = [t for step in self.procedure.steps for t in (*self.openings(step), *self.finishes(step))]
        return Net(((ready(self.procedure.start.key), 1),), self.places, tuple(transitions))

    def declared_places(self) -> Iterator[str]:
        for step in self.procedure.steps:
            if step.join is not None:
                yield from _waiting(step.key, step.join)
            yield ready(step.key)

    def entered_places(self) -> Iterator[str]:
        # Faulty procedures enter places that no step declares; they belong to the net, so that the fault shows.
        yield from (self.entering(source, target) for source, target in forward_edges(self.procedure))
        yield from (ready(target) for _, target in back_edges(self.procedure))

    def openings(self, step: Step) -> Iterator[Transition]:
        """Yield the silent moves that open a step which waits for others."""
        if step.join is None:
            return
        inputs = tuple(arrived(source, step.key) for source in step.join.steps)
        opened = (ready(step.key),)
        if step.join.kind is JoinKind.ALL:
            yield Transition(f"join/{step.key}", "join", step.key, None, None, inputs, opened)
        elif step.join.rest == "finish":
            yield from self.lenient(step.key, step.join)
        else:
            kind: Literal["first", "some"] = "first" if step.join.kind is JoinKind.ANY else "some"
            cancels = self.before(step.key) | frozenset(inputs)
            for some in combinations(step.join.steps, step.join.needed):
                places = tuple(arrived(source, step.key) for source in some)
                yield Transition(
                    f"{kind}/{step.key}/{'+'.join(some)}", kind, step.key, None, None, places, opened, cancels
                )

    def lenient(self, key: str, join: Join) -> Iterator[Transition]:
        """Yield the moves of a join that lets the others finish: it opens its step, and lets in who comes later."""
        late = frozenset(expected(source, key) for source in join.steps)
        for some in combinations(join.steps, join.needed):
            places = tuple(arrived(source, key) for source in some)
            others = (expected(source, key) for source in join.steps if source not in some)
            name = f"some/{key}/{'+'.join(some)}"
            yield Transition(name, "some", key, None, None, places, (ready(key), *others), late)
        for source in join.steps:
            places = (arrived(source, key), expected(source, key))
            yield Transition(f"late/{key}/{source}", "late", key, None, None, places, ())

    def before(self, target: str) -> frozenset[str]:
        """Return the places of all steps that can still arrive at `target`, which the first arrival withdraws."""
        steps = [s for s in self.procedure.steps if s.key != target and target in self.ways.reach(s.key)]
        waiting = (place for s in steps if s.join is not None for place in _waiting(s.key, s.join))
        return frozenset((*(ready(step.key) for step in steps), *waiting))

    def finishes(self, step: Step) -> Iterator[Transition]:
        for outcome in step.outcomes:
            for number, branch in enumerate(outcome.branches):
                yield self.finishing(step.key, outcome.label, number, branch)

    def finishing(self, step: str, label: str, number: int, branch: Branch) -> Transition:
        name = f"{step}/{label}/{number}"
        consumes, rivals = (ready(step),), self.rivals.get(step, frozenset())
        match branch.target:
            case Go(steps=targets):
                places = tuple(self.entering(step, target) for target in targets)
                return Transition(name, "finish", step, label, number, consumes, places, rivals)
            case BackTo(step=target):
                places = (ready(target), *self.kept(target, step))
                return Transition(name, "finish", step, label, number, consumes, places, rivals, returns_to=target)
            case End(result=result, cancel_rest=cancel_rest):
                cancels = frozenset(self.places if cancel_rest else rivals) - {END}
                return Transition(name, "finish", step, label, number, consumes, (END,), cancels, end=result)

    def entering(self, source: str, target: str) -> str:
        return arrived(source, target) if target in self.joins else ready(target)

    def kept(self, target: str, source: str) -> Iterator[str]:
        """Yield the arrivals that a return from `source` to `target` must not wait for a second time.

        These are the inputs of every join on a forward way from `target` to `source` that work started again at
        `target` cannot bring: the other branches have done their part, and it stays done.
        """
        ahead = self.ways.reach(target)
        for key, join in self.joins.items():
            on_the_way = key in ahead and (key == source or source in self.ways.reach(key))
            if join.kind is not JoinKind.ANY and on_the_way and key != target:
                again = self.ways.reach(target, avoiding=key) | {target}
                others = [source for source in join.steps if source not in again]
                lacking = join.needed - (len(join.steps) - len(others))
                yield from (arrived(source, key) for source in others[: max(lacking, 0)])


def _waiting(key: str, join: Join) -> Iterator[str]:
    """Yield the places in which a join keeps what it knows."""
    yield from (arrived(source, key) for source in join.steps)
    if join.rest == "finish":
        yield from (expected(source, key) for source in join.steps)


def _rivals(procedure: Procedure) -> dict[str, frozenset[str]]:
    """Return for each step the places of those that it withdraws by being done first."""
    found: dict[str, frozenset[str]] = {}
    targets = (branch.target for step in procedure.steps for branch in _branches(step))
    for target in (target for target in targets if isinstance(target, Go) and target.race):
        for key in target.steps:
            found[key] = found.get(key, frozenset()) | {ready(other) for other in target.steps if other != key}
    return found
