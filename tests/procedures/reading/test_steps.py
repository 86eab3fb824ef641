from decimal import Decimal

import pytest

from procedures.joins import JoinKind
from procedures.load import load_text
from procedures.model import Step, Unit
from tests.procedures.specimen import FILE, purchase

STEP = "    việc cần làm:\n"


def step(lines: str, key: str = "thẩm định nguồn") -> Step:
    loaded = load_text(purchase().replace(STEP, f"{lines}\n{STEP}", 1), FILE)
    assert loaded.findings == ()
    assert loaded.procedure is not None
    return loaded.procedure.step(key)


def test_a_step_may_stand_outside_the_limit_of_the_case() -> None:
    text = purchase().replace("thời hạn: 5 ngày làm việc", "thời hạn: 15 ngày, không tính vào thời hạn chung")
    procedure = load_text(text, FILE).procedure
    assert procedure is not None
    norm = procedure.step("mua sắm").norm
    assert norm is not None
    assert (norm.within.amount, norm.within.unit, norm.within.text) == (Decimal(15), Unit.DAY, "15 ngày")
    assert not norm.counted


def test_a_step_whose_time_is_not_counted_stands_outside_too() -> None:
    text = purchase().replace("thời hạn: 5 ngày làm việc", "thời hạn: Không tính thời gian")
    procedure = load_text(text, FILE).procedure
    assert procedure is not None
    norm = procedure.step("mua sắm").norm
    assert norm is not None
    assert norm.within.unit is Unit.NOT_COUNTED
    assert not norm.counted


def test_a_step_may_have_limits_on_its_parts_and_a_cut_off() -> None:
    found = step("    thời hạn con:\n      trả lời: 05 ngày làm việc\n    nhận sau: 15 giờ")
    assert [(limit.name, limit.within.amount) for limit in found.sublimits] == [("trả lời", Decimal(5))]
    assert found.hand_over_cut_off == "15:00"


def test_a_step_says_what_it_produces_and_how_it_may_be_handled() -> None:
    found = step(
        "    kết quả: Phiếu thẩm định\n    tạm dừng được: có\n"
        "    lý do bắt buộc: có\n    phải có tệp: có\n    ghi chú: B4\n    tên cũ: x"
    )
    assert found.outputs == ("Phiếu thẩm định",)
    assert found.may_pause
    assert found.reason_required
    assert found.needs_file
    assert (found.note, found.renamed_from) == ("B4", "x")


def test_other_roles_and_steps_are_named() -> None:
    found = step("    khi trễ báo: lãnh đạo hoặc quản trị")
    assert found.when_late == ("lãnh đạo", "quản trị")
    found = step("    theo dõi: lãnh đạo\n    cùng người: lập phiếu\n    khác người: kiểm tra")
    assert (found.following, found.same_as, found.not_same_as) == (("lãnh đạo",), ("lập phiếu",), ("kiểm tra",))


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("tự động: gửi thư mời", "automatic"),
        ("chờ: 3 ngày làm việc", "delay"),
        ("gọi quy trình: QT-VP-06", "call"),
        ("ghi chú: chỉ rẽ nhánh", "route"),
        ("trách nhiệm: kế toán", "work"),
    ],
)
def test_what_a_step_declares_tells_its_kind(line: str, kind: str) -> None:
    text = purchase().replace("    trách nhiệm: kế toán\n", f"    {line}\n", 1)
    procedure = load_text(text, FILE).procedure
    assert procedure is not None
    assert procedure.step("thẩm định nguồn").kind == kind


def test_a_step_may_begin_when_the_first_arrives() -> None:
    procedure = load_text(purchase().replace("chờ đủ:", "chờ một trong:"), FILE).procedure
    assert procedure is not None
    join = procedure.step("xem xét").join
    assert join is not None
    assert (join.kind, join.steps) == (JoinKind.ANY, ("khảo giá", "thẩm định nguồn"))


def test_a_step_without_a_name_is_called_by_its_key() -> None:
    procedure = load_text(purchase().replace("    tên: Khảo sát giá\n", ""), FILE).procedure
    assert procedure is not None
    assert procedure.step("khảo giá").name == "khảo giá"
