"""How long the record of a case is kept: what its procedure declares, counted from the end of the year it was over."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from engine.case import Case
from engine.rules import Ground
from procedures.model import Procedure

#: How declared words say that a record is never destroyed.
_FOR_EVER = ("vĩnh viễn", "permanent", "permanently", "for ever", "forever")
_YEARS = re.compile(r"(?:ít nhất |tối thiểu |at least )?0*(\d{1,3})\s*(?:\([^)]*\)\s*)?(?:năm|years?)")


@dataclass(frozen=True, slots=True)
class Term:
    """How long a record is kept: so many whole years, or for ever (None)."""

    years: int | None

    def until(self, over: date) -> date | None:
        """Return the last day of keeping of a case that was over on a day; None for ever.

        Years are counted from the first day of the year after, as the law on archives has it.
        """
        if self.years is None or over.year + self.years > date.max.year:
            return None
        return date(over.year + self.years, 12, 31)


def term_of(procedure: Procedure) -> Term | None:
    """Return how long the records of a procedure are kept: the longest of what it declares.

    None when it declares nothing, or says it in words that are no number of years: then nothing may be destroyed.
    """
    terms = [read_term(record.retention) for record in procedure.records]
    known = [term for term in terms if term is not None]
    return _longest(known) if known and len(known) == len(terms) else None


def read_term(said: str) -> Term | None:
    """Read a declared time of keeping: “10 năm”, “05 years”, “vĩnh viễn”; None for other words."""
    words = " ".join(said.casefold().split())
    if words in _FOR_EVER:
        return Term(None)
    match = _YEARS.fullmatch(words)
    return Term(int(match[1])) if match else None


@dataclass(frozen=True, slots=True)
class Kept:
    """How long the record of one case that is over is kept: `until` is the last day, None for ever or not known.

    `place` is where the procedure says it is kept, `hand_over_by` the last day to hand it to the archive.
    """

    case: Case
    over: date
    term: Term | None
    until: date | None
    place: str
    hand_over_by: date

    def due(self, today: date) -> bool:
        """Tell whether the time of keeping is over and the record still there."""
        return self.until is not None and today > self.until and self.case.destroyed_at is None


def kept(cases: Iterable[Case], ground: Ground) -> Iterator[Kept]:
    """Yield how long the record of each case that is over is kept, in the order of the cases."""
    terms: dict[tuple[str, int], tuple[Term | None, str]] = {}
    for case in cases:
        if case.ended_at is None:
            continue
        issue = (case.procedure, case.issue)
        if issue not in terms:
            procedure = ground.shelf.release(*issue).procedure
            places = dict.fromkeys(record.place for record in procedure.records)
            terms[issue] = term_of(procedure), ", ".join(places)
        term, place = terms[issue]
        over = case.ended_at.astimezone(ground.calendar.zone).date()
        until = term.until(over) if term else None
        yield Kept(case, over, term, until, place, date(over.year + 1, 12, 31))


def _longest(terms: Iterable[Term]) -> Term:
    return max(terms, key=lambda term: (term.years is None, term.years or 0))
