"""Who may do what, judged at the moment of the act against today's organisation, with no bypass."""

from collections.abc import Iterator

from engine.case import Item
from engine.commands import MACHINE
from engine.draft import Draft
from engine.posts import person_of, posts_of
from engine.refusal import Refusal
from engine.refusals.access import AnotherPerson, NotYours, SamePerson, UnknownPerson
from procedures.model import Step


def may_do(draft: Draft, item: Item, actor: str) -> Refusal | None:
    """Return why `actor` may not do an item, or None when they may."""
    person = person_of(draft.rules.organisation, actor)
    step = draft.rules.procedure.step(item.step)
    if person is None:
        return UnknownPerson(actor)
    if not posts_of(person, draft.rules.today(draft.now)) & set(item.posts):
        return NotYours(person.name, step.name, item.role or "")
    for key in _kept_apart(draft, step):
        if actor in draft.case.performers(key):
            return SamePerson(person.name, step.name, _name(draft, key))
    for key in _bound(draft, step):
        done = draft.case.performers(key)
        if done and actor not in done:
            return AnotherPerson(person.name, step.name, _name(draft, key))
    return None


def may_steer(draft: Draft, actor: str) -> bool:
    """Tell whether `actor` may pause, resume or withdraw: who opened the case, or may do its present work."""
    if actor == draft.case.opener and actor != MACHINE:
        return True
    return any(may_do(draft, item, actor) is None for item in draft.case.live_items if item.waits_for == "work")


def _kept_apart(draft: Draft, step: Step) -> Iterator[str]:
    """Yield the steps that nobody may do who does this one, whichever of the two declares it and comes first."""
    yield from step.not_same_as
    yield from (other.key for other in draft.rules.procedure.steps if step.key in other.not_same_as)


def _bound(draft: Draft, step: Step) -> Iterator[str]:
    """Yield the steps that whoever does this one must have done, whichever of the two declares it and comes first."""
    yield from step.same_as
    yield from (other.key for other in draft.rules.procedure.steps if step.key in other.same_as)


def _name(draft: Draft, key: str) -> str:
    return draft.rules.procedure.step(key).name
