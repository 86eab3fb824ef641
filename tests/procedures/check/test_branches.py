"""What is said about the branches of a step."""

from procedures.finding import Severity
from tests.procedures.building import back, choose, end, go, over, work
from tests.procedures.check.telling import codes, flow


def test_a_step_that_can_only_return_is_stuck_in_the_end() -> None:
    found = codes(choose("a", {"Xong": end(), "Hỏi": go("b")}), work("b", back("a", 2)))
    assert found == ["QT316"]
    assert codes(choose("a", {"Xong": end(), "Hỏi": go("b")}), work("b", back("a", None)))[:1] != ["QT316"]


def test_an_outcome_with_conditions_needs_a_last_case() -> None:
    (missing,) = flow(work("a", (over(5), go("b"))), work("b", end()))
    assert (missing.code, missing.severity) == ("QT302", Severity.ERROR)
    assert missing.message.into("vi") == "rẽ nhánh thiếu trường hợp “còn lại”"
    misplaced = work("a", go("b"), (over(5), go("b")))
    assert "QT302" in codes(misplaced, work("b", end()))
    assert codes(work("a", (over(5), go("b")), end()), work("b", end())) == []


def test_a_choice_needs_somebody_who_makes_it() -> None:
    step = choose("a", {"Đạt": end(), "Không đạt": end("từ chối")})
    assert codes(step) == []
    assert codes(step.model_copy(update={"responsible": ()})) == ["QT317"]
