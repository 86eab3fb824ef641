import pytest

from procedures.load import load_text
from procedures.model import BackTo, End, Go, ReturnClock, Target
from tests.procedures.specimen import FILE, purchase

WRITTEN = "Yêu cầu làm rõ: trả về khảo giá, không quá 1 lần"


def target(sentence: str) -> Target:
    loaded = load_text(purchase().replace(WRITTEN, f"Yêu cầu làm rõ: {sentence}", 1), FILE)
    assert loaded.findings == ()
    assert loaded.procedure is not None
    outcome = loaded.procedure.step("xem xét").outcome("Yêu cầu làm rõ")
    assert outcome is not None
    return outcome.branches[0].target


@pytest.mark.parametrize(
    ("sentence", "meaning"),
    [
        ("mua sắm", Go(steps=("mua sắm",))),
        ("đồng thời mua sắm, phê duyệt", Go(steps=("mua sắm", "phê duyệt"))),
        ("trả về khảo giá", BackTo(step="khảo giá")),
        ("trả về khảo giá, không quá 3 lần", BackTo(step="khảo giá", at_most=3)),
        ("trả về khảo giá, tính lại", BackTo(step="khảo giá", clock=ReturnClock.RESTART)),
        ("trả về khảo giá, tính lại thời hạn", BackTo(step="khảo giá", clock=ReturnClock.RESTART)),
        ("trả về khảo giá, tính tiếp", BackTo(step="khảo giá", clock=ReturnClock.CONTINUE)),
        (
            "trả về khảo giá, dừng tính thời hạn, không quá 2 lần",
            BackTo(step="khảo giá", at_most=2, clock=ReturnClock.PAUSE),
        ),
        ("kết thúc từ chối", End(result="từ chối")),
        ("kết thúc từ chối, huỷ việc còn lại", End(result="từ chối", cancel_rest=True)),
        ("kết thúc từ chối, hủy việc còn lại", End(result="từ chối", cancel_rest=True)),
        ("{ kết thúc: từ chối, hủy việc còn lại: có }", End(result="từ chối", cancel_rest=True)),
        ("{ trả về: khảo giá, không quá: 2 lần }", BackTo(step="khảo giá", at_most=2)),
        ("{ đồng thời: 'mua sắm, phê duyệt' }", Go(steps=("mua sắm", "phê duyệt"))),
    ],
)
def test_a_sentence_says_where_a_case_goes(sentence: str, meaning: Target) -> None:
    assert target(sentence) == meaning


@pytest.mark.parametrize(
    ("sentence", "code", "at"),
    [
        ("kết thúc", "QT118", "kết thúc"),
        ("kết thúc từ chối, rồi thôi", "QT118", "rồi thôi"),
        ("kết thúc từ chối, huỷ việc còn lại, rồi thôi", "QT118", "rồi thôi"),
        ("trả về khảo giá, không quá hai lần", "QT118", "không quá hai lần"),
        ("trả về", "QT118", "trả về"),
        ("tra ve khảo giá", "QT118", "tra ve khảo giá"),
        ("trả lại khảo giá", "QT118", "trả lại khảo giá"),
        ("đồng thời mua sắm, mua sắm", "QT106", "đồng thời mua sắm, mua sắm"),
        ("đồng thời mua sắm,", "QT107", ""),
        ("{ kết thúc: từ chối, đồng thời: [mua sắm, phê duyệt] }", "QT108", "kết thúc"),
        ("{ không quá: 2 }", "QT104", "Yêu cầu làm rõ"),
        ("{ trả về: khảo giá, không quá: vài }", "QT118", "vài"),
        ("{ trả về: khảo giá, thời hạn: dung tinh }", "QT115", "dung tinh"),
    ],
)
def test_what_is_not_understood_is_told_at_the_very_words(sentence: str, code: str, at: str) -> None:
    text = purchase().replace(WRITTEN, f"Yêu cầu làm rõ: {sentence}", 1)
    (finding,) = load_text(text, FILE).findings
    span, line = finding.span, text.split("\n")[finding.span.line - 1]
    assert finding.code == code
    assert not at or line[span.column - 1 : span.end_column - 1] == at


def test_a_misspelt_opening_is_mended_without_touching_the_rest() -> None:
    text = purchase().replace(WRITTEN, "Yêu cầu làm rõ: tra ve khảo giá", 1)
    (finding,) = load_text(text, FILE).findings
    (edit,) = finding.fix
    line = text.split("\n")[edit.span.line - 1]
    mended = line[: edit.span.column - 1] + edit.text + line[edit.span.end_column - 1 :]
    assert mended.strip() == "Yêu cầu làm rõ: trả về khảo giá"
