"""Who may do which step of which case, as the posts of an organisation tell it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from procedures.model import Procedure, Role, Step
from procedures.organisation import Mandate, Organisation, Person


@dataclass(frozen=True, slots=True)
class Opening:
    """A case as it begins: who opens it, for which unit."""

    person: Person
    unit: str

    @property
    def who(self) -> str:
        """The one account that stands for the person, who may have several."""
        return self.person.same_as or self.person.id


@dataclass(frozen=True)
class Staff:
    """Who may do what on a day, for every person who may open a case."""

    procedure: Procedure
    organisation: Organisation
    on: date

    @cached_property
    def roles(self) -> dict[str, Role]:
        """The declared roles by name."""
        return {role.name: role for role in self.procedure.roles}

    @cached_property
    def roles_outside(self) -> frozenset[str]:
        """The names of roles that somebody outside acts in."""
        return frozenset(name for name, role in self.roles.items() if role.external)

    @cached_property
    def openings(self) -> tuple[Opening, ...]:
        """Every case that can begin: everybody who may do the first step, with each unit that gives him the right."""
        roles, placed = self.procedure.start.responsible, self.organisation.placed(self.on)
        return tuple(Opening(one, unit) for one, unit in placed if self._one(one) in self._acting(roles, one.id, unit))

    @cached_property
    def units_that_open(self) -> dict[str, tuple[Opening, ...]]:
        """The units for which cases can be opened, each with its openings."""
        found: dict[str, list[Opening]] = {}
        for opening in self.openings:
            found.setdefault(opening.unit, []).append(opening)
        return {unit: tuple(openings) for unit, openings in found.items()}

    def accounts(self, roles: tuple[str, ...], opening: Opening) -> frozenset[str]:
        """Return those who may act in one of `roles` in a case, each person by one account."""
        return self._acting(roles, opening.person.id, opening.unit)

    def performers(self, step: Step, opening: Opening) -> frozenset[str]:
        """Return the accounts of those who may do a step; whoever opens a case does its first step himself."""
        if step.key == self.procedure.start.key:
            return frozenset({opening.who})
        return self.accounts(step.responsible, opening)

    def does(self, opening: Opening) -> dict[str, frozenset[str]]:
        """Return the accounts of those who may do each step that people do."""
        opener = {self.procedure.start.key: frozenset({opening.who})} if self.procedure.start.responsible else {}
        told_by_case = {step.key: self.accounts(step.responsible, opening) for step in self._told_by_case}
        return self._told_at_once | told_by_case | opener

    def unit_of(self, step: Step, opening: Opening) -> str:
        """Return the unit whose work a step is: that of the first post that may do it, else that of the case."""
        first = self.roles[step.responsible[0]].holders[0]
        return self.organisation.meant(first, opening.unit, self.procedure.owner_unit, self.on) or opening.unit

    def cases(self, step: Step, roles: tuple[str, ...] = ()) -> tuple[Opening, ...]:
        """Return openings that show all there is to know of who does a step where, and of roles."""
        first = self.roles[step.responsible[0]].holders[0]
        fixed = first.unit is not None or first.relative == "owner_unit"
        return self.openings[:1] if fixed and not any(self._told_by((*step.responsible, *roles))) else self.openings

    def held(self, role: str) -> bool:
        """Tell whether anybody holds a role in any case that somebody of the organisation could open."""
        placed = self.organisation.placed(self.on)
        return any(self._acting((role,), person.id, unit) for person, unit in placed)

    def names(self, accounts: frozenset[str]) -> list[str]:
        """Return the names of people, in the order of the file."""
        return [person.name for person in self.organisation.people if person.id in accounts]

    def acting_for(self, step: Step, opening: Opening) -> dict[str, Mandate]:
        """Return who may do a step on behalf of somebody else on that day, with the mandate that lets him."""
        mandates, found = self._mandates[step.key], dict[str, Mandate]()
        performers = self.accounts(step.responsible, opening) if mandates else frozenset()
        for one in mandates:
            if self.organisation.identity(one.principal) in performers:
                found.setdefault(self.organisation.identity(one.agent), one)
        return found

    def _acting(self, roles: tuple[str, ...], opener: str, unit: str) -> frozenset[str]:
        """Return who may act in roles; asked again about the same, it answers at once."""
        by_opener, by_unit = self._told_by(roles)
        key = (roles, opener if by_opener else None, unit if by_unit else None)
        found = self._known.get(key)
        if found is None:
            holders = (self._holders(self.roles[name], *key[1:]) for name in roles if name in self.roles)
            found = self._known[key] = frozenset(self._one(person) for some in holders for person in some)
        return found

    def _one(self, person: Person) -> str:
        return person.same_as or person.id

    def _holders(self, role: Role, opener: str | None, unit: str | None) -> tuple[Person, ...]:
        owner = self.procedure.owner_unit
        return self.organisation.holders(role, opener=opener, opener_unit=unit, owner_unit=owner, on=self.on)

    def _told_by(self, roles: tuple[str, ...]) -> tuple[bool, bool]:
        """Tell whether it depends on who opens the case, and on its unit, who holds the roles."""
        if roles not in self._depends:
            holders = [holder for name in roles if name in self.roles for holder in self.roles[name].holders]
            by_unit = any(holder.relative in {"opener_unit", "parent_of_opener_unit"} for holder in holders)
            self._depends[roles] = (any(holder.opener for holder in holders), by_unit)
        return self._depends[roles]

    @cached_property
    def _told_by_case(self) -> tuple[Step, ...]:
        """The steps of which it depends on the case who may do them."""
        return tuple(step for step in self.procedure.steps if any(self._told_by(step.responsible)))

    @cached_property
    def _told_at_once(self) -> dict[str, frozenset[str]]:
        """Who may do each other step, in every case, and a place for those that only the case tells."""
        any_case = self.openings[0]
        return {
            step.key: self.accounts(step.responsible, any_case) for step in self.procedure.steps if step.responsible
        }

    @cached_property
    def _mandates(self) -> dict[str, tuple[Mandate, ...]]:
        """The mandates of that day that let somebody do each step for whoever may do it."""
        lasting = [one for one in self.organisation.mandates if one.lasts(self.on)]
        return {step.key: tuple(one for one in lasting if self._lets(one, step)) for step in self.procedure.steps}

    def _lets(self, mandate: Mandate, step: Step) -> bool:
        if not mandate.covers(self.procedure.code, self.procedure.kind, step.key):
            return False
        roles = (self.roles[name] for name in step.responsible if name in self.roles)
        positions = {holder.position for role in roles for holder in role.holders}
        return not mandate.posts or any(post.position in positions for post in mandate.posts)

    @cached_property
    def _depends(self) -> dict[tuple[str, ...], tuple[bool, bool]]:
        return {}

    @cached_property
    def _known(self) -> dict[tuple[tuple[str, ...], str | None, str | None], frozenset[str]]:
        return {}
