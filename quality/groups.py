"""Facts put together by procedure and issue: versions are apart, or it is said which are together."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np

from procedures.words import Words, say
from quality.columns import NONE, Behind, Breaches, Cases, Codes, Flags, Items, Names, Numbers, marked
from quality.facts import Facts
from quality.figure import Scope
from quality.periods import Period

_LOW = (1 << 32) - 1


@dataclass(frozen=True)
class Group:
    """The facts of one procedure, under one issue or several: `issues` are (issue, cases) in order.

    Cases are in the order in which they were opened; `ids` are the ids of all cases, in whatever group.
    """

    procedure: str
    issues: tuple[tuple[int, int], ...]
    ids: Names
    cases: Cases
    items: Items
    breaches: Breaches
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

    def behind(self, rows: Any) -> Behind:
        """Return the cases of some rows of cases."""
        return Behind(self.ids, self.cases.place[rows], single=True)

    def behind_items(self, rows: Any) -> Behind:
        """Return the cases of some rows of items: one as often as it has items among them."""
        return Behind(self.ids, self.items.case[rows])

    def any_item(self, rows: Flags) -> Flags:
        """Tell of each case whether any of its items is among some rows of items."""
        return marked(self.items.case[rows], len(self.ids))[self.cases.place]

    def about(self, period: Period, **more: str) -> Scope:
        """Return the scope of a figure of the group."""
        return (*self.scope, *more.items(), ("period", period.key))


def by_issue(facts: Facts) -> list[Group]:
    """Return a group for each issue of each procedure."""
    return _grouped(facts, facts.cases.issue)


def by_procedure(facts: Facts) -> list[Group]:
    """Return a group for each procedure, its issues together and said so."""
    return _grouped(facts, np.zeros(len(facts.cases), np.int32))


def everything(facts: Facts, procedure: str = "") -> Group:
    """Return all cases as one group; `procedure` names the one where it is only one."""
    rows = np.lexsort((facts.cases.place, facts.cases.opened_at))
    return _group(facts, procedure, rows, slice(None), slice(None))


def by_unit(group: Group, above: Mapping[str, str]) -> list[tuple[str, Group]]:
    """Return each unit with its part of a group, rolled up: what units below opened is in that of those above.

    `above` names the unit above each unit. Cases opened by no unit are in none.
    """
    below: dict[str, set[str]] = {}
    for unit, _ in group.cases.unit.present():
        at: str | None = unit
        while at is not None and unit not in below.setdefault(at, set()):
            below[at].add(unit)
            at = above.get(at)
    return [(unit, chosen(group, group.cases.unit.are(*parts))) for unit, parts in sorted(below.items())]


def chosen(group: Group, wanted: Flags) -> Group:
    """Return the part of a group whose cases are wanted, told row by row, with their items and breaches."""
    cases = group.cases.take(wanted)
    of_case = marked(cases.place, len(group.ids))
    items, breaches = group.items.take(of_case[group.items.case]), group.breaches.take(of_case[group.breaches.case])
    return replace(group, issues=_counted(cases), cases=cases, items=items, breaches=breaches)


def _grouped(facts: Facts, issue: Codes) -> list[Group]:
    cases, procedures = facts.cases, facts.cases.procedure
    keys = sorted(
        (procedures.names[code], number, code)
        for code, number in {(int(key >> 32), int(key & _LOW)) for key in np.unique(_key(procedures.codes, issue))}
    )
    group_of = np.full(len(facts.ids), NONE, np.int32)
    for place, (_, number, code) in enumerate(keys):
        group_of[cases.place[(procedures.codes == code) & (issue == number)]] = place
    rows = np.lexsort((cases.place, cases.opened_at))
    columns = cases.place[rows], facts.items.case, facts.breaches.case
    split = [_split(group_of[places], len(keys)) for places in columns]
    return [
        _group(facts, name, rows[split[0][place]], split[1][place], split[2][place])
        for place, (name, _, _) in enumerate(keys)
    ]


def _key(procedure: Codes, issue: Codes) -> Numbers:
    key: Numbers = (procedure.astype(np.int64) << 32) | issue
    return key


def _split(groups: Codes, count: int) -> list[Any]:
    """Return the rows of each group, in their order."""
    if count == 1:
        return [slice(None)]
    order = np.argsort(groups, kind="stable")
    edges = np.searchsorted(groups[order], np.arange(count + 1))
    return [order[begin:end] for begin, end in pairwise(edges)]


def _group(facts: Facts, procedure: str, cases: Any, items: Any, breaches: Any) -> Group:
    told = facts.cases.take(cases)
    items_of, breaches_of = facts.items.take(items), facts.breaches.take(breaches)
    return Group(procedure, _counted(told), facts.ids, told, items_of, breaches_of, facts.as_of)


def _counted(cases: Cases) -> tuple[tuple[int, int], ...]:
    issues, many = np.unique(cases.issue, return_counts=True)
    return tuple(zip(issues.tolist(), many.tolist(), strict=True))


def _listed(parts: list[Words]) -> Words:
    first, *rest = parts
    return Words("{first}, {rest}", {"first": first, "rest": _listed(rest)}) if rest else first
