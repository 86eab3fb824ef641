"""`quytrinh clock …`: due instants, elapsed working time, and both in bulk."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cli.desk import Desk
from cli.exits import Exit
from cli.reading import instant, one_of
from procedures.words import say

if TYPE_CHECKING:
    from collections.abc import Mapping

    from procedures.calendar import Calendar
    from procedures.model import Duration

_app = typer.Typer(help="Đồng hồ: tính hạn, thời gian làm việc, giải thích.", no_args_is_help=False)

CalendarFile = Annotated[
    Path | None,
    typer.Option("--calendar", help="Tệp hoặc thư mục lịch, hoặc mã băm của một lịch đã dùng; bỏ trống: calendar.d."),
]


def register(app: typer.Typer) -> None:
    """Hang the group on the root."""
    app.add_typer(_app, name="clock")


@_app.callback(invoke_without_command=True)
def batch(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Option("--batch", help="Mỗi dòng một phép tính JSON; “-” là đầu vào chuẩn.")
    ] = None,
    calendars: Annotated[Path | None, typer.Option("--calendars", help="Tệp JSON chứa các lịch.")] = None,
) -> None:
    """Tính hàng loạt: mỗi dòng JSON vào một dòng JSON ra."""
    from procedures.calendar.batch import run_batch

    if context.invoked_subcommand is not None:
        return
    desk: Desk = context.obj
    if file is None:
        desk.stop(say("give a command (due, elapsed) or --batch FILE"))
    known = _catalogue(desk, calendars)
    lines = sys.stdin if str(file) == "-" else file.read_text(encoding="utf-8").split("\n")
    asked = failed = 0
    for answer in run_batch(lines, known, desk.lang):
        desk.put(json.dumps(answer, ensure_ascii=desk.ascii))
        asked, failed = asked + 1, failed + ("error" in answer)
    if failed:
        desk.stop(say("{failed} of {count} lines have no answer", failed=failed, count=asked), Exit.CONTENT)


@_app.command()
def due(
    context: typer.Context,
    start: Annotated[str, typer.Option("--start", help="Bắt đầu, ví dụ 2026-08-20T09:00.")],
    within: Annotated[str, typer.Option("--within", help="Thời hạn, ví dụ “3 ngày làm việc”.")],
    calendar: CalendarFile = None,
    rule: Annotated[str, typer.Option("--rule", help="C1 (hạn của hồ sơ) | C2 (định mức của bước).")] = "C2",
    cut_off: Annotated[
        str | None, typer.Option("--cut-off", help="Nhận sau giờ này tính từ ngày sau, ví dụ 15:00.")
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Giải thích từng ngày.")] = False,
) -> None:
    """Hạn của một khoảng thời gian."""
    from procedures.calendar import explain as explain_due
    from procedures.calendar.sentence import as_json, marked, sentences
    from procedures.vietnamese import moment

    desk: Desk = context.obj
    counting: Literal["C1", "C2"] = "C1" if one_of("--rule", rule.upper(), ("C1", "C2")) == "C1" else "C2"
    work = _calendar(desk, calendar)
    duration, begin = _duration(desk, within), instant("--start", start, work.zone)
    with _answering(desk):
        told = explain_due(work, begin, duration, counting, _hour(desk, cut_off))
    if desk.json:
        more = {"explanation": as_json(told)} if explain else {}
        due_at, years = told.due.isoformat(), list(told.undecided)
        asked = {"start": begin.isoformat(), "within": within, "rule": counting}
        desk.put_json({**asked, "due": due_at, "undecided": years, **more})
        return
    desk.put(desk.text(marked(moment(told.due, desk.lang), told.undecided)))
    for words in sentences(told) if explain else ():
        desk.put(f"  {desk.text(words)}")


@_app.command()
def elapsed(
    context: typer.Context,
    start: Annotated[str, typer.Option("--start", help="Từ.")],
    end: Annotated[str, typer.Option("--end", help="Đến.")],
    calendar: CalendarFile = None,
) -> None:
    """Thời gian làm việc giữa hai thời điểm."""
    from procedures.calendar.sentence import marked
    from procedures.vietnamese import working_time

    desk: Desk = context.obj
    work = _calendar(desk, calendar)
    begin, until = instant("--start", start, work.zone), instant("--end", end, work.zone)
    if until < begin:
        desk.stop(say("--end lies before --start"))
    with _answering(desk):
        minutes = work.working_minutes(begin, until)
    years = work.undecided_years(work.local_date(begin), work.local_date(until))
    if desk.json:
        desk.put_json({"minutes": minutes, "working_days": minutes / 480, "undecided": list(years)})
        return
    desk.put(desk.text(marked(working_time(minutes), years)))


@contextmanager
def _answering(desk: Desk) -> Iterator[None]:
    """Tell what the clock cannot answer as a sentence."""
    from procedures.calendar.faults import ClockFault

    try:
        yield
    except ClockFault as fault:
        desk.stop(fault.words)


def _calendar(desk: Desk, place: Path | None) -> "Calendar":
    from procedures.calendar import load_calendar

    kept = None if place is None or place.exists() else _kept(desk, str(place))
    if kept is not None:
        return kept
    folder = place or desk.root / "calendar.d"
    if folder.is_file():
        known = _catalogue(desk, folder)
        return next(iter(known.values()))
    if not folder.is_dir():
        desk.stop(say("there is no calendar at {folder}", folder=folder))
    calendar, findings = load_calendar(folder)
    if any(finding.severity.value == "error" for finding in findings):
        from cli.findings import put_findings

        put_findings(desk, findings)
        desk.stop(say("the calendar has faults"), Exit.CONTENT)
    return calendar


def _kept(desk: Desk, hash_: str) -> "Calendar | None":
    """Return the agency's calendar of a version that was in force once, by its hash or the beginning of it."""
    from procedures.calendar import KeptCalendars

    shelf = KeptCalendars(desk.root / "calendars")
    found = shelf.find(hash_)
    calendars = None if found is None else shelf.of(found)
    if found is not None and calendars is None:
        desk.stop(say("calendar {hash} was altered after it was kept", hash=found), Exit.CONTENT)
    return None if calendars is None else calendars.base


def _catalogue(desk: Desk, file: Path | None) -> "Mapping[str, Calendar]":
    from procedures.calendar.catalogue import CatalogueError, read_catalogue

    if file is None:
        own = _calendar(desk, None)
        return {"": own, "default": own}
    try:
        return read_catalogue(file.read_text(encoding="utf-8"))
    except CatalogueError as fault:
        desk.stop(say("{file} cannot be read: {fault}", file=file, fault=fault.words), Exit.CONTENT)


def _duration(desk: Desk, text: str) -> "Duration":
    from procedures.values import ValueSaid, parse_duration

    try:
        return parse_duration(text)
    except ValueSaid as fault:
        desk.stop(fault.words)


def _hour(desk: Desk, text: str | None) -> time | None:
    from procedures.values import ValueSaid, parse_clock_time

    if text is None:
        return None
    try:
        return parse_clock_time(text)
    except ValueSaid as fault:
        desk.stop(fault.words)
