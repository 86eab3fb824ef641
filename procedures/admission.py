"""What may come onto the shelf: releases that follow one another, and ends of procedures."""

from collections.abc import Sequence
from datetime import date, datetime

from procedures.appraisal import APPRAISED
from procedures.canonical import content_hash
from procedures.ending import Ending
from procedures.organisation import Organisation
from procedures.release import AGENCY_ZONE, Abolished, NotOnShelf, Release, ShelfRefusal
from procedures.text import fold
from procedures.words import Words, say


def admitted(new: Sequence[Release], shelf: Sequence[Release], endings: Sequence[Ending] = ()) -> list[Release]:
    """Return those of `new` that are not on the shelf yet; raises ShelfRefusal when one may not be issued."""
    known = {(one.code, one.issue): one for one in shelf}
    taken: list[Release] = []
    for one in sorted(new, key=lambda one: (one.code, one.issue)):
        there = known.get((one.code, one.issue))
        if there is None:
            _may_follow(one, [other for other in known.values() if other.code == one.code], endings)
            known[one.code, one.issue] = one
            taken.append(one)
        elif there.hash != one.hash:
            raise ShelfRefusal(
                say("{name} is issued already with other content; raise the number of the issue", name=one.name)
            )
    return taken


def ended(
    asked: Sequence[Ending], new: Sequence[Release], shelf: Sequence[Release], endings: Sequence[Ending]
) -> list[Ending]:
    """Return the ends that are not on the shelf yet: those asked for, and those of what a new release replaces."""
    known = {one.code: one for one in endings}
    issued = {one.code for one in (*shelf, *new)}
    taken: list[Ending] = []
    for one in (*asked, *(_replaced(release) for release in new if release.replaces)):
        there = known.get(one.code)
        if there == one:
            continue
        _may_end(one, issued, there)
        known[one.code] = one
        taken.append(one)
    return taken


def objection(one: Release, organisation: Organisation | None = None) -> Words | None:
    """Return why a release may not be issued for how it was made: by whom drafted, approved and appraised.

    With `organisation` an account and the name of its person are one.
    """
    if not one.drafted_by.strip():
        return say("who drafted {name}? a procedure is drafted by one person and approved by another", name=one.name)
    if _person(one.drafted_by, organisation) == _person(one.approved_by, organisation):
        return say("{who} drafted {name} and cannot approve it too", who=one.drafted_by, name=one.name)
    if one.procedure.kind in APPRAISED and one.appraisal is None:
        return say("{name} is an administrative procedure and needs the record of its appraisal", name=one.name)
    if one.appraisal is not None and one.appraisal.day > _day(one.issued_at):
        day = _shown(one.appraisal.day)
        return say("the appraisal of {name} is of {day}, after the day of issue", name=one.name, day=day)
    return None


def in_force(code: str, on: date, releases: Sequence[Release], endings: Sequence[Ending] = ()) -> Release:
    """Return the last release of `code` that has taken effect by the day; raises NotOnShelf, or Abolished."""
    over = next((one for one in endings if one.code == code and one.since <= on), None)
    if over is not None:
        raise Abolished(over)
    effective = [one for one in releases if one.code == code and one.effective_from <= on]
    if not effective:
        raise NotOnShelf(say("{code} has no issue in force on {day}", code=code, day=_shown(on)))
    return max(effective, key=lambda one: one.issue)


def _person(said: str, organisation: Organisation | None) -> str:
    name = fold(said.strip())
    people = organisation.people if organisation is not None else ()
    return next((fold(one.name) for one in people if name in {fold(one.id), fold(one.name)}), name)


def _replaced(one: Release) -> Ending:
    reason = say("replaced by {code}", code=one.code).into("vi")
    return Ending(one.replaces or "", one.effective_from, reason, one.approved_by, one.issued_at, one.code)


def _may_end(one: Ending, issued: set[str], there: Ending | None) -> None:
    if one.code not in issued:
        raise ShelfRefusal(say("{code} was never issued and cannot be ended", code=one.code))
    if there is not None:
        raise Abolished(there)
    if not one.reason.strip():
        raise ShelfRefusal(say("say why {code} is abolished", code=one.code))
    if one.since < _day(one.decided_at):
        day = _shown(one.since)
        raise ShelfRefusal(say("{code} cannot end on {day}, before that is decided", code=one.code, day=day))
    if one.code == one.replaced_by:
        raise ShelfRefusal(say("{code} cannot replace itself", code=one.code))


def _may_follow(one: Release, before: Sequence[Release], endings: Sequence[Ending]) -> None:
    if one.hash != content_hash(one.procedure) or (one.code, one.issue) != (one.procedure.code, one.procedure.issue):
        raise ShelfRefusal(say("the record of {name} does not match its content", name=one.name))
    over = next((ending for ending in endings if ending.code == one.code), None)
    if over is not None:
        raise Abolished(over)
    if one.effective_from < _day(one.issued_at):
        raise ShelfRefusal(
            say(
                "{name} cannot take effect on {day}, before it is issued", name=one.name, day=_shown(one.effective_from)
            )
        )
    last = max(before, key=lambda other: other.issue, default=None)
    if last is None:
        return
    if one.issue < last.issue:
        raise ShelfRefusal(say("{name} comes too late: {last} is issued already", name=one.name, last=last.name))
    if one.effective_from < last.effective_from:
        raise ShelfRefusal(
            say(
                "{name} cannot take effect before {last}, which does so on {day}",
                name=one.name,
                last=last.name,
                day=_shown(last.effective_from),
            )
        )


def _day(at: datetime) -> date:
    return at.astimezone(AGENCY_ZONE).date()


def _shown(day: date) -> str:
    return f"{day:%d/%m/%Y}"
