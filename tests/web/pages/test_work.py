"""The page of work: what is late with others, for whoever heads them, and of a list without end only its beginning."""

import pytest

from engine.agency import Agency
from engine.commands import FinishWork, OpenCase
from engine.handle import Done, handle
from procedures.shelf import release
from quality import questions_work
from tests.quality.agency import ISSUED, at, loaded
from tests.quality.test_overseen import PLAN
from tests.web.test_giving import Visitor


def test_an_action_of_an_objective_that_is_late_stands_on_the_page_of_the_head_until_it_is_done(agency: Agency) -> None:
    plan = loaded(PLAN.format(code="QT-HT-09", step="thực hiện", what="hành động thực hiện"))
    agency.shelf.publish(release(plan, approved_by="Giám đốc", issued_at=ISSUED))
    told = {"hành động thực hiện": "Tập huấn một cửa", "người chịu trách nhiệm": "duc", "hạn hoàn thành": "16/03/2026"}
    opened = OpenCase(id="m", actor="duc", procedure="QT-HT-09", title="Đúng hạn 95 %", fields=told, salt="s")
    case = getattr(handle(opened, store=agency.store, ground=agency, now=at(2, 8)), "case", "")
    first, second = (FinishWork(id=f"x{n}", actor="duc", case=case, item=n) for n in (1, 2))
    assert isinstance(handle(first, store=agency.store, ground=agency, now=at(2, 9)), Done)
    head, clerk = Visitor(agency, "em"), Visitor(agency, "an")
    page = head.get("/viec")
    shown = page[page.index("Quá hạn ở người khác, cần đôn đốc (1)") :].partition("</table>")[0]
    assert all(one in shown for one in ("Tập huấn một cửa", case, "Đúng hạn 95 %", "Duc", "16/03/2026", "4 ngày trước"))
    assert "Quá hạn ở người khác" not in clerk.get("/viec")
    assert "Quá hạn ở người khác" not in head.get("/viec?muc=don-vi")
    assert isinstance(handle(second, store=agency.store, ground=agency, now=at(20, 9)), Done)
    assert "Quá hạn ở người khác" not in head.get("/viec")


def test_a_list_without_end_is_cut_off_and_says_so(agency: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk, director = Visitor(agency, "an"), Visitor(agency, "em")
    for number in range(4):
        clerk.open(f"Việc thứ {number}")
    whole = director.get("/viec?muc=don-vi")
    looks = [name for name in ("late", "slow", "near", "safe", "paused") if f"tinh-trang={name}" in whole]
    count = int(whole.partition(" việc, đến hạn trước xếp trên")[0].rpartition(">")[2])
    monkeypatch.setattr(questions_work, "MOST", count)
    assert director.get("/viec?muc=don-vi") == whole
    monkeypatch.setattr(questions_work, "MOST", count - 1)
    cut = director.get("/viec?muc=don-vi")
    assert f">hơn {count - 1} việc, đến hạn trước xếp trên<" in cut
    assert len(looks) < 5
    assert all(f"tinh-trang={name}" in cut for name in ("late", "slow", "near", "safe", "paused"))
    assert f">{count} việc" not in director.get(f"/viec?muc=don-vi&tinh-trang={looks[0]}")
