"""Facts put together by procedure and issue: versions are apart, or it is said which are together."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from procedures.words import Words, say
from quality.facts import BreachFact, CaseFact, Facts, ItemFact
from quality.figure import Scope
from quality.periods import Period
from quality.quiet import uncollected


@dataclass(frozen=True)
class Group:
    """The facts of one procedure, under one issue or several: `issues` are (issue, cases) in order."""

    procedure: str
    issues: tuple[tuple[int, int], ...]
    cases: tuple[CaseFact, ...]
    items: tuple[ItemFact, ...]
    breaches: tuple[BreachFact, ...]
    as_of: int

    @property
    def words(self) -> Words:
        """The procedure and its issues, with the number of cases of each where there are several."""
        if len(self.issues) == 1:
            return say("{procedure}, issue {issue}", procedure=self.procedure, issue=self.issues[0][0])
        counted = [say("issue {issue} ({count})", issue=issue, count=count) for issue, count in self.issues]
        return say("{procedure}, {issues}", procedure=self.procedure, issues=_listed(counted))

    @property
    def scope(self) -> Scope:
        """What the figures of the group are about."""
        return ("procedure", self.procedure), ("issue", "+".join(str(issue) for issue, _ in self.issues))

    @cached_property
    def items_of(self) -> dict[str, list[ItemFact]]:
        """The items of each case."""
        found: dict[str, list[ItemFact]] = {}
        for item in self.items:
            found.setdefault(item.case, []).append(item)
        return found

    def about(self, period: Period, **more: str) -> Scope:
        """Return the scope of a figure of the group."""
        return (*self.scope, *more.items(), ("period", period.key))


def by_issue(facts: Facts) -> list[Group]:
    """Return a group for each issue of each procedure."""
    return _grouped(facts, lambda case: (case.procedure, case.issue))


def by_procedure(facts: Facts) -> list[Group]:
    """Return a group for each procedure, its issues together and said so."""
    return _grouped(facts, lambda case: (case.procedure, 0))


def whole(facts: Facts, wanted: Callable[[CaseFact], bool], procedure: str = "") -> Group:
    """Return the wanted cases of all procedures as one group; `procedure` names the one where it is only one."""
    return chosen(Group(procedure, (), facts.cases, facts.items, facts.breaches, facts.as_of), wanted)


def of_unit(group: Group, unit: str | None) -> Group:
    """Return the part of a group whose cases were opened by a unit."""
    return chosen(group, lambda case: case.unit == unit)


def chosen(group: Group, wanted: Callable[[CaseFact], bool]) -> Group:
    """Return the part of a group whose cases are wanted, with their items and breaches."""
    cases = tuple(case for case in group.cases if wanted(case))
    known = {case.id for case in cases}
    items = tuple(item for item in group.items if item.case in known)
    breaches = tuple(breach for breach in group.breaches if breach.case in known)
    return Group(group.procedure, _counted(cases), cases, items, breaches, group.as_of)


@uncollected()
def _grouped(facts: Facts, key: Callable[[CaseFact], tuple[str, int]]) -> list[Group]:
    of_case = {case.id: key(case) for case in facts.cases}
    cases: dict[tuple[str, int], list[CaseFact]] = {}
    items: dict[tuple[str, int], list[ItemFact]] = {}
    breaches: dict[tuple[str, int], list[BreachFact]] = {}
    for case in facts.cases:
        cases.setdefault(of_case[case.id], []).append(case)
    for item in facts.items:
        items.setdefault(of_case[item.case], []).append(item)
    for breach in facts.breaches:
        breaches.setdefault(of_case[breach.case], []).append(breach)
    return [
        Group(
            name[0],
            _counted(tuple(cases[name])),
            tuple(cases[name]),
            tuple(items.get(name, ())),
            tuple(breaches.get(name, ())),
            facts.as_of,
        )
        for name in sorted(cases)
    ]


def _counted(cases: tuple[CaseFact, ...]) -> tuple[tuple[int, int], ...]:
    return tuple(sorted(Counter(case.issue for case in cases).items()))


def _listed(parts: list[Words]) -> Words:
    first, *rest = parts
    return Words("{first}, {rest}", {"first": first, "rest": _listed(rest)}) if rest else first
