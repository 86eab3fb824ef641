"""Which wording of a procedure an address asks for: the issue in force, any other, or the draft."""

from procedures.canonical import content_hash
from procedures.drafting import drafted, upcoming
from procedures.load import Loaded
from procedures.model import Kind
from procedures.release import Release, release
from procedures.words import Words, say
from web import visit as v
from web.visit import Missing, Visit

#: What an address asks for in the place of the number of an issue.
DRAFT = "du-thao"
#: How the kinds of procedures are called.
KINDS = {
    Kind.SERVICE: say("Administrative procedures"),
    Kind.INTERNAL_SERVICE: say("Internal administrative procedures"),
    Kind.INTERNAL_WORK: say("Internal work"),
    Kind.SYSTEM: say("Quality management system"),
}


def applying(visit: Visit) -> list[Release]:
    """Return of each procedure the issue that applies today, or the first one that will."""
    today = visit.today.date()
    found: dict[str, Release] = {}
    for one in visit.agency.shelf.all():
        if one.effective_from <= today or one.code not in found:
            found[one.code] = one
    return list(found.values())


def issued(visit: Visit, name: str) -> list[Release]:
    """Return every issue of a procedure, the first one first."""
    return [one for one in visit.agency.shelf.all() if one.code == name]


def current(visit: Visit, name: str) -> Release:
    """Return the issue that applies; raises Missing where none was issued."""
    found = next((one for one in applying(visit) if one.code == name), None)
    if found is None:
        raise Missing(say("no procedure {code} has been issued", code=name))
    return found


def wording(visit: Visit, name: str, asked: str | None) -> Release:
    """Return the issue or draft that is asked for, without a word the one that applies; raises Missing."""
    if asked == DRAFT:
        found = draft(visit, name)
        if found is None:
            raise Missing(say("{code} has no draft that can be read", code=name))
        return found
    if asked is None:
        return current(visit, name)
    number = visit.asking(**{v.ISSUE: asked}).number(v.ISSUE, 1)
    releases = issued(visit, name)
    if not releases:
        raise Missing(say("no procedure {code} has been issued", code=name))
    one = next((one for one in releases if one.issue == number), None)
    if one is None:
        raise Missing(say("{code} has no issue {issue}", code=name, issue=number))
    return one


def draft(visit: Visit, name: str) -> Release | None:
    """Return the draft as the issue it would be, for whoever is in; None when there is none, or one full of faults."""
    found = _loaded(visit, name)
    if found is None or found.procedure is None:
        return None
    releases = issued(visit, name)
    procedure = upcoming(found.procedure, releases)
    if content_hash(procedure) in {one.hash for one in releases}:
        return None
    return release(procedure, approved_by="", issued_at=visit.now)


def name_of(one: Release) -> Words:
    """Return how a wording is called: by its number, or as a draft; only what was approved is an issue."""
    return (
        say("issue {issue}", issue=one.issue) if one.approved_by else say("the draft of issue {issue}", issue=one.issue)
    )


def asks_for(one: Release) -> str:
    """Return what an address says to ask for a wording."""
    return str(one.issue) if one.approved_by else DRAFT


def _loaded(visit: Visit, name: str) -> Loaded | None:
    return drafted(visit.agency.root, name) if visit.person is not None else None
