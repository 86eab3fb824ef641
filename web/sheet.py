"""Rows as a CSV file that spreadsheets open as they are: marked as UTF-8, and nothing in it is a formula."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

#: What makes a spreadsheet take a text for something to work out.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def sheet(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a table as a file; a text that begins like a formula stands behind an apostrophe."""
    written = StringIO()
    writer = csv.writer(written)
    writer.writerow(heads)
    writer.writerows([plain(cell) for cell in row] for row in rows)
    return written.getvalue().encode("utf-8-sig")


def plain(text: str) -> str:
    """Return a text that no spreadsheet works out."""
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
