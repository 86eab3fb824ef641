"""Who may do what, judged at the moment of the act against today's organisation, with no bypass."""

from collections.abc import Iterable
from typing import Any

from engine.case import Item
from engine.commands.base import MACHINE
from engine.draft import Draft
from engine.posts import name_of, person_of
from engine.refusal import Refusal
from engine.refusals.access import AnotherPerson, HelpedThere, NamedThere, NotYours, SamePerson, UnknownPerson
from engine.refusals.behalf import ActsForPerformer, DoneOnBehalf, NotInMandate, NotOnBehalf, OtherAccount
from procedures.candidates import Candidate, met_by
from procedures.model import LIST, FieldType, Step


def acting(draft: Draft, item: Item, actor: str, on_behalf_of: str | None = None) -> Candidate | Refusal:
    """Return what `actor` may do an item in: a post of his own first, else for whom he may act; or why he may not.

    `on_behalf_of` names for whom; an account that names itself means its own posts.
    """
    person = person_of(draft.rules.organisation, actor)
    step = draft.rules.plan.steps[item.step]
    if person is None:
        return UnknownPerson(actor)
    able = _able(draft, item.posts, actor)
    if not able:
        return NotYours(person.name, step.name, item.role or "")
    within = [one for one in able if _covered(draft, one, step)]
    if not within:
        return NotInMandate(person.name, step.name, _name(draft, able[0].principal), _decision(able[0]))
    if on_behalf_of is not None:
        within = [one for one in within if (one.principal or actor) == on_behalf_of]
        if not within:
            return NotOnBehalf(person.name, step.name, _name(draft, on_behalf_of))
    refusals = [kept_apart(draft, step, one) or _bound_to(draft, step, item.posts, one) for one in within]
    return within[refusals.index(None)] if None in refusals else refusals[0] or within[0]


def may_do(draft: Draft, item: Item, actor: str) -> Refusal | None:
    """Return why `actor` may not do an item, or None when they may."""
    able = acting(draft, item, actor)
    return able if isinstance(able, Refusal) else None


def told(able: Candidate | None) -> dict[str, Any]:
    """Return what an event says of the right somebody acts by; of a machine it says nothing."""
    if able is None:
        return {}
    mandate = able.mandate.decision if able.mandate is not None else None
    return {"post": able.post, "on_behalf_of": able.principal, "mandate": mandate}


def may_steer(draft: Draft, actor: str) -> bool:
    """Tell whether `actor` may pause, resume or withdraw: who opened the case, or may do its present work."""
    if actor == draft.case.opener and actor != MACHINE:
        return True
    return has_work(draft, actor)


def has_work(draft: Draft, actor: str) -> bool:
    """Tell whether `actor` may do some of the work that is open at present."""
    return any(may_do(draft, item, actor) is None for item in draft.case.live_items if item.waits_for == "work")


def at_work(draft: Draft, account: str, posts: tuple[str, ...]) -> bool:
    """Tell whether somebody may act in one of the posts today and is not away while another stands in for him in it."""
    organisation, today = draft.rules.organisation, draft.today
    able = _able(draft, posts, account)
    return any(one.mandate is not None or not organisation.away(account, one.post, today) for one in able)


def able_in(draft: Draft, posts: tuple[str, ...], actor: str, step: Step | None = None) -> list[Candidate]:
    """Return what `actor` may act in today of these posts, his own first, within what each mandate covers."""
    return [one for one in _able(draft, posts, actor) if _covered(draft, one, step)]


def head_of(draft: Draft, unit: str | None, actor: str) -> Candidate | None:
    """Return what `actor` heads a unit, or one above it, in today; None when he does not."""
    return next(iter(heads_of(draft, unit, actor)), None)


def heads_of(draft: Draft, unit: str | None, actor: str) -> list[Candidate]:
    """Return everything that `actor` heads a unit, or one above it, in today."""
    if unit is None:
        return []
    today = draft.today
    heads = draft.rules.organisation.heads(draft.rules.organisation.standing(unit, today), today)
    return [one for one in heads if one.account == actor and _covered(draft, one, None)]


def identities(draft: Draft, accounts: Iterable[str | None]) -> frozenset[str]:
    """Return the persons behind accounts: of several accounts of one person always the same."""
    return frozenset(draft.rules.organisation.identity(account) for account in accounts if account is not None)


def kept_apart(draft: Draft, step: Step, one: Candidate) -> Refusal | None:
    """Judge "khác người": of a deed done for another, both count as having done it, under whatever account."""
    keys = draft.rules.plan.apart[step.key]
    if not keys and not step.not_same_as:
        return None
    who = identities(draft, (one.account, one.principal))
    for key in keys:
        if who & identities(draft, draft.case.performers(key)):
            return _one_person(draft, step, key, one)
        if who & identities(draft, draft.case.helpers(key)):
            return HelpedThere(_name(draft, one.account), step.name, _step_name(draft, key))
    for name in step.not_same_as:
        if who & identities(draft, listed(draft, name)):
            return NamedThere(_name(draft, one.account), step.name, name)
    return None


def listed(draft: Draft, name: str) -> tuple[str, ...]:
    """Return the accounts that an entered list of people names; nobody for what is no such list."""
    spec = draft.rules.procedure.field(name)
    if spec is None or spec.type is not FieldType.PEOPLE or name not in draft.values:
        return ()
    return tuple(str(draft.values[name]).split(LIST))


def _bound_to(draft: Draft, step: Step, posts: tuple[str, ...], one: Candidate) -> Refusal | None:
    """Judge "cùng người": whoever did the other step, or somebody on his behalf."""
    keys = draft.rules.plan.bound[step.key]
    who = identities(draft, (one.account, one.principal)) if keys else frozenset()
    for key in keys:
        done = draft.case.performers(key)
        # one who has left binds nobody: else the case would stand still for ever
        if done and not who & identities(draft, done) and any(_able(draft, posts, past) for past in done):
            return AnotherPerson(_name(draft, one.account), step.name, _step_name(draft, key))
    return None


def _able(draft: Draft, posts: tuple[str, ...], account: str) -> list[Candidate]:
    wanted = set(posts)
    every = draft.rules.organisation.capacities(account, draft.today)
    return [one for one in every if not wanted.isdisjoint(met_by(one.post))]


def _covered(draft: Draft, one: Candidate, step: Step | None) -> bool:
    procedure = draft.rules.procedure
    return one.mandate is None or one.mandate.covers(procedure.code, procedure.kind, step.key if step else None)


def _one_person(draft: Draft, step: Step, key: str, one: Candidate) -> Refusal:
    """Say why whoever acts now is one with whoever acted then."""
    who, other, done = _name(draft, one.account), _step_name(draft, key), draft.case.performers(key)
    mine = identities(draft, (one.account,))
    acted = {item.assignee for item in draft.case.attempts(key) if item.finished_at and item.assignee}
    if one.account in acted:
        return SamePerson(who, step.name, other)
    twins = [past for past in sorted(done) if past != one.account and identities(draft, (past,)) == mine]
    if twins:
        return OtherAccount(who, step.name, other, twins[0])
    if one.account in done:
        return DoneOnBehalf(who, step.name, other)
    return ActsForPerformer(who, step.name, other, _name(draft, one.principal))


def _step_name(draft: Draft, key: str) -> str:
    return draft.rules.plan.steps[key].name


def _name(draft: Draft, account: str | None) -> str:
    return name_of(draft.rules.organisation, account)


def _decision(one: Candidate) -> str:
    return one.mandate.decision if one.mandate is not None else ""
