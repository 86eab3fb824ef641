"""Somebody at work: opens cases and hands in their first step, again from the beginning whenever it is raised again."""

import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from engine.agency import open_agency
from engine.commands import FinishWork, OpenCase
from engine.handle import Done, handle

WHO = "an.nv"


def give(root: Path, first: int, step: int, count: int, pause: float) -> None:
    """Give the commands of cases `first`, `first + step`, …; their ids make each be done once."""
    agency = open_agency(root)
    at = datetime.now(UTC) - timedelta(hours=3)  # so that the delay of an hour is over when somebody looks
    for number in range(first, count, step):
        opening = OpenCase(id=f"open/{number}", actor=WHO, procedure="QT-01", title=f"Công văn {number}")
        opened = handle(opening, store=agency.store, ground=agency, now=at)
        assert isinstance(opened, Done), opened
        finish = FinishWork(id=f"finish/{number}", actor=WHO, case=opened.case, item=1)
        assert isinstance(handle(finish, store=agency.store, ground=agency, now=at), Done)
        if not opened.repeated:
            time.sleep(pause)  # people take their time, so that a kill finds them at work


if __name__ == "__main__":
    give(Path(sys.argv[1]), *(int(word) for word in sys.argv[2:5]), float(sys.argv[5]))
