"""Limits by condition: a list of cases, the last of them for the rest."""

import pytest

from procedures.load import load_text
from procedures.model import Procedure

TEXT = """quy trình:
  mã: QT-01
  tên: Thử
  loại: công việc nội bộ
  đơn vị chủ trì: Văn phòng
  thời hạn:{case}
vai trò:
  cán bộ: Chuyên viên
thông tin:
  tổng tiền: số tiền
các bước:
  soạn:
    trách nhiệm: cán bộ
    nhập: tổng tiền
    thời hạn:{step}
    kết thúc: hoàn thành
"""
PLAIN = " 10 ngày làm việc"
CASES = """
    - khi: tổng tiền trên 50 triệu
      thời hạn: 15 ngày làm việc
    - còn lại: 10 ngày làm việc"""


def read(case: str = PLAIN, step: str = " 1 ngày làm việc") -> tuple[list[str], Procedure | None]:
    loaded = load_text(TEXT.format(case=case, step=step.replace("\n", "\n  ")), "a.yaml")
    return [finding.code for finding in loaded.findings], loaded.procedure


def test_the_limit_of_a_case_and_of_a_step_may_hang_on_a_condition() -> None:
    found, made = read(CASES, CASES)
    assert found == []
    assert made is not None
    norm = made.steps[0].norm
    assert norm is not None
    for within, variants in ((made.within, made.variants), (norm.within, norm.variants)):
        assert within is not None
        assert (within.text, [one.within.text for one in variants]) == ("10 ngày làm việc", ["15 ngày làm việc"])


@pytest.mark.parametrize(
    ("cases", "code"),
    [
        ("\n    - khi: tổng tiền trên 50 triệu\n      thời hạn: 15 ngày làm việc", "QT302"),
        ("\n    - còn lại: 10 ngày làm việc\n    - khi: tổng tiền trên 50 triệu\n      thời hạn: 15 ngày", "QT302"),
        ("\n    - khi: tổng tiền trên 50 triệu\n    - còn lại: 10 ngày làm việc", "QT104"),
        ("\n    - khi: tổng tiền trên 50 triệu\n      thời hạn: lâu\n    - còn lại: 10 ngày làm việc", "QT110"),
        ("\n    - khi: giá trên 50 triệu\n      thời hạn: 15 ngày\n    - còn lại: 10 ngày làm việc", "QT204"),
        ("\n    - 10 ngày làm việc", "QT102"),
    ],
)
def test_a_faulty_list_of_cases_is_told(cases: str, code: str) -> None:
    assert code in read(cases)[0]
