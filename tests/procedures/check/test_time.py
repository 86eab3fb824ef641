"""Declared time: the steps against the limit, published sums, units, and returns without a bound."""

from decimal import Decimal

import pytest

from procedures.check import check
from procedures.check.amounts import said
from procedures.check.longest import longest_way
from procedures.check.subject import Subject
from procedures.finding import Finding, Severity, Span
from procedures.model import Duration, Outcome, Phase, Procedure, Step, Unit
from procedures.places import Places
from tests.procedures.building import (
    back,
    branches,
    choose,
    days,
    end,
    go,
    norm,
    procedure,
    purchase,
    purchase_steps,
    route,
    wait_all,
    wait_any,
    work,
)

NOWHERE = Places(Span("a.yaml", 1, 1, 1, 1))


def timed(sample: Procedure) -> list[Finding]:
    places = Places(Span("a.yaml", 1, 1, 1, 1), {("within",): Span("a.yaml", 13, 13, 13, 29)})
    return [finding for finding in check(sample, places) if finding.code.startswith("QT4")]


def way(sample: Procedure) -> tuple[tuple[str, ...], Decimal]:
    found = longest_way(Subject(sample, NOWHERE))
    return found.steps, found.total / 480


def slow_purchase() -> Procedure:
    """The purchase where the last step takes 9 days, so that 15 do not fit into 12."""
    slow = work("mua sắm", end("hoàn thành"), role="quản trị", norm=norm("9"))
    return purchase(steps=(*purchase_steps()[:-1], slow))


def test_the_longest_way_takes_the_longer_of_parallel_branches() -> None:
    steps, total = way(purchase())
    assert steps == ("lập phiếu", "kiểm tra", "khảo giá", "xem xét", "phê duyệt", "mua sắm")
    assert total == 11


def test_steps_that_do_not_fit_are_told_with_the_longest_way_and_a_mend() -> None:
    (finding,) = timed(slow_purchase())
    assert (finding.code, finding.severity, finding.span.line) == ("QT401", Severity.ERROR, 13)
    assert finding.message.into("vi") == "tổng thời hạn các bước (15 ngày LV) dài hơn thời hạn chung (12 ngày LV)"
    assert finding.help is not None
    assert finding.help.into("vi") == "giảm “mua sắm” còn 6 ngày LV hoặc tăng thời hạn chung"
    notes = [note.into("vi") for note in finding.notes]
    assert notes[0] == "đường dài nhất: kiểm tra 1 + khảo giá 2 + xem xét 1 + phê duyệt 2 + mua sắm 9"
    assert "chưa tính: trả từ “xem xét” về “khảo giá” có thể thêm 1 lần 3 ngày LV" in notes


def test_steps_that_just_fit_are_fine_and_returns_are_counted_with_them() -> None:
    assert timed(purchase(within=days("16"))) == []
    (finding,) = timed(purchase(within=days("15.5")))
    assert (finding.code, finding.severity) == ("QT401", Severity.WARNING)
    assert finding.message.into("vi") == (
        "dùng hết số lần trả về thì tổng thời hạn các bước (16 ngày LV) dài hơn thời hạn chung (15,5 ngày LV)"
    )
    assert finding.data["path"] == [
        *("lập phiếu", "kiểm tra") * 3,
        "khảo giá",
        "xem xét",
        "khảo giá",
        "xem xét",
        "phê duyệt",
        "mua sắm",
    ]
    (finding,) = timed(purchase(within=days("10.5")))
    assert (finding.code, finding.severity, finding.data["total"]) == ("QT401", Severity.ERROR, "5280")


def test_half_days_sessions_and_hours_add_up() -> None:
    sample = procedure(
        work("a", go("b"), norm=norm("0.5")),
        work("b", go("c"), norm=norm("1", Unit.SESSION)),
        work("c", end(), norm=norm("4", Unit.WORKING_HOUR)),
        within=days("1"),
    )
    (finding,) = timed(sample)
    assert finding.message.into("vi") == "tổng thời hạn các bước (1,5 ngày LV) dài hơn thời hạn chung (1 ngày LV)"
    assert finding.notes[0].into("vi") == "đường dài nhất: a 0,5 + b 0,5 + c 0,5"
    assert finding.notes[0].into("en") == "the longest way: a 0.5 + b 0.5 + c 0.5"


def test_a_published_total_that_is_not_the_sum_is_told_with_both_figures() -> None:
    (finding,) = timed(purchase(within=days("16"), published_total=days("10")))
    assert finding.code == "QT402"
    assert finding.message.into("vi") == "tổng công bố (10 ngày LV) không bằng tổng thời hạn các bước (11 ngày LV)"
    assert finding.notes[1].into("vi") == "cộng mọi bước, kể cả các bước song song: 12 ngày LV"
    assert timed(purchase(within=days("16"), published_total=days("11"))) == []


def test_units_that_do_not_mix_are_told_and_not_summed() -> None:
    steps = (work("a", go("b"), norm=norm("1")), work("b", end(), norm=norm("30", Unit.DAY)))
    (finding,) = timed(procedure(*steps, within=days("5")))
    assert (finding.code, finding.severity) == ("QT403", Severity.WARNING)
    (hint,) = timed(procedure(*steps))
    assert (hint.code, hint.severity) == ("QT403", Severity.HINT)
    assert timed(procedure(steps[1], within=days("40", Unit.DAY), name="Một đơn vị")) == []


def test_time_outside_the_limit_is_not_counted() -> None:
    sample = procedure(
        work("a", go("b"), norm=norm("1")),
        work("b", go("c"), norm=norm("15", Unit.DAY, counted=False)),
        work("c", end(), norm=norm("0", Unit.NOT_COUNTED, counted=False)),
        within=days("1"),
    )
    assert timed(sample) == []


def test_a_delay_takes_its_time() -> None:
    wait = Step(key="b", name="B", delay=days("3"), outcomes=(Outcome(branches=branches(end())),))
    assert way(procedure(work("a", go("b"), norm=norm("1")), wait)) == (("a", "b"), 4)


def test_of_racing_branches_the_shortest_counts_and_of_alternatives_the_longest() -> None:
    racing = procedure(
        route("s", go("a", "b")),
        work("a", go("j"), norm=norm("10")),
        work("b", go("j"), norm=norm("3")),
        work("j", end(), norm=norm("1"), join=wait_any("a", "b")),
    )
    assert way(racing) == (("s", "b", "j"), 4)
    either = procedure(
        choose("s", {"A": go("a"), "B": go("b")}),
        work("a", go("j"), norm=norm("10")),
        work("b", go("j"), norm=norm("3")),
        work("j", end(), norm=norm("1"), join=wait_any("a", "b")),
    )
    assert way(either) == (("s", "a", "j"), 11)


def test_an_early_end_can_be_the_longest_way() -> None:
    sample = procedure(
        choose("s", {"Dài": go("a"), "Ngắn": go("b")}),
        work("a", end("từ chối"), norm=norm("9")),
        work("b", end(), norm=norm("1")),
    )
    assert way(sample) == (("s", "a"), 9)


def test_going_back_with_a_plain_way_does_not_run_for_ever() -> None:
    sample = procedure(work("a", go("b"), norm=norm("1")), choose("b", {"Lại": go("a"), "Xong": end()}, norm=norm("2")))
    assert way(sample) == (("a", "b"), 3)


def test_a_return_without_a_bound_is_told() -> None:
    sample = procedure(work("a", go("b")), choose("b", {"Lại": back("a", None), "Xong": end()}))
    assert [finding.code for finding in timed(sample)] == ["QT405"]


def test_a_phase_is_compared_with_its_steps_alone() -> None:
    sample = procedure(
        work("a", go("b"), norm=norm("9")),
        work("b", go("c"), norm=norm("2"), phase="thẩm định"),
        work("c", end(), norm=norm("2"), phase="thẩm định"),
        phases=(Phase(name="thẩm định", within=days("3")),),
    )
    (finding,) = timed(sample)
    assert finding.code == "QT404"
    assert finding.message.into("vi").endswith("(4 ngày LV) dài hơn thời hạn của giai đoạn (3 ngày LV)")


def test_parallel_branches_that_all_count_take_the_longest() -> None:
    sample = procedure(
        route("s", go("a", "b")),
        work("a", go("j"), norm=norm("1")),
        work("b", go("j"), norm=norm("3")),
        work("j", end(), join=wait_all("a", "b")),
    )
    assert way(sample) == (("s", "b", "j"), 3)


@pytest.mark.parametrize(
    ("minutes", "words"),
    [("480", "1 ngày LV"), ("120", "0,25 ngày LV"), ("60", "1 giờ LV"), ("7", "7 phút LV"), ("4800", "10 ngày LV")],
)
def test_a_sum_is_said_in_the_largest_unit_that_fits(minutes: str, words: str) -> None:
    assert said(Decimal(minutes), "working").into("vi") == words


def test_months_and_calendar_days_are_said_in_their_own_words() -> None:
    assert said(Decimal(2), "month").into("vi") == "2 tháng"
    assert said(Decimal(36 * 60), "calendar").into("vi") == "1,5 ngày"


def test_a_limit_without_a_measure_is_compared_with_nothing() -> None:
    open_limit = Duration(unit=Unit.UNSPECIFIED, text="không quy định")
    assert timed(purchase(within=open_limit)) == []
