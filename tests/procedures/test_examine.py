import pytest

from procedures.examine import examine
from procedures.finding import Finding, Severity, errors
from procedures.load import load_text
from tests.procedures.broken import FLOW, Broken
from tests.procedures.specimen import FILE, place, purchase


def told(findings: list[Finding]) -> list[tuple[str, int, int]]:
    return [(finding.code, finding.span.line, finding.span.column) for finding in findings]


def test_the_specimen_has_no_error_and_no_warning() -> None:
    assert {finding.severity for finding in examine(load_text(purchase(), FILE))} == {Severity.HINT}


@pytest.mark.parametrize("case", FLOW, ids=lambda case: case.name)
def test_a_broken_flow_gets_one_error_at_its_place(case: Broken) -> None:
    loaded = load_text(case.text, FILE)
    assert told(errors(loaded.findings)) == []
    assert told(errors(examine(loaded))) == [(case.code, case.line, case.column)]


def wrong_in_many_ways() -> str:
    text = purchase()
    for written, instead in (
        ("    đến: xem xét\n", "    đến: xem xet\n"),
        ("    trách nhiệm: kế toán", "    trach nhiem: kế toán"),
        ("tổng tiền trên 50 triệu", "tổng tiền > 50"),
        ("        - còn lại: mua sắm\n", ""),
        ("đến: kết thúc hoàn thành", "đến: nghiệm thu\n  nghiệm thu:\n    trách nhiệm: hội đồng\n    đến: mua sắm"),
    ):
        text = text.replace(written, instead, 1)
    return text


def test_wrong_names_and_a_dead_loop_are_told_in_one_run() -> None:
    text = wrong_in_many_ways()
    found = examine(load_text(text, FILE))
    assert told(found) == [
        ("QT201", *place(text, "xem xet")),
        ("QT101", *place(text, "trach nhiem")),
        ("QT302", *place(text, "tổng tiền > 50")),
        ("QT305", *place(text, "tổng tiền > 50")),
        ("QT310", *place(text, "mua sắm:")),
        ("QT202", *place(text, "hội đồng")),
    ]
    assert [finding.code for finding in found if finding.fixable] == ["QT201", "QT101"]


def test_money_without_a_unit_is_doubted() -> None:
    text = purchase().replace("tổng tiền trên 50 triệu", "tổng tiền > 50")
    (doubt,) = load_text(text, FILE).findings
    assert (doubt.code, doubt.severity) == ("QT305", Severity.WARNING)
    assert doubt.label is not None
    assert doubt.label.into("vi") == "“tổng tiền” là số tiền, nhưng ở đây không có đơn vị"
    assert load_text(text, FILE).procedure is not None


def test_after_a_hole_in_the_flow_nothing_is_proven() -> None:
    text = purchase().replace("    đến: xem xét\n", "    đến: đâu đó\n", 1)
    assert [finding.code for finding in examine(load_text(text, FILE))] == ["QT201"]


def test_a_file_that_cannot_be_read_has_only_that_fault() -> None:
    assert [finding.code for finding in examine(load_text("a: [", FILE))] == ["QT002"]
