"""`quytrinh report …`: reports that are owed, where they stand, and their papers with figures frozen on a day."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.desk import Desk
from cli.exits import Exit, Stop
from cli.reading import instant
from procedures.words import say

if TYPE_CHECKING:
    from quality.reports.owed import Line, Owed

_app = typer.Typer(help="Báo cáo định kỳ: tuyến, hạn, tiến độ gửi, văn bản.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Hang the group on the root."""
    app.add_typer(_app, name="report")


@_app.command()
def check(context: typer.Context) -> None:
    """Kiểm tra khai báo báo cáo: đơn vị có thật, hạn hiểu được."""
    from cli.findings import put_findings
    from procedures.finding import errors
    from procedures.report import summary
    from quality.reports.duties import kinds_of
    from quality.reports.kinds import FILE

    desk: Desk = context.obj
    found = kinds_of(desk.agency)
    file = f"programme.d/{FILE}"
    put_findings(desk, found.findings, {file: found.text}, [file])
    desk.tell(summary(found.findings, desk.lang, 1))
    if errors(found.findings):
        raise Stop(None, Exit.CONTENT)


@_app.command("board")
def board(
    context: typer.Context,
    year: Annotated[int | None, typer.Option("--year", help="Năm; bỏ trống: năm nay.")] = None,
) -> None:
    """Ai phải gửi báo cáo gì, về đâu, hạn nào; đã gửi hay chưa."""
    from cli.case_view import shown
    from cli.tables import table

    desk: Desk = context.obj
    found = _lines(desk, year)
    if desk.json:
        desk.put_json({"reports": [_json(line) for line in found]})
        return
    heads = (say("report"), say("period"), say("unit"), say("to"), say("due"), say("standing"), say("case"))
    rows = [
        [
            line.owed.kind.code,
            line.owed.period,
            line.owed.unit,
            line.owed.to,
            shown(desk, line.due),
            desk.text(line.standing.words),
            line.case.id if line.case is not None else "",
        ]
        for line in found
    ]
    desk.put(table(desk, heads, rows))


@_app.command("open")
def open_(context: typer.Context) -> None:
    """Mở hồ sơ cho các báo cáo đến kỳ."""
    from quality.reports.duties import owed_in
    from quality.reports.owed import open_owed

    desk: Desk = context.obj
    opened = open_owed(desk.agency.store, desk.agency, owed_in(desk.agency, desk.now), desk.now)
    for done in opened:
        desk.put(done.case)
    desk.tell(say("{count} cases were opened", count=len(opened)))


@_app.command()
def write(
    context: typer.Context,
    kind: Annotated[str, typer.Argument(metavar="LOẠI", help="Loại báo cáo, ví dụ BC-QUY.")],
    unit: Annotated[str, typer.Option("--unit", help="Đơn vị báo cáo.")],
    period: Annotated[str, typer.Option("--period", help="Kỳ: 2026-Q1, 2026-H1, 2026-03 hoặc 2026.")],
    until: Annotated[
        str | None, typer.Option("--until", help="Số liệu đến hết ngày; bỏ trống: như đã khai báo.")
    ] = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="Thư mục ghi ra.")] = Path("bao-cao"),
) -> None:
    """Lập báo cáo của một đơn vị: DOCX để ký, XLSX để tính, JSON có mọi hồ sơ đằng sau số liệu."""
    from visualize.report_forms import write_report

    desk: Desk = context.obj
    owed = _owed(desk, kind, unit, period)
    day = instant("--until", until).date() if until is not None else owed.cut_off
    if day is None:
        desk.stop(say("up to which day? give --until"))
    if day >= _today(desk):
        desk.stop(say("{day} is not over yet; figures are frozen at the end of a day", day=day), Exit.REFUSED)
    desk.put_files(write_report(desk.agency, owed, day, output, desk.lang))


def _owed(desk: Desk, kind: str, unit: str, period: str) -> "Owed":
    """Return the report that is meant; one that is asked for off the calendar goes the way of its first level."""
    from quality.reports.duties import kinds_of
    from quality.reports.owed import all_owed

    kinds = kinds_of(desk.agency)
    found = kinds.of(kind)
    if found is None:
        known = ", ".join(one.code for one in kinds.kinds) or "—"
        desk.stop(say("no report is called {kind}; there are: {known}", kind=kind, known=known))
    year = int(period[:4]) if period[:4].isdecimal() else _today(desk).year
    owed = all_owed((found,), desk.agency.organisation, desk.agency.settings.agency, year)
    one = next((one for one in owed if (one.unit, one.period) == (unit, period)), None)
    if one is None:
        desk.stop(say("{unit} owes no {kind} for {period}", unit=unit, kind=kind, period=period))
    return one


def _lines(desk: Desk, year: int | None) -> "list[Line]":
    from quality.reports.duties import kinds_of
    from quality.reports.owed import all_owed, lines

    agency = desk.agency
    of = year or _today(desk).year
    owed = list(all_owed(kinds_of(agency).kinds, agency.organisation, agency.settings.agency, of))
    with agency.store.reading() as reader:
        return lines(reader, agency, owed, desk.now)


def _today(desk: Desk) -> date:
    return desk.now.astimezone(desk.agency.calendar.zone).date()


def _json(line: "Line") -> dict[str, object]:
    owed = line.owed
    return {
        "kind": owed.kind.code,
        "period": owed.period,
        "unit": owed.unit,
        "to": owed.to,
        "due": line.due.isoformat() if line.due is not None else None,
        "until": owed.cut_off.isoformat() if owed.cut_off is not None else None,
        "standing": line.standing.value,
        "case": line.case.id if line.case is not None else None,
    }
