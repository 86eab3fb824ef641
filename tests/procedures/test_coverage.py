"""What the sample cases pass, and the cases that are made to pass everything."""

from datetime import date

from procedures.coverage import coverage, generated
from procedures.model import Procedure
from procedures.net import END, compile_net
from tests.procedures.building import choose, end, go, procedure, purchase, route, wait_all, work

TODAY = date(2027, 1, 15)


def plain_days(start: date, to: date) -> int:
    return (to - start).days


def test_the_sample_cases_pass_all_steps_but_not_all_outcomes() -> None:
    found = coverage(purchase(), today=TODAY, working_days=plain_days)
    assert found.missed_steps == ()
    assert found.share == 1
    assert found.missed_outcomes == (
        ("kiểm tra", "Thiếu hoặc sai"),
        ("kiểm tra", "Không thuộc phạm vi"),
        ("xem xét", "Yêu cầu làm rõ"),
        ("xem xét", "Không đồng ý"),
        ("phê duyệt", "Phê duyệt"),
    )


def test_one_sample_case_leaves_steps_out() -> None:
    found = coverage(purchase(scenarios=purchase().scenarios[:1]), today=TODAY, working_days=plain_days)
    assert found.missed_steps == ("phê duyệt",)
    assert found.share == 6 / 7


def every_way(sample: Procedure) -> set[tuple[str, str, int]]:
    ways = ((s.key, o.label, n) for s in sample.steps for o in s.outcomes for n in range(len(o.branches)))
    return set(ways)


def test_generated_cases_take_every_way_and_end() -> None:
    sample = purchase()
    net = compile_net(sample)
    found = generated(sample)
    assert found.missed == ()
    taken = {(move.step, move.outcome, move.branch) for case in found.cases for move in case.moves}
    assert taken == every_way(sample)
    for case in found.cases:
        marking = net.start
        for move in case.moves:
            marking = net.fire(marking, move)
            while (silent := net.silent(marking)) is not None:
                marking = net.fire(marking, silent)
        assert marking == ((END, 1),)
        assert case.end == case.moves[-1].end


def test_generated_cases_are_few_and_short() -> None:
    found = generated(purchase())
    assert len(found.cases) == 7
    assert [move.step for move in found.cases[0].moves] == ["lập phiếu", "kiểm tra"]


def test_a_way_that_no_case_can_take_is_named() -> None:
    sample = procedure(
        choose("s", {"A": go("a"), "B": go("b"), "Thôi": end()}),
        work("a", go("j")),
        work("b", go("j")),
        work("j", end(), join=wait_all("a", "b")),
    )
    missed = generated(sample).missed
    assert ("j", "Xong", 0) in missed
    assert ("s", "A", 0) in missed
    assert ("s", "Thôi", 0) not in missed


def test_parallel_work_is_generated_like_any_other() -> None:
    sample = procedure(
        route("s", go("a", "b")), work("a", go("j")), work("b", go("j")), work("j", end(), join=wait_all("a", "b"))
    )
    (case,) = generated(sample).cases
    assert sorted(move.step for move in case.moves) == ["a", "b", "j", "s"]
