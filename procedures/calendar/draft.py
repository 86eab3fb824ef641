"""A year's days off computed ahead of the decision, seeded by the `holidays` package, which is never the authority."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache

from procedures.calendar.versions import DayKind, Source, SpecialDay, Week
from procedures.calendar.wording import week_lines

#: The labour code that names the paid holidays; the Prime Minister still decides Tết and National Day every year.
LAW = Source(document="BLLĐ 2019 Đ.112", issued=date(2019, 11, 20))
#: Its article on the day off in place of a holiday that falls on a weekly rest.
IN_LIEU = Source(document="BLLĐ 2019 Đ.111.3", issued=LAW.issued)

#: A day that the package calls a holiday and the labour code does not name.
_NOT_IN_LAW = (11, 24)
#: How the package names a day off that is worked on another day; swaps are decided, nobody can compute them.
_SWAP = "Ngày nghỉ (thay cho"
_LIEU = " (nghỉ bù)"

_HEAD = """năm: {year}
tình trạng: tính sẵn, chưa quyết định
múi giờ: {zone}
ghi chú: Tết Nguyên đán và Quốc khánh do Thủ tướng Chính phủ quyết định hằng năm; các ngày dưới đây mới là tính trước.

giờ làm việc:
"""
_DAY = """  {days}:
    tên: {name}
    văn bản: {document}
    ngày ban hành: {issued:%d/%m/%Y}
"""


@cache
def draft_days(year: int) -> Mapping[date, SpecialDay]:
    """Return the computed days off of a year: those of the law, without swaps."""
    from holidays import country_holidays

    found = country_holidays("VN", years=year, language="vi")
    return {
        day: _day_off(day, name)
        for day, name in sorted(found.items())
        if (day.month, day.day) != _NOT_IN_LAW and not name.startswith(_SWAP)
    }


def _day_off(day: date, name: str) -> SpecialDay:
    tet = "Tết" in name and "Dương" not in name  # the package has a name for each of its days
    plain = "Tết Nguyên đán" if tet else name.removesuffix(_LIEU).replace("; ", ", ")
    lieu = name.endswith(_LIEU)
    reason = f"Nghỉ bù {plain}" if lieu else plain
    return SpecialDay(day=day, kind=DayKind.HOLIDAY, reason=reason, source=IN_LIEU if lieu else LAW)


def draft_text(year: int, week: Week, zone: str) -> str:
    """Return the calendar file of a year with the sessions given and computed days off, marked as not decided."""
    hours = (f"  {days}: {sessions}\n" for days, sessions in week_lines(week))
    off = (
        _DAY.format(
            days=_written(days[0].day, days[-1].day),
            name=days[0].reason,
            document=days[0].source.document,
            issued=days[0].source.issued,
        )
        for days in _runs(draft_days(year).values())
    )
    return "".join((_HEAD.format(year=year, zone=zone), *hours, "\nngày nghỉ:\n", *off))


def _runs(days: Iterable[SpecialDay]) -> Iterator[list[SpecialDay]]:
    run: list[SpecialDay] = []
    for special in days:
        if run and (run[-1].day + timedelta(days=1), run[-1].reason) != (special.day, special.reason):
            yield run
            run = []
        run.append(special)
    if run:
        yield run


def _written(first: date, last: date) -> str:
    return f"{first:%d/%m/%Y}" if first == last else f"{first:%d/%m/%Y} - {last:%d/%m/%Y}"
