"""`quytrinh inspection …`: the year's plan, inspections of units, their papers, and the package that is asked for."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

from cli.commands.cases import answer
from cli.commands.internal_audit import Year, known_units, local_today
from cli.commands.quality import PeriodText, chosen_period
from cli.desk import Desk
from cli.first_step import open_with
from cli.sheets import SheetFile, put_sheet
from procedures.words import say

if TYPE_CHECKING:
    from visualize.system_papers import Visit

_app = typer.Typer(help="Kiểm tra việc áp dụng hệ thống theo TT 26/2014.", no_args_is_help=True)

CaseId = Annotated[str, typer.Argument(metavar="HỒ-SƠ", help="Mã hồ sơ kiểm tra (QT-HT-32).")]
PaperFile = Annotated[Path, typer.Option("-o", "--output", help="Tệp .docx.")]


def register(app: typer.Typer) -> None:
    """Hang the group on the root."""
    app.add_typer(_app, name="inspection")


@_app.command("plan")
def plan(
    context: typer.Context,
    year: Year = None,
    also: Annotated[
        list[str] | None, typer.Option("--visit", help="Đơn vị chắc chắn đến trụ sở; lặp lại được.")
    ] = None,
    open_case: Annotated[bool, typer.Option("--open", help="Mở hồ sơ kế hoạch (QT-HT-31) với danh sách này.")] = False,
    when: Annotated[str, typer.Option("--when", help="Thời gian dự kiến.")] = "Quý IV",
    joint: Annotated[bool, typer.Option("--joint", help="Lồng ghép với kiểm tra cải cách hành chính.")] = False,
    output: SheetFile = None,
) -> None:
    """Lập kế hoạch kiểm tra của năm. 100% qua hồ sơ, tỷ lệ tại trụ sở theo loại đơn vị, lâu chưa đến thì trước."""
    from quality.inspections.inspection import inspections, visited
    from quality.inspections.planner import plan as made
    from quality.unit_kinds import keepers, unit_kinds
    from visualize.system_sheets import plan_sheet

    desk: Desk = context.obj
    agency, today = desk.agency, local_today(desk)
    wanted = year or today.year
    known_units(desk, tuple(also or ()))
    with agency.store.reading() as reader:
        last = visited(inspections(reader))
    units = [one for one in keepers(agency.organisation, today) if one.name != agency.settings.agency]
    found = made(units, last, unit_kinds(), tuple(also or ()))
    sheet = plan_sheet(found, last, agency, wanted, desk.lang)
    if not open_case:
        put_sheet(desk, sheet, output)
        return
    told = {
        "năm kiểm tra": str(wanted),
        "kiểm tra qua hồ sơ": "; ".join(found.dossier),
        "kiểm tra tại trụ sở": "; ".join(found.headquarters),
        "cách chọn": "; ".join(sheet.notes),
        "thời gian": when,
        "lồng ghép": "có" if joint else "không",
    }
    open_with(desk, "QT-HT-31", say("Inspection plan {year}", year=wanted), told)


@_app.command("open")
def open_(
    context: typer.Context,
    unit: Annotated[str, typer.Argument(metavar="ĐƠN-VỊ", help="Đơn vị được kiểm tra.")],
    team: Annotated[list[str], typer.Option("--inspector", help="Tài khoản người kiểm tra, trưởng đoàn trước.")],
    visit: Annotated[bool, typer.Option("--at-headquarters", help="Kiểm tra tại trụ sở; không có: qua hồ sơ.")] = False,
    joint: Annotated[bool, typer.Option("--joint", help="Lồng ghép với kiểm tra cải cách hành chính.")] = False,
    year: Year = None,
) -> None:
    """Mở hồ sơ kiểm tra một đơn vị. Người của chính đơn vị đó không được trong đoàn."""
    from cli.first_step import stop_at
    from quality.inspections import inspection
    from quality.inspections.team import objections

    desk: Desk = context.obj
    known_units(desk, (unit,))
    today = local_today(desk)
    stop_at(desk, objections(desk.agency.organisation, unit, team, today))
    told = {
        inspection.YEAR: str(year or today.year),
        inspection.UNIT: unit,
        inspection.MANNER: inspection.AT_HEADQUARTERS if visit else inspection.BY_DOSSIER,
        inspection.JOINT: "có" if joint else "không",
        inspection.TEAM: "; ".join(team),
    }
    open_with(desk, inspection.INSPECTION, say("Inspection of {unit}", unit=unit), told)


@_app.command("list")
def list_(context: typer.Context, year: Year = None, output: SheetFile = None) -> None:
    """Các cuộc kiểm tra, hạn khắc phục 2 tháng và báo cáo chậm."""
    from quality.inspections.inspection import inspections
    from visualize.system_sheets import inspections_sheet

    desk: Desk = context.obj
    with desk.agency.store.reading() as reader:
        found = inspections(reader, year)
    put_sheet(desk, inspections_sheet(found, local_today(desk), desk.agency, desk.lang), output)


@_app.command("checklist")
def checklist(context: typer.Context, case: CaseId, output: PaperFile) -> None:
    """Phiếu nội dung kiểm tra, hai nhóm của Điều 36 (DOCX)."""
    from visualize.docx import to_docx
    from visualize.system_papers import visit_checklist

    desk: Desk = context.obj
    output.write_bytes(to_docx(visit_checklist(_visit(desk, case))))
    desk.put_files([output])


@_app.command("minutes")
def minutes(context: typer.Context, case: CaseId, output: PaperFile) -> None:
    """Biên bản kiểm tra (DOCX)."""
    from visualize.docx import to_docx
    from visualize.system_papers import minutes as made

    desk: Desk = context.obj
    with _said(desk):
        output.write_bytes(to_docx(made(_visit(desk, case))))
    desk.put_files([output])


@_app.command("finding")
def finding(
    context: typer.Context,
    case: CaseId,
    content: Annotated[str, typer.Option("--content", help="Nội dung Điều 36 chưa đạt, ví dụ 1d.")],
    text: Annotated[str, typer.Option("--text", help="Mô tả phát hiện.")],
    seen: Annotated[str, typer.Option("--seen-in", help="Hồ sơ cho thấy điều đó.")] = "",
) -> None:
    """Mở sự không phù hợp từ một phát hiện của cuộc kiểm tra."""
    from engine.refusal import Refusal
    from quality import fields
    from quality.audits.finding import Finding, open_finding

    desk: Desk = context.obj
    one = _visit(desk, case).inspection
    found = Finding(one.id, fields.FROM_AUDITS[1], content, text, one.unit, case=seen)
    done = open_finding(found, str(uuid4()), desk.actor(), store=desk.agency.store, ground=desk.agency, now=desk.now)
    if isinstance(done, Refusal):
        desk.refuse(done)
    answer(desk, done)


@_app.command("package")
def package(
    context: typer.Context,
    period: PeriodText = None,
    cases: Annotated[int, typer.Option("--cases", help="Số hồ sơ kèm bộ chứng cứ.", min=0)] = 3,
    output: Annotated[Path, typer.Option("-o", "--output", help="Tệp .zip.")] = Path("ho-so-kiem-tra.zip"),
) -> None:
    """Trọn bộ hồ sơ kiểm tra trong một tệp ZIP. Gồm danh mục, sổ, văn bản, bộ chứng cứ."""
    from visualize.inspection_package import Packing
    from visualize.inspection_package import package as made

    desk: Desk = context.obj
    asked = Packing(desk.agency, desk.lang, desk.now, chosen_period(desk, period), cases)
    output.write_bytes(made(asked))
    desk.put_files([output])


def _visit(desk: Desk, case: str) -> "Visit":
    from quality.audits.audit import findings_of
    from quality.inspections.inspection import inspections
    from quality.nonconformity import register as nonconformities
    from visualize.system_papers import Visit

    with desk.agency.store.reading() as reader:
        found = next((one for one in inspections(reader) if one.id == case), None)
        opened = findings_of(reader, case, nonconformities(reader, desk.now))
    if found is None:
        desk.stop(say("there is no inspection {case}", case=case))
    return Visit(desk, found, opened)


@contextmanager
def _said(desk: Desk) -> Iterator[None]:
    """End the command with its sentence when an entered text says what it should in another way."""
    from procedures.values import ValueSaid

    try:
        yield
    except ValueSaid as said:
        desk.stop(said.words)
