"""A small agency for the tests of quality: a procedure of three steps, its people, and a store."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from engine.commands import AnyCommand, ClaimWork, FinishWork, OpenCase
from engine.handle import Done, handle
from engine.refusal import Refusal
from engine.salts import salts_from
from engine.store import Store
from engine.stores.memory import MemoryStore
from engine.stores.sql import SqlStore
from procedures.calendar import Calendar, Calendars, load_calendar
from procedures.load import load_file, load_text
from procedures.model import Procedure
from procedures.organisation import Organisation, OrgUnit, Person, Post
from procedures.shelf import MemoryShelf, Shelf, release

ROOT = Path(__file__).resolve().parents[2]
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
ISSUED = datetime(2025, 12, 1, 1, tzinfo=UTC)

DECLARED = """\
quy trình:
  mã: QT-TT-01
  tên: Cấp phát văn phòng phẩm
  loại: công việc nội bộ
  lần ban hành: 1
  hiệu lực từ: 01/12/2025
  đơn vị chủ trì: Văn phòng
  thời hạn: 3 ngày làm việc
vai trò:
  người đề nghị: Chuyên viên của đơn vị mở hồ sơ
  văn thư: Văn thư, Văn phòng
  lãnh đạo: Chánh Văn phòng
các bước:
  lập phiếu:
    tên: Lập phiếu
    trách nhiệm: người đề nghị
    đến: kiểm tra
  kiểm tra:
    tên: Kiểm tra
    trách nhiệm: văn thư
    thời hạn: 1 ngày làm việc
    chọn:
      Đủ: duyệt
      Thiếu: trả về lập phiếu, không quá 5 lần
  duyệt:
    tên: Duyệt
    trách nhiệm: lãnh đạo
    thời hạn: 4 giờ làm việc
    chọn:
      Đồng ý: kết thúc hoàn thành
      Không: kết thúc từ chối
"""


def declared(policy: str = "", *, issue: int = 1, more: str = "") -> Procedure:
    """The procedure of the tests, with a breach policy of its own or without."""
    text = DECLARED.replace("lần ban hành: 1", f"lần ban hành: {issue}") + more
    return loaded(text + (f"không phù hợp khi:\n  - {policy}\n" if policy else ""))


def loaded(text: str) -> Procedure:
    found = load_text(text, "test.yaml")
    assert found.procedure is not None, [str(finding.message) for finding in found.findings]
    return found.procedure


def handling() -> Procedure:
    """The system procedure that ships with the project, in force already."""
    found = load_file(ROOT / "procedures.d" / "QT-HT-04.yaml", ROOT)
    assert found.procedure is not None, [str(finding.message) for finding in found.findings]
    return found.procedure.model_copy(update={"effective_from": ISSUED.date()})


def people() -> Organisation:
    units = (
        OrgUnit("Sở A"),
        OrgUnit("Văn phòng", parent="Sở A"),
        OrgUnit("Phòng Kế hoạch", parent="Sở A"),
        OrgUnit("Bộ phận Quản lý chất lượng", parent="Sở A"),
    )
    held = {
        "an": [("Chuyên viên", "Phòng Kế hoạch")],
        "binh": [("Văn thư", "Văn phòng")],
        "chi": [("Chánh Văn phòng", "Văn phòng")],
        "duc": [("Chuyên viên", "Văn phòng")],
        "em": [("Giám đốc", "Sở A")],
        "giang": [("Quản lý chất lượng", "Bộ phận Quản lý chất lượng")],
        "ha": [("Thư ký ISO", "Bộ phận Quản lý chất lượng")],
    }
    told = (Person(id_, id_.title(), tuple(Post(p, u) for p, u in posts)) for id_, posts in held.items())
    return Organisation(units=units, people=tuple(told))


def working_time() -> Calendar:
    calendar, findings = load_calendar(ROOT / "calendar.d")
    assert not [finding for finding in findings if finding.severity == "error"]
    return calendar


def at(day: int, hour: int = 8, minute: int = 0, month: int = 3, year: int = 2026) -> datetime:
    """An instant in the agency's zone; 2/3/2026 is a Monday and that March has no days off."""
    return datetime(year, month, day, hour, minute, tzinfo=ZONE)


@dataclass
class Settings:
    agency: str = "Sở A"
    superior: str = "UBND tỉnh B"
    place: str = "Tỉnh B"


@dataclass
class Agency:
    """The ground that commands are handled on, and short ways to give them."""

    shelf: Shelf
    store: Store = field(default_factory=MemoryStore)
    organisation: Organisation = field(default_factory=people)
    calendar: Calendar = field(default_factory=working_time)
    settings: Settings = field(default_factory=Settings)
    numbers: "Iterator[int]" = field(default_factory=count)

    @property
    def calendars(self) -> Calendars:
        return Calendars(self.calendar)

    def give(self, command: AnyCommand, now: datetime) -> Done | Refusal:
        with salts_from(lambda: f"salt of {command.id}"):  # so that two stores have the same hashes
            return handle(command, store=self.store, ground=self, now=now)

    def open(self, now: datetime, by: str = "an", procedure: str = "QT-TT-01") -> str:
        id_ = f"c{next(self.numbers)}"
        done = self.give(OpenCase(id=id_, actor=by, procedure=procedure, title=f"Giấy in {id_}"), now)
        assert isinstance(done, Done), done
        return done.case

    def claim(self, case: str, item: int, by: str, now: datetime) -> None:
        done = self.give(ClaimWork(id=f"c{next(self.numbers)}", actor=by, case=case, item=item), now)
        assert isinstance(done, Done), done

    def finish(self, case: str, item: int, by: str, now: datetime, outcome: str | None = None, **more: object) -> None:
        told = FinishWork(
            id=f"c{next(self.numbers)}",
            actor=by,
            case=case,
            item=item,
            outcome=outcome,
            **{"reason": "thiếu chữ ký" if outcome == "Thiếu" else None, **more},
        )
        done = self.give(told, now)
        assert isinstance(done, Done), done


def agency(*procedures: Procedure, path: Path | None = None, handled: bool = True) -> Agency:
    """An agency in which these procedures are issued, and the handling of nonconformities; in SQL at a path."""
    shelf = MemoryShelf()
    issued = (*procedures, *((handling(),) if handled else ()))
    shelf.publish(*(release(one, approved_by="Giám đốc", issued_at=ISSUED) for one in issued))
    return Agency(shelf, SqlStore(path) if path else MemoryStore())
