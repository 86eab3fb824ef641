"""`quytrinh register`: the register of a procedure, on the screen, as a workbook, a paper or CSV."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.commands.quality import PeriodText, chosen_period
from cli.desk import Desk
from cli.exits import Exit
from procedures.words import say

if TYPE_CHECKING:
    from quality.registers import Register

#: The columns that fit on a screen: number, case, subject, unit, opened, due, status, ended.
_ON_SCREEN = 8
_ENDINGS = (".xlsx", ".docx", ".csv")


def register(app: typer.Typer) -> None:
    """Hang the command on the root."""
    app.command("register")(register_)


def register_(
    context: typer.Context,
    procedure: Annotated[
        str | None, typer.Argument(metavar="MÃ", help="Mã quy trình; bỏ trống: liệt kê các sổ.")
    ] = None,
    period: PeriodText = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Chỉ đơn vị này và các đơn vị trực thuộc.")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Ghi ra tệp .xlsx, .docx hoặc .csv.")] = None,
    taken: Annotated[
        Path | None,
        typer.Option(
            "--import",
            "--nhap",
            help="Nhập tệp CSV: mỗi dòng một hồ sơ, cột là thông tin của bước đầu.",
            exists=True,
            dir_okay=False,
        ),
    ] = None,
) -> None:
    """Sổ theo dõi của một quy trình: mỗi hồ sơ một dòng.

    Có --user thì chỉ gồm hồ sơ người đó được đọc. Không có --period: mọi hồ sơ từ trước đến nay.
    """
    desk: Desk = context.obj
    if procedure is None:
        _list(desk)
        return
    if taken is not None:
        _take_in(desk, procedure, taken)
        return
    if output is not None and output.suffix.lower() not in _ENDINGS:
        desk.stop(say("{file}: write a name that ends in .xlsx, .docx or .csv", file=output))
    found = _read(desk, procedure, period, unit)
    if output is not None:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_bytes(_written(desk, found, output.suffix.lower()))
        desk.put_files([output])
        return
    _show(desk, found)


def _take_in(desk: Desk, code: str, file: Path) -> None:
    """Open a case for each line; with any fault nothing is taken in, and a line taken in before is not again."""
    from engine.handle import handle
    from engine.refusal import Refusal
    from procedures.release import ShelfRefusal
    from quality.taking_in import TakenIn, finishing, lines

    agency, actor = desk.agency, desk.actor()
    try:
        procedure = agency.shelf.current(code, desk.now.astimezone(agency.calendar.zone).date()).procedure
    except ShelfRefusal as refusal:
        desk.stop(refusal.words, Exit.USAGE)
    found, faults = lines(file.read_text("utf-8-sig"), procedure)
    for number, words in faults:
        desk.tell(say("line {number}: {what}", number=number, what=words))
    if faults:
        desk.stop(say("nothing was taken in: {count} faults", count=len(faults)), Exit.CONTENT)
    cases = []
    with agency.store.reading() as reader:
        there = TakenIn.of(reader, code)
    for line in found:
        command, told = line.opening(procedure, actor), line.said(procedure, agency.organisation)
        with agency.store.reading() as reader:
            case = there.find(reader, told, line.unit)
        if case is None:
            opened = handle(command, store=agency.store, ground=agency, now=desk.now)
            if isinstance(opened, Refusal):
                desk.tell(say("line {number}: {what}", number=line.number, what=opened.words))
                desk.refuse(opened)
            case = opened.case
            there.add(told, case)
        cases.append(case)
        ending = finishing(command, case, procedure)
        if ending is not None:
            handle(ending, store=agency.store, ground=agency, now=desk.now)
    if desk.json:
        desk.put_json({"cases": cases})
        return
    desk.put("\n".join(cases))
    desk.tell(say("{count} cases", count=len(cases)))


def _read(desk: Desk, procedure: str, period: str | None, unit: str | None) -> "Register":
    from engine.scope import EVERYTHING
    from procedures.release import ShelfRefusal
    from quality.registers import Asked
    from quality.registers import register as read

    agency = desk.agency
    if unit is not None and unit not in {one.name for one in agency.organisation.units}:
        desk.stop(say("there is no unit “{unit}”", unit=unit))
    scope = agency.scope(desk.actor(), desk.now) if desk.user else EVERYTHING
    asked = Asked(procedure, chosen_period(desk, period) if period else None, unit, scope)
    try:
        with agency.store.reading() as reader:
            return read(reader, agency, asked, desk.now)
    except ShelfRefusal as refusal:
        desk.stop(refusal.words, Exit.USAGE)


def _written(desk: Desk, found: "Register", ending: str) -> bytes:
    from visualize.docx import to_docx
    from visualize.register_sheet import register_document, register_sheet
    from visualize.sheet import to_csv
    from visualize.xlsx import to_xlsx

    if ending == ".docx":
        return to_docx(register_document(found, desk.agency, desk.lang))
    sheet = register_sheet(found, desk.agency, desk.lang)
    return to_csv(sheet) if ending == ".csv" else to_xlsx([sheet], sheet.title, desk.agency.settings.agency)


def _show(desk: Desk, found: "Register") -> None:
    from cli.tables import table
    from procedures.values import to_text
    from visualize.register_sheet import about, register_sheet
    from visualize.sheet import read

    if desk.json:
        cases = [
            {
                "case": one.case.id,
                "title": one.case.title,
                "unit": one.case.unit,
                "status": one.case.status.value,
                "result": one.case.result,
                "values": {name: to_text(value) for name, value in one.values.items()},
            }
            for one in found.entries
        ]
        desk.put_json({"procedure": found.code, "as_of": found.as_of.isoformat(), "cases": cases})
        return
    sheet = register_sheet(found, desk.agency, desk.lang)
    heads = [column.head for column in sheet.columns[1:_ON_SCREEN]]
    rows = [
        [
            read(cell, column.kind, desk.lang)
            for cell, column in zip(row[1:_ON_SCREEN], sheet.columns[1:_ON_SCREEN], strict=True)
        ]
        for row in sheet.rows
    ]
    desk.put(table(desk, heads, rows, sheet.title))
    for line in about(found, desk.agency, desk.lang):
        desk.tell(line)


def _list(desk: Desk) -> None:
    from cli.tables import table
    from quality.questions_registers import counted

    agency = desk.agency
    names = {one.code: one.procedure.name for one in agency.shelf.all()}
    with agency.store.reading() as reader:
        counts = counted(reader)
    if desk.json:
        told = [{"procedure": code, "name": name, "cases": counts.get(code, 0)} for code, name in sorted(names.items())]
        desk.put_json({"registers": told})
        return
    rows = [[code, name, str(counts.get(code, 0))] for code, name in sorted(names.items())]
    desk.put(table(desk, [say("procedure"), say("name"), say("cases")], rows))
