"""The timeline of a case as lines for the terminal."""

from collections.abc import Iterator, Sequence

from cli.desk import Desk
from engine.case import Case
from engine.log import Recorded
from visualize.case_words import shown
from visualize.due_history import history_lines as history
from visualize.timeline import entries

__all__ = ["history", "timeline"]


def timeline(desk: Desk, case: Case, log: Sequence[Recorded]) -> Iterator[str]:
    """Yield one line an event, with who and when."""
    for entry in entries(desk, case, log):
        yield f"{entry.seq:>4}  {shown(desk, entry.at)}  {entry.who}: {desk.text(entry.what)}"
