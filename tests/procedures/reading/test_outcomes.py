from procedures.condition import Compare
from procedures.load import load_text
from procedures.model import DONE, BackTo, Branch, End, Go, Outcome
from tests.procedures.specimen import FILE, purchase

CASES = "        - khi: tổng tiền trên 50 triệu\n          đến: phê duyệt\n        - còn lại: mua sắm\n"


def outcomes(text: str, step: str) -> tuple[Outcome, ...]:
    loaded = load_text(text, FILE)
    assert loaded.findings == ()
    assert loaded.procedure is not None
    return loaded.procedure.step(step).outcomes


def codes(text: str) -> list[str]:
    return [finding.code for finding in load_text(text, FILE).findings]


def test_a_step_with_one_way_on_has_one_outcome() -> None:
    assert outcomes(purchase(), "lập phiếu") == (
        Outcome(label=DONE, branches=(Branch(target=Go(steps=("kiểm tra",))),)),
    )


def test_outcomes_keep_their_order_and_their_labels() -> None:
    labels = [outcome.label for outcome in outcomes(purchase(), "kiểm tra")]
    assert labels == ["Hợp lệ", "Thiếu hoặc sai", "Không thuộc phạm vi"]


def test_cases_are_taken_by_condition_and_the_last_one_otherwise() -> None:
    first, last = outcomes(purchase(), "xem xét")[0].branches
    assert isinstance(first.when, Compare)
    assert first.target == Go(steps=("phê duyệt",))
    assert last == Branch(target=Go(steps=("mua sắm",)))


def test_a_way_on_may_be_a_list_of_cases() -> None:
    cases = (
        "    đến:\n      - khi: tổng tiền trên 5 triệu\n        đến: kiểm tra\n      - còn lại: kết thúc hoàn thành\n"
    )
    (outcome,) = outcomes(purchase().replace("    đến: kiểm tra\n", cases, 1), "lập phiếu")
    assert outcome.label == DONE
    assert [branch.target for branch in outcome.branches] == [Go(steps=("kiểm tra",)), End(result="hoàn thành")]


def test_a_case_may_return_fork_or_end_by_itself() -> None:
    cases = (
        "        - khi: tổng tiền trên 50 triệu\n          trả về: khảo giá\n          không quá: 2\n"
        "        - khi: tổng tiền trên 40 triệu\n          đồng thời: [phê duyệt, mua sắm]\n"
        "        - khi: tổng tiền trên 30 triệu\n          kết thúc: từ chối\n          huỷ việc còn lại: có\n"
        "        - còn lại: { kết thúc: từ chối }\n"
    )
    targets = [branch.target for branch in outcomes(purchase().replace(CASES, cases), "xem xét")[0].branches]
    assert targets == [
        BackTo(step="khảo giá", at_most=2),
        Go(steps=("phê duyệt", "mua sắm")),
        End(result="từ chối", cancel_rest=True),
        End(result="từ chối"),
    ]


def test_a_step_may_fork_or_end_without_more_words() -> None:
    forked = outcomes(
        purchase().replace("    đến: kiểm tra\n", "    đồng thời: [kiểm tra, khảo giá]\n", 1), "lập phiếu"
    )
    assert forked[0].branches[0].target == Go(steps=("kiểm tra", "khảo giá"))
    ended = outcomes(purchase().replace("    đến: kết thúc hoàn thành", "    kết thúc: hoàn thành"), "mua sắm")
    assert ended[0].branches[0].target == End(result="hoàn thành")


def test_a_case_needs_a_condition_or_the_rest_and_a_way_on() -> None:
    assert codes(purchase().replace("        - còn lại: mua sắm\n", "        - đến: mua sắm\n")) == ["QT104"]
    assert codes(purchase().replace("          đến: phê duyệt\n", "")) == ["QT104"]
    assert codes(purchase().replace("        - còn lại: mua sắm\n", "        - mua sắm\n")) == ["QT102"]


def test_a_choice_without_outcomes_leads_nowhere() -> None:
    assert codes(purchase().replace("    đến: kiểm tra\n", "    chọn: {}\n", 1)) == ["QT107"]


def test_a_condition_on_a_value_with_a_fault_is_not_told_again() -> None:
    assert codes(purchase().replace("tổng tiền: số tiền, bắt buộc", "tổng tiền: tiềnn")) == ["QT117"]


def test_a_fault_in_a_condition_is_told_at_the_very_words() -> None:
    text = purchase().replace("tổng tiền trên 50 triệu", "tổng tiền trên Khác")
    (finding,) = load_text(text, FILE).findings
    assert finding.code.startswith("QT8")
    assert finding.span.line == text[: text.index("trên Khác")].count("\n") + 1
