"""What somebody may read: cases they opened, have in hand or may act on, and those that came through their units."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from engine.case import Case, Item
from engine.posts import ANY_UNIT, posts_of
from procedures.organisation import Organisation


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
    if scope.units is None or case.opener == scope.person or case.unit in scope.units:
        return True
    asked = () if case.over else case.consultations
    awaited = any(one.open and scope.posts & set(one.posts) for one in asked)
    return awaited or any(_in_hand(scope, item) for item in case.items)


def _in_hand(scope: Scope, item: Item) -> bool:
    """Tell whether a piece of work was in the hands of a person or their units, or waits for one of their posts."""
    theirs = scope.person in {item.assignee, item.on_behalf_of} or (
        scope.units is not None and item.unit in scope.units
    )
    return theirs or bool(item.live and scope.posts & set(item.listed_for))


def _line(organisation: Organisation, name: str) -> list[str]:
    """Return a unit and all above it; a circle, which the loader reports, is walked once."""
    line = [name]
    while (above := organisation.parent(line[-1])) is not None and above.name not in line:
        line.append(above.name)
    return line
