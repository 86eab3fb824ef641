"""A step that several do together: who is called when it opens, and what comes out of their answers."""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.case import Item, ItemStatus
from engine.draft import Draft
from engine.posts import ANY_UNIT, person_post, posts_for
from engine.refusals.entering import ValueMissing
from engine.refusals.stuck import Stuck
from engine.refusals.together import NobodyCalled, NoSuchMember, NotAppointed, TooFewCalled
from procedures.model import LIST, Outcome, Step
from procedures.several import Several


@dataclass(frozen=True, slots=True)
class Member:
    """One who is called: a person by account or a unit by name, the posts that may act, and of how many appointed."""

    name: str
    unit: str | None
    posts: tuple[str, ...]
    appointed: int


def called(draft: Draft, step: Step, several: Several) -> tuple[Member, ...]:
    """Return who is called to a step that opens now; raises Stuck where they cannot be, or are too few."""
    names = _names(draft, step, several)
    found = _people(draft, step, names) if several.each == "person" else _units(draft, step, names or ())
    if not found:
        raise Stuck(NobodyCalled(step.name))
    needed = several.enough.needed(len(found), found[0].appointed)
    if several.vote is not None and needed > len(found):
        raise Stuck(TooFewCalled(step.name, len(found), several.vote, needed))
    return found


def comes_to(draft: Draft, step: Step, several: Several) -> Outcome | None:
    """Return the outcome of a step as soon as the answers that are still open can no longer change it."""
    parts = draft.case.round(step.key)
    still = sum(part.live for part in parts)
    given = [part.outcome for part in parts if part.status is ItemStatus.DONE]
    needed = several.enough.needed(len(parts), parts[0].of or len(parts))
    if several.vote is None:
        return step.choices[0] if len(given) >= needed or not still else None
    wanted = given.count(several.vote)
    if wanted >= needed:
        return step.outcome(several.vote)
    other = next(outcome for outcome in step.choices if outcome.label != several.vote)
    return other if wanted + still < needed else None


def votes(parts: Iterable[Item], outcome: str) -> int:
    """Count the answers that chose an outcome."""
    return sum(part.status is ItemStatus.DONE and part.outcome == outcome for part in parts)


def _names(draft: Draft, step: Step, several: Several) -> tuple[str, ...] | None:
    """Return the names that are listed; None where everybody who holds the role is meant."""
    if several.field is None:
        return several.named or None
    if several.field not in draft.values:
        raise Stuck(ValueMissing(step.name, several.field))
    return tuple(str(draft.values[several.field]).split(LIST))


def _people(draft: Draft, step: Step, names: tuple[str, ...] | None) -> tuple[Member, ...]:
    case, rules = draft.case, draft.rules
    day = rules.today(draft.now)
    holders = {
        person.id: person
        for name in step.responsible
        for person in rules.organisation.holders(
            rules.procedure.role(name),
            opener=case.opener,
            opener_unit=case.unit,
            owner_unit=rules.procedure.owner_unit,
            on=day,
        )
    }
    for name in names or ():
        if name not in holders:
            raise Stuck(NotAppointed(name, step.name, " / ".join(step.responsible)))
    return tuple(Member(name, None, (person_post(name),), len(holders)) for name in names or holders)


def _units(draft: Draft, step: Step, names: tuple[str, ...]) -> tuple[Member, ...]:
    case, rules = draft.case, draft.rules
    unknown = next((name for name in names if not _is_unit(draft, name)), None)
    if unknown is not None:
        raise Stuck(NoSuchMember(unknown, step.name))
    posts = posts_for(
        step, rules.procedure, rules.organisation, opener=case.opener, unit=case.unit, on=rules.today(draft.now)
    )
    return tuple(Member(name, name, _within(posts, name), len(names)) for name in names)


def _is_unit(draft: Draft, name: str) -> bool:
    return any(unit.name == name for unit in draft.rules.organisation.units)


def _within(posts: tuple[str, ...], unit: str) -> tuple[str, ...]:
    """Return the posts with those that are held in any unit narrowed to one."""
    anywhere = f"@{ANY_UNIT}"
    return tuple(f"{post.removesuffix(anywhere)}@{unit}" if post.endswith(anywhere) else post for post in posts)
