"""What is written of a call of another procedure: its code, the unit that handles it, what goes over and comes back."""

from procedures.handover import Handover
from procedures.load import Loaded, load_text
from tests.procedures.specimen import FILE, purchase

LINE = "    trách nhiệm: kế toán\n"


def read(lines: str) -> Loaded:
    """The purchase whose step `thẩm định nguồn` calls another procedure."""
    return load_text(purchase().replace(LINE, "".join(f"    {line}\n" for line in lines.split("\n")), 1), FILE)


def test_a_call_is_a_code_alone() -> None:
    loaded = read("gọi quy trình: QT-TC-01")
    assert loaded.findings == ()
    assert loaded.procedure is not None
    step = loaded.procedure.step("thẩm định nguồn")
    assert (step.kind, step.call, step.handover) == ("call", "QT-TC-01", None)


def test_a_call_says_where_it_goes_and_what_goes_over_and_comes_back() -> None:
    loaded = read(
        "gọi quy trình:\n  mã: QT-TC-01\n  đơn vị: Phòng Tài chính\n  đưa sang:\n    số tiền: tổng tiền\n"
        "  nhận về:\n    nguồn kinh phí: nguồn"
    )
    assert loaded.findings == ()
    assert loaded.procedure is not None
    step = loaded.procedure.step("thẩm định nguồn")
    assert step.call == "QT-TC-01"
    assert step.handover == Handover(
        unit="Phòng Tài chính", gives=(("số tiền", "tổng tiền"),), takes=(("nguồn kinh phí", "nguồn"),)
    )


def test_what_is_handed_over_is_declared_here() -> None:
    loaded = read("gọi quy trình:\n  mã: X\n  đưa sang: { a: không có }\n  nhận về: { cũng không: b }")
    assert [finding.code for finding in loaded.findings] == ["QT204", "QT204"]


def test_a_call_needs_its_code() -> None:
    assert [finding.code for finding in read("gọi quy trình:\n  đơn vị: Văn phòng").findings] == ["QT104"]
