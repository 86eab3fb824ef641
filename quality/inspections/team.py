"""Who may inspect a unit: people who exist, and none who works there."""

from collections.abc import Iterator, Sequence
from datetime import date

from engine.draft import Draft
from engine.rules import Ground
from engine.store import Reader
from procedures.organisation import Organisation
from procedures.words import Words, say
from quality.covered import under
from quality.entering import day_of, entered
from quality.fields import listed
from quality.inspections.inspection import TEAM, UNIT


def objections(organisation: Organisation, unit: str, team: Sequence[str], on: date) -> Iterator[Words]:
    """Yield why these people may not inspect a unit; nothing when they may."""
    known = {person.id: person for person in organisation.people}
    for account in team:
        if account not in known:
            yield say("{who} is nobody's account", who=account)
            continue
        theirs = organisation.units_of(account, on)
        if any(under(organisation, one, unit) for one in theirs):
            yield say("{who} works in {unit}, which is inspected", who=known[account].name, unit=unit)


def objection(draft: Draft, reader: Reader, ground: Ground) -> Words | None:  # noqa: ARG001 - as all objections are
    """Return the first thing that stands against a team once it is entered, by whatever door it comes."""
    values = entered(draft, (UNIT, TEAM))
    units, team = (listed(values.get(name, "")) for name in (UNIT, TEAM))
    found = (why for unit in units for why in objections(ground.organisation, unit, team, day_of(draft)))
    return next(found, None)
