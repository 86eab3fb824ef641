"""A year's days off computed ahead of the decision, seeded by the `holidays` package, which is never the authority."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from procedures.calendar.versions import DayKind, Hours, Source, SpecialDay, Version, Week, Year

#: The labour code that names the paid holidays; the Prime Minister still decides Tết and National Day every year.
LAW = Source(document="BLLĐ 2019 Đ.112", issued=date(2019, 11, 20))

#: A day that the package calls a holiday and the labour code does not name.
_NOT_IN_LAW = (11, 24)

#: How the package names a day off that is worked on another day; swaps are decided, nobody can compute them.
_SWAP = "Ngày nghỉ (thay cho"


@cache
def draft_days(year: int) -> Mapping[date, SpecialDay]:
    """Return the computed days off of a year: those of the law, without swaps."""
    from holidays import country_holidays

    found = country_holidays("VN", years=year, language="vi")
    return {
        day: SpecialDay(day=day, kind=DayKind.HOLIDAY, reason=name.replace("; ", ", "), source=LAW)
        for day, name in sorted(found.items())
        if (day.month, day.day) != _NOT_IN_LAW and not name.startswith(_SWAP)
    }


def draft_year(year: int, week: Week) -> Version:
    """Return a year with the weekly sessions given and computed days off, marked as not decided."""
    return Version(
        hours=(Hours(since=date(year, 1, 1), week=week),),
        days=tuple(draft_days(year).values()),
        years=(Year(year=year, decided=False),),
    )
