"""Who decides on what is not the work of a step: extensions, refusals, stops; declared roles, or heads of the unit."""

from engine.draft import Draft
from engine.posts import person_of, posts_for, posts_of
from engine.refusal import Refusal
from engine.refusals.access import UnknownPerson
from engine.refusals.time import NotYoursToDecide
from engine.rights import head_of
from procedures.words import say


def may_decide(draft: Draft, roles: tuple[str, ...], actor: str) -> Refusal | None:
    """Return why `actor` may not decide today, or None when they may.

    Where no roles are declared it is for whoever heads the unit that owns the procedure, or one above it.
    """
    rules, case = draft.rules, draft.case
    person, today, owner = person_of(rules.organisation, actor), rules.today(draft.now), rules.procedure.owner_unit
    if person is None:
        return UnknownPerson(actor)
    if not roles:
        heads = head_of(draft, owner, actor) is not None
        return None if heads else NotYoursToDecide(person.name, say("whoever heads {unit}", unit=owner))
    of_roles = rules.procedure.start.model_copy(update={"responsible": roles})
    organisation = rules.organisation
    posts = posts_for(of_roles, rules.procedure, organisation, opener=case.opener, unit=case.unit, on=today)
    if posts_of(organisation, actor, today) & set(posts):
        return None
    return NotYoursToDecide(person.name, ", ".join(roles))
