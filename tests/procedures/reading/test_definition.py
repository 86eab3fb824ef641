import pytest

from procedures.load import load_text
from procedures.model import Duration, Norm, Procedure, Unit
from tests.procedures.specimen import FILE, purchase


def loaded(text: str) -> Procedure:
    found = load_text(text, FILE)
    assert found.findings == ()
    assert found.procedure is not None
    return found.procedure


def test_the_specimen_is_what_it_says() -> None:
    procedure = loaded(purchase())
    assert procedure.code == "QT-VP-05"
    assert procedure.issue == 3
    assert procedure.owner_unit == "Văn phòng"
    assert [step.key for step in procedure.steps][:3] == ["lập phiếu", "kiểm tra", "khảo giá"]
    assert procedure.start.collect == ("nội dung", "tổng tiền", "nguồn kinh phí")
    assert procedure.step("mua sắm").participants == ("người đề nghị", "kế toán")
    assert procedure.step("thẩm định nguồn").checklist[1] == "Đúng định mức tại Quy chế chi tiêu nội bộ"
    assert procedure.references == ("TCVN ISO 9001:2015, điều 8.4 và 8.5.1",)
    assert procedure.records[0].retention == "10 năm"


LONG = {
    "thời hạn: 12 ngày làm việc": "thời hạn: { giá trị: 12, đơn vị: ngày làm việc }",
    "kế toán: Kế toán, Văn phòng": "kế toán: { vị trí: Kế toán, đơn vị: Văn phòng }",
    "lãnh đạo: Giám đốc hoặc Phó Giám đốc phụ trách": "lãnh đạo: [Giám đốc, Phó Giám đốc phụ trách]",
    "Chuyên viên của đơn vị mở hồ sơ ": "{ vị trí: Chuyên viên, đơn vị: đơn vị mở hồ sơ } ",
    "tổng tiền: số tiền, bắt buộc": "tổng tiền: { kiểu: số tiền, bắt buộc: có }",
    "chọn một trong Chi thường xuyên | Quỹ phát triển | Khác": (
        "{ kiểu: chọn một trong, lựa chọn: [Chi thường xuyên, Quỹ phát triển, Khác] }"
    ),
    "    biểu mẫu: BM-VP-05-01": "    biểu mẫu: [BM-VP-05-01]",
    "Hợp lệ: đồng thời khảo giá, thẩm định nguồn": "Hợp lệ: { đồng thời: [khảo giá, thẩm định nguồn] }",
    "trả về lập phiếu, không quá 2 lần, dừng tính thời hạn": (
        "{ trả về: lập phiếu, không quá: 2, thời hạn: dừng tính }"
    ),
    "Không thuộc phạm vi: kết thúc từ chối": "Không thuộc phạm vi: { kết thúc: từ chối }",
    "    đến: kiểm tra\n": "    đến:\n      - còn lại: kiểm tra\n",
    "    đến: kết thúc hoàn thành": "    kết thúc: hoàn thành",
    "khác người: lập phiếu": "khác người: [lập phiếu]",
    "phối hợp: [người đề nghị, kế toán]": "phối hợp: người đề nghị, kế toán",
    "CT1: đúng hạn ít nhất 95% mỗi quý": "CT1: { đo: đúng hạn, ít nhất: 95%, mỗi: quý }",
    "CT2: bị trả lại không quá 10% mỗi quý": "CT2: { đo: bị trả lại, không quá: 10%, mỗi: quý }",
    "Bộ phận Kế toán, 10 năm": "{ nơi lưu: Bộ phận Kế toán, thời gian lưu: 10 năm }",
    "thời hạn: 5 ngày làm việc": (
        "thời hạn: { giá trị: 5, đơn vị: ngày làm việc, không tính vào thời hạn chung: không }"
    ),
}


@pytest.mark.parametrize("short", LONG)
def test_the_long_form_means_the_same_as_the_sentence(short: str) -> None:
    assert short in purchase()
    assert loaded(purchase().replace(short, LONG[short], 1)) == loaded(purchase())


def test_all_long_forms_together_mean_the_same() -> None:
    text = purchase()
    for short, long in LONG.items():
        text = text.replace(short, long, 1)
    assert loaded(text) == loaded(purchase())


def test_the_case_clock_stands_while_named_steps_are_open() -> None:
    limit = "{ giá trị: 12, đơn vị: ngày làm việc, dừng tính khi: [lập phiếu, mua sắm] }"
    procedure = loaded(purchase().replace("12 ngày làm việc", limit, 1))
    five = loaded(purchase()).step("mua sắm").norm
    assert five is not None
    assert procedure.step("mua sắm").norm == Norm(within=five.within, counted=False)
    unmeasured = Duration(unit=Unit.NOT_COUNTED, text="không tính thời gian")
    assert procedure.step("lập phiếu").norm == Norm(within=unmeasured, counted=False)
    assert procedure.step("kiểm tra").norm == loaded(purchase()).step("kiểm tra").norm


def test_phases_gather_their_steps() -> None:
    text = purchase().replace(
        "các bước:\n", "giai đoạn:\n  xét duyệt: { thời hạn: 3 ngày }\n  làm: 5 ngày\n\ncác bước:\n"
    )
    text = text.replace("    khác người: lập phiếu", "    giai đoạn: xét duyệt\n    khác người: lập phiếu")
    text = text.replace("    tên: Lãnh đạo Sở", "    giai đoạn: xét duyệt\n    tên: Lãnh đạo Sở")
    first, second = loaded(text).phases
    assert first.steps == ("xem xét", "phê duyệt")
    assert first.within is not None
    assert first.within.text == "3 ngày"
    assert (second.name, second.steps) == ("làm", ())


def test_words_may_be_explained_in_the_head_or_beside_it() -> None:
    inside = purchase().replace("  thời hạn: 12", "  thuật ngữ:\n    TTHC: thủ tục hành chính\n  thời hạn: 12")
    beside = purchase() + "thuật ngữ:\n  TTHC: thủ tục hành chính\n"
    assert loaded(inside).terms == loaded(beside).terms
    assert loaded(inside).terms[0].meaning == "thủ tục hành chính"


def test_a_definition_may_carry_notes_risks_and_a_source() -> None:
    text = purchase() + "rủi ro:\n  - Giá thay đổi\nghi chú: Bản thử\n"
    procedure = loaded(
        text.replace("  phạm vi:", "  nguồn: Quyết định 1\n  tổng công bố: 13 ngày làm việc\n  phạm vi:")
    )
    assert procedure.risks == ("Giá thay đổi",)
    assert procedure.note == "Bản thử"
    assert procedure.source == "Quyết định 1"
    assert procedure.published_total is not None
    assert procedure.published_total.amount == 13


def test_warnings_are_accepted_with_a_reason() -> None:
    (accepted,) = loaded(purchase() + "chấp nhận:\n  QT401: bảng đã công bố ghi như vậy\n").accepted
    assert (accepted.code, accepted.reason) == ("QT401", "bảng đã công bố ghi như vậy")
