"""What is said about the ways between steps."""

from tests.procedures.building import back, choose, end, go, route, wait_all, work
from tests.procedures.check.telling import codes, flow, way


def test_a_round_without_a_way_out_is_told_once_with_its_path() -> None:
    found = flow(work("a", go("mua sắm")), work("mua sắm", go("nghiệm thu")), work("nghiệm thu", go("mua sắm")))
    (finding,) = found
    assert finding.code == "QT310"
    assert finding.message.into("vi") == "từ bước “mua sắm” không thể đi tới kết thúc"
    assert finding.label is not None
    assert finding.label.into("vi") == "đi vòng: mua sắm → nghiệm thu → mua sắm"
    assert way(finding) == [("a", "Xong")]


def test_two_rounds_are_two_findings() -> None:
    steps = (choose("s", {"A": go("a"), "B": go("b")}), work("a", go("a2")), work("a2", go("a")), work("b", go("b")))
    assert codes(*steps) == ["QT310", "QT310"]


def test_a_round_that_another_branch_cancels_keeps_no_case_from_ending() -> None:
    beside = (work("theo dõi", go("theo dõi")), work("b", end(cancel_rest=True)))
    assert codes(route("s", go("theo dõi", "b")), *beside) == ["QT315"]
    assert "QT310" in codes(route("s", go("theo dõi", "b")), beside[0], work("b", end()))


def test_a_round_that_another_branch_cancels_in_some_cases_only_is_told_by_such_a_case() -> None:
    beside = (work("a", go("theo dõi")), work("theo dõi", go("theo dõi")), work("b", end(cancel_rest=True)))
    found = flow(choose("s", {"Hai": go("a", "b"), "Một": go("a")}), *beside)
    (finding,) = [f for f in found if f.code == "QT310"]
    assert finding.message.into("vi") == "từ bước “theo dõi” không thể đi tới kết thúc"
    assert finding.label is not None
    assert finding.label.into("vi") == "đi vòng: theo dõi → theo dõi"
    assert way(finding) == [("s", "Một")]


def test_a_step_that_nothing_leads_to_is_told_with_what_hangs_on_it() -> None:
    found = flow(work("a", end()), work("b", go("c")), work("c", end()))
    assert [(f.code, f.span.line) for f in found] == [("QT311", 11)]


def test_a_join_knows_exactly_the_steps_that_lead_to_it() -> None:
    found = codes(
        route("s", go("a", "b")), work("a", go("j")), work("b", go("j")), work("j", end(), join=wait_all("a", "s"))
    )
    assert sorted(found) == ["QT312", "QT313"]


def test_unknown_steps_are_named_and_nothing_is_proven_on_them() -> None:
    assert codes(choose("a", {"Xa": go("b"), "Gần": go("c")}), work("c", end())) == ["QT201"]


def test_a_return_must_lead_back_and_going_back_must_be_a_return() -> None:
    assert codes(choose("a", {"Tới": back("b"), "Xong": go("b")}), work("b", end())) == ["QT314"]
    assert codes(work("a", go("b")), choose("b", {"Lại": go("a"), "Xong": end()})) == ["QT315"]
