"""What a calendar says, as dated immutable data: sessions, days off, make-up days, and who decided them."""

import hashlib
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from pydantic import Field

from procedures.base import Model

ZONE = "Asia/Ho_Chi_Minh"


class Source(Model):
    """The document that fixed a day, and when it was issued (None: the date is not known)."""

    document: str
    issued: date | None = None


class Session(Model):
    """A stretch of work of one day, in minutes from its midnight; `closes` beyond 1440 passes into the next day."""

    opens: int = Field(ge=0, lt=1440)
    closes: int = Field(gt=0, le=2880)

    def __str__(self) -> str:
        """Return "07:30-11:30"."""
        return f"{_clock(self.opens)}-{_clock(self.closes)}"


Sessions: TypeAlias = tuple[Session, ...]
Week: TypeAlias = tuple[Sessions, Sessions, Sessions, Sessions, Sessions, Sessions, Sessions]


class DayKind(StrEnum):
    """Why a day differs from the week."""

    HOLIDAY = "holiday"  # ngày nghỉ
    SWAPPED_OFF = "swapped_off"  # nghỉ hoán đổi
    MAKE_UP = "make_up"  # làm bù
    CLOSURE = "closure"  # đóng cửa đột xuất, cả ngày hay nửa ngày


class SpecialDay(Model):
    """A day whose sessions are not those of its weekday; no sessions means that nobody works.

    `partner` is the other day of a swap: a make-up day without sessions of its own has those of its partner's weekday.
    """

    day: date
    kind: DayKind
    sessions: tuple[Session, ...] = ()
    partner: date | None = None
    reason: str = ""
    source: Source


class Hours(Model):
    """The weekly sessions in force from a date on; `week` begins on Monday."""

    since: date
    week: Week
    source: Source | None = None


class Year(Model):
    """A year that the calendar speaks about; `decided=False` means computed ahead of the decision."""

    year: int
    decided: bool = True


class Version(Model):
    """One version of a calendar. Years not listed are computed from the law, unless the calendar is `open_ended`.

    `hours` and `days` are sorted by date, `days` has one entry a day; `unit` is whose calendar it is (None: of all),
    `timezone` None that of what it is laid over, or else Viet Nam's.
    """

    timezone: str | None = None
    unit: str | None = None
    hours: tuple[Hours, ...]
    days: tuple[SpecialDay, ...] = ()
    years: tuple[Year, ...] = ()
    open_ended: bool = False

    @property
    def hash(self) -> str:
        """Return the content hash by which a due date remembers its calendar."""
        return "sha256:" + hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    def as_known_on(self, day: date) -> "Version":
        """Return what was decided by `day`: special days whose document was issued later are taken out."""
        known = tuple(special for special in self.days if special.source.issued is None or special.source.issued <= day)
        return self.model_copy(update={"days": known})

    def over(self, base: "Version") -> "Version":
        """Return this version laid over `base`: its days win, and from its first hours on only its own hours hold."""
        since = min((hours.since for hours in self.hours), default=date.max)
        hours = [inherited for inherited in base.hours if inherited.since < since]
        days = {special.day: special for special in (*base.days, *self.days)}
        years = {year.year: year for year in (*self.years, *base.years)}
        return Version(
            timezone=self.timezone or base.timezone,
            unit=self.unit,
            hours=tuple(sorted((*hours, *self.hours), key=lambda item: item.since)),
            days=tuple(days[day] for day in sorted(days)),
            years=tuple(years[year] for year in sorted(years)),
            open_ended=base.open_ended,
        )


def weekdays(*sessions: Session, saturday: Sessions = ()) -> Week:
    """Return a week with the same sessions from Monday to Friday."""
    return (sessions, sessions, sessions, sessions, sessions, saturday, ())


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
