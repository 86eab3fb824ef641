"""What the rules look at: a procedure with its places, and what several of them need to know about it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import permutations

from procedures.calendar import Calendar
from procedures.check.proof import CAP
from procedures.check.staff import Staff
from procedures.check.together import Together
from procedures.finding import Span
from procedures.model import BackTo, Branch, End, Go, Outcome, Procedure, Step
from procedures.net import Ways, back_edges, forward_edges, ways
from procedures.organisation import Organisation
from procedures.places import Places


@dataclass(frozen=True, slots=True)
class Way:
    """One way out of a step: its outcome, and the number of the branch in it."""

    step: Step
    outcome: Outcome
    number: int

    @property
    def branch(self) -> Branch:
        """The branch itself."""
        return self.outcome.branches[self.number]

    @property
    def target(self) -> Go | BackTo | End:
        """Where it leads."""
        return self.branch.target


@dataclass(frozen=True, eq=False)
class Subject:
    """A procedure under check. `organisation` and `calendar` are None where they are not known.

    `cap` bounds the situations that are searched before a proof is given up.
    """

    procedure: Procedure
    places: Places
    organisation: Organisation | None = None
    calendar: Calendar | None = None
    cap: int = CAP

    @cached_property
    def on(self) -> date:
        """The day on which people are looked up: when the issue takes effect, or the last known change of posts."""
        if self.procedure.effective_from is not None:
            return self.procedure.effective_from
        people = self.organisation.people if self.organisation else ()
        return max((p.since for person in people for p in person.posts if p.since), default=date(2000, 1, 1))

    @cached_property
    def ways_out(self) -> tuple[Way, ...]:
        """Every way out of every step, in reading order."""
        return tuple(
            Way(step, outcome, number)
            for step in self.procedure.steps
            for outcome in step.outcomes
            for number in range(len(outcome.branches))
        )

    @cached_property
    def forward(self) -> Ways:
        """The ways without returns."""
        return ways(self.procedure)

    @cached_property
    def all_ways(self) -> Ways:
        """The ways with returns."""
        after: dict[str, list[str]] = {step.key: [] for step in self.procedure.steps}
        for source, target in (*forward_edges(self.procedure), *back_edges(self.procedure)):
            after[source].append(target)
        return Ways({source: tuple(targets) for source, targets in after.items()})

    @cached_property
    def staff(self) -> Staff | None:
        """Who may do what; None where the organisation is not known."""
        return Staff(self.procedure, self.organisation, self.on) if self.organisation is not None else None

    @cached_property
    def together(self) -> Together:
        """Which steps one case can pass."""
        return Together(self.procedure)

    @cached_property
    def reachable(self) -> frozenset[str]:
        """The steps that a case can get to as far as the ways go."""
        start = self.procedure.start.key
        return self.all_ways.reach(start) | {start}

    @cached_property
    def endless(self) -> tuple[frozenset[str], ...]:
        """The groups of steps that a branch of a case gets to and never leaves, in reading order."""
        ends = {way.step.key for way in self.ways_out if isinstance(way.target, End)}
        reach = self.all_ways.reach
        stays = self.reachable - ends
        hopeless = [s.key for s in self.procedure.steps if s.key in stays and not reach(s.key) & ends]
        groups = (reach(key) | {key} for key in hopeless if all(key in reach(other) for other in reach(key)))
        return tuple(dict.fromkeys(groups))

    @cached_property
    def caught(self) -> tuple[frozenset[str], ...]:
        """Those endless groups that catch the whole case: no branch beside them may cancel what is left of them.

        Where one may, the proof tells whether it always can. Only an end cancels them: what a join cancels leads to it.
        """
        return tuple(group for group in self.endless if not self._may_be_cancelled(group))

    def _may_be_cancelled(self, group: frozenset[str]) -> bool:
        ends = (way for way in self.ways_out if isinstance(way.target, End) and way.target.cancel_rest)
        cancelling = frozenset(way.step.key for way in ends)
        forks = [way.target.steps for way in self.ways_out if isinstance(way.target, Go)]
        beside = (both for steps in forks for both in permutations(steps, 2))
        return any(self.leads_to(one, group) and self.leads_to(other, cancelling) for one, other in beside)

    def leads_to(self, step: str, goal: frozenset[str]) -> bool:
        """Tell whether a step is one of `goal` or leads to it, returns included."""
        return step in goal or not goal.isdisjoint(self.all_ways.reach(step))

    @cached_property
    def unknown(self) -> tuple[tuple[str, str], ...]:
        """Every (step, name) where a step names another one that is not declared."""
        known = {step.key for step in self.procedure.steps}
        named = [*forward_edges(self.procedure), *back_edges(self.procedure)]
        named += [(step.key, name) for step in self.procedure.steps if step.join for name in step.join.steps]
        return tuple((step, name) for step, name in dict.fromkeys(named) if name not in known)

    def at_way(self, way: Way) -> Span:
        """Return the place of a way out."""
        return self.places.at("steps", way.step.key, "outcomes", way.outcome.label, way.number, "target")
