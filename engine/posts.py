"""Posts: who a work item is for, as keys that a person's own posts are matched against."""

from collections.abc import Iterable
from datetime import date

from procedures.model import Holder, Procedure, Step
from procedures.organisation import Organisation, Person

#: A post is `position@unit`, `position@*` (that position in any unit) or `person:<account>`.
ANY_UNIT = "*"


def person_post(account: str) -> str:
    """Return the post that only one person holds."""
    return f"person:{account}"


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


def posts_of(person: Person, on: date) -> frozenset[str]:
    """Return every post a person holds on a day."""
    held = {person_post(person.id)}
    for post in person.posts:
        if post.held(on):
            held |= {f"{post.position}@{post.unit}", f"{post.position}@{ANY_UNIT}"}
    return frozenset(held)


def posts_for(
    step: Step, procedure: Procedure, organisation: Organisation, *, opener: str, unit: str | None
) -> tuple[str, ...]:
    """Return the posts that may do a step of a case that `opener` opened in `unit`."""
    holders = (holder for name in step.responsible for holder in procedure.role(name).holders)
    found = (_post(holder, procedure, organisation, opener=opener, unit=unit) for holder in holders)
    return tuple(dict.fromkeys(post for post in found if post is not None))


def unit_shown(posts: Iterable[str]) -> str | None:
    """Return the unit to show for an item: that of its first post, if it names one."""
    first = next(iter(posts), "")
    unit = first.partition("@")[2]
    return unit if unit and unit != ANY_UNIT else None


def _post(
    holder: Holder, procedure: Procedure, organisation: Organisation, *, opener: str, unit: str | None
) -> str | None:
    if holder.opener:
        return person_post(opener)
    match holder.relative:
        case "opener_unit":
            place = unit
        case "parent_of_opener_unit":
            above = organisation.parent(unit) if unit else None
            place = above.name if above else None
        case "owner_unit":
            place = procedure.owner_unit
        case None:
            place = holder.unit or ANY_UNIT
    return f"{holder.position}@{place}" if place else None
