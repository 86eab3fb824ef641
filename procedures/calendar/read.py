"""One calendar file read into what it says about its year; whatever is wrong with it is a finding."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from procedures.calendar import keys
from procedures.calendar.keys import OVERLAP, Block, Report, block, understood
from procedures.calendar.versions import DayKind, Hours, Sessions, Source, SpecialDay, Version, Week, Year
from procedures.calendar.wording import (
    MisreadError,
    as_week,
    overlaps,
    read_date,
    read_dates,
    read_sessions,
    read_weekdays,
)
from procedures.finding import Finding, Related, Severity, Span, errors
from procedures.source import Node
from procedures.words import say

TWICE, OTHER_YEAR, ODD_SWAP, NO_DATE = "QT457", "QT458", "QT459", "QT460"
DECIDED, COMPUTED = ("đã quyết định", "decided"), ("tính sẵn, chưa quyết định", "computed, not decided")
_YEARS = range(1900, 2200)


@dataclass(frozen=True, slots=True)
class _Placed:
    """A special day and where it was declared."""

    special: SpecialDay
    span: Span


def read_calendar_file(node: Node, file: str) -> tuple[Version | None, list[Finding]]:
    """Read one file; the version is None when anything in the file is an error, so nothing is half-read."""
    report = Report(file)
    head = block(report, node, keys.FILE)
    year = head.read("year", _year, required=True)
    decided = head.read("status", _status, required=True)
    zone = head.read("timezone", _zone)
    hours = list(_hours(report, head.values.get("working_hours"), year or _YEARS[0]))
    placed = [*_days_off(report, head), *_swaps(report, head, hours), *_closures(report, head)]
    _check_days(report, placed, year)
    if year is None or decided is None or errors(report.findings):
        return None, report.findings
    version = Version(
        timezone=zone,
        unit=head.values["unit"].text if "unit" in head.values else None,
        hours=tuple(sorted(hours, key=lambda item: item.since)),
        days=tuple(sorted((item.special for item in placed), key=lambda special: special.day)),
        years=(Year(year=year, decided=decided),),
    )
    return version, report.findings


# -- small values ------------------------------------------------------------------------------------------------------


def _year(text: str) -> int:
    if not (text.isdecimal() and int(text) in _YEARS):
        raise MisreadError(say("“{text}” is not a year", text=text))
    return int(text)


def _status(text: str) -> bool:
    if text not in (*DECIDED, *COMPUTED):
        raise MisreadError(say("a year is “{decided}” or “{computed}”", decided=DECIDED[0], computed=COMPUTED[0]))
    return text in DECIDED


def _zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise MisreadError(say("no time zone is called “{text}”", text=text)) from error
    return text


def _source(entry: Block) -> Source:
    document = entry.required("document")
    issued = entry.read("issued", read_date)
    if issued is None and "issued" not in entry.values and document is not None:
        message = say("the document has no date of issue")
        entry.report.put(Finding(NO_DATE, Severity.HINT, message, document.span))
    return Source(document=document.text if document else "", issued=issued)


# -- hours -------------------------------------------------------------------------------------------------------------


def _hours(report: Report, node: Node | None, year: int) -> Iterator[Hours]:
    """Yield the weekly sessions: one week for the year, or a list of weeks with the day from which each holds."""
    if node is None:
        return
    if node.kind != "list":
        yield Hours(since=date(year, 1, 1), week=_week(report, node, node.entries))
    for item in node.items:
        names = {name for pair in keys.PERIOD_KEYS.items() for name in pair}
        own = tuple(pair for pair in item.entries if pair[0].text in names)
        days = tuple(pair for pair in item.entries if pair[0].text not in names)
        entry = Block(report, keys.PERIOD_KEYS, item, {_english(name.text): value for name, value in own})
        since = entry.read("since", read_date, required=True) or date(year, 1, 1)
        source = _source(entry) if "document" in entry.values else None
        yield Hours(since=since, week=_week(report, item, days), source=source)


def _english(name: str) -> str:
    return next(key for key, vietnamese in keys.PERIOD_KEYS.items() if name in (key, vietnamese))


def _week(report: Report, node: Node, entries: tuple[tuple[Node, Node], ...]) -> Week:
    report.entries(node)
    declared: dict[int, Sessions] = {}
    for name, value in entries:
        sessions = understood(report, value, read_sessions) or ()
        for weekday in understood(report, name, read_weekdays) or ():
            if weekday in declared:
                report.add(TWICE, name.span, say("a weekday is declared twice"))
            declared[weekday] = sessions
    week = as_week(declared)
    for _, before, after in overlaps(week):
        words = say("sessions {first} and {second} overlap", first=str(before), second=str(after))
        report.add(OVERLAP, node.span, words)
    return week


# -- days --------------------------------------------------------------------------------------------------------------


def _days_off(report: Report, head: Block) -> Iterator[_Placed]:
    for name, value in report.entries(head.values.get("days_off")):
        entry = block(report, value, keys.DAY_OFF)
        title, source = entry.required("name"), _source(entry)
        for day in understood(report, name, read_dates) or ():
            reason = title.text if title else ""
            yield _Placed(SpecialDay(day=day, kind=DayKind.HOLIDAY, reason=reason, source=source), name.span)


def _closures(report: Report, head: Block) -> Iterator[_Placed]:
    for name, value in report.entries(head.values.get("closures")):
        entry = block(report, value, keys.CLOSURE)
        why, source = entry.required("reason"), _source(entry)
        sessions = entry.read("working_hours", read_sessions) or ()
        for day in understood(report, name, read_dates) or ():
            special = SpecialDay(
                day=day, kind=DayKind.CLOSURE, sessions=sessions, reason=why.text if why else "", source=source
            )
            yield _Placed(special, name.span)


def _swaps(report: Report, head: Block, hours: list[Hours]) -> Iterator[_Placed]:
    for item in report.items(head.values.get("swaps")):
        entry = block(report, item, keys.SWAP)
        off, make_up = (entry.read(key, read_date, required=True) for key in ("off", "make_up"))
        source, own = _source(entry), entry.read("working_hours", read_sessions) or ()
        if off is None or make_up is None:
            continue
        _check_swap(entry, _weekday_sessions(hours, off), _weekday_sessions(hours, make_up), own)
        day_off = SpecialDay(day=off, kind=DayKind.SWAPPED_OFF, partner=make_up, source=source)
        worked = SpecialDay(day=make_up, kind=DayKind.MAKE_UP, sessions=own, partner=off, source=source)
        yield _Placed(day_off, entry.values["off"].span)
        yield _Placed(worked, entry.values["make_up"].span)


def _weekday_sessions(hours: list[Hours], day: date) -> Sessions | None:
    known = sorted((item for item in hours if item.since <= day), key=lambda item: item.since)
    return known[-1].week[day.weekday()] if known else None


def _check_swap(entry: Block, off: Sessions | None, make_up: Sessions | None, own: Sessions) -> None:
    """Report a swap that changes nothing: a day off on a rest day, or a make-up day that is worked anyway."""
    faults = []
    if off == () and not own:
        faults.append(("off", say("nobody works on this weekday, so there is nothing to make up for")))
    if make_up:
        faults.append(("make_up", say("this weekday is worked anyway, so it makes up for nothing")))
    for key, message in faults:
        entry.report.put(Finding(ODD_SWAP, Severity.WARNING, message, entry.values[key].span))


def _check_days(report: Report, placed: list[_Placed], year: int | None) -> None:
    seen: dict[date, Span] = {}
    for item in placed:
        day, shown = item.special.day, f"{item.special.day:%d/%m/%Y}"
        if day in seen:
            related = (Related(seen[day], say("declared here first")),)
            report.add(TWICE, item.span, say("{day} is declared twice", day=shown), related=related)
        seen.setdefault(day, item.span)
        swapped = item.special.kind in {DayKind.SWAPPED_OFF, DayKind.MAKE_UP}
        if year is not None and abs(day.year - year) > int(swapped):
            report.add(OTHER_YEAR, item.span, say("{day} is not in the year {year}", day=shown, year=year))
