"""What an event says to people: one function an event, a family in several files."""

from functools import singledispatch

from engine.case import Case
from engine.events.by_right import ByRight
from procedures.model import Procedure
from procedures.words import Words, say
from visualize.case_words import Reading, name_of


@singledispatch
def said(event: object, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    """Return an event as a sentence; `case` and `procedure` give the names of today."""
    raise TypeError(type(event).__name__)


def step_of(case: Case, procedure: Procedure, number: int) -> str:
    """Return the name of the step that an item is an attempt at."""
    item = case.item(number)
    return procedure.step(item.step).name if item is not None else str(number)


def on_behalf(deed: Words, event: ByRight, reading: Reading) -> Words:
    """Add for whom and by which decision, where somebody acts for another."""
    if event.on_behalf_of is None:
        return deed
    whom = name_of(reading, event.on_behalf_of)
    return say("{said}, on behalf of {whom} ({mandate})", said=deed, whom=whom, mandate=event.mandate or "—")
