"""What waits for a change opens when the change is on record: once for each, for the units that it concerns."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from engine.agency import Agency
from engine.commands import FinishWork, OpenCase
from engine.handle import Done, handle
from procedures.organisation import Person, Post
from quality.programme.changes import About, awaited
from quality.programme.opening import open_due
from quality.programme.plan import Task
from quality.programme.windows import parse_window
from tests.quality.programme.sample import at, folder, issued, plan

LAW = """
1:
  nội dung: Cập nhật quy trình khi văn bản pháp luật thay đổi
  cơ quan chủ trì: [Văn phòng, mỗi phòng thuộc Sở A]
  thời gian: Khi có sự thay đổi
  kết quả: Quy trình sửa đổi
"""
PEOPLE = """
1:
  nội dung: Kiện toàn Ban chỉ đạo ISO
  cơ quan chủ trì: Văn phòng
  thời gian: Khi có sự thay đổi thành viên
  kết quả: Quyết định kiện toàn
"""


def opened(agency: Agency, tasks: str, day: int, month: int) -> list[str]:
    """Open what is due of a plan with these tasks on a day; return the command of each."""
    came = open_due(agency.store, agency, [issued(plan(tasks))], at(day, month))
    return [done.records[0].command for done in came]


def appointed(agency: Agency, *posts: Post) -> Agency:
    people = (*agency.organisation.people, *(Person(f"mới.{n}", "Người mới", (one,)) for n, one in enumerate(posts)))
    return replace(agency, organisation=replace(agency.organisation, people=people))


def ended(agency: Agency, unit: str, on: date) -> Agency:
    units = (replace(one, until=on) if one.name == unit else one for one in agency.organisation.units)
    return replace(agency, organisation=replace(agency.organisation, units=tuple(units)))


def told_of(agency: Agency, affected: str | None) -> str:
    """Bring a change of law on record; with `affected`, also what it touches."""
    opening = OpenCase(id="luật", actor="linh.vt", procedure="QT-HT-33", title="Nghị định mới")
    case = handle(opening, store=agency.store, ground=agency, now=at(9, 3))
    assert isinstance(case, Done), case
    if affected is not None:
        values = {
            "văn bản": "118/2025/NĐ-CP",
            "loại thay đổi": "Mới",
            "ngày hiệu lực": "01/03/2026",
            "quy trình bị ảnh hưởng": affected,
            "hạn cập nhật": "01/06/2026",
        }
        finish = FinishWork(
            id="ghi",
            actor="linh.vt",
            case=case.case,
            item=1,
            fields=values,
            salt="s",
            outcome="Có quy trình bị ảnh hưởng",
        )
        assert isinstance(handle(finish, store=agency.store, ground=agency, now=at(9, 3, 9)), Done)
    return case.case


@pytest.mark.parametrize(
    ("when", "what", "about"),
    [
        ("Khi có sự thay đổi thành viên", "Kiện toàn Ban chỉ đạo", {About.PEOPLE, About.UNITS}),
        ("Khi có thay đổi nhân sự", "Cập nhật danh sách", {About.PEOPLE}),
        ("Thường xuyên khi có sự thay đổi", "Cập nhật quy trình khi văn bản thay đổi", {About.LAW}),
        ("Khi có sự thay đổi", "Công bố lại hệ thống", set(About)),
        ("Thường xuyên", "Cập nhật văn bản", set()),
        ("Quý I", "Kiện toàn tổ chức", set()),
    ],
)
def test_a_task_waits_for_the_changes_that_it_names(when: str, what: str, about: set[About]) -> None:
    assert awaited(Task(key="1", name=what, leads=("Văn phòng",), window=parse_window(when))) == about


def test_who_is_appointed_or_leaves_on_one_day_is_one_change(tmp_path: Path) -> None:
    agency = folder(tmp_path)
    new, before, leaving = date(2026, 3, 16), date(2026, 1, 1), date(2026, 3, 15)
    agency = appointed(
        agency,
        Post("Chuyên viên", "Phòng Nghiệp vụ", since=new),
        Post("Trưởng phòng", "Phòng Nghiệp vụ", since=new),
        Post("Chuyên viên", "Văn phòng", since=before, until=leaving),
    )
    assert opened(agency, PEOPLE, 15, 3) == [], "what was before the plan was issued is none of its business"
    assert opened(agency, PEOPLE, 16, 3) == ["chương trình/CT-X/I.1/Văn phòng/nhân sự 2026-03-16"]
    assert opened(agency, PEOPLE, 17, 3) == []
    later = appointed(agency, Post("Chuyên viên", "Văn phòng", since=date(2026, 3, 12)))
    assert opened(later, PEOPLE, 18, 3) == ["chương trình/CT-X/I.1/Văn phòng/nhân sự 2026-03-12"], "recorded late"


def test_a_unit_that_ends_is_a_change_of_the_day_after(tmp_path: Path) -> None:
    agency = ended(folder(tmp_path), "Phòng Nghiệp vụ", date(2026, 5, 31))
    assert opened(agency, PEOPLE, 31, 5) == []
    assert opened(agency, PEOPLE, 1, 6) == ["chương trình/CT-X/I.1/Văn phòng/tổ chức 2026-06-01"]
    assert opened(agency, PEOPLE, 2, 6) == []


def test_a_change_of_law_opens_for_the_owners_of_what_it_touches_once_that_is_known(tmp_path: Path) -> None:
    agency = folder(tmp_path, "QT-HT-33", "QT-TC-01")
    case = told_of(agency, None)
    assert opened(agency, LAW, 9, 3) == []
    assert told_of(agency, "QT-TC-01") == case
    owner = next(one.procedure.owner_unit for one in agency.shelf.all() if one.code == "QT-TC-01")
    assert opened(agency, LAW, 10, 3) == [f"chương trình/CT-X/I.1/{owner}/{case}"]
    assert opened(agency, LAW, 11, 3) == []
    assert opened(agency, PEOPLE, 12, 3) == []
