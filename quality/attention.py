"""What of the system needs somebody: units not audited or not declared, reviews, changes of law and reports overdue."""

from collections.abc import Iterator, Sequence
from datetime import date

from engine.agency import Agency
from procedures.words import Words, say
from quality.audits.audit import audits
from quality.audits.fields import AUDIT
from quality.audits.programme import alerts, programme
from quality.covered import covered
from quality.declarations.declared import DECLARATION, Declaration, declarations, difference, last_of, why_again
from quality.declarations.in_force import in_force, owned
from quality.declarations.law import CHANGE, Change, changes, unseen
from quality.declarations.reviews import REVIEW, kept
from quality.inspections.inspection import inspections
from quality.reorganised import CASE as REORGANISED
from quality.reorganised import aftermath, left_behind
from quality.staff.committees import committees, outdated


def attention(agency: Agency, today: date) -> Iterator[Words]:
    """Yield a sentence for each thing that somebody has to see to, of what the agency has a procedure for."""
    releases = in_force(agency.shelf, today)
    codes = {one.code for one in releases}
    with agency.store.reading() as reader:
        audited, declared, known, visits = audits(reader), declarations(reader), changes(reader), inspections(reader)
        reviews = kept(reader, releases, agency.calendar.zone)
        bodies = committees(reader)
        left = aftermath(reader, agency, today) if REORGANISED in codes else []
    if AUDIT in codes:
        units = covered(agency.organisation, agency.settings.agency, today)
        yield from alerts(programme(units, audited, agency, today.year, today), today.year)
    if DECLARATION in codes:
        yield from undeclared(agency, declared, today)
    if CHANGE in codes:
        yield from unfollowed(agency, known, today)
    for one in reviews if REVIEW in codes else ():
        if one.overdue(today):
            yield say("{code} was to be reviewed by {day}", code=one.release.code, day=one.next)
    yield from outdated(bodies, agency.organisation, today)
    yield from left_behind(left)
    for visit in visits:
        if visit.late(today):
            yield say("{unit} was to report by {day} how it put things right", unit=visit.unit, day=visit.corrective_by)


def undeclared(agency: Agency, declared: Sequence[Declaration], today: date) -> Iterator[Words]:
    """Yield why the agency, or a unit that has declared by itself, has to declare or declare again."""
    releases = in_force(agency.shelf, today)
    units = dict.fromkeys((agency.settings.agency, *(unit for one in declared if one.made for unit in one.units)))
    for unit in units:
        last = last_of(declared, unit)
        scope = owned(releases, agency.organisation, unit, today)
        words = why_again(unit, last, difference(last.listed if last else {}, scope))
        if words is not None and scope:
            yield words


def unfollowed(agency: Agency, known: Sequence[Change], today: date) -> Iterator[Words]:
    """Yield which changes of law are overdue, and which documents have ceased that nobody follows."""
    for one in known:
        if one.open and one.by is not None and today > one.by:
            yield say(
                "{codes} were to follow {document} by {by}",
                codes=", ".join(one.affected),
                document=one.document,
                by=one.by,
            )
    register = agency.organisation.documents or ()
    yield from unseen(register, in_force(agency.shelf, today), known, today)
