"""Who may do which step of which case, as the posts of an organisation tell it."""

from dataclasses import dataclass
from functools import cached_property

from procedures.check.subject import Subject
from procedures.model import Role, Step
from procedures.organisation import Organisation, Person


@dataclass(frozen=True, slots=True)
class Opening:
    """A case as it begins: who opens it, for which unit."""

    person: Person
    unit: str


@dataclass(frozen=True)
class Staff:
    """Who may do what, for every person who may open a case."""

    subject: Subject
    organisation: Organisation

    @cached_property
    def roles(self) -> dict[str, Role]:
        """The declared roles by name."""
        return {role.name: role for role in self.subject.procedure.roles}

    @cached_property
    def openings(self) -> tuple[Opening, ...]:
        """Every case that can begin: everybody who may do the first step, with each unit that gives him the right."""
        start = self.subject.procedure.start
        every = (Opening(person, unit) for person in self.organisation.people for unit in self.units(person))
        return tuple(one for one in every if start.responsible and one.person in self.able(start.responsible, one))

    @cached_property
    def units_that_open(self) -> dict[str, tuple[Opening, ...]]:
        """The units for which cases can be opened, each with its openings."""
        found: dict[str, list[Opening]] = {}
        for opening in self.openings:
            found.setdefault(opening.unit, []).append(opening)
        return {unit: tuple(openings) for unit, openings in found.items()}

    def units(self, person: Person) -> tuple[str, ...]:
        """Return the units in which a person holds a post."""
        return self.organisation.units_of(person.id, self.subject.on)

    def able(self, roles: tuple[str, ...], opening: Opening) -> tuple[Person, ...]:
        """Return who may act in one of `roles` in a case."""
        known = [self.roles[name] for name in roles if name in self.roles]
        return tuple(dict.fromkeys(person for role in known for person in self.holders(role, opening)))

    def performers(self, step: Step, opening: Opening) -> frozenset[str]:
        """Return the accounts of those who may do a step; whoever opens a case does its first step himself."""
        if step.key == self.subject.procedure.start.key:
            return frozenset({opening.person.id})
        return frozenset(person.id for person in self.able(step.responsible, opening))

    def holders(self, role: Role, opening: Opening) -> tuple[Person, ...]:
        """Return who holds a role in a case; asked again about the same, it answers at once."""
        opener = opening.person.id if any(holder.opener for holder in role.holders) else None
        told = any(holder.relative in {"opener_unit", "parent_of_opener_unit"} for holder in role.holders)
        key = (role.name, opener, opening.unit if told else None)
        if key not in self._held:
            self._held[key] = self.organisation.holders(
                role,
                opener=opener,
                opener_unit=key[2],
                owner_unit=self.subject.procedure.owner_unit,
                on=self.subject.on,
            )
        return self._held[key]

    def held(self, role: str) -> bool:
        """Tell whether anybody holds a role in any case that somebody of the organisation could open."""
        known = self.roles.get(role)
        every = (Opening(person, unit) for person in self.organisation.people for unit in self.units(person))
        return known is not None and any(self.holders(known, opening) for opening in every)

    def names(self, accounts: frozenset[str]) -> list[str]:
        """Return the names of people, in the order of the file."""
        return [person.name for person in self.organisation.people if person.id in accounts]

    @cached_property
    def _held(self) -> dict[tuple[str, str | None, str | None], tuple[Person, ...]]:
        return {}


def staff_of(subject: Subject) -> Staff | None:
    """Return the staff of a procedure, or None where the organisation is not known."""
    return Staff(subject, subject.organisation) if subject.organisation is not None else None
