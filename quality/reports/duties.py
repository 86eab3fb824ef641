"""What reports do by themselves: their cases open, and once the figures are frozen the draft is asked for."""

from collections.abc import Iterator
from datetime import datetime, time

from engine.agency import Agency
from engine.errands.duty import Duty
from engine.journal import note
from quality.programme.read import FOLDER
from quality.reports.kinds import Kinds, read_kinds
from quality.reports.owed import Line, Owed, all_owed, lines, open_owed

_HOUR = time(6)


def kinds_of(agency: Agency) -> Kinds:
    """Return the kinds of report that an agency declares; none where its file has faults."""
    return read_kinds(agency.root / FOLDER, agency.organisation, agency.settings.agency)


def owed_in(agency: Agency, now: datetime) -> list[Owed]:
    """Return what is owed for this year and the one before, whose last reports are due in this one."""
    year, kinds = now.astimezone(agency.calendar.zone).year, kinds_of(agency).kinds
    own = agency.settings.agency
    return [
        one for of in (year - 1, year) for one in all_owed(kinds, agency.organisation, own, of) if _of_year(one, year)
    ]


def days(agency: Agency, now: datetime) -> Iterator[str]:
    """Yield the present day once its hour has come, where any report is owed."""
    here = now.astimezone(agency.calendar.zone)
    if here.time() >= _HOUR and (agency.root / FOLDER).is_dir() and kinds_of(agency).kinds:
        yield here.date().isoformat()


def open_cases(agency: Agency, period: str, now: datetime) -> None:
    """Open the cases of the reports whose first day has come."""
    opened = open_owed(agency.store, agency, owed_in(agency, now), now)
    note("reports", day=period, opened=len(opened))


def to_draft(agency: Agency, now: datetime) -> list[Line]:
    """Return the reports whose case is open and whose figures are frozen by now."""
    today = now.astimezone(agency.calendar.zone).date()
    with agency.store.reading() as reader:
        found = lines(reader, agency, owed_in(agency, now), now)
    return [
        line
        for line in found
        if line.case is not None and not line.case.over and line.owed.cut_off is not None and line.owed.cut_off < today
    ]


def _of_year(one: Owed, year: int) -> bool:
    return one.occurrence.opens.year == year


REPORTS = Duty(days, open_cases)
