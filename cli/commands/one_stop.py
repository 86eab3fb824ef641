"""`quytrinh case form`, `quytrinh case book`: the forms 01 to 07 of the one-stop desk, from what happened to a case."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.commands.cases import CaseId, group
from cli.commands.quality import PeriodText, chosen_period
from cli.desk import Desk
from cli.exits import Exit
from cli.reading import one_of
from procedures.words import Words, say

if TYPE_CHECKING:
    from quality.periods import Period
    from visualize.onestop.book import Entry
    from visualize.onestop.told import Told

_NUMBERS = ("01", "02", "03", "04", "05", "06", "07")
#: The form that is a line of the book of dossiers.
_BOOK = "07"


def register(_app: typer.Typer) -> None:
    """Do nothing more: the commands hang on the group of cases already."""


@group.command("form")
def form(
    context: typer.Context,
    case: CaseId,
    number: Annotated[str, typer.Argument(metavar="MẪU", help="Số mẫu của Thông tư 03/2025/TT-VPCP: 01 đến 07.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Ghi ra tệp này: .docx; mẫu 07 cả .xlsx.")
    ] = None,
) -> None:
    """Lập một mẫu 01–07 của hồ sơ từ những gì đã ghi nhận.

    Chỗ chưa biết để trống. 01 tiếp nhận và hẹn trả, 02 bổ sung, 03 từ chối, 04 xin lỗi và gia hạn, 05 dừng giải quyết,
    06 kiểm soát quá trình, 07 theo dõi.
    """
    from visualize.docx import to_docx
    from visualize.onestop.forms import form as made

    desk: Desk = context.obj
    one_of("MẪU", number, _NUMBERS)
    one = told(desk, case)
    document = made(one, number)
    if isinstance(document, Words):
        desk.stop(document, Exit.REFUSED)
    path = output or Path(f"{case}-mau-{number}.docx")
    one_of("-o", path.suffix, (".docx", ".xlsx") if number == _BOOK else (".docx",))
    path.write_bytes(_line(desk, one) if path.suffix == ".xlsx" else to_docx(document))
    desk.put_files([path])


@group.command("book")
def book(
    context: typer.Context,
    period: PeriodText = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Chỉ hồ sơ của đơn vị này.")] = None,
    procedure: Annotated[str | None, typer.Option("--procedure", help="Mã quy trình.")] = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="Tệp ghi ra: .docx hoặc .xlsx.")] = Path(
        "so-theo-doi.docx"
    ),
) -> None:
    """Sổ theo dõi hồ sơ (mẫu 07) của một kỳ."""
    from visualize.onestop.book import entries

    desk: Desk = context.obj
    one_of("-o", output.suffix, (".docx", ".xlsx"))
    chosen = chosen_period(desk, period)
    found = list(entries(desk, chosen, unit, procedure))
    output.write_bytes(_written(desk, chosen, found, unit, output.suffix))
    desk.put_files([output])
    desk.tell(say("{count} dossiers in the register", count=len(found)))


def _line(desk: Desk, one: "Told") -> bytes:
    """Return the line of one case as a spreadsheet, under the heads of the book."""
    from quality.periods import containing
    from visualize.onestop.book import Entry

    period = containing(one.case.opened_at, "year", desk.agency.calendar.zone)
    return _written(desk, period, [Entry.of(one)], None, ".xlsx")


def _written(desk: Desk, period: "Period", found: "list[Entry]", unit: str | None, ending: str) -> bytes:
    from visualize.docx import to_docx
    from visualize.onestop.book import book as paper
    from visualize.onestop.book import book_sheet
    from visualize.xlsx import to_xlsx

    if ending == ".docx":
        return to_docx(paper(desk, period, found, unit))
    sheet = book_sheet(desk, period, found, unit)
    return to_xlsx([sheet], sheet.title, desk.agency.settings.agency)


def told(desk: Desk, case: str) -> "Told":
    """Return what the forms of a case are filled from, or end this program when there is no such case."""
    from visualize.onestop.told import Told

    with desk.agency.store.reading() as reader:
        held, log = reader.held(case), reader.log(case)
    if held is None:
        desk.stop(say("there is no case {case}", case=case), Exit.USAGE)
    return Told(desk, held, log)
