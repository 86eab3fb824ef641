import pytest

from procedures.examine import examine
from procedures.finding import Finding, Severity, errors
from procedures.load import load_text
from tests.procedures.broken import FLOW, Broken
from tests.procedures.specimen import FILE, place, purchase


def told(findings: list[Finding]) -> list[tuple[str, int, int]]:
    return [(finding.code, finding.span.line, finding.span.column) for finding in findings]


def test_the_specimen_has_no_error_and_one_warning_that_its_limit_cannot_hold_the_return() -> None:
    found = examine(load_text(purchase(), FILE))
    assert [finding.code for finding in found if finding.severity is Severity.WARNING] == ["QT401"]
    assert {finding.severity for finding in found} == {Severity.WARNING, Severity.HINT}


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


def test_a_file_with_errors_is_not_asked_for_risks_yet() -> None:
    text = purchase().replace("trách nhiệm: lãnh đạo", "trách nhiệm: hội đồng")
    assert [finding.code for finding in examine(load_text(text, FILE))] == ["QT202"]


def test_after_a_hole_in_the_flow_nothing_is_proven() -> None:
    text = purchase().replace("    đến: xem xét\n", "    đến: đâu đó\n", 1)
    assert [finding.code for finding in examine(load_text(text, FILE))] == ["QT201"]


@pytest.mark.parametrize(
    ("instead", "code"),
    [
        ("", "QT104"),
        ("    chọn: {}\n", "QT107"),
        ("    đến: []\n", "QT107"),
        ("    đồng thời: []\n", "QT107"),
        ("    đến: { đồng thời: [] }\n", "QT107"),
    ],
)
def test_a_step_that_leads_nowhere_is_told_once(instead: str, code: str) -> None:
    loaded = load_text(purchase().replace("    đến: kiểm tra\n", instead, 1), FILE)
    assert loaded.procedure is None
    assert [finding.code for finding in examine(loaded)] == [code]


def test_a_file_that_cannot_be_read_has_only_that_fault() -> None:
    assert [finding.code for finding in examine(load_text("a: [", FILE))] == ["QT002"]


def maimed() -> list[str]:
    """The specimen with each line in turn taken out, cut in half, or indented once more."""
    lines = purchase().split("\n")
    texts = []
    for number, line in enumerate(lines):
        suffered: tuple[list[str], ...] = ([], [line[: len(line) // 2]], [f"  {line}"])
        texts += ["\n".join([*lines[:number], *instead, *lines[number + 1 :]]) for instead in suffered]
    return texts


def test_whatever_a_line_suffers_the_answer_is_findings_at_places_in_the_file() -> None:
    for text in maimed():
        loaded = load_text(text, FILE)
        assert (loaded.procedure is None) == bool(errors(loaded.findings))
        if loaded.procedure is not None:
            assert all(outcome.branches for step in loaded.procedure.steps for outcome in step.outcomes)
        for finding in examine(loaded):
            assert 1 <= finding.span.line <= text.count("\n") + 1
            assert finding.span.column >= 1
