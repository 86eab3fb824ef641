"""The agency before the browser: hours that are easily reckoned with, more procedures, and a case of every standing."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from shutil import copytree
from typing import Any

from engine.agency import Agency
from engine.commands import FinishWork, OpenCase, PauseCase
from procedures.calendar import Calendar, Calendars, load_calendar
from procedures.load import load_file
from procedures.model import Procedure
from procedures.shelf import release
from tests.quality.agency import ISSUED, ROOT, at, loaded
from tests.web.conftest import Play, made, play
from tests.web.test_giving import with_a_second_clerk

#: Four hours of working time in all, something to enter, and an outcome that another procedure has too.
CARD = """\
quy trình:
  mã: QT-TT-02
  tên: Cấp thẻ ra vào
  loại: công việc nội bộ
  lần ban hành: {issue}
  hiệu lực từ: {since}
  đơn vị chủ trì: Văn phòng
  thời hạn: {limit} giờ làm việc
vai trò:
  người đề nghị: Chuyên viên của đơn vị mở hồ sơ
  văn thư: Văn thư, Văn phòng
thông tin:
  số thẻ:
    kiểu: văn bản
    bắt buộc: có
  phí:
    kiểu: số tiền
    bắt buộc: không
  lý lịch:
    kiểu: văn bản dài
    bắt buộc: không
các bước:
  lập phiếu:
    tên: Lập phiếu
    trách nhiệm: người đề nghị
    đến: kiểm tra
  kiểm tra:
    tên: Kiểm tra
    trách nhiệm: văn thư
    thời hạn: 4 giờ làm việc
    tạm dừng được: có
    nhập: [số thẻ, phí, lý lịch]
    chọn:
      Đủ: kết thúc hoàn thành
      Không cấp: kết thúc từ chối
"""


class Office(Play):
    """Commands given while nobody looks; each test that gives some has a name for them."""

    def __init__(self, agency: Agency, name: str) -> None:
        super().__init__(agency)
        self.name = name

    def id(self) -> str:
        return f"{self.name}{next(self.numbers)}"

    def step(self, case: str, item: int, actor: str, when: datetime, **more: Any) -> None:
        """Finish a piece of work at an instant."""
        self.give(FinishWork(id=self.id(), actor=actor, case=case, item=item, **more), when)

    def card(self, title: str, day: int, hour: int) -> str:
        """Open a case with a limit of four hours."""
        return self.give(OpenCase(id=self.id(), actor="an", procedure="QT-TT-02", title=title), at(day, hour))

    def finish_card(self, case: str, *end: int) -> None:
        """Send a card on at once, and give it out at an instant."""
        with self.agency.store.reading() as reader:
            held = reader.held(case)
        assert held is not None
        self.step(case, 1, "an", held.case.opened_at)
        self.step(case, 2, "binh", at(*end), outcome="Đủ", fields={"số thẻ": "A1"}, salt="s")


def card(issue: int, since: str, limit: int = 4) -> Procedure:
    """Return the procedure about cards in one of its issues."""
    return loaded(CARD.format(issue=issue, since=since, limit=limit))


def agency(folder: Path) -> Agency:
    """Return the agency without a case."""
    ours = with_a_second_clerk(made(folder))
    settings = replace(ours.settings, administrators="Giám đốc")
    found = load_file(ROOT / "procedures.d" / "QT-VP-05.yaml", ROOT)
    assert found.procedure is not None
    purchase = found.procedure.model_copy(update={"effective_from": ISSUED.date()})
    ours.shelf.publish(
        *(
            release(one, approved_by="Giám đốc", issued_at=ISSUED)
            for one in (card(1, "01/12/2025", 8), card(2, "01/02/2026"), purchase)
        )
    )
    copytree(ROOT / "reference.d", folder / "reference.d")
    return replace(ours, settings=settings, calendars=Calendars(_hours(folder / "calendar.d")))


def cases(ours: Agency) -> dict[str, str]:
    """Play three weeks of March 2026, and return the cases by what became of them."""
    found, office = play(ours), Office(ours, "b")
    found["near"] = office.open(17, "Ghim bấm")
    found["slow"] = office.open(18, "Bìa hồ sơ")
    office.finish(found["slow"], 1, 18)
    found["paused"] = office.card("Thẻ cho đoàn kiểm tra", 19, 8)
    office.step(found["paused"], 1, "an", at(19, 9))
    paused = PauseCase(id=office.id(), actor="an", case=found["paused"], reason="chờ danh sách", basis="Quy chế ra vào")
    office.give(paused, at(19, 10))
    return found


def _hours(folder: Path) -> Calendar:
    """Return the calendar of the sample agency with 08:00–12:00 and 13:00–17:00."""
    folder.mkdir()
    for one in (ROOT / "calendar.d").glob("*.yaml"):
        text = one.read_text(encoding="utf-8").replace("07:30-11:30, 13:30-17:00", "08:00-12:00, 13:00-17:00")
        (folder / one.name).write_text(text, encoding="utf-8")
    calendar, findings = load_calendar(folder)
    assert calendar is not None, findings
    return calendar
