"""Whatever people ask of whatever sound procedure, the same few things hold; and both stores say the same."""

from collections import Counter
from fractions import Fraction
from itertools import count, pairwise
from pathlib import Path

import pytest

from engine.audit import chain_fault
from engine.case import Case, CaseStatus, Item, ItemStatus
from engine.clocks import dues_of, stands
from engine.evolve import fold
from engine.handle import MAY_WRITE_NOTHING, Done
from engine.log import Recorded
from engine.stores.audit import verify
from engine.stores.sql import SqlStore
from procedures.model import BackTo, Procedure, Step
from procedures.net import END, compile_net
from tests.engine.house import Office, at, working_time
from tests.engine.playing import PEOPLE, Player, kept, player


def faults(case: Case, log: list[Recorded], procedure: Procedure) -> list[str]:
    """Say what does not hold of a case; nothing for a case that is in order."""
    ended = [record for record in log if record.event.kind == "CaseEnded"]
    reopened = sum(record.event.kind == "CaseReopened" for record in log)
    open_steps = sorted({f"ready:{item.step}" for item in case.live_items})
    ready = sorted(place for place in case.marking if place.startswith("ready:"))
    checks = {
        "the state is not the fold of the log": fold(log) == case,
        "the chain is broken": chain_fault(case.id, log) is None,
        "times go back": all(one.at <= two.at for one, two in pairwise(log)),
        "a place is not of the net": set(case.marking) <= {*compile_net(procedure).places, END},
        "a place is marked twice": max(Counter(case.marking).values()) == 1,
        "live items and ready places differ": case.over or open_steps == ready,
        "stuck": case.over or bool(open_steps),
        "over without an end, or the other way round": len(ended) - reopened == case.over == (case.marking == (END,)),
        "something happened after the end": not (case.over and ended)
        or {r.event.kind for r in log[ended[-1].seq :]} <= {"BreachRecorded", "ValuesCorrected", "RecordCorrected"},
        "work is live after the end": not case.over or not case.live_items,
        "a pause without its time": (case.status is CaseStatus.PAUSED) == (case.paused_at is not None),
        "a clock stands after the end": not case.over or case.stopped_at is None,
        "items are misnumbered": [item.number for item in case.items] == list(range(1, len(case.items) + 1)),
    }
    found = [said for said, holds in checks.items() if not holds] + _time_faults(case, procedure, log)
    return found + [
        f"{step.key}: {said}" for step in procedure.steps for said in _step_faults(case, procedure, step.key)
    ]


def _time_faults(case: Case, procedure: Procedure, log: list[Recorded]) -> list[str]:
    promises = [record.event.due for record in log if record.event.kind in {"CaseOpened", "LimitBegan"}]
    granted = sum(one.granted for one in case.extensions)
    beyond = sum(one.granted and one.beyond for one in case.extensions)
    checks = {
        "what is due does not follow from what was recorded": case.over
        or dues_of(case, procedure, lambda _: working_time()) == kept(case),
        "the promise was overwritten": case.promised == next((due for due in promises if due is not None), None),
        "the limit began twice": sum(due is not None for due in promises) <= 1,
        "more supplements than allowed": len(case.supplements) <= procedure.supplements.at_most,
        "two supplements at once": sum(one.open for one in case.supplements) <= 1,
        "a supplement is awaited after the end": not case.over or case.supplement is None,
        "more extensions than allowed, and no breach of it": granted - beyond <= procedure.extensions.at_most,
        "somebody decided on his own request": all(one.by != one.decided_by for one in case.extensions),
        "the clock does not stand as it should": case.over
        or (case.course is None and not case.running_phases)
        or (case.stopped_at is not None) == stands(case),
        "two runs of a phase at once": len({run.name for run in case.running_phases}) == len(case.running_phases),
    }
    return [said for said, holds in checks.items() if not holds]


def _step_faults(case: Case, procedure: Procedure, key: str) -> list[str]:
    step, tries = procedure.step(key), case.attempts(key)
    found = []
    rounds = list(dict.fromkeys(item.attempt for item in tries))
    if rounds != list(range(1, len(rounds) + 1)):
        found.append("attempts have a gap")
    for member in {item.member for item in tries}:
        mine = [item for item in tries if item.member == member]
        if [item.previous for item in mine] != [None, *(item.number for item in mine)][: len(mine)]:
            found.append("an attempt does not know the one before")
    found += _round_faults(step, [[item for item in tries if item.attempt == number] for number in rounds])
    if any(case.performers(key) & case.performers(other) & set(PEOPLE) for other in step.not_same_as):
        found.append("one person did what two must do")
    for outcome in step.outcomes:
        target = outcome.branches[0].target
        if isinstance(target, BackTo) and target.at_most is not None:
            found += ["too many returns"] * (case.returns(key, outcome.label) > target.at_most)
    return found


def _round_faults(step: Step, rounds: list[list[Item]]) -> list[str]:
    """Hold every round of a step to what its declaration makes of the answers, told anew from the items."""
    if step.several is None:
        return ["several items in one round"] * any(len(parts) > 1 or parts[0].member for parts in rounds)
    found = ["somebody is called twice"] * any(len({p.member for p in parts}) < len(parts) for parts in rounds)
    for parts in rounds:
        voted = [p.outcome for p in parts if p.status is ItemStatus.DONE]
        everybody = parts[0].of if step.several.enough.of == "appointed" else len(parts)
        share = step.several.enough.share
        least = step.several.enough.at_least or everybody
        if share is not None:
            least = min(n for n in range(99) if _above(n, share, everybody, more=step.several.enough.more))
        yes = len([one for one in voted if step.several.vote in {None, one}])
        still = len([p for p in parts if p.live])
        undecided = yes < least and (yes + still >= least if step.several.vote else still)
        if still and not undecided:
            found.append("a round goes on though it is decided")
    return found


def _above(count: int, share: tuple[int, int], everybody: int, *, more: bool) -> bool:
    part = Fraction(*share) * everybody
    return count > part if more else count >= part


def play(seed: int, turns: int) -> tuple[Player, Counter[str]]:
    """Play a seed, holding every touched case to its invariants after every command; count the answers."""
    played, seen = player(seed), Counter[str]()
    procedure = played.office.shelf.release("QT-01", 1).procedure
    written: dict[str, int] = {}
    for turn in range(turns):
        command, answer = played.step()
        seen[type(answer).__name__] += 1
        quiet = isinstance(answer, Done) and not answer.records
        assert not quiet or isinstance(command, MAY_WRITE_NOTHING), f"{seed}/{turn}: {command} wrote nothing"
        for case in played.cases():
            log = played.office.log(case)
            grown = len(log) - written.get(case, 0)
            written[case] = len(log)
            touched = isinstance(answer, Done) and answer.case == case
            assert grown == (len(answer.records) if touched and not answer.repeated else 0), f"{seed}/{turn}: {command}"
            if grown:
                seen.update(record.event.kind for record in log[-grown:])
                assert faults(played.office.case(case), log, procedure) == [], f"seed {seed}, turn {turn}: {command}"
    return played, seen


def repeat(played: Player, store: SqlStore) -> Office:
    """Give the same commands at the same times to another store."""
    other = Office(played.office.shelf, played.office.organisation, store=store, numbers=count())
    for number, (command, now) in enumerate(played.given):
        answer, first = other.give(command, now), played.answers[number]
        assert answer == first, f"{number}: {command}"
    return other


def same(one: Office, other: Office) -> None:
    """Hold two offices to the same answers to every question."""
    people = [frozenset[str](), frozenset({"Chuyên viên@*"}), frozenset({"Giám đốc@*", "Kế toán@*"})]
    with one.store.reading() as a, other.store.reading() as b:
        assert a.case_ids() == b.case_ids()
        assert a.cases() == b.cases()
        assert a.cases(status="open", procedure="QT-01") == b.cases(status="open", procedure="QT-01")
        for case in a.case_ids():
            assert a.held(case) == b.held(case)
            assert a.log(case) == b.log(case)
        assert a.work() == b.work()
        for posts in people:
            assert a.work(posts) == b.work(posts)
            assert a.work(posts, "an") == b.work(posts, "an")
        assert a.work(assignee="an") == b.work(assignee="an")
        assert a.asked() == b.asked()
        assert a.asked(frozenset({"person:chi"})) == b.asked(frozenset({"person:chi"}))
        for day in (2, 5, 20):
            assert a.overdue(at(day, 9)) == b.overdue(at(day, 9))
            assert a.wakes(at(day, 9)) == b.wakes(at(day, 9))
        assert a.overdue(at(2, 9, year=2030)) == b.overdue(at(2, 9, year=2030))
    assert list(one.store.all_logs()) == list(other.store.all_logs())


def test_the_same_few_things_hold_whatever_is_asked() -> None:
    seen = sum((play(seed, 60)[1] for seed in range(90)), Counter[str]())
    for kind in (
        *("Done", "NotYours", "SamePerson", "AlreadyDone", "AlreadyTaken", "CaseIsPaused", "TooManyReturns"),
        *("StaleVersion", "TooEarly", "CaseIsOver", "StepPassed", "WorkCancelled", "CaseResumed", "ClockStarted"),
        *("BreachRecorded", "CaseEnded", "SupplementAsked", "SupplementAnswered", "SupplementClosed", "LimitBegan"),
        *("ExtensionGranted", "ExtensionRefused", "OpinionAsked", "OpinionGiven", "OpinionLapsed", "PartFinished"),
        *("PhaseEntered", "PhaseLeft", "PhasesMoved", "SupplementAwaited", "TooManySupplements", "TooManyExtensions"),
        *("ExtensionTooLate", "ExtensionTooLong", "OpinionsAwaited", "AskedAlready", "NotExpired", "NotYoursToSay"),
        *("AnswerGiven", "AnswerMissed"),
        *("WorkStarted", "WorkReassigned", "WorkRecalled", "TaskGiven", "TaskFinished", "TaskCancelled", "TasksOpen"),
        *("ValuesCorrected", "RecordCorrected", "CaseReopened", "ReceiverActed", "MovedOn", "NotTheHead"),
    ):
        assert seen[kind], f"{kind} never happened: the play is too tame"


@pytest.mark.parametrize("seed", range(1000, 1005))
def test_both_stores_tell_the_same_of_the_same_commands(seed: int, tmp_path: Path) -> None:
    played, _ = play(seed, 50)
    store = SqlStore(tmp_path / "a.db")
    same(played.office, repeat(played, store))
    verdict = verify(store)
    assert verdict.sound, verdict.faults
    store.close()


@pytest.mark.torture
@pytest.mark.timeout(900)
@pytest.mark.parametrize("part", range(10))
def test_the_same_few_things_hold_for_a_long_time(part: int, tmp_path: Path) -> None:
    for seed in range(10_000 + part * 30, 10_030 + part * 30):
        played, _ = play(seed, 100)
        if seed % 10 == 0:
            store = SqlStore(tmp_path / f"{seed}.db")
            same(played.office, repeat(played, store))
            assert verify(store).sound
            store.close()


def test_a_case_out_of_order_is_seen() -> None:
    played, _ = play(3, 40)
    procedure = played.office.shelf.release("QT-01", 1).procedure
    case = next(one for one in map(played.office.case, played.cases()) if one.items)
    log = played.office.log(case.id)
    assert faults(case, log, procedure) == []
    assert faults(case.but(marking=("ready:x", "ready:x")), log, procedure)
    assert faults(case, log[:-1], procedure)
    assert faults(case.but(items=case.items[1:]), log, procedure)
