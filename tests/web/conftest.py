"""A small agency in a real folder, played by hand: cases done in time, late, returned, paused, withdrawn and open."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest

from engine.agency import Agency, Settings
from engine.commands import AnyCommand, ClaimWork, FinishWork, OpenCase, WithdrawCase
from engine.handle import Done, handle
from engine.stores.sql import SqlStore
from procedures.calendar import Calendars
from procedures.shelf import FolderShelf, release
from quality.sweep import sweep
from tests.quality.agency import ISSUED, at, declared, handling, people, working_time
from tests.web.visitor import TestClient
from web.app import make_app

#: A Friday; the working days before it are full of cases.
NOW = at(20, 10)
HOSTILE = "<img src=x onerror=alert(1)> & “giấy”"


@dataclass
class Played:
    """The agency, the ids of its cases by what became of them, and who visits."""

    agency: Agency
    cases: dict[str, str]
    visitor: TestClient

    def get(self, path: str, lang: str = "vi") -> str:
        """Read a page that must be there."""
        join = "&" if "?" in path else "?"
        answer = self.visitor.get(path if lang == "vi" else f"{path}{join}lang={lang}")
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.text


class Play:
    """Commands given one after the other."""

    def __init__(self, agency: Agency) -> None:
        self.agency = agency
        self.numbers = count()

    def give(self, command: AnyCommand, now: datetime) -> str:
        """Give a command that must be carried out; return the case."""
        done = handle(command, store=self.agency.store, ground=self.agency, now=now)
        assert isinstance(done, Done), done
        return done.case

    def id(self) -> str:
        """Return a fresh command id."""
        return f"w{next(self.numbers)}"

    def open(self, day: int, title: str) -> str:
        """Open a case at the morning of a day in March."""
        return self.give(OpenCase(id=self.id(), actor="an", procedure="QT-TT-01", title=title), at(day))

    def finish(self, case: str, item: int, day: int, outcome: str | None = None) -> None:
        """Finish the item of a case whose step the number tells."""
        actor = {1: "an", 2: "binh", 3: "chi"}[item if outcome else 1]
        reason = "thiếu chữ ký" if outcome == "Thiếu" else None
        told = FinishWork(id=self.id(), actor=actor, case=case, item=item, outcome=outcome, reason=reason)
        self.give(told, at(day, 9))


def play(agency: Agency) -> dict[str, str]:
    """Play three weeks of March 2026."""
    office = Play(agency)
    found = {"done": office.open(2, "Giấy in quý I"), "late": office.open(3, "Mực in")}
    for case, end in ((found["done"], 3), (found["late"], 11)):
        office.finish(case, 1, end)
        office.finish(case, 2, end, "Đủ")
        office.finish(case, 3, end, "Đồng ý")
    found["returned"] = office.open(16, "Bút bi")
    office.finish(found["returned"], 1, 17)
    office.finish(found["returned"], 2, 17, "Thiếu")
    found["overdue"] = office.open(9, HOSTILE)
    office.finish(found["overdue"], 1, 10)
    office.give(ClaimWork(id=office.id(), actor="binh", case=found["overdue"], item=2), at(10, 10))
    found["withdrawn"] = office.open(12, "Kẹp giấy")
    office.give(WithdrawCase(id=office.id(), actor="an", case=found["withdrawn"], reason="không cần nữa"), at(12, 9))
    found["fresh"] = office.open(20, "Phong bì")
    sweep(agency.store, agency, at(12))
    sweep(agency.store, agency, NOW)
    return found


@pytest.fixture(scope="session")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """The agency as it stands on Friday morning, and its site."""
    folder = tmp_path_factory.mktemp("agency")
    agency = made(folder)
    cases = play(agency)
    yield Played(agency, cases, TestClient(make_app(agency, now=lambda: NOW)))
    agency.store.close()


def made(folder: Path) -> Agency:
    """Make an agency without any case in a folder."""
    shelf = FolderShelf(folder / "releases")
    ours = declared("trễ bước", more="chỉ tiêu:\n  CT1: đúng hạn ít nhất 95% mỗi quý\n")
    issued = (release(one, approved_by="Giám đốc", issued_at=ISSUED) for one in (ours, handling()))
    shelf.publish(*issued)
    settings = Settings(agency="Sở A", superior="UBND tỉnh B", place="Tỉnh B", guests="read")
    return Agency(folder, settings, people(), Calendars(working_time()), shelf, SqlStore(folder / "quytrinh.db"))
