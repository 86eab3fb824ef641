"""A programme file is read whole, and what is wrong with it is told at its place."""

from pathlib import Path

import pytest

from quality.programme.read import read_folder, read_text
from tests.quality.programme.sample import declared, plan, sample

TASK = (
    "1:\n  nội dung: Tập huấn\n  cơ quan chủ trì: [Văn phòng, Phòng Nghiệp vụ]\n"
    "  thời gian: Quý I\n  kết quả: Danh sách"
)


def test_a_plan_has_the_columns_of_real_plans() -> None:
    one = plan(TASK, "  căn cứ:\n    - Quyết định 19/2014/QĐ-TTg\n  nhắc trước: 3 ngày làm việc\n")
    assert (one.code, one.year, one.unit, one.grounds) == ("CT-X", 2026, "Sở A", ("Quyết định 19/2014/QĐ-TTg",))
    ((number, _, task),) = one.tasks
    assert (number, task.name, task.leads, task.result) == (
        "I.1",
        "Tập huấn",
        ("Văn phòng", "Phòng Nghiệp vụ"),
        "Danh sách",
    )
    assert one.remind == ("3 ngày làm việc",)
    assert not one.next_quarter
    assert plan(TASK, "  ngày hàng quý tính ở: tháng đầu quý sau\n").next_quarter


def test_a_section_gives_its_leads_to_tasks_that_name_none() -> None:
    whole = sample()
    told = {number: whole.leads_of(part, task) for number, part, task in whole.tasks}
    assert told["II.1"] == ("Văn phòng", "các phòng")
    assert told["I.1"] == ("Văn phòng",)


@pytest.mark.parametrize(
    ("tasks", "head", "code", "line"),
    [
        (TASK.replace("Quý I", "sớm"), "", "QT454", 12),
        (TASK.replace("thời gian", "thoi gian"), "", "QT451", 12),
        (TASK.replace("  thời gian: Quý I\n", ""), "", "QT452", 10),
        (TASK, "  nhắc trước: sớm\n", "QT454", 6),
        (TASK, "  ngày hàng quý tính ở: đầu tháng\n", "QT454", 6),
        (TASK.replace("1:", "1/2:"), "", "QT454", 9),
        (TASK.replace("nội dung: Tập huấn", 'nội dung: ""'), "", "QT454", 10),
        (f"{TASK}\n  yêu cầu đơn vị lập kế hoạch: vâng", "", "QT454", 14),
    ],
)
def test_what_is_wrong_is_told_at_its_line(tasks: str, head: str, code: str, line: int) -> None:
    found = read_text(declared(tasks, head), "programme.d/2026.yaml")
    assert found.plan is None
    assert (code, line) in [(finding.code, finding.span.line) for finding in found.findings]


@pytest.mark.parametrize("text", ["", "- a\n", "chương trình: x\n", "chương trình:\n  mã: a\n"])
def test_what_is_no_plan_at_all_is_told(text: str) -> None:
    found = read_text(text, "a.yaml")
    assert found.plan is None
    assert found.findings


def test_two_files_of_one_code_are_told_and_reports_are_no_plans(tmp_path: Path) -> None:
    for name in ("2026.yaml", "2026 b.yaml"):
        (tmp_path / name).write_text(declared(TASK), encoding="utf-8")
    (tmp_path / "báo cáo.yaml").write_text("x: y\n", encoding="utf-8")
    found = read_folder(tmp_path)
    assert [(one.plan is None, [finding.code for finding in one.findings]) for one in found] == [
        (False, []),
        (True, ["QT905"]),
    ]
