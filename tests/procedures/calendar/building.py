"""Short hands for calendars, instants and durations in tests."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from procedures.calendar import Calendar
from procedures.calendar.versions import DayKind, Hours, Session, Source, SpecialDay, Version, Year, weekdays
from procedures.model import Duration, Unit

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
LAW = Source(document="BLLĐ 2019 Đ.112", issued=date(2019, 11, 20))


def sessions(*texts: str) -> tuple[Session, ...]:
    """Sessions from "07:30-11:30"."""
    pairs = [text.split("-") for text in texts]
    return tuple(Session(opens=_minutes(opens), closes=_minutes(closes)) for opens, closes in pairs)


def _minutes(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])


USUAL = sessions("07:30-11:30", "13:30-17:30")


def day(text: str) -> date:
    """A date from "20/8/2026"."""
    return datetime.strptime(text, "%d/%m/%Y").date()  # noqa: DTZ007 a date has no zone


def at(text: str) -> datetime:
    """An instant in Viet Nam from "20/8/2026 09:00"."""
    shape = "%d/%m/%Y %H:%M:%S" if text.count(":") == 2 else "%d/%m/%Y %H:%M"
    return datetime.strptime(text, shape).replace(tzinfo=ZONE)


def lasting(amount: str | int, unit: Unit = Unit.WORKING_DAY, text: str = "") -> Duration:
    """A duration."""
    return Duration(amount=Decimal(amount), unit=unit, text=text)


def off(first: str, last: str | None = None, reason: str = "Nghỉ lễ") -> Iterator[SpecialDay]:
    """Days off from one date to another."""
    begin, end = day(first), day(last or first)
    for step in range((end - begin).days + 1):
        yield SpecialDay(day=begin + timedelta(days=step), kind=DayKind.HOLIDAY, reason=reason, source=LAW)


def swap(free: str, worked: str, document: str, issued: str | None = None) -> list[SpecialDay]:
    """A day off and the day on which it is made up for."""
    source = Source(document=document, issued=day(issued) if issued else None)
    return [
        SpecialDay(day=day(free), kind=DayKind.SWAPPED_OFF, partner=day(worked), source=source),
        SpecialDay(day=day(worked), kind=DayKind.MAKE_UP, partner=day(free), source=source),
    ]


def calendar(*days: SpecialDay, hours: tuple[Session, ...] = USUAL, decided: tuple[int, ...] = ()) -> Calendar:
    """A calendar of five working days a week."""
    return Calendar(version(*days, hours=hours, decided=decided))


def version(*days: SpecialDay, hours: tuple[Session, ...] = USUAL, decided: tuple[int, ...] = ()) -> Version:
    """The version of such a calendar."""
    return Version(
        hours=(Hours(since=date.min, week=weekdays(*hours)),),
        days=tuple(sorted(days, key=lambda special: special.day)),
        years=tuple(Year(year=year) for year in decided),
        open_ended=not decided,
    )


def agency() -> Calendar:
    """The days off and swaps of 2024 to 2026 that the vectors need."""
    return calendar(
        *off("8/2/2024", "14/2/2024", "Tết Nguyên đán"),
        *off("30/4/2024", "1/5/2024"),
        *swap("29/4/2024", "4/5/2024", "1570/TB-BLĐTBXH", "12/4/2024"),
        *off("1/1/2026", reason="Tết Dương lịch"),
        *swap("2/1/2026", "10/1/2026", "12729/VPCP-KGVX", "25/12/2025"),
        *off("16/2/2026", "20/2/2026", "Tết Nguyên đán"),
        *swap("31/8/2026", "22/8/2026", "6620/UBND-VX"),
        *off("1/9/2026", "2/9/2026", "Quốc khánh"),
        decided=(2024, 2025, 2026),
    )
