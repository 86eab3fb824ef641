"""Tables in the terminal: columns as wide as what is in them, wrapped to the width of the screen."""

import shutil
from collections.abc import Sequence
from io import StringIO

from cli.desk import Desk
from procedures.words import Words


def table(desk: Desk, heads: Sequence[Words | str], rows: Sequence[Sequence[str]], title: str | None = None) -> str:
    """Return a table as text, or nothing without rows; with `--ascii` its lines are drawn with plain characters."""
    if not rows:
        return ""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    drawn = Table(title=title, box=box.ASCII if desk.ascii else box.SIMPLE_HEAD, pad_edge=False, title_justify="left")
    for number, head in enumerate(heads):
        drawn.add_column(desk.plain(desk.text(head)), overflow="fold", no_wrap=number == 0)
    for row in rows:
        drawn.add_row(*(desk.plain(cell).replace("[", "\\[") for cell in row))
    out = StringIO()
    width = max(shutil.get_terminal_size((120, 40)).columns, 80)
    Console(file=out, width=width, force_terminal=desk.colored, legacy_windows=False).print(drawn)
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n")).strip("\n")
