"""The net that a procedure is compiled to, construct by construct."""

from decimal import Decimal

import pytest

from procedures.joins import Join
from procedures.model import DONE, Duration, Outcome, Procedure, Step, Unit
from procedures.net import END, Marking, Net, back_edges, compile_net, counted, forward_edges
from tests.procedures.building import (
    back,
    branches,
    choose,
    end,
    go,
    over,
    procedure,
    purchase,
    race,
    route,
    wait_all,
    wait_any,
    wait_some,
    work,
)


def play(net: Net, *moves: str) -> Marking:
    """Finish steps ("step/outcome/branch") and let the silent moves follow each, as the engine does."""
    marking = net.start
    for move in moves:
        step, outcome, branch = move.split("/")
        marking = net.fire(marking, net.finish(step, outcome, int(branch)))
        while (silent := net.silent(marking)) is not None:
            marking = net.fire(marking, silent)
    return marking


def test_a_case_stands_where_its_net_says_also_when_it_is_asked_again() -> None:
    net = compile_net(purchase())
    reached, waiting, seen = {net.start}, [net.start], 0
    while waiting:
        marking = waiting.pop()
        places = tuple(place for place, count in marking for _ in range(count))
        assert net.by_itself(places) is net.by_itself(places) is net.silent(marking)
        for move in net.enabled(marking):
            fired = net.fire(marking, move)
            for _ in range(2):
                assert counted(net.after(places, move)) == fired
            waiting += {fired} - reached
            reached.add(fired)
            seen += 1
    assert seen > len(reached) > 5


def test_where_two_tokens_are_in_one_place_a_case_names_it_twice() -> None:
    net = compile_net(purchase())
    move = next(one for one in net.transitions if one.produces and not one.cancels)
    twice = (*move.consumes, *move.produces)
    assert net.after(tuple(sorted(twice)), move) == tuple(sorted(2 * move.produces))


def marked(*places: str) -> Marking:
    return tuple((place, 1) for place in sorted(places))


def straight(*steps: Step) -> Procedure:
    return procedure(*steps)


def test_a_case_begins_with_the_first_step_open() -> None:
    assert compile_net(purchase()).start == marked("ready:lập phiếu")


def test_a_finished_step_opens_the_next() -> None:
    net = compile_net(straight(work("a", go("b")), work("b", end())))
    assert play(net, f"a/{DONE}/0") == marked("ready:b")
    assert play(net, f"a/{DONE}/0", f"b/{DONE}/0") == marked(END)


def test_every_branch_of_a_condition_is_its_own_move() -> None:
    net = compile_net(straight(route("a", (over(5), go("b")), go("c")), work("b", end("x")), work("c", end("y"))))
    assert net.finish("a", DONE, 0).produces == ("ready:b",)
    assert net.finish("a", DONE, 1).produces == ("ready:c",)
    assert net.finish("c", DONE, 0).end == "y"


def test_automatic_delay_and_call_steps_are_finished_like_work() -> None:
    on = (Outcome(branches=branches(go("b"))),)
    wait = Duration(amount=Decimal(3), unit=Unit.WORKING_DAY, text="3 ngày làm việc")
    kinds = (
        Step(key="a", name="A", automatic="gửi thư", outcomes=on),
        Step(key="a", name="A", delay=wait, outcomes=on),
        Step(key="a", name="A", call="QT-02", outcomes=on),
    )
    assert [step.kind for step in kinds] == ["automatic", "delay", "call"]
    for step in kinds:
        net = compile_net(straight(step, work("b", end())))
        assert [t.id for t in net.enabled(net.start)] == [f"a/{DONE}/0"]
        assert play(net, f"a/{DONE}/0") == marked("ready:b")


def test_a_join_opens_its_step_when_all_have_arrived() -> None:
    net = compile_net(purchase())
    opened = (f"lập phiếu/{DONE}/0", "kiểm tra/Hợp lệ/0")
    assert play(net, *opened) == marked("ready:khảo giá", "ready:thẩm định nguồn")
    assert play(net, *opened, f"khảo giá/{DONE}/0") == marked("from:khảo giá>xem xét", "ready:thẩm định nguồn")
    both = (f"khảo giá/{DONE}/0", f"thẩm định nguồn/{DONE}/0")
    assert play(net, *opened, *both) == marked("ready:xem xét")


def test_a_return_keeps_what_the_other_branch_has_done() -> None:
    net = compile_net(purchase())
    again = net.finish("xem xét", "Yêu cầu làm rõ", 0)
    assert again.returns_to == "khảo giá"
    assert again.produces == ("ready:khảo giá", "from:thẩm định nguồn>xem xét")
    before = (f"lập phiếu/{DONE}/0", "kiểm tra/Hợp lệ/0", f"khảo giá/{DONE}/0", f"thẩm định nguồn/{DONE}/0")
    after = (*before, "xem xét/Yêu cầu làm rõ/0", f"khảo giá/{DONE}/0")
    assert play(net, *after) == marked("ready:xem xét")


def test_a_return_before_the_fork_waits_for_everybody_again() -> None:
    net = compile_net(purchase())
    assert net.finish("kiểm tra", "Thiếu hoặc sai", 0).produces == ("ready:lập phiếu",)


def test_a_return_over_two_joins_keeps_the_other_branches_of_both() -> None:
    net = compile_net(
        straight(
            route("s", go("a", "b", "c")),
            work("a", go("j")),
            work("b", go("j")),
            work("c", go("k")),
            work("j", go("k"), join=wait_all("a", "b")),
            work("k", go("y"), join=wait_all("j", "c")),
            choose("y", {"Xong": end(), "Lại": back("a"), "Lại từ j": back("j"), "Lại từ đầu": back("s")}),
        )
    )
    assert net.finish("y", "Lại", 0).produces == ("ready:a", "from:b>j", "from:c>k")
    assert net.finish("y", "Lại từ j", 0).produces == ("ready:j", "from:c>k")
    assert net.finish("y", "Lại từ đầu", 0).produces == ("ready:s",)


def test_a_return_inside_one_branch_touches_no_other() -> None:
    net = compile_net(
        straight(
            route("s", go("a", "b")),
            work("a", go("a2")),
            choose("a2", {"Xong": go("j"), "Lại": back("a")}),
            work("b", go("j")),
            work("j", end(), join=wait_all("a2", "b")),
        )
    )
    moves = (f"s/{DONE}/0", f"b/{DONE}/0", f"a/{DONE}/0", "a2/Lại/0")
    assert play(net, *moves) == marked("ready:a", "from:b>j")


def first_of() -> Procedure:
    return straight(
        route("s", go("a", "b")),
        work("a", go("a2")),
        work("a2", go("j")),
        work("b", go("j")),
        work("j", end(), join=wait_any("a2", "b")),
    )


def test_the_first_to_arrive_opens_the_step_and_withdraws_the_others() -> None:
    net = compile_net(first_of())
    assert play(net, f"s/{DONE}/0", f"b/{DONE}/0") == marked("ready:j")
    assert play(net, f"s/{DONE}/0", f"a/{DONE}/0", f"a2/{DONE}/0") == marked("ready:j")
    first = next(t for t in net.transitions if t.id == "first/j/b")
    assert {"ready:a", "ready:a2", "from:a2>j"} <= first.cancels
    assert "ready:j" not in first.cancels


def test_an_end_may_cancel_the_rest() -> None:
    steps = (route("s", go("a", "b")), work("a", end("dừng", cancel_rest=True)), work("b", end()))
    net = compile_net(straight(*steps))
    assert play(net, f"s/{DONE}/0", f"a/{DONE}/0") == marked(END)
    assert play(net, f"s/{DONE}/0", f"b/{DONE}/0") == marked(END, "ready:a")


def test_a_move_that_is_not_enabled_is_refused() -> None:
    net = compile_net(purchase())
    with pytest.raises(ValueError, match="not enabled"):
        net.fire(net.start, net.finish("mua sắm", DONE, 0))
    with pytest.raises(KeyError):
        net.finish("mua sắm", "Trả lại", 0)


def test_what_is_enabled_comes_in_the_order_of_the_steps() -> None:
    net = compile_net(purchase())
    marking = play(net, f"lập phiếu/{DONE}/0", "kiểm tra/Hợp lệ/0")
    assert [t.step for t in net.enabled(marking)] == ["khảo giá", "thẩm định nguồn"]


def test_a_second_token_is_counted() -> None:
    net = compile_net(straight(route("s", go("a", "b")), work("a", go("c")), work("b", go("c")), work("c", end())))
    assert play(net, f"s/{DONE}/0", f"a/{DONE}/0", f"b/{DONE}/0") == (("ready:c", 2),)


def test_an_arrival_that_no_join_names_stays_where_it_is() -> None:
    net = compile_net(straight(work("a", go("b")), work("b", end(), join=wait_all("x"))))
    assert play(net, f"a/{DONE}/0") == marked("from:a>b")
    assert "from:a>b" in net.places


def test_edges_are_told_apart() -> None:
    assert forward_edges(purchase()) == (
        ("lập phiếu", "kiểm tra"),
        ("kiểm tra", "khảo giá"),
        ("kiểm tra", "thẩm định nguồn"),
        ("khảo giá", "xem xét"),
        ("thẩm định nguồn", "xem xét"),
        ("xem xét", "phê duyệt"),
        ("xem xét", "mua sắm"),
        ("phê duyệt", "mua sắm"),
    )
    assert back_edges(purchase()) == (("kiểm tra", "lập phiếu"), ("xem xét", "khảo giá"))


def test_a_procedure_is_compiled_once() -> None:
    sample = purchase()
    assert compile_net(sample) is compile_net(sample)


def fork_of_three(join: Join, *ways: object, **more: object) -> Net:
    branches_ = [work(key, go("x")) for key in ("a", "b", "c")]
    return compile_net(straight(work("s", go("a", "b", "c")), *branches_, choose("x", dict(ways), join=join)))


def test_so_many_of_them_open_the_step_and_cancel_the_others() -> None:
    net = fork_of_three(wait_some(2, "a", "b", "c"), ("Xong", end()))
    begun = play(net, f"s/{DONE}/0", f"c/{DONE}/0")
    assert begun == marked("from:c>x", "ready:a", "ready:b")
    assert play(net, f"s/{DONE}/0", f"c/{DONE}/0", f"a/{DONE}/0") == marked("ready:x")


def test_so_many_of_them_open_the_step_and_the_others_finish_unheard() -> None:
    net = fork_of_three(wait_some(2, "a", "b", "c", rest="finish"), ("Xong", end(cancel_rest=True)))
    opened = play(net, f"s/{DONE}/0", f"c/{DONE}/0", f"a/{DONE}/0")
    assert opened == marked("late:b>x", "ready:b", "ready:x")
    assert play(net, f"s/{DONE}/0", f"c/{DONE}/0", f"a/{DONE}/0", f"b/{DONE}/0") == marked("ready:x")
    assert play(net, f"s/{DONE}/0", f"c/{DONE}/0", f"a/{DONE}/0", "x/Xong/0") == marked(END)


def test_a_return_into_one_branch_keeps_as_many_others_as_are_lacking() -> None:
    net = fork_of_three(wait_some(2, "a", "b", "c"), ("Xong", end()), ("Lại", back("b")))
    again = play(net, f"s/{DONE}/0", f"c/{DONE}/0", f"a/{DONE}/0", "x/Lại/0")
    assert again == marked("from:a>x", "ready:b")
    assert play(net, f"s/{DONE}/0", f"c/{DONE}/0", f"a/{DONE}/0", "x/Lại/0", f"b/{DONE}/0") == marked("ready:x")


def test_a_second_round_of_a_lenient_join_expects_each_of_the_others_once() -> None:
    ways = (("Xong", end(cancel_rest=True)), ("Lại", back("a")))
    net = fork_of_three(wait_some(2, "a", "b", "c", rest="finish"), *ways)
    again = play(net, f"s/{DONE}/0", f"a/{DONE}/0", f"b/{DONE}/0", "x/Lại/0", f"a/{DONE}/0")
    assert again == marked("late:c>x", "ready:c", "ready:x")


def test_the_first_that_is_done_withdraws_its_rivals() -> None:
    net = compile_net(straight(work("s", race("a", "b")), work("a", end("a")), work("b", go("s"))))
    assert play(net, f"s/{DONE}/0") == marked("ready:a", "ready:b")
    assert play(net, f"s/{DONE}/0", f"b/{DONE}/0") == marked("ready:s")
    assert play(net, f"s/{DONE}/0", f"a/{DONE}/0") == marked(END)
