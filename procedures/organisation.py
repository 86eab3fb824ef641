"""Who works where: the tree of units, the people and the posts they hold, on a given day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from procedures.finding import Finding
from procedures.model import Holder, Role


@dataclass(frozen=True, slots=True)
class OrgUnit:
    """A unit of the agency; `parent` is the name of the unit above it, None at the top."""

    name: str
    kind: str | None = None
    parent: str | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A position in a unit, held from `since` to `until`, both days included; None means open."""

    position: str
    unit: str
    since: date | None = None
    until: date | None = None

    def held(self, on: date) -> bool:
        """Tell whether the post is held on that day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account; `id` is the account."""

    id: str
    name: str
    posts: tuple[Post, ...] = ()
    email: str | None = None


@dataclass(frozen=True)
class Organisation:
    """The units and people of an agency, as the organisation files give them."""

    units: tuple[OrgUnit, ...] = ()
    people: tuple[Person, ...] = ()

    def unit(self, name: str) -> OrgUnit:
        """Return the unit called `name`; raises KeyError."""
        return self._units[name]

    def person(self, id_: str) -> Person:
        """Return the person with this account; raises KeyError."""
        return self._people[id_]

    def parent(self, name: str) -> OrgUnit | None:
        """Return the unit above the one called `name`, or None at the top; raises KeyError for an unknown unit."""
        above = self._units[name].parent
        return self._units.get(above) if above is not None else None

    def above(self, name: str) -> str | None:
        """Return the name of the unit above another, or None at the top and for a unit that is not known."""
        unit = self._units.get(name)
        return unit.parent if unit is not None else None

    def units_of(self, person: str, on: date) -> tuple[str, ...]:
        """Return the names of the units in which the person holds a post on that day; an unknown person has none."""
        found = self._people.get(person)
        posts = found.posts if found else ()
        return tuple(dict.fromkeys(post.unit for post in posts if post.held(on)))

    def placed(self, on: date) -> tuple[tuple[Person, str], ...]:
        """Return everybody with each unit in which he holds a post on that day; asked again, it answers at once."""
        if on not in self._placed:
            self._placed[on] = tuple((one, unit) for one in self.people for unit in self.units_of(one.id, on))
        return self._placed[on]

    def holders(
        self, role: Role, *, opener: str | None, opener_unit: str | None, owner_unit: str, on: date
    ) -> tuple[Person, ...]:
        """Return the people who hold `role` on that day, in the order of the file, each once.

        `opener` and `opener_unit` say who opened the case and for which unit (None: not known, so nobody by them);
        `owner_unit` is the unit that owns the procedure.
        """
        ids = {
            person.id
            for holder in role.holders
            for person in self._by_holder(holder, opener, self._meant(holder, opener_unit, owner_unit), on)
        }
        return tuple(self._people[account] for account in sorted(ids, key=self._order.__getitem__))

    def positions(self) -> frozenset[str]:
        """Return every position that somebody holds or has held."""
        return frozenset(position for position, _ in self._posts)

    def _by_holder(self, holder: Holder, opener: str | None, unit: str | None, on: date) -> Iterator[Person]:
        if holder.opener:
            if opener is not None and opener in self._people:
                yield self._people[opener]
            return
        anywhere = holder.unit is None and holder.relative is None
        if holder.position is None or (unit is None and not anywhere):
            return
        for person, post in self._posts_of(holder.position, None if anywhere else unit):
            if post.held(on):
                yield person

    def _meant(self, holder: Holder, opener_unit: str | None, owner_unit: str) -> str | None:
        if holder.relative == "owner_unit":
            return owner_unit
        if holder.relative == "opener_unit":
            return opener_unit
        if holder.relative == "parent_of_opener_unit":
            own = self._units.get(opener_unit) if opener_unit is not None else None
            return own.parent if own else None
        return holder.unit

    def _posts_of(self, position: str, unit: str | None) -> list[tuple[Person, Post]]:
        return self._posts.get((position, unit), [])

    @cached_property
    def _units(self) -> Mapping[str, OrgUnit]:
        return {unit.name: unit for unit in self.units}

    @cached_property
    def _placed(self) -> dict[date, tuple[tuple[Person, str], ...]]:
        return {}

    @cached_property
    def _order(self) -> Mapping[str, int]:
        return {person.id: number for number, person in enumerate(self.people)}

    @cached_property
    def _people(self) -> Mapping[str, Person]:
        return {person.id: person for person in self.people}

    @cached_property
    def _posts(self) -> Mapping[tuple[str, str | None], list[tuple[Person, Post]]]:
        posts: dict[tuple[str, str | None], list[tuple[Person, Post]]] = {}
        for person in self.people:
            for post in person.posts:
                posts.setdefault((post.position, post.unit), []).append((person, post))
                posts.setdefault((post.position, None), []).append((person, post))
        return posts


def load_organisation(folder: Path) -> tuple[Organisation, list[Finding]]:
    """Load `đơn vị.yaml` and `người dùng.yaml` of a folder; what has a fault is left out and reported."""
    from procedures.reading.organisation import read_organisation

    return read_organisation(folder)
