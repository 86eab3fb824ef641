"""Pages of many cases, each written in one transaction: rules looked up once, a page begun again after others wrote."""

from collections.abc import Callable
from typing import TypeVar

from engine.case import Case
from engine.handle import rules_for
from engine.refusals.issues import IssueAltered
from engine.rules import Ground, Rules
from engine.trouble import Conflict, Gone

#: So many cases are read, and written in one transaction, at a time.
PAGE = 1_000
#: So often a page is begun again when others wrote to its cases at the same moment.
_TIMES = 5
T = TypeVar("T")


class KnownRules:
    """The rules of each issue, looked up once."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self._rules: dict[tuple[str, int], Rules] = {}

    def of(self, case: Case) -> Rules | IssueAltered:
        """Return the rules of a case, or why nobody can judge it: its issue was altered."""
        key = case.procedure, case.issue
        rules = self._rules.get(key)
        if rules is None:
            rules = self._rules[key] = rules_for(case, self.ground)
        return rules if rules.release.hash == case.release else IssueAltered(*key, case.id)


def at_last(page: Callable[[], T]) -> T:
    """Write a page, begun again when others wrote to its cases at the same moment."""
    for _ in range(_TIMES - 1):
        try:
            return page()
        except (Conflict, Gone):
            continue
    return page()
