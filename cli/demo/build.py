"""Making the sample agency: a fresh folder with its own organisation, calendar, procedures, shelf and database."""

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from cli.demo.programme import issue
from cli.desk import Desk
from cli.exits import Exit
from engine.agency import SETTINGS, Agency, open_agency
from engine.stores.sql import SqlStore
from procedures.words import say

#: Where the data of the project live: beside the packages, in a checkout.
DATA = Path(__file__).resolve().parents[2]
FOLDERS = ("procedures.d", "organisation.d", "calendar.d", "programme.d", "reference.d")
#: The first line of the settings of a sample agency; what begins otherwise belongs to somebody.
_MARK = "# Cơ quan mẫu: mọi tên đều đặt ra.\n"
_TOML = f"""{_MARK}agency = "Sở A"
superior = "UBND tỉnh A"
place = "Tỉnh A"
database = "quytrinh.db"
lang = "vi"
guests = "read"
"""
#: What a demonstration writes, and therefore may clear before it begins.
_MADE = (
    *FOLDERS,
    "releases",
    "luu-do",
    "ho-so",
    "chi-tieu",
    "chuong-trinh",
    "bao-cao",
    "programmes",
    "attachments",
    "xem-xet",
    "so",
    "he-thong",
    "mot-cua",
    "checkpoints",
)


def build(desk: Desk, folder: Path, year: int) -> Agency:
    """Make the folder anew and issue every procedure, as it was before the year began."""
    _clear(desk, folder)
    for name in FOLDERS:
        shutil.copytree(DATA / name, folder / name)
    (folder / SETTINGS).write_text(_TOML, encoding="utf-8")
    agency = open_agency(folder)
    _issue(desk, folder, agency, datetime(year - 1, 12, 22, 2, tzinfo=UTC), date(year, 1, 1))
    issue(agency, year)
    agency.store.close()
    # The year can be played again at any time, so its commits need not wait for the disk.
    return replace(agency, store=SqlStore(agency.store.where, durable=False))


def _clear(desk: Desk, folder: Path) -> None:
    """Empty the folder of an earlier demonstration; anything else in it is a reason to stop."""
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()) and not _played(folder / SETTINGS):
        desk.stop(say("{folder} holds something else; choose another with -o", folder=folder), Exit.USAGE)
    for path in folder.iterdir():
        if path.name in _MADE:
            shutil.rmtree(path)
        elif path.name.startswith("quytrinh.") or path.suffix in {".txt", ".html"}:
            path.unlink()


def _played(settings: Path) -> bool:
    """Tell whether a folder is a sample agency: an agency of one's own is never cleared."""
    return settings.is_file() and settings.read_text(encoding="utf-8", errors="replace").startswith(_MARK)


def _issue(desk: Desk, folder: Path, agency: Agency, at: datetime, effective: date) -> None:
    from cli.definitions import checked
    from cli.findings import put_findings
    from cli.issuing import stop_at_objections
    from procedures.appraisal import APPRAISED, Appraisal
    from procedures.check import unaccepted_warnings
    from procedures.finding import errors
    from procedures.shelf import release

    there = Desk(root=folder, lang=desk.lang)
    found = checked(there, [])
    open_ = [
        finding
        for one in found.loaded
        if one.procedure is not None
        for finding in unaccepted_warnings(found.about(one), one.procedure)
    ]
    faults = [*errors(found.findings), *open_]
    if faults:
        put_findings(desk, faults, found.sources)
        desk.stop(say("nothing was issued: {count} findings", count=len(faults)), Exit.CONTENT)
    appraised = Appraisal(number="12/TĐ-VP", day=at.date(), unit="Văn phòng")
    releases = [
        release(
            one,
            drafted_by="Bộ phận ISO, Văn phòng",
            approved_by="Giám đốc Sở A",
            appraisal=appraised if one.kind in APPRAISED else None,
            issued_at=at,
            effective_from=effective,
        )
        for one in found.procedures
    ]
    stop_at_objections(desk, releases)
    agency.shelf.publish(*releases)
