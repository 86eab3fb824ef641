"""What somebody may read: cases they opened, have in hand or may act on, and those that came through their units."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from engine.case import Case
from engine.posts import ANY_UNIT, posts_of
from procedures.organisation import Organisation

#: What a key is of. A person's is not that of the post which only they hold: in that, others may act for them.
_PERSON, _UNIT, _POST = "p:", "u:", "w:"


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose reading it is. `units` are those a person holds a post in and all below them; None: every case there is."""

    person: str = ""
    posts: frozenset[str] = frozenset()
    units: frozenset[str] | None = None


#: Reads every case.
EVERYTHING = Scope()


def scope_of(organisation: Organisation, account: str, on: date, read_all: Iterable[str] = ()) -> Scope:
    """Return what a person may read on a day; somebody unknown reads only what they opened or had in hand.

    Who holds one of the positions `read_all` reads every case.
    """
    posts = posts_of(organisation, account, on)
    if posts & {f"{position}@{ANY_UNIT}" for position in read_all}:
        return Scope(account, posts, None)
    held = set(organisation.units_of(account, on))
    below = {unit.name for unit in organisation.units if held & set(_line(organisation, unit.name))}
    return Scope(account, posts, frozenset(below))


def may_read(scope: Scope, case: Case) -> bool:
    """Tell whether a case is within a scope."""
    return scope.units is None or not readers_of(case).isdisjoint(keys_of(scope))


def keys_of(scope: Scope) -> frozenset[str]:
    """Return the keys of a scope that does not read everything: it reads the cases that have one of them."""
    posts, units = (_POST + post for post in scope.posts), (_UNIT + unit for unit in scope.units or ())
    return frozenset((_PERSON + scope.person, *posts, *units))


def readers_of(case: Case) -> set[str]:
    """Return the keys of a case: whoever opened it or had something of it in hand, where it came, what it waits for."""
    keys = {_PERSON + case.opener}
    if case.unit is not None:
        keys.add(_UNIT + case.unit)
    for item in case.items:
        if item.unit is not None:
            keys.add(_UNIT + item.unit)
        if item.assignee is not None:
            keys.add(_PERSON + item.assignee)
        if item.on_behalf_of is not None:
            keys.add(_PERSON + item.on_behalf_of)
        if item.live:
            keys.update([_POST + post for post in item.listed_for])
    for asked in () if case.over else case.consultations:
        if asked.open:
            keys.update([_POST + post for post in asked.posts])
    return keys


def _line(organisation: Organisation, name: str) -> list[str]:
    """Return a unit and all above it; a circle, which the loader reports, is walked once."""
    line = [name]
    while (above := organisation.parent(line[-1])) is not None and above.name not in line:
        line.append(above.name)
    return line
