"""Who is told that something is late: whom the procedure names, or the head of the unit that is late."""

from collections.abc import Iterator
from datetime import date

from engine.case import Case, Item
from engine.rules import Rules


def whom_to_tell(rules: Rules, case: Case, item: Item | None, on: date) -> tuple[str, ...]:
    """Return the accounts of whoever is told that a case, or one of its items, is late; nobody where none is named."""
    procedure = rules.procedure
    named = (procedure.step(item.step).when_late if item is not None else ()) or procedure.when_late
    if named:
        return tuple(dict.fromkeys(account for role in named for account in _holders(rules, case, role, on)))
    unit = (item.unit if item is not None else None) or case.unit or procedure.owner_unit
    late = item.assignee if item is not None else None
    return rules.organisation.told_of(late or "", unit, on)


def _holders(rules: Rules, case: Case, role: str, on: date) -> Iterator[str]:
    procedure = rules.procedure
    for person in rules.organisation.holders(
        procedure.role(role), opener=case.opener, opener_unit=case.unit, owner_unit=procedure.owner_unit, on=on
    ):
        yield person.id
