"""Who may inspect a unit: people who exist, and none who works there."""

from collections.abc import Iterator, Sequence
from datetime import date

from procedures.organisation import Organisation
from procedures.words import Words, say
from quality.covered import under


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
