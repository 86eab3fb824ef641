"""Who decides on what is not the work of a step: extensions, refusals, stops; declared roles, or heads of the unit."""

from engine.draft import Draft
from engine.posts import person_of, posts_for
from engine.refusal import Refusal
from engine.refusals.access import UnknownPerson
from engine.refusals.time import NotYoursToDecide
from engine.rights import able_in, heads_of, identities
from procedures.candidates import Candidate
from procedures.words import say


def may_decide(draft: Draft, roles: tuple[str, ...], actor: str) -> Candidate | Refusal:
    """Return what `actor` decides in today, in a post of his own before another's; or why he may not."""
    able = deciding(draft, roles, actor)
    return able if isinstance(able, Refusal) else able[0]


def deciding(draft: Draft, roles: tuple[str, ...], actor: str) -> list[Candidate] | Refusal:
    """Return what `actor` may decide in today, in his own name or for another, or why he may not.

    Where no roles are declared it is for whoever heads the unit that owns the procedure, or one above it.
    """
    rules, case = draft.rules, draft.case
    person, owner = person_of(rules.organisation, actor), rules.procedure.owner_unit
    if person is None:
        return UnknownPerson(actor)
    if not roles:
        return heads_of(draft, owner, actor) or NotYoursToDecide(person.name, say("whoever heads {unit}", unit=owner))
    of_roles, today = rules.procedure.start.model_copy(update={"responsible": roles}), rules.today(draft.now)
    organisation = rules.organisation
    posts = posts_for(of_roles, rules.procedure, organisation, opener=case.opener, unit=case.unit, on=today)
    return able_in(draft, posts, actor) or NotYoursToDecide(person.name, ", ".join(roles))


def of_another(draft: Draft, able: list[Candidate], asked_by: str) -> Candidate | None:
    """Return in what somebody decides on what another asked for: neither is it his own, nor does he decide for him."""
    asker = identities(draft, (asked_by,))
    return next((one for one in able if not asker & identities(draft, (one.account, one.principal))), None)
