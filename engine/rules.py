"""The ground a decision stands on: the issue a case runs under, the organisation and the calendar."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from procedures.calendar import Calendar, Calendars
from procedures.condition import Value
from procedures.model import Procedure
from procedures.net import Net
from procedures.organisation import Organisation
from procedures.plan import Plan, plan_of
from procedures.shelf import Release, Shelf

#: The values entered so far, by field name.
Values = Mapping[str, Value]


@dataclass(slots=True)
class Rules:
    """What decides: the release (its procedure, plan and net), who is who, and which time counts.

    `calendar` is that of the agency, by which cases are promised.
    """

    release: Release
    organisation: Organisation
    calendars: Calendars
    procedure: Procedure = field(init=False)
    plan: Plan = field(init=False)
    net: Net = field(init=False)
    calendar: Calendar = field(init=False)

    def __post_init__(self) -> None:
        """Look up what every decision asks for many times."""
        self.procedure = self.release.procedure
        self.plan = plan_of(self.procedure)
        self.net = self.release.net
        self.calendar = self.calendars.base

    def calendar_of(self, unit: str | None) -> Calendar:
        """Return the calendar by which a unit works."""
        return self.calendars.of(unit)

    def today(self, now: datetime) -> date:
        """Return the day in the agency's own zone."""
        return now.astimezone(self.calendar.zone).date()


class Ground(Protocol):
    """Where `handle` finds the rules: an agency's shelf, organisation and calendars."""

    @property
    def shelf(self) -> Shelf:
        """The issued procedures."""
        ...

    @property
    def organisation(self) -> Organisation:
        """Units and people."""
        ...

    @property
    def calendars(self) -> Calendars:
        """Working time, of the agency and of units that have their own."""
        ...

    @property
    def calendar(self) -> Calendar:
        """The agency's calendar."""
        ...
