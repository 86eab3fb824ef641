"""A plan that cannot be carried out is told before it is issued."""

from functools import cache
from pathlib import Path

import pytest

from procedures.organisation import Organisation, load_organisation
from quality.programme.check import check
from quality.programme.read import read_plan, read_text
from quality.programme.who import leads
from tests.quality.programme.sample import ROOT, at, declared, sample

TASK = "1:\n  nội dung: Tập huấn\n  cơ quan chủ trì: Văn phòng\n  thời gian: Quý I\n  kết quả: Danh sách lớp"


@cache
def people() -> Organisation:
    found, findings = load_organisation(ROOT / "organisation.d")
    assert not findings
    return found


def codes(tasks: str, head: str = "") -> list[str]:
    read = read_text(declared(tasks, head), "programme.d/2026.yaml")
    return [finding.code for finding in check(read, people(), {"QT-HT-02", "QT-HT-20"})]


def test_the_sample_programme_can_be_carried_out() -> None:
    assert check(read_plan(ROOT / "programme.d" / "2026.yaml", Path(ROOT)), people(), {"QT-HT-20"}) == []
    assert codes(TASK) == []


@pytest.mark.parametrize(
    ("tasks", "head", "code"),
    [
        (TASK.replace("Văn phòng", "Văn phong"), "", "QT901"),
        (TASK.replace("Văn phòng", "các xã"), "", "QT901"),
        (TASK, "nhóm đơn vị:\n  các xã: []\n", "QT901"),
        (TASK, "nhóm đơn vị:\n  các xã: [UBND xã Z]\n", "QT901"),
        (TASK, "  cơ quan thường trực: Phòng không có\n", "QT901"),
        (TASK.replace("Văn phòng", "mỗi trường"), "", "QT901"),
        (TASK.replace("Văn phòng", "mỗi phòng thuộc Sở Z"), "", "QT901"),
        (TASK.replace("Quý I", "Tháng 3/2025"), "", "QT902"),
        (TASK.replace("Quý I", "trước ngày 10/01/2027"), "", "QT902"),
        (TASK.replace("Danh sách lớp", "Tốt"), "", "QT903"),
        (TASK.replace("\n  kết quả: Danh sách lớp", ""), "", "QT903"),
        (f"{TASK}\n  quy trình: QT-HT-99", "", "QT904"),
        (f"{TASK}\n  cơ quan phối hợp: các ban", "", "QT906"),
        (TASK.replace("\n  cơ quan chủ trì: Văn phòng", ""), "", "QT907"),
        (TASK.replace("Văn phòng", "mỗi hội đồng thuộc UBND xã B").replace("xã B", "xã B"), "", ""),
        (TASK.replace("Văn phòng", "mỗi sở thuộc UBND xã B"), "", "QT907"),
        (f"{TASK.replace('Quý I', 'Thường xuyên')}\n  yêu cầu đơn vị lập kế hoạch: có", "", "QT908"),
        (f"{TASK.replace('Văn phòng', 'Sở A')}\n  yêu cầu đơn vị lập kế hoạch: có", "", "QT908"),
    ],
)
def test_each_fault_has_its_code(tasks: str, head: str, code: str) -> None:
    assert codes(tasks, head) == ([code] if code else [])


def test_each_unit_of_a_kind_is_a_unit_of_its_own_and_a_merged_one_is_whoever_took_over() -> None:
    whole, on = sample(), at(1, 3).date()
    told = {number: leads(whole, part, task, people(), on) for number, part, task in whole.tasks}
    assert told["II.1"] == (
        "Văn phòng",
        "Phòng Tổ chức cán bộ",
        "Phòng Kế hoạch - Tài chính",
        "Phòng Nghiệp vụ",
        "Phòng Công nghệ thông tin",
    )
    assert told["I.3"] == ("Bộ phận Quản lý chất lượng",)
