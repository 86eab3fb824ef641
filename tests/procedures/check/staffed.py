"""Random small procedures with small organisations, and what is true of them found by trying everything."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, combinations, product

from procedures.check.staff import Staff
from procedures.check.subject import Subject
from procedures.finding import Span
from procedures.model import BackTo, Holder, Procedure, Role
from procedures.net import END, Marking, Net, compile_net, ready
from procedures.organisation import Organisation, OrgUnit, Person, Post
from procedures.places import Places
from tests.procedures.check.generating import sound_draft

UNITS = ("Phòng Một", "Phòng Hai")
POSITIONS = ("cán bộ", "kiểm tra", "lãnh đạo")
NOWHERE = Places(Span("a.yaml", 1, 1, 1, 1))


@dataclass(frozen=True)
class Sample:
    """A procedure in an organisation."""

    procedure: Procedure
    organisation: Organisation

    @property
    def subject(self) -> Subject:
        """What the rules look at."""
        return Subject(self.procedure, NOWHERE, self.organisation)

    @property
    def staff(self) -> Staff:
        """Who may do what."""
        return Staff(self.procedure, self.organisation, self.subject.on)


def sample(seed: int, *, size: int = 3, most: int = 6) -> Sample:
    """Return the procedure and organisation of a seed."""
    rng = random.Random(seed)  # noqa: S311 (procedures for tests)
    made = sound_draft(rng, rng.randint(2, size)).build(rng)
    while len(made.steps) > most:
        made = sound_draft(rng, rng.randint(2, size)).build(rng)
    return Sample(staffed(made, rng), organisation(rng))


def organisation(rng: random.Random) -> Organisation:
    """Draw up two units with a few people who hold one to three posts."""
    posts = [(position, unit) for position in POSITIONS for unit in UNITS]
    people = [
        Person(f"p{number}", f"P{number}", tuple(Post(*post) for post in rng.sample(posts, rng.choice((1, 2, 2, 3)))))
        for number in range(rng.randint(2, 4))
    ]
    return Organisation(tuple(OrgUnit(unit) for unit in UNITS), tuple(people))


def staffed(made: Procedure, rng: random.Random) -> Procedure:
    """Give roles to the steps, and tie some of them."""
    roles = [role(name, rng) for name in POSITIONS]
    keys = [step.key for step in made.steps]
    steps = []
    for step in made.steps:
        others = [key for key in keys if key != step.key]
        routes = step.kind == "route" and len(step.outcomes) == 1 and step.key != made.start.key
        who = () if routes else tuple(rng.sample(POSITIONS, rng.choice((1, 1, 2))))
        ties = {"not_same_as": tied(others, rng, 0.5), "same_as": tied(others, rng, 0.15)}
        steps.append(step.model_copy(update={"responsible": who, **ties}))
    return made.model_copy(update={"steps": tuple(steps), "roles": tuple(roles)})


def tied(others: list[str], rng: random.Random, chance: float) -> tuple[str, ...]:
    return tuple(rng.sample(others, min(len(others), rng.choice((1, 1, 2))))) if rng.random() < chance else ()


def role(name: str, rng: random.Random) -> Role:
    where = rng.choice(({"relative": "opener_unit"}, {"unit": UNITS[0]}, {}))
    holder = Holder(opener=True) if rng.random() < 0.05 else Holder.model_validate({"position": name, **where})
    return Role(name=name, holders=(holder,), text=name)


# What follows knows nothing of the rules: it tries every way, every set of steps and every choice of people.


def passed_together(procedure: Procedure) -> set[frozenset[str]]:
    """Return every set of steps that are finished at some moment of some case."""
    net = compile_net(procedure)
    found: set[frozenset[str]] = set()
    waiting = [(m, frozenset[str](), frozenset[tuple[str, int]]()) for m in settled(procedure, net, net.start)]
    seen = set(waiting)
    while waiting:
        marking, done, used = waiting.pop()
        found.add(done)
        for after in moves(procedure, net, marking, done, used):
            if after not in seen:
                seen.add(after)
                waiting.append(after)
    return found


State = tuple[Marking, frozenset[str], frozenset[tuple[str, int]]]


def moves(
    procedure: Procedure, net: Net, marking: Marking, done: frozenset[str], used: frozenset[tuple[str, int]]
) -> Iterator[State]:
    if (END, 1) in marking:
        return
    for transition in net.enabled(marking):
        step = procedure.step(transition.step)
        if transition.silent or step.kind == "route":
            continue
        now = used
        outcome = step.outcome(transition.outcome or "")
        assert outcome is not None
        target = outcome.branches[transition.branch or 0].target
        if isinstance(target, BackTo) and target.at_most is not None:
            count = dict(used).get(transition.id, 0)
            if count >= target.at_most:
                continue
            now = frozenset({**dict(used), transition.id: count + 1}.items())
        yield from ((m, done | {step.key}, now) for m in settled(procedure, net, net.fire(marking, transition)))


def settled(procedure: Procedure, net: Net, marking: Marking) -> list[Marking]:
    """Return where the case comes to rest; a routing step in these samples has one way."""
    while (END, 1) not in marking:
        routes = [s for s in procedure.steps if s.kind == "route" and (ready(s.key), 1) in marking]
        move = net.silent(marking) or (net.finish(routes[0].key, routes[0].outcomes[0].label, 0) if routes else None)
        if move is None:
            break
        marking = net.fire(marking, move)
    return [marking]


def holds(procedure: Procedure, choice: Mapping[str, str]) -> bool:
    """Tell whether a choice of people keeps to every `khác người` and `cùng người`."""
    return all(
        all(choice[step] != choice[other] for other in procedure.step(step).not_same_as if other in choice)
        and all(choice[step] == choice[other] for other in procedure.step(step).same_as if other in choice)
        for step in choice
    )


def possible(procedure: Procedure, able: Mapping[str, frozenset[str]], steps: frozenset[str]) -> bool:
    """Tell whether people are found for `steps`, by trying every choice."""
    named = sorted(steps & able.keys())
    every = product(*(sorted(able[step]) for step in named))
    return any(holds(procedure, dict(zip(named, choice, strict=True))) for choice in every)


def smallest_conflicts(
    procedure: Procedure, able: Mapping[str, frozenset[str]], together: set[frozenset[str]]
) -> set[frozenset[str]]:
    """Return the smallest sets of steps of one case that people are not found for."""
    sets = {frozenset(some) for steps in together for some in subsets(steps & able.keys())}
    bad: set[frozenset[str]] = set()
    for steps in sorted(sets, key=len):
        if not any(less <= steps for less in bad) and not possible(procedure, able, steps):
            bad.add(steps)
    return bad


def subsets(steps: frozenset[str]) -> Iterator[tuple[str, ...]]:
    return chain.from_iterable(combinations(sorted(steps), size) for size in range(1, len(steps) + 1))
