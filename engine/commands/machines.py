"""Commands that no person gives: timers, answers of machines, breaches that are seen."""

from typing import Literal

from pydantic import Field

from engine.commands.base import OnCase
from procedures.breaches import Breach

#: What a policy can ask about, and what must never be.
BreachKind = Literal[Breach, "bypass"]


class FireTimer(OnCase):
    """Pass a delay whose time has come."""

    item: int


class AnswerErrand(OnCase):
    """Finish a step that waited for a machine or for another case, with the values the answer brings."""

    item: int
    outcome: str | None = None
    fields: dict[str, str] = Field(default_factory=dict)


class RecordBreach(OnCase):
    """Record a breach that was seen in the events; `item` is None where the whole case is in breach.

    `part` names the phase, or the part of the step, that is late.
    """

    item: int | None = None
    breach: BreachKind
    part: str | None = None
