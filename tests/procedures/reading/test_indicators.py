from decimal import Decimal

import pytest

from procedures.load import load_text
from procedures.model import Indicator
from tests.procedures.specimen import FILE, purchase

WRITTEN = "đúng hạn ít nhất 95% mỗi quý"


@pytest.mark.parametrize(
    ("sentence", "meaning"),
    [
        ("đúng hạn ít nhất 95% mỗi quý", ("on_time", "at_least", "0.95", "share", "quarter")),
        ("bị trả lại không quá 7,5% mỗi năm", ("returned", "at_most", "0.075", "share", "year")),
        ("bị trả lại không quá 5 hồ sơ mỗi tháng", ("returned", "at_most", "5", "count", "month")),
        ("bước đúng hạn ít nhất 90 % mỗi tháng", ("step_on_time", "at_least", "0.9", "share", "month")),
        (
            "thời gian trung vị không quá 8 ngày làm việc mỗi quý",
            ("cycle_time", "at_most", "8", "working_day", "quarter"),
        ),
    ],
)
def test_a_sentence_is_a_measurable_target(sentence: str, meaning: tuple[str, ...]) -> None:
    procedure = load_text(purchase().replace(WRITTEN, sentence, 1), FILE).procedure
    assert procedure is not None
    found: Indicator = procedure.indicators[0]
    assert (found.measure, found.direction, found.unit, found.period) == (
        meaning[0],
        meaning[1],
        meaning[3],
        meaning[4],
    )
    assert found.bound == Decimal(meaning[2])
    assert found.text == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "đúng hạn 95% mỗi quý",
        "đúng hạn ít nhất 95%",
        "đúng hạn ít nhất 101% mỗi quý",
        "đúng hạn ít nhất 8 ngày làm việc mỗi quý",
        "thời gian trung vị không quá 50% mỗi quý",
        "vui vẻ ít nhất 95% mỗi quý",
    ],
)
def test_what_cannot_be_measured_is_refused(sentence: str) -> None:
    (finding,) = load_text(purchase().replace(WRITTEN, sentence, 1), FILE).findings
    assert finding.code == "QT119"
