"""A table that is shown, or written as a workbook or CSV: the same rows everywhere."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.desk import Desk
from procedures.words import say

if TYPE_CHECKING:
    from visualize.sheet import Sheet

SheetFile = Annotated[Path | None, typer.Option("-o", "--output", help="Ghi ra tệp .xlsx hoặc .csv.")]


def put_sheet(desk: Desk, sheet: "Sheet", output: Path | None = None) -> None:
    """Show a table, answer with it as JSON, or write it to a file whose name says how."""
    from cli.tables import table
    from visualize.sheet import read, to_csv

    if output is not None:
        ending = output.suffix.lower()
        if ending not in {".xlsx", ".csv"}:
            desk.stop(say("{file}: write a name that ends in .xlsx or .csv", file=output))
        from visualize.xlsx import to_xlsx

        output.parent.mkdir(parents=True, exist_ok=True)
        made = to_csv(sheet) if ending == ".csv" else to_xlsx([sheet], sheet.title, desk.agency.settings.agency)
        output.write_bytes(made)
        desk.put_files([output])
        return
    rows = [
        [read(cell, column.kind, desk.lang) for cell, column in zip(row, sheet.columns, strict=True)]
        for row in sheet.rows
    ]
    if desk.json:
        heads = [column.head for column in sheet.columns]
        desk.put_json({"title": sheet.title, "rows": [dict(zip(heads, row, strict=True)) for row in rows]})
        return
    heads = [column.head for column in sheet.columns]
    desk.put(table(desk, heads, rows, sheet.title))
    for line in (*sheet.lines, *sheet.notes):
        desk.tell(line)
