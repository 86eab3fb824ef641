"""The board tells of every task and unit whether it is done, in time, late or not begun, and who filed a plan."""

from pathlib import Path

from engine.agency import Agency
from quality.programme.board import Row, Standing, board, counted, filed
from quality.programme.carrying import LEFT, carried_over, left_open
from quality.programme.check import check
from quality.programme.opening import open_due
from quality.programme.read import read_text
from quality.programme.text import to_text
from tests.quality.programme.sample import at, attach, do, finish, folder, issued, plan, sample


def rows(agency: Agency, month: int, day: int = 3) -> dict[tuple[str, str], Row]:
    with agency.store.reading() as reader:
        found = board(reader, agency, issued(sample()), at(day, month))
    return {(row.number, row.unit): row for row in found}


def opened(tmp_path: Path) -> Agency:
    agency = folder(tmp_path)
    open_due(agency.store, agency, [issued(sample())], at(3, 1))
    return agency


def test_every_task_of_every_unit_stands_somewhere(tmp_path: Path) -> None:
    agency = opened(tmp_path)
    before = rows(agency, 1)
    asked, own = before["II.1", "Văn phòng"], before["II.1", "Phòng Nghiệp vụ"]
    do(agency, asked.case, "dung.pt", at(20, 1))
    do(agency, own.case, "phuc.hm", at(20, 2))
    now = rows(agency, 3)
    told = {
        ("II.1", "Văn phòng"): Standing.ON_TIME,
        ("II.1", "Phòng Nghiệp vụ"): Standing.DONE_LATE,
        ("II.1", "Phòng Tổ chức cán bộ"): Standing.LATE,
        ("II.2", "Văn phòng"): Standing.IN_WINDOW,
        ("II.3", "Văn phòng"): Standing.NOT_BEGUN,
        ("II.4", "Văn phòng"): Standing.IN_WINDOW,
        ("I.1", ""): Standing.ON_OCCASION,
    }
    assert {key: now[key].standing for key in told} == told
    assert counted(now.values())["Văn phòng"] == {
        Standing.ON_TIME: 1,
        Standing.IN_WINDOW: 2,
        Standing.NOT_BEGUN: 2,
    }
    assert len(now) == 25
    assert now["II.1", "Văn phòng"].ended == at(20, 1)


def test_a_task_that_is_no_longer_to_be_done_is_not_late(tmp_path: Path) -> None:
    agency = opened(tmp_path)
    case = rows(agency, 1)["II.1", "Văn phòng"].case
    attach(agency, case, "dung.pt", at(5, 1))
    finish(agency, case, 1, "dung.pt", at(5, 1))
    finish(agency, case, 2, "linh.vt", at(5, 1), "Không còn phải thực hiện")
    assert rows(agency, 3)["II.1", "Văn phòng"].standing is Standing.DROPPED


def test_a_plan_that_is_asked_is_filed_by_its_case_or_by_a_plan_that_answers(tmp_path: Path) -> None:
    agency = opened(tmp_path)
    found = rows(agency, 1)
    do(agency, found["II.1", "Văn phòng"].case, "dung.pt", at(20, 1))
    own = plan("1:\n  nội dung: Rà soát\n  thời gian: Quý I\n  cơ quan chủ trì: Phòng Nghiệp vụ\n")
    answer = issued(own.model_copy(update={"unit": "Phòng Nghiệp vụ", "answers": "CT-2026"}))
    other = issued(own.model_copy(update={"unit": "Phòng Tổ chức cán bộ", "answers": "CT-2025"}))
    told = filed(list(rows(agency, 2).values()), "CT-2026", [answer, other])
    assert {one.unit for one in told if one.filed} == {"Văn phòng", "Phòng Nghiệp vụ"}
    assert {one.unit for one in told if not one.filed} == {
        "Phòng Tổ chức cán bộ",
        "Phòng Kế hoạch - Tài chính",
        "Phòng Công nghệ thông tin",
    }
    assert next(one.number for one in told if one.unit == "Phòng Nghiệp vụ") == "12/KH-SA"


def test_what_a_year_leaves_open_goes_into_the_draft_of_the_next(tmp_path: Path) -> None:
    agency = opened(tmp_path)
    do(agency, rows(agency, 1)["II.1", "Văn phòng"].case, "dung.pt", at(20, 1))
    left = list(left_open(rows(agency, 12, 30).values()))
    carried = carried_over(sample(), left)
    assert (carried.plan.code, carried.plan.year) == ("CT-2027", 2027)
    section = next(part for part in carried.plan.parts if part.key == LEFT)
    kept = {task.name: task.leads for task in section.tasks}
    assert kept["Lập kế hoạch duy trì, cải tiến hệ thống của đơn vị"] == (
        "Phòng Tổ chức cán bộ",
        "Phòng Kế hoạch - Tài chính",
        "Phòng Nghiệp vụ",
        "Phòng Công nghệ thông tin",
    )
    text = to_text(carried.plan, (), carried.marks)
    assert "# mục II.1 chưa xong (CT-2026-0003" in text
    again = read_text(text, "programme.d/2027.yaml")
    assert again.plan == carried.plan
    assert [finding.code for finding in check(again, agency.organisation, {"QT-HT-20"})] == []
    windows = {number: task.window.text for number, _, task in carried.plan.tasks}
    assert (windows["I.5"], windows["II.1"]) == ("Tháng 12/2027", "xong trước ngày 31/01/2027")
