"""Posts: who a work item is for, as keys that a person's own posts are matched against."""

from collections.abc import Iterable, Mapping
from datetime import date

from procedures.candidates import ANY_UNIT, met_by, person_post, post_key
from procedures.model import Holder, Procedure, Step
from procedures.organisation import Organisation, Person

__all__ = ["ANY_UNIT", "name_of", "person_of", "person_post", "posts_for", "posts_of", "unit_shown"]


def person_of(organisation: Organisation, account: str) -> Person | None:
    """Return the person with an account, or None."""
    try:
        return organisation.person(account)
    except KeyError:
        return None


def name_of(organisation: Organisation, account: str | None) -> str:
    """Return the name of whoever has an account, as people are told it; the account itself when it is gone."""
    person = person_of(organisation, account or "")
    return person.name if person is not None else account or ""


def posts_of(organisation: Organisation, account: str, on: date) -> frozenset[str]:
    """Return every post whose work an account may find on its list that day: its own, and those it acts in for others.

    What a mandate is narrowed to is judged when somebody acts.
    """
    return frozenset(key for one in organisation.capacities(account, on) for key in met_by(one.post))


def posts_for(
    step: Step, procedure: Procedure, organisation: Organisation, *, opener: str, unit: str | None, on: date
) -> tuple[str, ...]:
    """Return the posts that may do a step of a case that `opener` opened in `unit`, by the units of that day."""
    holders = (holder for name in step.responsible for holder in procedure.role(name).holders)
    found = (_post(holder, procedure, organisation, opener=opener, unit=unit, on=on) for holder in holders)
    return tuple(dict.fromkeys(post for post in found if post is not None))


def at_home(post: str, homes: Mapping[str, str]) -> str:
    """Return a post with its unit replaced by the one that took over."""
    position, at, unit = post.partition("@")
    return post_key(position, homes[unit]) if at and unit in homes else post


def unit_shown(posts: Iterable[str]) -> str | None:
    """Return the unit to show for an item: that of its first post, if it names one."""
    first = next(iter(posts), "")
    unit = first.partition("@")[2]
    return unit if unit and unit != ANY_UNIT else None


def _post(
    holder: Holder, procedure: Procedure, organisation: Organisation, *, opener: str, unit: str | None, on: date
) -> str | None:
    if holder.opener:
        return person_post(opener)
    match holder.relative:
        case "opener_unit":
            place = unit
        case "parent_of_opener_unit":
            above = organisation.parent(organisation.standing(unit, on)) if unit else None
            place = above.name if above else None
        case "owner_unit":
            place = procedure.owner_unit
        case None:
            place = holder.unit or ANY_UNIT
    if not place or not holder.position:
        return None
    if place == ANY_UNIT:
        return post_key(holder.position, place)
    return post_key(organisation.position_after(holder.position, place, on), organisation.standing(place, on))
