"""A table for a spreadsheet as data: typed cells under headed columns; and the same as CSV."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from procedures.vietnamese import day, moment, number
from procedures.words import Lang

#: What a column holds: text, a day, an instant (already in the zone to show), a number, an amount of money in đồng, a
#: share from 0 to 1.
Kind = Literal["text", "day", "instant", "number", "money", "share"]
Cell = str | date | datetime | Decimal | int | float | None
#: A text that begins so would be computed by a spreadsheet that reads it from CSV.
_COMPUTED = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, what it holds, its width in characters, and the head that it shares with its neighbours."""

    head: str
    kind: Kind = "text"
    width: float = 18.0
    group: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. `name` is its tab, `issuer` the lines above at the left, `lines` what stands under the title.

    Every row is as long as `columns`. The first `frozen` columns stay in sight and come again on every printed page.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    issuer: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    frozen: int = 1
    lang: Lang = "vi"


def to_csv(sheet: Sheet) -> bytes:
    """Return heads and rows as CSV that Excel reads as UTF-8; texts that it would compute bear an apostrophe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_inert(column.head) for column in sheet.columns])
    writer.writerows([_plain(cell) for cell in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")


def computed(text: str) -> bool:
    """Tell whether a spreadsheet would take a text for a formula."""
    return text.lstrip(" ").startswith(_COMPUTED)


def read(cell: Cell, kind: Kind, lang: Lang) -> str:
    """Return a cell as people read it in a paper."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return moment(cell, lang)
    if isinstance(cell, date):
        return day(cell)
    if isinstance(cell, str):
        return cell
    if kind == "share":
        return f"{number(100 * cell, lang)} %"
    return number(cell, lang, 0 if kind == "money" else 2)


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None).isoformat(" ", "minutes")
    return _inert(cell) if isinstance(cell, str) else str(cell)


def _inert(text: str) -> str:
    return f"'{text}" if computed(text) else text
