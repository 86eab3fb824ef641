"""What the dates of a case stand on: the rules of its issue, and the very calendars that its time was counted by."""

from dataclasses import replace

from engine.agency import Agency
from engine.case import Case
from engine.handle import rules_for
from engine.rules import Rules
from engine.stores.lookups import every_case
from engine.stores.sql import SqlReader


def standing_rules(case: Case, agency: Agency) -> Rules:
    """Return the rules of a case with the calendars that it counts by; with those in force where they are not kept."""
    rules = rules_for(case, agency)
    if case.calendar in {"", rules.calendars.hash}:
        return rules
    kept = agency.kept_calendars.of(case.calendar)
    return rules if kept is None else replace(rules, calendars=kept)


def calendars_used(reader: SqlReader) -> dict[str, str]:
    """Return the calendars that cases count by, each with one of these cases."""
    return {case.calendar: case.id for case in every_case(reader.connection) if case.calendar}
