"""Sample cases: followed over the net, or the stop at which they depart."""

from datetime import date

from procedures.finding import Finding, Span
from procedures.model import FieldSpec, FieldType, Outcome, Procedure, Scenario, Step
from procedures.places import Places
from procedures.scenario import follow, walk
from tests.procedures.building import (
    back,
    branches,
    choose,
    end,
    go,
    over,
    procedure,
    purchase,
    route,
    scenario,
    wait_all,
    wait_any,
    work,
)

NOWHERE = Places(Span("a.yaml", 1, 1, 1, 1))
TODAY = date(2027, 1, 15)
START = "lập phiếu > kiểm tra > khảo giá & thẩm định nguồn > xem xét"


def plain_days(start: date, to: date) -> int:
    return (to - start).days


def followed(sample: Procedure, case: Scenario) -> Finding | None:
    return follow(sample, case, NOWHERE, today=TODAY, working_days=plain_days)


def departs(sample: Procedure, path: str, result: str, **given: str) -> Finding:
    finding = followed(sample, scenario("mẫu", path, result, **given))
    assert finding is not None
    return finding


def stays(sample: Procedure, path: str, result: str, **given: str) -> None:
    finding = followed(sample, scenario("mẫu", path, result, **given))
    assert finding is None, f"{finding.message} {finding.label}"


def test_the_declared_sample_cases_go_their_way() -> None:
    for case in purchase().scenarios:
        assert followed(purchase(), case) is None


def test_a_value_decides_which_way_a_case_goes() -> None:
    finding = departs(purchase(), f"{START} > mua sắm", "hoàn thành", tổng_tiền="180 triệu")
    assert finding.code == "QT781"
    assert finding.data == {"stop": 4, "expected": ["mua sắm"], "actual": finding.data["actual"]}
    assert "phê duyệt" in finding.data["actual"]  # type: ignore[operator]
    assert finding.label is not None
    assert "phê duyệt" in finding.label.into("vi")


def test_a_case_that_ends_otherwise_is_told_with_its_end() -> None:
    finding = departs(purchase(), f"{START} > mua sắm", "từ chối", tổng_tiền="12 triệu")
    assert finding.code == "QT782"
    assert finding.data["expected"] == "từ chối"
    assert finding.data["actual"] == ["kết thúc hoàn thành"]


def test_a_path_that_stops_early_is_told_with_what_is_open() -> None:
    finding = departs(purchase(), START, "hoàn thành", tổng_tiền="12 triệu")
    assert finding.code == "QT782"
    assert "mua sắm" in finding.data["actual"]  # type: ignore[operator]


def test_returns_are_followed_but_not_more_often_than_allowed() -> None:
    again = f"{START} > khảo giá > xem xét"
    stays(purchase(), f"{again} > mua sắm", "hoàn thành", tổng_tiền="12 triệu")
    finding = departs(purchase(), f"{again} > khảo giá > xem xét > mua sắm", "hoàn thành", tổng_tiền="12 triệu")
    assert finding.data["stop"] == 6
    twice = "lập phiếu > kiểm tra > lập phiếu > kiểm tra > lập phiếu > kiểm tra"
    stays(purchase(), twice, "từ chối", tổng_tiền="12 triệu")


def test_a_missing_value_is_named() -> None:
    finding = departs(purchase(), f"{START} > mua sắm", "hoàn thành")
    assert finding.code == "QT881"
    assert "tổng tiền" in finding.message.into("vi")


def test_a_value_that_cannot_be_read_is_named() -> None:
    assert departs(purchase(), START, "hoàn thành", tổng_tiền="nhiều").code == "QT882"


def test_a_value_that_is_missing_where_nobody_asks_does_not_matter() -> None:
    stays(purchase(), "lập phiếu > kiểm tra", "từ chối")


def test_a_branch_may_run_ahead_of_the_other() -> None:
    sample = procedure(
        route("s", go("a", "b")),
        work("a", go("a2")),
        work("a2", go("j")),
        work("b", go("j")),
        work("j", end(), join=wait_all("a2", "b")),
    )
    stays(sample, "a & b > a2 > j", "hoàn thành")
    stays(sample, "a & b > a2 & b > j", "hoàn thành")
    stays(sample, "a & b > a2 & b > b > j", "hoàn thành")
    assert departs(sample, "a > a2 & b > j", "hoàn thành").data["actual"] == ["a & b"]
    assert departs(sample, "a & b > j", "hoàn thành").code == "QT781"


def test_the_loser_of_a_race_is_withdrawn() -> None:
    sample = procedure(
        route("s", go("a", "b")), work("a", go("j")), work("b", go("j")), work("j", end(), join=wait_any("a", "b"))
    )
    stays(sample, "a & b > j", "hoàn thành")


def test_steps_nobody_sees_pass_by_themselves_unless_they_are_named() -> None:
    post = Step(key="gửi thư", name="Gửi", automatic="thư", outcomes=(Outcome(branches=branches(go("b"))),))
    sample = procedure(work("a", go("gửi thư")), post, work("b", end()))
    stays(sample, "a > b", "hoàn thành")
    stays(sample, "a > gửi thư > b", "hoàn thành")


def test_a_routing_step_judges_its_conditions() -> None:
    money = FieldSpec(name="tổng tiền", type=FieldType.MONEY)
    sample = procedure(
        work("a", go("r")),
        route("r", (over(50), go("lớn")), go("nhỏ")),
        work("lớn", end("lớn")),
        work("nhỏ", end("nhỏ")),
        fields=(money,),
    )
    stays(sample, "a > lớn", "lớn", tổng_tiền="51 đồng")
    stays(sample, "a > nhỏ", "nhỏ", tổng_tiền="50 đồng")
    assert departs(sample, "a > nhỏ", "nhỏ").code == "QT881"


def test_a_case_without_a_path_may_go_any_way_to_its_end() -> None:
    stays(purchase(), "", "từ chối", tổng_tiền="12 triệu")
    assert departs(purchase(), "", "đình chỉ", tổng_tiền="12 triệu").code == "QT782"


def test_the_moves_of_a_case_are_kept() -> None:
    made = walk(purchase(), purchase().scenarios[1], NOWHERE, today=TODAY, working_days=plain_days)
    assert made.departure is None
    assert [(m.step, m.outcome) for m in made.moves][-1] == ("phê duyệt", "Không phê duyệt")
    assert made.moves[-1].end == "từ chối"


def test_a_step_may_return_to_itself() -> None:
    sample = procedure(choose("a", {"Lại": back("a", 1), "Xong": end()}))
    stays(sample, "a > a", "hoàn thành")
    assert departs(sample, "a > a > a", "hoàn thành").data["stop"] == 2


def test_conditions_may_compare_numbers() -> None:
    number = FieldSpec(name="số ngày", type=FieldType.NUMBER)
    sample = procedure(work("a", (over(3, "số ngày"), go("b")), end("ngắn")), work("b", end("dài")), fields=(number,))
    stays(sample, "a > b", "dài", số_ngày="4")
    stays(sample, "a", "ngắn", số_ngày="3")
