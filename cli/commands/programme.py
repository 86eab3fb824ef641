"""`quytrinh programme …`: the annual plan checked, issued, shown, carried out, carried over and taken in."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.desk import Desk
from cli.exits import Exit, Stop
from procedures.words import say

if TYPE_CHECKING:
    from quality.programme.plan import Issued
    from quality.programme.read import Read

_app = typer.Typer(help="Chương trình năm: kiểm tra, ban hành, theo dõi.", no_args_is_help=True)
_Code = Annotated[str | None, typer.Argument(metavar="[MÃ]", help="Mã chương trình; bỏ trống khi chỉ có một.")]
_Papers = Annotated[Path | None, typer.Option("-o", "--output", help="Ghi thành văn bản trong thư mục này.")]
_Output = Annotated[Path | None, typer.Option("-o", "--output", help="Ghi ra tệp này; bỏ trống: in ra.")]


def register(app: typer.Typer) -> None:
    """Hang the group on the root."""
    app.add_typer(_app, name="programme")


@_app.command()
def check(
    context: typer.Context,
    files: Annotated[list[Path] | None, typer.Argument(metavar="[TỆP]...", help="Bỏ trống: cả programme.d.")] = None,
) -> None:
    """Kiểm tra chương trình: đơn vị có thật, thời gian hiểu được, kết quả rõ."""
    desk: Desk = context.obj
    _stop_at_faults(desk, _read(desk, files or []), always=True)


@_app.command()
def issue(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp chương trình.")],
    number: Annotated[str, typer.Option("--number", help="Số, ký hiệu văn bản ban hành, ví dụ 12/KH-SA.")],
    date: Annotated[str, typer.Option("--date", help="Ngày ký, ví dụ 05/01/2027.")],
    signatory: Annotated[str, typer.Option("--signatory", help="Người ký và chức vụ.")],
) -> None:
    """Ban hành chương trình: giữ nguyên văn dưới mã băm; ban hành lại là lần sau của cùng mã."""
    from cli.reading import instant
    from quality.programme.duties import kept
    from quality.programme.plan import Issued

    desk: Desk = context.obj
    desk.actor()
    (found,) = _stop_at_faults(desk, _read(desk, [file]))
    shelf, plan = kept(desk.agency), found.plan
    if plan is None:
        raise Stop(None, Exit.CONTENT)
    before = shelf.of(plan.code)
    if before is not None and before.plan == plan:
        desk.stop(say("{code} says nothing new since issue {issue}", code=plan.code, issue=before.issue), Exit.REFUSED)
    hash_ = shelf.keep(
        Issued(
            plan=plan,
            number=number,
            day=instant("--date", date).date(),
            signatory=signatory,
            issue=before.issue + 1 if before is not None else 1,
            at=desk.now,
        )
    )
    desk.tell(say("{code} is issued; its tasks open their cases on their days", code=plan.code))
    desk.put(hash_)


@_app.command()
def show(context: typer.Context, code: _Code = None, output: _Papers = None) -> None:
    """Chương trình đã ban hành, đúng các cột của kế hoạch."""
    from cli.programme_view import put_plan
    from quality.programme.kept import hash_of

    desk: Desk = context.obj
    issued = _chosen(desk, code)
    if output is not None:
        from visualize.programme_forms import write_plan

        desk.put_files(write_plan(desk.agency, issued, output, desk.lang))
        return
    put_plan(desk, issued, hash_of(issued))


@_app.command()
def board(context: typer.Context, code: _Code = None, output: _Papers = None) -> None:
    """Tiến độ: mỗi việc đã xong, đang làm, trễ hay chưa đến; ai chưa nộp kế hoạch."""
    from cli.programme_view import put_board
    from quality.programme.board import board as standing
    from quality.programme.board import filed
    from quality.programme.duties import kept

    desk: Desk = context.obj
    issued = _chosen(desk, code)
    if output is not None:
        from visualize.programme_forms import write_board

        desk.put_files(write_board(desk.agency, issued, desk.now, output, desk.lang))
        return
    with desk.agency.store.reading() as reader:
        rows = standing(reader, desk.agency, issued, desk.now)
    put_board(desk, rows, filed(rows, issued.plan.code, kept(desk.agency).current()))


@_app.command("open")
def open_(
    context: typer.Context,
    item: Annotated[
        str | None, typer.Argument(metavar="[MỤC]", help="Mục, ví dụ I.2; bỏ trống: mọi việc đến kỳ.")
    ] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Đơn vị mở việc phát sinh.")] = None,
    code: Annotated[str | None, typer.Option("--programme", help="Mã chương trình.")] = None,
) -> None:
    """Mở hồ sơ cho các việc đến kỳ; hoặc cho một việc phát sinh của một đơn vị."""
    from quality.programme.duties import kept
    from quality.programme.opening import open_due

    desk: Desk = context.obj
    if item is not None:
        _open_one(desk, _chosen(desk, code), item, unit)
        return
    opened = open_due(desk.agency.store, desk.agency, kept(desk.agency).current(), desk.now)
    for done in opened:
        desk.put(done.case)
    desk.tell(say("{count} cases were opened", count=len(opened)))


@_app.command("carry-over")
def carry_over(context: typer.Context, code: _Code = None, output: _Output = None) -> None:
    """Dự thảo chương trình năm sau: việc cũ, việc chưa xong, kết luận xem xét, mục tiêu chưa đạt."""
    from quality.programme.board import board as standing
    from quality.programme.carrying import carried_over, left_open
    from quality.programme.leftover import conclusions, unmet
    from quality.programme.text import to_text

    desk: Desk = context.obj
    issued = _chosen(desk, code)
    with desk.agency.store.reading() as reader:
        rows = standing(reader, desk.agency, issued, desk.now)
    year = issued.plan.year
    left = [*left_open(rows), *conclusions(desk.agency, desk.now), *unmet(desk.agency, year, desk.now)]
    carried = carried_over(issued.plan, left)
    _give(desk, to_text(carried.plan, (), carried.marks), output)
    desk.tell(say("{count} things were carried over from {year}", count=len(left), year=year))


@_app.command("import")
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="TỆP", help="Văn bản kế hoạch dạng chữ (UTF-8).")],
    unit: Annotated[str | None, typer.Option("--unit", help="Cơ quan ban hành; bỏ trống: cơ quan này.")] = None,
    year: Annotated[int | None, typer.Option("--year", help="Năm; bỏ trống: đọc trong văn bản.")] = None,
    output: _Output = None,
) -> None:
    """Đọc kế hoạch đã viết thành dự thảo: đủ mọi dòng của bảng, nói rõ chỗ chưa hiểu."""
    from cli.findings import put_findings
    from quality.programme.importing import imported
    from quality.programme.text import to_text

    desk: Desk = context.obj
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        desk.stop(say("{path} cannot be read: {fault}", path=file, fault=str(fault)), Exit.USAGE)
    found = imported(text, file.name, unit or desk.agency.settings.agency, year)
    _give(desk, to_text(found.plan, (), found.marks), output)
    if output is not None:
        put_findings(desk, found.findings, {file.name: text})
    desk.tell(
        say(
            "{rows} rows of tables and {duties} duties were read: {tasks} tasks; {count} places to look at",
            rows=found.rows,
            duties=found.duties,
            tasks=found.tasks,
            count=len(found.findings),
        )
    )


def _open_one(desk: Desk, issued: "Issued", item: str, unit: str | None) -> None:
    from cli.commands.cases import answer
    from engine.refusal import Refusal
    from quality.programme.occurrences import Occurrence, by_hand
    from quality.programme.opening import Due, open_one

    found = next(((part, task) for number, part, task in issued.plan.tasks if number == item), None)
    if found is None:
        desk.stop(say("{code} has no item {item}", code=issued.plan.code, item=item))
    part, task = found
    if not by_hand(task.window):
        message = say("item {item} opens by itself on its day (“{text}”)", item=item, text=task.window.text)
        desk.stop(message, Exit.REFUSED)
    today = desk.now.astimezone(desk.agency.calendar.zone).date()
    actor = desk.actor()
    units = desk.agency.organisation.units_of(actor, today)
    due = Due(issued, item, part, task, unit or next(iter(units), ""), Occurrence(today.isoformat(), today, None))
    done = open_one(due, actor, store=desk.agency.store, ground=desk.agency, now=desk.now)
    if isinstance(done, Refusal):
        desk.refuse(done)
    answer(desk, done)


def _read(desk: Desk, files: list[Path]) -> "list[Read]":
    from quality.programme.read import FOLDER, read_folder, read_plan

    if files:
        return [read_plan(path.resolve(), path.resolve().parent) for path in files]
    folder = desk.root / FOLDER
    if not folder.is_dir():
        desk.stop(say("there is no programme at {folder}", folder=folder))
    return read_folder(folder)


def _stop_at_faults(desk: Desk, found: "list[Read]", *, always: bool = False) -> "list[Read]":
    """Print what is wrong with plans; stop when any cannot be carried out. Warnings stop nothing."""
    from cli.findings import put_findings
    from procedures.finding import errors
    from procedures.report import summary
    from quality.programme.check import check as checked

    codes = {one.code for one in desk.agency.shelf.all()}
    findings = [finding for one in found for finding in checked(one, desk.agency.organisation, codes)]
    if always or errors(findings):
        put_findings(desk, findings, {one.file: one.text for one in found}, [one.file for one in found])
        desk.tell(summary(findings, desk.lang, len(found)))
    if errors(findings):
        raise Stop(None, Exit.CONTENT)
    return found


def _chosen(desk: Desk, code: str | None) -> "Issued":
    """Return the plan that is meant: the only one of the newest year where no code was given."""
    from quality.programme.duties import kept

    found = kept(desk.agency).current()
    if code is not None:
        one = next((one for one in found if one.plan.code == code), None)
        if one is None:
            known = ", ".join(one.plan.code for one in found) or "—"
            desk.stop(say("no programme {code} is issued; there are: {known}", code=code, known=known))
        return one
    if not found:
        desk.stop(say("no programme is issued yet; quytrinh programme issue FILE"))
    year = (
        max(one.plan.year for one in found if one.plan.year <= _year(desk))
        if _past(desk, found)
        else found[-1].plan.year
    )
    newest = [one for one in found if one.plan.year == year]
    if len(newest) > 1:
        desk.stop(say("which one? {known}", known=", ".join(one.plan.code for one in newest)))
    return newest[0]


def _past(desk: Desk, found: "list[Issued]") -> bool:
    return any(one.plan.year <= _year(desk) for one in found)


def _year(desk: Desk) -> int:
    here: datetime = desk.now.astimezone(desk.agency.calendar.zone)
    return here.year


def _give(desk: Desk, text: str, output: Path | None) -> None:
    if output is None:
        desk.put(text.rstrip("\n"))
        return
    if output.exists():
        desk.stop(say("{file} is there already; nothing was written", file=output), Exit.REFUSED)
    output.write_text(text, encoding="utf-8")
    desk.put_files([output])
