"""The family of appliers: one function an event, and what several of them do to an item."""

from datetime import datetime
from functools import cache, singledispatch

from engine.case import Case


@singledispatch
def apply(event: object, case: Case, at: datetime) -> Case:  # noqa: ARG001 - the signature of the family
    """Return the case after an event that happened at `at`."""
    raise TypeError(type(event).__name__)


#: Which function applies events of a class: `apply` looks for it each time, and a log has many events.
applier = cache(apply.dispatch)


def with_item(case: Case, number: int, **changes: object) -> Case:
    """Return the case with something of one item changed."""
    items = list(case.items)
    items[number - 1] = items[number - 1].but(**changes)
    return case.but(items=tuple(items))
