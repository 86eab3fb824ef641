"""What the quality system itself owes on a day: audits, a declaration, reviews, changes of law, corrective reports."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Literal

from engine.store import Reader
from procedures.organisation import Organisation
from procedures.release import Release
from procedures.words import Words, say
from quality.audits.audit import Audit, audits
from quality.audits.fields import AUDIT
from quality.audits.programme import alerts, programme
from quality.covered import Place, covered
from quality.declarations.declared import DECLARATION, Declaration, declarations, difference, last_of, why_again
from quality.declarations.in_force import owned
from quality.declarations.law import CHANGE, Change, changes
from quality.declarations.reviews import REVIEW, Kept, kept
from quality.inspections.inspection import Inspection, inspections

#: What is owed.
Kind = Literal["audit", "declaration", "law", "review", "inspection"]


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing that is owed, in a sentence, with the case that it is about where there is one."""

    kind: Kind
    words: Words
    case: str = ""


@dataclass(frozen=True, slots=True)
class System:
    """What is on record of the quality system, and the procedures in force."""

    releases: tuple[Release, ...]
    audits: tuple[Audit, ...]
    declarations: tuple[Declaration, ...]
    changes: tuple[Change, ...]
    reviews: tuple[Kept, ...]
    inspections: tuple[Inspection, ...]


def system(reader: Reader, releases: Sequence[Release], zone: tzinfo) -> System:
    """Gather what is on record."""
    return System(
        tuple(releases),
        tuple(audits(reader)),
        tuple(declarations(reader)),
        tuple(changes(reader)),
        tuple(kept(reader, releases, zone)),
        tuple(inspections(reader)),
    )


def owed(found: System, place: Place, agency: str, today: date) -> Iterator[Owed]:
    """Yield what is owed of all that the agency has a procedure for."""
    codes = {one.code for one in found.releases}
    if AUDIT in codes:
        units = covered(place.organisation, agency, today)
        lines = programme(units, found.audits, place, today.year, today)
        yield from (Owed("audit", words) for words in alerts(lines, today.year))
    if DECLARATION in codes:
        undone = undeclared(found.releases, place.organisation, agency, found.declarations, today)
        yield from (Owed("declaration", words) for words in undone)
    if CHANGE in codes:
        yield from (Owed("law", behind(one), one.id) for one in found.changes if one.late(today))
    for one in found.reviews if REVIEW in codes else ():
        if one.overdue(today):
            words = say("{code} was to be reviewed by {day}", code=one.release.code, day=one.next)
            yield Owed("review", words, one.case)
    for visit in found.inspections:
        if visit.late(today):
            words = say(
                "{unit} was to report by {day} how it put things right", unit=visit.unit, day=visit.corrective_by
            )
            yield Owed("inspection", words, visit.id)


def undeclared(
    releases: Sequence[Release], organisation: Organisation, agency: str, declared: Sequence[Declaration], today: date
) -> Iterator[Words]:
    """Yield why the agency, or a unit that has declared by itself, has to declare or declare again."""
    units = dict.fromkeys((agency, *(unit for one in declared if one.made for unit in one.units)))
    for unit in units:
        last = last_of(declared, unit)
        scope = owned(releases, organisation, unit, today)
        words = why_again(unit, last, difference(last.listed if last else {}, scope))
        if words is not None and scope:
            yield words


def behind(one: Change) -> Words:
    """Say that the procedures that a change of law touches are late to follow it."""
    codes = ", ".join(one.affected)
    return say("{codes} were to follow {document} by {by}", codes=codes, document=one.document, by=one.by)
