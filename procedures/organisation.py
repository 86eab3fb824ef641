"""Who works where: the tree of units, the people and the posts they hold, who acts for whom, on a given day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal

from procedures.candidates import Candidate, Candidates, Entry, entries
from procedures.documents import Document
from procedures.finding import Finding
from procedures.model import Holder, Kind, Role
from procedures.term import lasts


@dataclass(frozen=True, slots=True)
class OrgUnit:
    """A unit of the agency; `parent` is the name of the unit above it, None at the top.

    It stands from `since` to `until`, both days included. `heads` are the positions that head it. `successor` takes
    over its work after `until`: the unit it was merged into, or its own new name. `decision` says what fixed this, and
    `positions` which position of the successor takes over that of which here, where it is called otherwise.
    """

    name: str
    kind: str | None = None
    parent: str | None = None
    code: str | None = None
    since: date | None = None
    until: date | None = None
    heads: tuple[str, ...] = ()
    successor: str | None = None
    decision: str | None = None
    positions: tuple[tuple[str, str], ...] = ()

    def stands(self, on: date) -> bool:
        """Tell whether the unit exists on that day."""
        return lasts(self.since, self.until, on)


@dataclass(frozen=True, slots=True)
class Post:
    """A position in a unit, held from `since` to `until`, both days included; None means open."""

    position: str
    unit: str
    since: date | None = None
    until: date | None = None
    decision: str | None = None

    def held(self, on: date) -> bool:
        """Tell whether the post is held on that day."""
        return lasts(self.since, self.until, on)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account; `id` is the account, `same_as` another account of the very same person.

    `former` are the names that the person had before, each with the last day of it.
    """

    id: str
    name: str
    posts: tuple[Post, ...] = ()
    email: str | None = None
    same_as: str | None = None
    former: tuple[tuple[date, str], ...] = ()

    def name_on(self, day: date) -> str:
        """Return how the person was called on a day."""
        return min(((last, name) for last, name in self.former if day <= last), default=(day, self.name))[1]


@dataclass(frozen=True, slots=True)
class Mandate:
    """A decision by which `agent` acts on behalf of `principal` from `since` to `until`, both days included.

    A substitution stands in for somebody who is away; a delegation (thừa ủy quyền) passes a duty on for a term. Either
    gives only what the principal holds in person, so neither can be passed on again. `posts` are the principal's posts
    it is about (none: all, and whatever is for the very person); `procedures`, `kinds` and `steps` narrow it.
    """

    decision: str
    manner: Literal["substitution", "delegation"]
    principal: str
    agent: str
    posts: tuple[Post, ...] = ()
    since: date | None = None
    until: date | None = None
    procedures: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    steps: tuple[str, ...] = ()

    def lasts(self, on: date) -> bool:
        """Tell whether it is in force on that day."""
        return lasts(self.since, self.until, on)

    def about(self, post: Post) -> bool:
        """Tell whether a post of the principal is among those it is about."""
        return not self.posts or any((one.position, one.unit) == (post.position, post.unit) for one in self.posts)

    def covers(self, procedure: str, kind: Kind, step: str | None) -> bool:
        """Tell whether work of this step (None: of the procedure as a whole) lies within its scope."""
        wanted = ((self.procedures, procedure), (self.kinds, kind))
        return all(not scope or one in scope for scope, one in wanted) and (not self.steps or step in self.steps)


@dataclass(frozen=True)
class Organisation:
    """The units, people and mandates of an agency, as the organisation files give them.

    `documents` is the register of outside documents that bind it; None where the agency keeps none here.
    """

    units: tuple[OrgUnit, ...] = ()
    people: tuple[Person, ...] = ()
    mandates: tuple[Mandate, ...] = ()
    documents: tuple[Document, ...] | None = None

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

    @property
    def tree(self) -> dict[str, str]:
        """The name of the unit above each unit that has one."""
        return {unit.name: unit.parent for unit in self.units if unit.parent is not None}

    def standing(self, name: str, on: date) -> str:
        """Return the unit that has the work of the one called `name` on that day: itself, or whoever took over."""
        passed: set[str] = set()
        unit = self._units.get(name)
        while unit is not None and unit.successor and unit.until and unit.until < on and name not in passed:
            passed.add(name)
            name = unit.successor
            unit = self._units.get(name)
        return name

    def position_after(self, position: str, name: str, on: date) -> str:
        """Return which position has the work of one in a unit on that day, in the unit that has the work of it then."""
        home = self.standing(name, on)
        while name != home:
            unit = self._units[name]
            position = dict(unit.positions).get(position, position)
            name = unit.successor or home
        return position

    def chain(self, unit: str) -> Iterator[OrgUnit]:
        """Yield a unit and those above it, nearest first; nothing for an unknown one."""
        at = self._units.get(unit)
        while at is not None:
            yield at
            at = self._units.get(at.parent) if at.parent is not None else None

    def heads(self, unit: str, on: date) -> tuple[Candidate, ...]:
        """Return who heads a unit or one above it on that day, nearest first, with those who act for them."""
        posts = [f"{position}@{above.name}" for above in self.chain(unit) for position in above.heads]
        return tuple(dict.fromkeys(one for post in posts for one in self.candidates(post, on)))

    def told_of(self, late: str, unit: str, on: date) -> tuple[str, ...]:
        """Return the accounts that hear by default that somebody is late with work of a unit.

        It is the nearest head, of the unit or one above it, who is another person, with those who act for him.
        """
        key = (late, unit, on)
        if key not in self._told:
            self._told[key] = self._other_heads(late, unit, on)
        return self._told[key]

    def _other_heads(self, late: str, unit: str, on: date) -> tuple[str, ...]:
        for above in self.chain(self.standing(unit, on)):
            posts = (f"{position}@{above.name}" for position in above.heads)
            heads = dict.fromkeys(one.account for post in posts for one in self.candidates(post, on))
            others = tuple(head for head in heads if self.identity(head) != self.identity(late))
            if others:
                return others
        return ()

    def candidates(self, post: str, on: date) -> tuple[Candidate, ...]:
        """Return everybody who may act in a post (`position@unit`, `position@*`, `person:account`) on that day.

        Those who hold it come first, then those who act for them; what a mandate is narrowed to is not judged here.
        The cost is that of the answer: an index is built once for each organisation.
        """
        return self._candidates.of_post(post, on)

    def capacities(self, account: str, on: date) -> tuple[Candidate, ...]:
        """Return every post that an account may act in on that day, its own first."""
        return self._candidates.of_account(account, on)

    def identity(self, account: str) -> str:
        """Return the one account that stands for a person who has several; an unknown account stands for itself."""
        found = self._people.get(account)
        return found.same_as if found is not None and found.same_as else account

    def away(self, account: str, post: str, on: date) -> bool:
        """Tell whether somebody stands in for a person in a post on that day."""
        acting = (one.mandate for one in self.candidates(post, on) if one.principal == account)
        return any(mandate is not None and mandate.manner == "substitution" for mandate in acting)

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
            for person in self._by_holder(holder, opener, self.meant(holder, opener_unit, owner_unit, on), on)
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

    def meant(self, holder: Holder, opener_unit: str | None, owner_unit: str, on: date) -> str | None:
        """Return the unit that a holder is to be found in, as a case tells it; None where any will do."""
        named = holder.unit
        if holder.relative == "owner_unit":
            named = owner_unit
        if holder.relative == "opener_unit":
            named = opener_unit
        if holder.relative == "parent_of_opener_unit":
            own = self._units.get(self.standing(opener_unit, on)) if opener_unit is not None else None
            named = own.parent if own else None
        return self.standing(named, on) if named is not None else None

    def _posts_of(self, position: str, unit: str | None) -> list[tuple[Person, Post]]:
        return self._posts.get((position, unit), [])

    def entries(self) -> Iterator[Entry]:
        """Yield everything that anybody may act in, with its days."""
        return entries(self.people, self._units, self.mandates)

    @cached_property
    def _candidates(self) -> Candidates:
        return Candidates(self.entries())

    @cached_property
    def _units(self) -> Mapping[str, OrgUnit]:
        return {unit.name: unit for unit in self.units}

    @cached_property
    def _told(self) -> dict[tuple[str, str, date], tuple[str, ...]]:
        return {}

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
    """Load the files of `organisation.d`; what has a fault is left out and reported."""
    from procedures.reading.organisation import read_organisation

    return read_organisation(folder)
