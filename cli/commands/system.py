"""`quytrinh declaration …`, `quytrinh law …`: what the system declares, and what keeps it up to date."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.commands.internal_audit import known_units, local_today
from cli.desk import Desk
from cli.first_step import open_with
from cli.reading import instant, one_of
from cli.sheets import SheetFile, put_sheet
from procedures.words import say

if TYPE_CHECKING:
    from procedures.release import Release

_declaration = typer.Typer(help="Công bố hệ thống: phạm vi, công bố lại, bộ bắt buộc.", no_args_is_help=True)
_law = typer.Typer(help="Thay đổi văn bản pháp luật và quy trình phải cập nhật.", no_args_is_help=True)

Unit = Annotated[str | None, typer.Option("--unit", help="Đơn vị; bỏ trống: cơ quan.")]
_CHANGES = ("Mới", "Sửa đổi", "Thay thế", "Bãi bỏ")


def register(app: typer.Typer) -> None:
    """Hang the groups on the root."""
    app.add_typer(_declaration, name="declaration")
    app.add_typer(_law, name="law")


@_declaration.command("scope")
def scope(context: typer.Context, unit: Unit = None, output: SheetFile = None) -> None:
    """Quy trình đang hiệu lực trong phạm vi của đơn vị: phụ lục của quyết định công bố."""
    from visualize.system_sheets import scope_sheet

    desk: Desk = context.obj
    named = _unit(desk, unit)
    put_sheet(desk, scope_sheet(_scope(desk, named), named, desk.agency, desk.lang), output)


@_declaration.command("status")
def status(context: typer.Context, output: SheetFile = None) -> None:
    """Các lần công bố, và đơn vị nào phải công bố hoặc công bố lại vì phạm vi đã khác."""
    from quality.declarations.declared import declarations
    from quality.declarations.in_force import in_force
    from quality.owing import undeclared
    from visualize.system_sheets import declared_sheet

    desk: Desk = context.obj
    with desk.agency.store.reading() as reader:
        found = declarations(reader)
    put_sheet(desk, declared_sheet(found, desk.agency, desk.lang), output)
    agency, today = desk.agency, local_today(desk)
    releases = in_force(agency.shelf, today)
    for words in undeclared(releases, agency.organisation, agency.settings.agency, found, today):
        desk.tell(words)


@_declaration.command("open")
def open_(
    context: typer.Context,
    unit: Unit = None,
    why: Annotated[str, typer.Option("--reason", "--ly-do", help="Lý do công bố.")] = "",
    standard: Annotated[str | None, typer.Option("--standard", help="Tiêu chuẩn; bỏ trống: đang áp dụng.")] = None,
) -> None:
    """Mở hồ sơ công bố (QT-HT-30) với danh mục đang hiệu lực; lần sau là công bố lại."""
    from quality.clauses import EDITION
    from quality.declarations import declared

    desk: Desk = context.obj
    named = _unit(desk, unit)
    with desk.agency.store.reading() as reader:
        last = declared.last_of(declared.declarations(reader), named)
    told = {
        declared.KIND: "Lần đầu" if last is None else "Công bố lại",
        declared.UNITS: named,
        declared.STANDARD: standard or EDITION,
        declared.LISTED: declared.list_text(_scope(desk, named)),
        declared.WHY: why,
    }
    title = say("Declaration of the quality management system of {unit}", unit=named)
    open_with(desk, declared.DECLARATION, title, told)


@_declaration.command("paper")
def paper(
    context: typer.Context,
    case: Annotated[str, typer.Argument(metavar="HỒ-SƠ", help="Mã hồ sơ công bố (QT-HT-30).")],
    output: Annotated[Path, typer.Option("-o", "--output", help="Tệp .docx.")],
) -> None:
    """Quyết định công bố kèm phụ lục quy trình (DOCX)."""
    from quality.declarations.declared import declarations
    from visualize.docx import to_docx
    from visualize.system_papers import declaration_paper

    desk: Desk = context.obj
    with desk.agency.store.reading() as reader:
        found = next((one for one in declarations(reader) if one.id == case), None)
    if found is None:
        desk.stop(say("there is no declaration {case}", case=case))
    output.write_bytes(to_docx(declaration_paper(desk, found, desk.agency.shelf.all())))
    desk.put_files([output])


@_declaration.command("coverage")
def coverage(context: typer.Context, output: SheetFile = None) -> None:
    """Ma trận đơn vị × quy trình bắt buộc: đã áp dụng, bản cũ hay chưa áp dụng."""
    from quality.declarations.declared import declarations
    from quality.declarations.in_force import in_force
    from quality.declarations.mandatory import coverage as covered_by
    from quality.declarations.mandatory import mandatory
    from quality.unit_kinds import keepers
    from visualize.system_sheets import matrix_sheet

    desk: Desk = context.obj
    agency, today = desk.agency, local_today(desk)
    with agency.store.reading() as reader:
        declared = declarations(reader)
    units = keepers(agency.organisation, today)
    releases = in_force(agency.shelf, today)
    found = covered_by(mandatory(agency.root), units, releases, declared, agency.organisation, today)
    put_sheet(desk, matrix_sheet(found, agency, desk.lang), output)


@_declaration.command("services")
def services(context: typer.Context, output: SheetFile = None) -> None:
    """Danh mục TTHC của cơ quan, mỗi thủ tục đã có quy trình nào."""
    from quality.declarations.in_force import in_force
    from quality.declarations.services import services as read
    from visualize.system_sheets import services_sheet

    desk: Desk = context.obj
    found = read(desk.agency.root, in_force(desk.agency.shelf, local_today(desk)))
    put_sheet(desk, services_sheet(found, desk.agency, desk.lang), output)
    desk.tell(say("{count} without a procedure in force", count=sum(not one.procedures for one in found)))


@_declaration.command("reviews")
def reviews(
    context: typer.Context,
    overdue: Annotated[bool, typer.Option("--overdue", help="Chỉ quy trình quá hạn rà soát.")] = False,
    output: SheetFile = None,
) -> None:
    """Hạn rà soát của từng quy trình, nơi đã niêm yết bản đang hiệu lực."""
    from quality.declarations.in_force import in_force
    from quality.declarations.reviews import kept
    from visualize.system_sheets import kept_sheet

    desk: Desk = context.obj
    agency, today = desk.agency, local_today(desk)
    with agency.store.reading() as reader:
        found = kept(reader, in_force(agency.shelf, today), agency.calendar.zone)
    shown = [one for one in found if not overdue or one.overdue(today)]
    put_sheet(desk, kept_sheet(shown, today, agency, desk.lang), output)


@_declaration.command("documented")
def documented(context: typer.Context, output: SheetFile = None) -> None:
    """Thông tin dạng văn bản theo điều khoản, kèm số hồ sơ làm bằng chứng."""
    from quality.declarations.documented import documented as read
    from quality.declarations.in_force import in_force
    from visualize.system_sheets import documented_sheet

    desk: Desk = context.obj
    codes = [one.code for one in in_force(desk.agency.shelf, local_today(desk))]
    with desk.agency.store.reading() as reader:
        found = read(reader, codes)
    put_sheet(desk, documented_sheet(found, desk.agency, desk.lang), output)


@_law.command("list")
def law_list(context: typer.Context, output: SheetFile = None) -> None:
    """Sổ thay đổi văn bản. Gồm quy trình bị ảnh hưởng, hạn cập nhật 3 tháng, văn bản hết hiệu lực chưa ai theo."""
    from quality.attention import unfollowed
    from quality.declarations.law import changes
    from visualize.system_sheets import law_sheet

    desk: Desk = context.obj
    today = local_today(desk)
    with desk.agency.store.reading() as reader:
        found = changes(reader)
    put_sheet(desk, law_sheet(found, today, desk.agency, desk.lang), output)
    for words in unfollowed(desk.agency, found, today):
        desk.tell(words)


@_law.command("change")
def law_change(
    context: typer.Context,
    document: Annotated[str, typer.Argument(metavar="VĂN-BẢN", help="Số, ký hiệu văn bản mới.")],
    effect: Annotated[str, typer.Option("--effective", help="Ngày có hiệu lực, ví dụ 01/07/2026.")],
    replaces: Annotated[str, typer.Option("--replaces", help="Văn bản bị thay thế, sửa đổi.")] = "",
    kind: Annotated[str, typer.Option("--kind", help="Mới | Sửa đổi | Thay thế | Bãi bỏ.")] = "Thay thế",
) -> None:
    """Ghi nhận thay đổi văn bản. Tìm quy trình căn cứ vào nó, tính hạn 3 tháng, mở hồ sơ QT-HT-33."""
    from procedures.vietnamese import day
    from quality.declarations import law
    from quality.declarations.in_force import in_force

    desk: Desk = context.obj
    one_of("--kind", kind, _CHANGES)
    on = instant("--effective", effect, desk.agency.calendar.zone).date()
    touched = law.affected(in_force(desk.agency.shelf, local_today(desk)), [replaces, document])
    told = {
        law.DOCUMENT: document,
        law.BEFORE: replaces,
        law.KIND: kind,
        law.EFFECT: day(on),
        law.AFFECTED: "; ".join(one.code for one in touched) or desk.text(say("none")),
        law.BY: day(law.until(on)),
    }
    title = say("Change of law: {document}", document=document)
    open_with(desk, law.CHANGE, title, told, "Có quy trình bị ảnh hưởng" if touched else "Không ảnh hưởng")


def _unit(desk: Desk, unit: str | None) -> str:
    named = unit or desk.agency.settings.agency
    known_units(desk, (named,))
    return named


def _scope(desk: Desk, unit: str) -> "list[Release]":
    from quality.declarations.in_force import in_force, owned

    today = local_today(desk)
    return owned(in_force(desk.agency.shelf, today), desk.agency.organisation, unit, today)
