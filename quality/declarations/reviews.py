"""When each procedure is to be looked at again, and where the issue in force is posted for people to see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

from engine.store import Reader
from procedures.calendar.durations import month_later
from procedures.release import Release
from quality import questions
from quality.declarations.declared import listed_in
from quality.house_rules import rule

REVIEW, POSTING = "QT-HT-34", "QT-HT-35"
REVIEWED, WHY, _NEXT = "quy trình", "lý do rà soát", "lần rà soát tới"
#: Why a procedure is reviewed when a unit that it names has ended.
AFTER_REORGANISATION = "Sắp xếp tổ chức"
_WHERE, _ON = "nơi công khai", "ngày công khai"


@dataclass(frozen=True, slots=True)
class Kept:
    """A procedure in force: when it was last reviewed and is to be again, where and since when this issue is posted."""

    release: Release
    reviewed: date | None
    next: date
    case: str
    posted: tuple[tuple[str, date | None, str], ...]

    def overdue(self, on: date) -> bool:
        """Tell whether its review is due."""
        return on >= self.next


def kept(reader: Reader, releases: Sequence[Release], zone: tzinfo) -> list[Kept]:
    """Return how each procedure is kept up to date; without a review it is to be reviewed so long after its effect."""
    reviews = _reviews(reader, zone)
    postings = _postings(reader)
    months = rule("review_months").value
    found = []
    for one in releases:
        case, on, again = reviews.get(one.code, ("", None, None))
        since = on if on is not None and on > one.effective_from else one.effective_from
        found.append(Kept(one, on, again or month_later(since, months), case, postings.get(one.name, ())))
    return found


def _reviews(reader: Reader, zone: tzinfo) -> dict[str, tuple[str, date | None, date | None]]:
    entered = questions.entered(reader, REVIEW)
    found: dict[str, tuple[str, date | None, date | None]] = {}
    for case in reader.cases(procedure=REVIEW):
        values = entered.get(case.id, {})
        if case.ended_at is None or not values.get(REVIEWED):
            continue
        again = values.get(_NEXT)
        on = case.ended_at.astimezone(zone).date()
        code = values[REVIEWED].partition("@")[0].strip()
        found[code] = (case.id, on, date.fromisoformat(again) if again else None)
    return found


def _postings(reader: Reader) -> dict[str, tuple[tuple[str, date | None, str], ...]]:
    entered = questions.entered(reader, POSTING)
    found: dict[str, tuple[tuple[str, date | None, str], ...]] = {}
    for case in reader.cases(procedure=POSTING):
        values = entered.get(case.id, {})
        if not values.get(_WHERE):
            continue
        on = values.get(_ON)
        told = (values[_WHERE], date.fromisoformat(on) if on else None, case.id)
        for code, issue in listed_in(values.get(REVIEWED, "")).items():
            name = f"{code}@{issue}"
            found[name] = (*found.get(name, ()), told)
    return found
