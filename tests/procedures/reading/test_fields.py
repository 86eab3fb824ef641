import pytest

from procedures.load import load_text
from procedures.model import FieldSpec, FieldType
from tests.procedures.specimen import FILE, purchase

WRITTEN = "nội dung: văn bản dài, bắt buộc"


@pytest.mark.parametrize(
    ("sentence", "kind", "required"),
    [
        ("văn bản", FieldType.TEXT, False),
        ("văn bản dài, bắt buộc", FieldType.LONG_TEXT, True),
        ("số tiền", FieldType.MONEY, False),
        ("số, bắt buộc", FieldType.NUMBER, True),
        ("ngày", FieldType.DATE, False),
        ("có/không", FieldType.YES_NO, False),
        ("có hoặc không, bắt buộc", FieldType.YES_NO, True),
    ],
)
def test_a_sentence_is_a_type(sentence: str, kind: FieldType, required: bool) -> None:  # noqa: FBT001 - a table of cases
    procedure = load_text(purchase().replace(WRITTEN, f"nội dung: {sentence}"), FILE).procedure
    assert procedure is not None
    assert procedure.field("nội dung") == FieldSpec(name="nội dung", type=kind, required=required)


def test_a_choice_keeps_its_values_in_order_with_their_commas() -> None:
    text = purchase().replace(WRITTEN, "nội dung: chọn một trong Mua, sửa | Thuê | Khác, bắt buộc")
    procedure = load_text(text, FILE).procedure
    assert procedure is not None
    choices = ("Mua, sửa", "Thuê", "Khác")
    expected = FieldSpec(name="nội dung", type=FieldType.CHOICE, required=True, choices=choices)
    assert procedure.field("nội dung") == expected


@pytest.mark.parametrize("sentence", ["chọn một trong A", "chọn một trong A | A", "chọn một trong A | ", "chữ"])
def test_what_is_no_type_is_refused(sentence: str) -> None:
    (finding,) = load_text(purchase().replace(WRITTEN, f"nội dung: {sentence}"), FILE).findings
    assert finding.code == "QT117"
