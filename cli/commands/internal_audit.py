"""`quytrinh internal-audit …`: the programme of internal audits (9.2), teams, samples, papers, findings."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

from cli.commands.cases import answer
from cli.desk import Desk
from cli.first_step import open_with, stop_at
from cli.reading import instant
from cli.sheets import SheetFile, put_sheet
from procedures.words import say

if TYPE_CHECKING:
    from quality.audits.audit import Audit
    from visualize.audit_papers import Dossier

_app = typer.Typer(help="Đánh giá nội bộ: chương trình, đoàn, phát hiện, báo cáo.", no_args_is_help=True)

AuditId = Annotated[str, typer.Argument(metavar="HỒ-SƠ", help="Mã hồ sơ đánh giá (QT-HT-02).")]
Year = Annotated[int | None, typer.Option("--year", help="Năm; bỏ trống: năm nay.")]
Units = Annotated[list[str], typer.Option("--unit", help="Đơn vị được đánh giá; lặp lại được.")]
Codes = Annotated[list[str] | None, typer.Option("--procedure", help="Quy trình được đánh giá; lặp lại được.")]


def register(app: typer.Typer) -> None:
    """Hang the group on the root."""
    app.add_typer(_app, name="internal-audit")


@_app.command("programme")
def programme(context: typer.Context, year: Year = None, output: SheetFile = None) -> None:
    """Chương trình đánh giá của năm: mỗi đơn vị một dòng, đơn vị nào chưa được đánh giá."""
    from quality.audits.audit import audits
    from quality.audits.programme import alerts
    from quality.audits.programme import programme as lines_of
    from quality.covered import covered
    from visualize.audit_sheets import programme_sheet

    desk: Desk = context.obj
    agency, today = desk.agency, local_today(desk)
    wanted = year or today.year
    with agency.store.reading() as reader:
        found = audits(reader)
    units = covered(agency.organisation, agency.settings.agency, today)
    lines = lines_of(units, found, agency, wanted, today)
    put_sheet(desk, programme_sheet(lines, agency, wanted, desk.lang), output)
    for words in alerts(lines, wanted):
        desk.tell(words)


@_app.command("pool")
def pool(context: typer.Context, output: SheetFile = None) -> None:
    """Các đánh giá viên: ai được làm trưởng đoàn, quyết định, chứng nhận, đã đánh giá gì."""
    from quality.audits.audit import audits
    from quality.audits.independence import pool as pool_of
    from quality.staff.training import certificates
    from visualize.audit_sheets import pool_sheet

    desk: Desk = context.obj
    today = local_today(desk)
    with desk.agency.store.reading() as reader:
        known = pool_of(desk.agency, audits(reader), today, certificates(reader))
    put_sheet(desk, pool_sheet(known, desk.agency, today, desk.lang), output)


@_app.command("plan")
def plan(
    context: typer.Context,
    units: Units,
    lead: Annotated[str, typer.Option("--lead", help="Tài khoản trưởng đoàn.")],
    team: Annotated[
        list[str] | None, typer.Option("--auditor", help="Tài khoản thành viên đoàn; lặp lại được.")
    ] = None,
    codes: Codes = None,
    when: Annotated[str, typer.Option("--when", help="Thời gian dự kiến, ví dụ “Quý III”.")] = "",
    criteria: Annotated[
        str | None, typer.Option("--criteria", help="Chuẩn mực; bỏ trống: tiêu chuẩn đang áp dụng.")
    ] = None,
    year: Year = None,
) -> None:
    """Đưa một cuộc đánh giá vào chương trình: mở hồ sơ QT-HT-02 và xong bước lập chương trình.

    Bị từ chối khi một người của đoàn đánh giá đơn vị hoặc công việc của chính mình.
    """
    from quality.audits import fields
    from quality.audits.independence import objections

    desk: Desk = context.obj
    today = local_today(desk)
    planned = _planned(desk, tuple(units), lead, tuple(team or ()), tuple(codes or ()), year or today.year)
    with desk.agency.store.reading() as reader:
        stop_at(desk, objections(desk.agency, reader, planned, today))
    title = say("Internal audit {year}: {units}", year=planned.year, units=", ".join(planned.units))
    told = {
        fields.YEAR: str(planned.year),
        fields.UNITS: "; ".join(planned.units),
        fields.PROCEDURES: "; ".join(planned.procedures),
        fields.CRITERIA: criteria or planned.criteria,
        fields.WHEN: when,
        fields.LEAD: lead,
        fields.TEAM: "; ".join(planned.members),
    }
    open_with(desk, fields.AUDIT, title, told)


@_app.command("sample")
def sample(
    context: typer.Context,
    case: AuditId,
    size: Annotated[int, typer.Option("--size", help="Cỡ mẫu.", min=1)] = 12,
    seed: Annotated[str | None, typer.Option("--seed", help="Hạt giống; bỏ trống: mã hồ sơ đánh giá.")] = None,
    since: Annotated[
        str | None, typer.Option("--since", help="Hồ sơ mở từ ngày này; bỏ trống: đầu năm đánh giá.")
    ] = None,
) -> None:
    """Chọn mẫu hồ sơ từ dữ liệu thật, phân tầng; chọn lại thì vẫn như thế.

    Mẫu đã ghi vào hồ sơ đánh giá thì được chọn lại từ bản ghi đó. Dòng in ra là nội dung của “mẫu hồ sơ”.
    """
    from quality.audits.sample import Wanted, draw, redraw
    from quality.covered import below

    desk: Desk = context.obj
    audit = _audit(desk, case)
    zone = desk.agency.calendar.zone
    begin = instant("--since", since or f"01/01/{audit.year or local_today(desk).year}", zone)
    codes = tuple(code.partition("@")[0] for code in audit.procedures)
    units = below(desk.agency.organisation, audit.units)
    wanted = Wanted(units, codes, begin, desk.now, size, seed or case)
    with desk.agency.store.reading() as reader:
        found = redraw(reader, audit.sample) if audit.sample else draw(reader, wanted)
    desk.put(found.record)
    desk.tell(say("{drawn} of {count} cases", drawn=len(found.cases), count=found.population))


@_app.command("checklist")
def checklist(
    context: typer.Context, case: AuditId, output: Annotated[Path, typer.Option("-o", "--output", help="Tệp .docx.")]
) -> None:
    """Phiếu đánh giá: câu hỏi theo điều khoản và quy trình, mẫu hồ sơ, chỗ ghi bằng chứng (DOCX)."""
    from visualize.audit_papers import checklist as made
    from visualize.docx import to_docx

    desk: Desk = context.obj
    output.write_bytes(to_docx(made(_dossier(desk, case))))
    desk.put_files([output])


@_app.command("report")
def report(
    context: typer.Context, case: AuditId, output: Annotated[Path, typer.Option("-o", "--output", help="Tệp .docx.")]
) -> None:
    """Báo cáo đánh giá nội bộ (DOCX)."""
    from visualize.audit_papers import report as made
    from visualize.docx import to_docx

    desk: Desk = context.obj
    output.write_bytes(to_docx(made(_dossier(desk, case))))
    desk.put_files([output])


@_app.command("finding")
def finding(
    context: typer.Context,
    case: AuditId,
    clause: Annotated[str, typer.Option("--clause", help="Điều khoản không đáp ứng, ví dụ 8.5.")],
    text: Annotated[str, typer.Option("--text", help="Mô tả phát hiện.")],
    unit: Annotated[str, typer.Option("--unit", help="Đơn vị có phát hiện.")] = "",
    procedure: Annotated[str, typer.Option("--procedure", help="Quy trình liên quan.")] = "",
    seen: Annotated[str, typer.Option("--seen-in", help="Hồ sơ cho thấy điều đó.")] = "",
) -> None:
    """Mở sự không phù hợp từ một phát hiện; giữ liên kết về cuộc đánh giá."""
    from engine.refusal import Refusal
    from quality import fields
    from quality.audits.finding import Finding, open_finding

    desk: Desk = context.obj
    audit = _audit(desk, case)
    known_units(desk, (unit,) if unit else ())
    found = Finding(audit.id, fields.FROM_AUDITS[0], clause, text, unit, procedure, seen)
    done = open_finding(found, str(uuid4()), desk.actor(), store=desk.agency.store, ground=desk.agency, now=desk.now)
    if isinstance(done, Refusal):
        desk.refuse(done)
    answer(desk, done)


@_app.command("gaps")
def gaps(context: typer.Context, case: AuditId, output: SheetFile = None) -> None:
    """Mức đáp ứng từng điều khoản theo kết quả đánh giá, kèm sự không phù hợp đã mở."""
    from quality.audits.requirements import judged
    from visualize.audit_sheets import gap_sheet

    desk: Desk = context.obj
    dossier = _dossier(desk, case)
    found: dict[str, list[str]] = {}
    for one in dossier.findings:
        found.setdefault(one.rule, []).append(one.id)
    title = desk.text(say("Gap assessment of {case}", case=case))
    put_sheet(desk, gap_sheet(judged(dossier.audit.clauses), found, desk.agency, title, desk.lang), output)


def local_today(desk: Desk) -> date:
    """Return the day on which it is now, in the agency's zone."""
    return desk.now.astimezone(desk.agency.calendar.zone).date()


def known_units(desk: Desk, units: tuple[str, ...]) -> None:
    """Stop at a unit that the organisation does not have, with the name that comes nearest."""
    from procedures.text import nearest

    names = [unit.name for unit in desk.agency.organisation.units]
    for unit in units:
        if unit not in names:
            near = nearest(unit, names)
            hint = say("there is no unit “{unit}”; did you mean “{near}”?", unit=unit, near=near)
            desk.stop(hint if near else say("there is no unit “{unit}”", unit=unit))


def _planned(
    desk: Desk, units: tuple[str, ...], lead: str, team: tuple[str, ...], codes: tuple[str, ...], year: int
) -> "Audit":
    from quality.audits.audit import Audit
    from quality.clauses import EDITION

    known_units(desk, units)
    blank = ("", "", "", "", "")
    return Audit(
        "", "", year, units, codes, EDITION, "", lead, team, *blank, desk.now, None, None, None, called_off=False
    )


def _audit(desk: Desk, case: str) -> "Audit":
    from quality.audits.audit import audits

    with desk.agency.store.reading() as reader:
        found = next((one for one in audits(reader) if one.id == case), None)
    if found is None:
        desk.stop(say("there is no internal audit {case}", case=case))
    return found


def _dossier(desk: Desk, case: str) -> "Dossier":
    from quality.audits.audit import findings_of
    from quality.audits.sample import redraw
    from quality.nonconformity import register as nonconformities
    from visualize.audit_papers import Dossier

    audit = _audit(desk, case)
    with desk.agency.store.reading() as reader:
        sample = redraw(reader, audit.sample) if audit.sample else None
        found = findings_of(reader, case, nonconformities(reader, desk.now))
    return Dossier(desk, audit, sample, found)
