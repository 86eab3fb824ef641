"""Everything that runs by itself for an agency, one line each."""

from datetime import timedelta
from pathlib import Path

from workflows.drain import drain, duty
from workflows.migrate import migrate
from workflows.schedule import Served
from workflows.tick import tick

#: A drain that finds nothing costs seconds of processor, so it comes seldom; the nudger starts one when work waits.
_DRAIN = timedelta(minutes=5)


def roster(root: Path, every: timedelta) -> list[Served]:
    """Return what is served for the agency's folder `root`; the tick comes every `every`."""
    here = {"root": str(root.resolve())}
    return [
        Served("tick", tick, every, here, "delays, calls, deadlines and what follows from them"),
        Served(
            "drain", drain, _DRAIN, here, "letters, systems to be told, automatic steps; the nudger starts it sooner"
        ),
        Served("nightly", duty, "15 1 * * *", here | {"name": "việc đêm"}, "the record is proven whole"),
        Served("digest", duty, "35 7 * * *", here | {"name": "thư sáng"}, "everybody's letter of the morning"),
        Served("review_pack", duty, "30 2 1-10 1,4,7,10 *", here | {"name": "bộ xem xét"}, "the pack of the quarter"),
        Served("programme", duty, "5 6 * * *", here | {"name": "chương trình"}, "tasks of the plan open their cases"),
        Served("report", duty, "20 6 * * *", here | {"name": "báo cáo"}, "reports that are owed open their cases"),
        Served("report_drafts", duty, "40 6 * * *", here | {"name": "dự thảo báo cáo"}, "papers of frozen figures"),
        Served("recompute", duty, "50 5 * * *", here | {"name": "tính lại"}, "a new calendar, units that ended"),
        Served("migrate", migrate, None, here, "many cases go over to a later issue"),
    ]
