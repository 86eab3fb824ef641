import pytest

from procedures.load import load_text
from procedures.model import BreachRule
from tests.procedures.specimen import FILE, purchase


def rules(lines: str) -> tuple[BreachRule, ...]:
    loaded = load_text(f"{purchase()}không phù hợp khi:{lines}\n", FILE)
    assert loaded.findings == ()
    assert loaded.procedure is not None
    return loaded.procedure.breach_policy


@pytest.mark.parametrize(
    ("sentence", "breach", "at_least", "period"),
    [
        ("hồ sơ quá hạn", "late_case", 1, None),
        ("bước chậm tiến độ ít nhất 3 lần mỗi tháng", "late_step", 3, "month"),
        ("trễ hạn hồ sơ", "late_case", 1, None),
        ("trễ bước", "late_step", 1, None),
        ("trễ bước ít nhất 3 lần mỗi tháng", "late_step", 3, "month"),
        ("bị trả lại trên 2 lần", "returned", 3, "case"),
        ("bị trả lại trên 2 lần mỗi hồ sơ", "returned", 3, "case"),
        ("bỏ bước", "skipped", 1, None),
        ("sai người thực hiện", "wrong_performer", 1, None),
        ("thiếu hồ sơ ít nhất 2 lần mỗi năm", "missing_record", 2, "year"),
    ],
)
def test_a_sentence_is_a_breach_that_counts(sentence: str, breach: str, at_least: int, period: str | None) -> None:
    (rule,) = rules(f" {sentence}")
    assert (rule.breach, rule.at_least, rule.period, rule.text) == (breach, at_least, period, sentence)


def test_several_breaches_are_a_list_or_divided_by_a_bar() -> None:
    assert rules("\n  - trễ hạn hồ sơ\n  - bỏ bước") == rules(" trễ hạn hồ sơ | bỏ bước")
    assert len(rules(" trễ hạn hồ sơ | bỏ bước")) == 2


def test_a_period_without_a_count_is_refused() -> None:
    (finding,) = load_text(f"{purchase()}không phù hợp khi: bỏ bước mỗi tháng\n", FILE).findings
    assert finding.code == "QT120"
