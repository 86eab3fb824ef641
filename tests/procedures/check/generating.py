"""Random procedures: built soundly from blocks, then spoiled in one of a few ways; or wild, without any structure."""

import random
from dataclasses import dataclass, field

from procedures.joins import Join, JoinKind
from procedures.model import BackTo, Branch, End, Go, Outcome, Procedure, Step, Target
from tests.procedures.building import procedure

MUTATIONS = ("none", "dropped edge", "added edge", "swapped join", "missing branch", "moved return", "lost cancel")


@dataclass
class Draft:
    """A procedure being drawn up: for every step its targets by outcome label, and what it waits for."""

    targets: dict[str, dict[str, Target]] = field(default_factory=dict)
    joins: dict[str, Join] = field(default_factory=dict)
    inside_loops: int = 0
    lenient: bool = False  # some branch may still run when the case ends

    def new(self, join: Join | None = None) -> str:
        key = f"b{len(self.targets)}"
        self.targets[key] = {}
        if join is not None:
            self.joins[key] = join
        return key

    def add(self, key: str, target: Target) -> None:
        self.targets[key][f"o{len(self.targets[key])}"] = target

    def build(self, rng: random.Random) -> Procedure:
        return procedure(*(self.step(key, rng) for key in self.targets))

    def step(self, key: str, rng: random.Random) -> Step:
        outcomes = tuple(
            Outcome(label=label, branches=(Branch(target=target),)) for label, target in self.targets[key].items()
        )
        who = () if rng.random() < 0.15 else ("cán bộ",)
        return Step(key=key, name=key, responsible=who, join=self.joins.get(key), outcomes=outcomes)


def sound_draft(rng: random.Random, size: int) -> Draft:
    """Draw up a sound procedure of about `size` steps."""
    draft = Draft()
    start = draft.new()
    last = _block(draft, rng, start, size, 0)
    draft.add(last, End(result="xong", cancel_rest=draft.lenient))
    return draft


def _block(draft: Draft, rng: random.Random, entry: str, size: int, forks: int) -> str:
    """Continue after `entry` (which has no way on yet), inside `forks` forks; return the last step, likewise."""
    while size > 0:
        kind = rng.choice(("step", "choice", "fork", "fork", "first", "some", "lenient", "race", "loop", "stop"))
        size -= 2
        entry = _PARTS[kind](draft, rng, entry, size // 2, forks)
        size //= 2
    return entry


def _step(draft: Draft, _: random.Random, entry: str, __: int, ___: int) -> str:
    following = draft.new()
    draft.add(entry, Go(steps=(following,)))
    return following


def _choice(draft: Draft, rng: random.Random, entry: str, size: int, forks: int) -> str:
    ways = [draft.new() for _ in range(rng.choice((2, 2, 3)))]
    lasts = [_block(draft, rng, way, size // 2, forks) for way in ways]
    merge = draft.new()
    for way, last in zip(ways, lasts, strict=True):
        draft.add(entry, Go(steps=(way,)))
        draft.add(last, Go(steps=(merge,)))
    return merge


def _fork(draft: Draft, rng: random.Random, entry: str, size: int, forks: int, kind: JoinKind = JoinKind.ALL) -> str:
    ways = [draft.new() for _ in range(rng.choice((2, 2, 3)))]
    draft.add(entry, Go(steps=tuple(ways)))
    lasts = [_block(draft, rng, way, size // 2, forks + 1) for way in ways]
    join = draft.new(Join(kind=kind, steps=tuple(lasts)))
    for last in lasts:
        draft.add(last, Go(steps=(join,)))
    # Returns over the join: into one branch (the others stay done) and to before the fork.
    if kind is JoinKind.ALL and rng.random() < 0.5:
        draft.add(join, BackTo(step=rng.choice((entry, *ways, *lasts)), at_most=2))
    return join


def _some(draft: Draft, rng: random.Random, entry: str, size: int, forks: int, rest: str = "cancel") -> str:
    ways = [draft.new() for _ in range(rng.choice((3, 3, 4)))]
    draft.add(entry, Go(steps=tuple(ways)))
    lasts = [_block(draft, rng, way, size // 3, forks + 1) for way in ways]
    join = draft.new(Join(kind=JoinKind.SOME, steps=tuple(lasts), at_least=rng.choice((2, len(lasts) - 1)), rest=rest))
    for last in lasts:
        draft.add(last, Go(steps=(join,)))
    if rest == "cancel" and rng.random() < 0.5:
        draft.add(join, BackTo(step=rng.choice((entry, *ways, *lasts)), at_most=2))
    return join


def _lenient(draft: Draft, rng: random.Random, entry: str, size: int, forks: int) -> str:
    # Work that nobody waits for runs on; done again, it would be open twice, and so would a fork around it.
    if forks or draft.inside_loops:
        return _some(draft, rng, entry, size, forks)
    join = _some(draft, rng, entry, size, forks, "finish")
    draft.lenient = True
    return join


def _race(draft: Draft, rng: random.Random, entry: str, size: int, forks: int) -> str:
    ways = [draft.new() for _ in range(rng.choice((2, 2, 3)))]
    draft.add(entry, Go(steps=tuple(ways), race=True))
    merge = draft.new()
    for way in ways:
        opened = draft.new()
        draft.add(way, Go(steps=(opened,)))
        draft.add(_block(draft, rng, opened, size // 3, forks), Go(steps=(merge,)))
    return merge


def _first(draft: Draft, rng: random.Random, entry: str, size: int, forks: int) -> str:
    return _fork(draft, rng, entry, size, forks, JoinKind.ANY)


def _loop(draft: Draft, rng: random.Random, entry: str, size: int, forks: int) -> str:
    draft.inside_loops += 1
    last = _block(draft, rng, entry, max(size, 1), forks)
    draft.inside_loops -= 1
    draft.add(last, BackTo(step=entry, at_most=2))
    return last


def _stop(draft: Draft, rng: random.Random, entry: str, size: int, forks: int) -> str:
    draft.add(entry, End(result="dừng", cancel_rest=forks > 0 or draft.lenient))
    return _step(draft, rng, entry, size, forks)


_PARTS = {
    "step": _step,
    "choice": _choice,
    "fork": _fork,
    "first": _first,
    "some": _some,
    "lenient": _lenient,
    "race": _race,
    "loop": _loop,
    "stop": _stop,
}


def spoil(draft: Draft, rng: random.Random, kind: str) -> None:
    """Change one thing in a sound draft; it may happen to stay sound."""
    if kind != "none":
        _SPOILERS[kind](draft, rng)


def _outcomes(draft: Draft, *kinds: type) -> list[tuple[str, str]]:
    return [(k, label) for k, ways in draft.targets.items() for label, t in ways.items() if isinstance(t, kinds)]


def _drop_edge(draft: Draft, rng: random.Random) -> None:
    forks = [(k, label) for k, label in _outcomes(draft, Go) if len(draft.targets[k][label].steps) > 1]
    if forks:
        key, label = rng.choice(forks)
        kept = list(draft.targets[key][label].steps)
        kept.pop(rng.randrange(len(kept)))
        draft.targets[key][label] = Go(steps=tuple(kept))


def _add_edge(draft: Draft, rng: random.Random) -> None:
    key, label = rng.choice(_outcomes(draft, Go) or [("b0", "o0")])
    other, old = rng.choice(list(draft.targets)), draft.targets[key][label]
    if isinstance(old, Go) and rng.random() < 0.5:
        draft.targets[key][label] = Go(steps=(*old.steps, other))
    else:
        draft.add(key, Go(steps=(other,)))


def _swap_join(draft: Draft, rng: random.Random) -> None:
    if not draft.joins:
        return
    key = rng.choice(list(draft.joins))
    join = draft.joins.pop(key)
    if rng.random() < 0.6:
        swapped = JoinKind.ANY if join.kind is JoinKind.ALL else JoinKind.ALL
        draft.joins[key] = Join(kind=swapped, steps=join.steps)


def _miss_branch(draft: Draft, rng: random.Random) -> None:
    several = [key for key, ways in draft.targets.items() if len(ways) > 1]
    joins = [key for key, join in draft.joins.items() if len(join.steps) > 1]
    if joins and (not several or rng.random() < 0.5):
        key = rng.choice(joins)
        draft.joins[key] = Join(kind=draft.joins[key].kind, steps=draft.joins[key].steps[1:])
    elif several:
        key = rng.choice(several)
        del draft.targets[key][rng.choice(list(draft.targets[key]))]


def _move_return(draft: Draft, rng: random.Random) -> None:
    key = rng.choice(list(draft.targets))
    draft.add(key, BackTo(step=rng.choice(list(draft.targets)), at_most=1))


def _lose_cancel(draft: Draft, rng: random.Random) -> None:
    ends = _outcomes(draft, End)
    if ends:
        key, label = rng.choice(ends)
        old = draft.targets[key][label]
        draft.targets[key][label] = End(result=old.result, cancel_rest=not old.cancel_rest)


_SPOILERS = {
    "dropped edge": _drop_edge,
    "added edge": _add_edge,
    "swapped join": _swap_join,
    "missing branch": _miss_branch,
    "moved return": _move_return,
    "lost cancel": _lose_cancel,
}


def random_procedure(seed: int) -> tuple[str, Procedure]:
    """Return the kind of change and the procedure for `seed`."""
    rng = random.Random(seed)  # noqa: S311 (procedures for tests)
    draft = sound_draft(rng, rng.choice((4, 8, 12, 16)))
    kind = MUTATIONS[seed % len(MUTATIONS)]
    spoil(draft, rng, kind)
    if kind != "none" and rng.random() < 0.2:
        spoil(draft, rng, rng.choice(MUTATIONS[1:]))
    return kind, draft.build(rng)


def wild_procedure(seed: int) -> tuple[str, Procedure]:
    """Return a procedure for `seed` whose ways are drawn at random; joins know their steps, nothing else is sure."""
    rng = random.Random(seed)  # noqa: S311 (procedures for tests)
    draft = Draft()
    keys = [draft.new() for _ in range(rng.choice((3, 4, 5, 6, 8)))]
    for number, key in enumerate(keys):
        for _ in range(rng.choice((1, 1, 2))):
            draft.add(key, _wild_target(rng, keys, number))
    for key in keys:
        leading = dict.fromkeys(k for k, label in _outcomes(draft, Go) if key in draft.targets[k][label].steps)
        if len(leading) > 1 and rng.random() < 0.6:
            draft.joins[key] = _wild_join(rng, tuple(leading))
    return "wild", draft.build(rng)


def _wild_target(rng: random.Random, keys: list[str], number: int) -> Target:
    later, kind = keys[number + 1 :], rng.random()
    if not later or kind < 0.2:
        return End(result="xong", cancel_rest=rng.random() < 0.6)
    if kind < 0.32:
        return BackTo(step=rng.choice(keys[: number + 1]), at_most=2)
    targets = keys if rng.random() < 0.15 else later
    count = min(len(targets), rng.choice((1, 1, 2, 2, 3)))
    return Go(steps=tuple(rng.sample(targets, count)), race=count > 1 and rng.random() < 0.15)


def _wild_join(rng: random.Random, steps: tuple[str, ...]) -> Join:
    kind = rng.choice(tuple(JoinKind))
    if kind is not JoinKind.SOME:
        return Join(kind=kind, steps=steps)
    rest = rng.choice(("cancel", "finish"))
    return Join(kind=kind, steps=steps, at_least=rng.randint(1, len(steps)), rest=rest)
