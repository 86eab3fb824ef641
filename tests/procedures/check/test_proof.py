"""The proof agrees with brute force, and reducing a net keeps its verdict."""

import time
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import pytest

from procedures.check import check
from procedures.check.bits import bits_of, search
from procedures.check.proof import AT_ONCE, CAP, faults_in, prove
from procedures.check.reduce import reduce
from procedures.finding import errors
from procedures.model import Go, Procedure
from procedures.net import END, Marking, Net, compile_net
from tests.procedures.building import back, choose, end, go, procedure, purchase, route, wait_all, wait_any, work
from tests.procedures.check.generating import MUTATIONS, random_procedure, wild_procedure
from tests.procedures.check.oracle import Judge
from tests.procedures.check.telling import places

LIMIT = 1_500


def fewest(net: Net) -> dict[str, int]:
    found: dict[str, int] = {}
    for fault in prove(net).faults:
        if fault.kind in {"double", "left", "stuck"}:
            found[fault.kind] = min(found.get(fault.kind, CAP), len(fault.way))
    return found


def agree(seeds: range, drawn: Callable[[int], tuple[str, Procedure]] = random_procedure) -> Counter[tuple[str, bool]]:
    """Compare proof, reduced net, findings and brute force; return how many of each change came out sound or not."""
    seen: Counter[tuple[str, bool]] = Counter()
    for seed in seeds:
        kind, sample = drawn(seed)
        answer = Judge(sample).judge(LIMIT)
        if answer.too_many:
            continue
        net = compile_net(sample)
        sound = answer.sound(sample)
        assert fewest(net) == answer.kinds, f"seed {seed}: kinds of fault and length of the shortest way"
        reduced = faults_in(net, search(reduce(bits_of(net)), CAP))
        assert bool(reduced) == bool(prove(net).faults), f"seed {seed}: the reduced net has another verdict"
        flow = {f.code for f in errors(check(sample, places(sample))) if f.code < "QT330"} - {"QT316", "QT317"}
        # A join must know its steps even where the case would end all the same; who chooses is no matter of the flow.
        assert flow <= {"QT312", "QT313"} if sound else flow, f"seed {seed}: {flow} although sound is {sound}"
        seen[kind, sound] += 1
    return seen


def test_the_proof_agrees_with_brute_force_on_random_procedures() -> None:
    seen = agree(range(420))
    assert seen.total() >= 300
    assert seen["none", False] == 0
    assert all(seen[kind, False] for kind in MUTATIONS if kind != "none"), f"not every kind of change is found: {seen}"
    assert all(seen[kind, True] for kind in MUTATIONS), f"some kinds of change never stay sound: {seen}"


def test_the_proof_agrees_with_brute_force_on_procedures_without_structure() -> None:
    seen = agree(range(1_000), wild_procedure)
    assert seen.total() == 1_000
    assert seen["wild", True] > 40


@pytest.mark.parametrize("seed", [12_058, 12_499])
def test_a_round_that_an_end_cancels_is_sound_for_both(seed: int) -> None:
    assert agree(range(seed, seed + 1)) == {("missing branch", True): 1}


@pytest.mark.torture
@pytest.mark.timeout(900)
def test_the_proof_agrees_with_brute_force_on_thousands_of_procedures() -> None:
    assert agree(range(10_000, 12_500)).total() >= 2_000
    assert agree(range(10_000, 40_000), wild_procedure).total() >= 29_000


def test_the_ways_that_are_shown_lead_to_their_faults() -> None:
    shown = 0
    for seed in range(300, 420):
        net = compile_net(random_procedure(seed)[1])
        for fault in prove(net).faults:
            if fault.kind in {"double", "left", "stuck"}:
                marking = replay(net, [(t.step, t.outcome, t.branch) for t in fault.way])
                doubled = any(count > 1 for _, count in marking)
                ended = any(place == END for place, _ in marking)
                what = "double" if doubled else "left" if ended and len(marking) > 1 else "stuck"
                assert what == fault.kind, f"seed {seed}"
                assert what != "stuck" or not net.enabled(marking)
                shown += 1
    assert shown > 50


def replay(net: Net, way: list[tuple[str, str | None, int | None]]) -> Marking:
    """Finish steps; where several joins could open at once, take the order that doubles something, if one does."""
    markings = {net.start}
    for move in way:
        after = {net.fire(m, net.finish(*move)) for m in markings if (f"ready:{move[0]}", 1) in m}  # type: ignore[arg-type]
        markings = {settled for marking in after for settled in every_settling(net, marking)}
    return max(markings, key=lambda marking: (max(count for _, count in marking), len(marking)))


def every_settling(net: Net, marking: Marking) -> list[Marking]:
    silent = [t for t in net.enabled(marking) if t.silent]
    if not silent or any(place == END or count > 1 for place, count in marking):
        return [marking]
    return [settled for t in silent for settled in every_settling(net, net.fire(marking, t))]


def wide(branches: int, length: int, refusing: str = "") -> Procedure:
    """Parallel branches of equal length, with returns in each and over the join; `refusing` may end the case."""
    steps = [route("s", go(*(f"a{i}.0" for i in range(branches))))]
    for i in range(branches):
        keys = [f"a{i}.{n}" for n in range(length)]
        for key, following in pairwise(keys):
            ways = {"Xong": go(following), "Lại": back(keys[0])}
            steps.append(choose(key, ways | ({"Từ chối": end("từ chối")} if key == refusing else {})))
        steps.append(work(keys[-1], go("j")))
    lasts = [f"a{i}.{length - 1}" for i in range(branches)]
    steps.append(choose("j", {"Xong": end(), "Lại": back("a0.0"), "Lại hết": back("s")}, join=wait_all(*lasts)))
    return procedure(*steps)


def test_sixty_steps_in_eight_branches_are_proven_in_time() -> None:
    sample = wide(8, 7)
    assert len(sample.steps) == 58
    began = time.process_time()
    proof = prove(compile_net(sample))
    assert time.process_time() - began < 2
    assert proof.complete
    assert proof.faults == ()


def test_a_fault_among_millions_of_situations_is_found_by_the_shortest_way() -> None:
    began = time.process_time()
    proof = prove(compile_net(wide(8, 7, refusing="a3.2")))
    assert time.process_time() - began < 2
    assert proof.complete
    way = [(t.step, t.outcome) for t in proof.faults[0].way]
    assert way == [("s", "Xong"), ("a3.0", "Xong"), ("a3.1", "Xong"), ("a3.2", "Từ chối")]


def test_a_search_that_is_cut_off_says_so() -> None:
    tangled = wide(4, 3)
    assert not search(bits_of(compile_net(tangled)), 20).complete
    assert prove(compile_net(wide(8, 7, refusing="a3.2")), cap=3).complete is False


def test_small_procedures_are_searched_as_they_are() -> None:
    space = search(bits_of(compile_net(purchase())), AT_ONCE)
    assert space.complete
    assert len(space.found) == 8
    assert prove(compile_net(purchase())).faults == ()


def test_a_race_that_is_decided_as_a_branch_is_opened_withdraws_that_branch_first() -> None:
    sample = procedure(
        work("a", go("b", "c")),
        work("b", go("j", "a2")),
        work("a2", go("c")),
        work("c", go("j")),
        work("j", end(), join=wait_any("b", "c")),
    )
    net = compile_net(sample)
    assert Judge(sample).judge(LIMIT).kinds == {}
    withdrawn = [("never", ("ready:a2",))]
    assert [(f.kind, f.places) for f in prove(net).faults] == withdrawn
    assert [(f.kind, f.places) for f in faults_in(net, search(reduce(bits_of(net)), CAP))] == withdrawn


def test_an_end_that_only_withdraws_its_rivals_leaves_others_behind_in_the_smaller_net_too() -> None:
    net = compile_net(
        procedure(
            work("s", go("x", "y")),
            work("x", Go(steps=("a", "b"), race=True)),
            work("a", end()),
            work("b", end(cancel_rest=True)),
            work("y", end(cancel_rest=True)),
        )
    )
    assert {fault.kind for fault in prove(net).faults} == {"left"}
    assert {fault.kind for fault in faults_in(net, search(reduce(bits_of(net)), CAP))} == {"left"}


def test_a_step_that_a_join_cancels_in_the_moment_that_opens_it_is_never_done() -> None:
    sample = procedure(
        work("s", go("a", "b", "j")),
        work("a", go("j")),
        work("b", end(cancel_rest=True)),
        work("j", end(cancel_rest=True), join=wait_any("s", "a")),
    )
    net = compile_net(sample)
    assert "a" not in Judge(sample).judge(LIMIT).opened
    assert [(f.kind, f.places) for f in prove(net).faults] == [("never", ("ready:a",))]


@pytest.mark.parametrize("seed", [12_243, 14_408, 14_796, 16_955, 22_535])
def test_what_is_withdrawn_once_it_is_open_is_opened_at_once_in_the_smaller_net_too(seed: int) -> None:
    assert agree(range(seed, seed + 1), wild_procedure).total() == 1
