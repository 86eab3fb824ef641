"""What of the system needs somebody: what it owes, what is late in it, outdated bodies, what reorganisations left."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from engine.agency import Agency
from procedures.words import Words
from quality.declarations.in_force import in_force
from quality.declarations.law import CHANGE, Change, unseen
from quality.overseen import overseen
from quality.owing import behind, owed, system
from quality.reorganised import CASE as REORGANISED
from quality.reorganised import aftermath, left_behind
from quality.staff.committees import committees, outdated


def attention(agency: Agency, now: datetime) -> Iterator[Words]:
    """Yield a sentence for each thing that somebody has to see to, of what the agency has a procedure for."""
    today = now.astimezone(agency.calendar.zone).date()
    releases = in_force(agency.shelf, today)
    codes = {one.code for one in releases}
    with agency.store.reading() as reader:
        found = system(reader, releases, agency.calendar.zone)
        bodies = committees(reader)
        left = aftermath(reader, agency, today) if REORGANISED in codes else []
    yield from (one.words for one in owed(found, agency, agency.settings.agency, today))
    yield from (one.words(agency.organisation) for one in overseen(agency, now))
    if CHANGE in codes:
        yield from unseen(agency.organisation.documents or (), releases, found.changes, today)
    yield from outdated(bodies, agency.organisation, today)
    yield from left_behind(left)


def unfollowed(agency: Agency, known: Sequence[Change], today: date) -> Iterator[Words]:
    """Yield which changes of law are overdue, and which documents have ceased that nobody follows."""
    yield from (behind(one) for one in known if one.late(today))
    yield from unseen(agency.organisation.documents or (), in_force(agency.shelf, today), known, today)
