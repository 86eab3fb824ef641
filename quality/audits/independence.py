"""Auditors and what they may not audit: their own unit, their own work, and what they have only planned themselves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.case import ItemStatus
from engine.draft import Draft
from engine.rules import Ground
from engine.store import Reader
from procedures.model import Holder, Procedure
from procedures.organisation import Organisation, Person, Post
from procedures.text import fold
from procedures.vietnamese import day
from procedures.words import Words, say
from quality.audits import fields
from quality.audits.audit import Audit, told
from quality.audits.fields import AUDIT, AUDITING, LEADING
from quality.covered import below
from quality.entering import day_of, entered
from quality.staff.training import Certificate, certificates


@dataclass(frozen=True, slots=True)
class Auditor:
    """Somebody of the pool: whether he may lead, his post as an auditor, what he has audited and passed."""

    person: Person
    leads: bool
    post: Post
    audits: tuple[str, ...]
    certificate: Certificate | None = None


def pool(
    ground: Ground, found: Sequence[Audit], on: date, passed: Mapping[str, Certificate] | None = None
) -> list[Auditor]:
    """Return the auditors of a day: whoever holds a post that the audit procedure in force names."""
    procedure = ground.shelf.current(AUDIT, on).procedure
    known: dict[str, Auditor] = {}
    for role, leads in ((LEADING, True), (AUDITING, False)):
        for person in ground.organisation.people:
            post = next((p for p in person.posts if p.held(on) and _names(procedure, role, p)), None)
            if post is not None and person.id not in known:
                audited = tuple(one.id for one in found if person.id in one.members)
                known[person.id] = Auditor(person, leads, post, audited, (passed or {}).get(person.id))
    return list(known.values())


def objections(ground: Ground, reader: Reader, planned: Audit, on: date) -> Iterator[Words]:
    """Yield why a team may not carry out an audit; nothing when it may."""
    known = {one.person.id: one for one in pool(ground, (), on, certificates(reader))}
    audited = below(ground.organisation, planned.units)
    if planned.lead not in known or not known[planned.lead].leads:
        yield say("{who} holds no post that may lead an audit", who=_name(ground.organisation, planned.lead))
    for account in planned.members:
        name = _name(ground.organisation, account)
        if account not in known:
            yield say("{who} is not in the pool of auditors", who=name)
            continue
        yield from _lapsed(known[account], on)
        yield from _own(ground.organisation, known[account], audited, on)
        case = _worked(reader, planned, account, audited)
        if case is not None:
            yield say("{who} did work of {case}, which is audited; nobody audits their own work", who=name, case=case)


def objection(draft: Draft, reader: Reader, ground: Ground) -> Words | None:
    """Return the first thing that stands against a team once it is entered, by whatever door it comes."""
    values = entered(draft, (fields.UNITS, fields.PROCEDURES, fields.LEAD, fields.TEAM))
    planned = told(draft.case, values)
    if not planned.lead or not planned.units:  # the other half is still to come
        return None
    return next(objections(ground, reader, planned, day_of(draft)), None)


def _lapsed(auditor: Auditor, on: date) -> Iterator[Words]:
    one = auditor.certificate
    if one is not None and one.until is not None and not one.counts(on):
        who, until = auditor.person.name, day(one.until)
        yield say("the certificate of {who} ({case}) was valid until {until}", who=who, case=one.case, until=until)


def _own(organisation: Organisation, auditor: Auditor, audited: frozenset[str], on: date) -> Iterator[Words]:
    """Yield the units of an auditor that are audited; the post that makes him one is nobody's own work."""
    posts = (post for post in auditor.person.posts if post.held(on) and post != auditor.post)
    for unit in dict.fromkeys(organisation.standing(post.unit, on) for post in posts):
        if unit in audited:
            yield say("{who} works in {unit}, which is audited", who=auditor.person.name, unit=unit)


def _worked(reader: Reader, planned: Audit, account: str, audited: frozenset[str]) -> str | None:
    """Return a case of an audited procedure in which somebody did work for an audited unit, if there is one."""
    for code in planned.procedures:
        for case in reader.cases(procedure=code.partition("@")[0]):
            done = (item for item in case.items if item.status is ItemStatus.DONE and item.assignee == account)
            if any((item.unit or case.unit) in audited for item in done):
                return case.id
    return None


def _names(procedure: Procedure, role: str, post: Post) -> bool:
    declared = next((one for one in procedure.roles if fold(one.name) == fold(role)), None)
    return declared is not None and any(_means(holder, post) for holder in declared.holders)


def _means(holder: Holder, post: Post) -> bool:
    return holder.position == post.position and holder.unit in {None, post.unit}


def _name(organisation: Organisation, account: str) -> str:
    try:
        return organisation.person(account).name
    except KeyError:
        return account or "—"
