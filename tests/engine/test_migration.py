"""A running case goes over to a later issue where nothing that has begun was changed, and nowhere else."""

import random
from datetime import timedelta
from pathlib import Path

import pytest

from engine.audit import chain_fault
from engine.case import Case
from engine.commands import (
    MACHINE,
    AnswerErrand,
    AnswerSupplement,
    FinishTask,
    FinishWork,
    FireTimer,
    MigrateCase,
    OpenCase,
    PauseCase,
)
from engine.evolve import fold
from engine.handle import Done
from engine.migration import issues_between, judge
from engine.refusal import Refusal
from engine.stores.audit import verify
from engine.stores.sql import SqlStore
from engine.timers import lapse
from procedures.check import check
from procedures.finding import errors
from procedures.model import BackTo, Branch, End, FieldSpec, FieldType, Go, Outcome, Procedure, Step
from procedures.net import END
from procedures.renames import step_with_names, with_names
from procedures.shelf import MemoryShelf, Shelf, release
from tests.engine.house import ISSUED, Office, at, purchase
from tests.engine.playing import PEOPLE, Player, random_procedure
from tests.procedures.building import norm, over, work
from tests.procedures.check.telling import places

NOW = at(2, 8)


def second(*, names: dict[str, str] | None = None, issue: int = 2, **changes: object) -> Procedure:
    """The next issue of the purchase, with steps renamed and parts replaced."""
    called = with_names(purchase(), names or {})
    olds = {new: old for old, new in (names or {}).items()}
    made = tuple(step.model_copy(update={"renamed_from": olds.get(step.key)}) for step in called.steps)
    return called.model_copy(update={"issue": purchase().issue + issue - 1, "steps": made, **changes})


def stepped(procedure: Procedure, key: str, **changes: object) -> Procedure:
    made = tuple(step.model_copy(update=changes) if step.key == key else step for step in procedure.steps)
    return procedure.model_copy(update={"steps": made})


def issued(office: Office, *procedures: Procedure) -> Office:
    office.shelf.publish(*(release(one, approved_by="Giám đốc", issued_at=ISSUED) for one in procedures))
    return office


def move(office: Office, case: str, to: int = 0, by: str = "an", reason: str = "tổ chức lại") -> Done | Refusal:
    issue = to or purchase().issue + 1
    return office.give(MigrateCase(id=office.id(), actor=by, case=case, issue=issue, reason=reason), at(3, 8))


def moved(office: Office, case: str) -> Case:
    before, log = office.case(case), office.log(case)
    answer = move(office, case)
    assert isinstance(answer, Done), str(answer.words)
    after = office.case(case)
    assert office.log(case)[: len(log)] == log
    assert chain_fault(case, office.log(case)) is None
    assert fold(office.log(case)) == after
    for was, now in zip(before.items, after.items, strict=False):
        assert was.but(step=now.step, returned_to=now.returned_to) == now
    assert after.due == before.due
    return after


def refused(office: Office, case: str, **more: object) -> str:
    log = office.log(case)
    answer = move(office, case, **more)  # type: ignore[arg-type]
    assert isinstance(answer, Refusal)
    assert office.log(case) == log
    return str(answer.words)


def test_a_case_moves_to_an_issue_in_which_only_later_steps_changed() -> None:
    office = Office.with_(purchase())
    case = office.ordered(NOW)
    new = stepped(second(), "phê duyệt", norm=None)
    after = moved(issued(office, new), case)
    assert (after.issue, after.release) == (new.issue, office.shelf.release("QT-VP-05", new.issue).hash)
    assert [item.step for item in after.live_items] == ["kiểm tra"]


def test_a_renamed_step_goes_on_under_its_new_name() -> None:
    office = Office.with_(purchase())
    case = office.ordered(NOW)
    new = second(names={"kiểm tra": "soát hồ sơ", "lập phiếu": "viết phiếu"})
    after = moved(issued(office, new), case)
    assert [item.step for item in after.items] == ["viết phiếu", "soát hồ sơ"]
    assert after.marking == ("ready:soát hồ sơ",)
    office.do(case, "soát hồ sơ", "binh", at(4, 8), "Thiếu hoặc sai", reason="thiếu báo giá")
    again = office.case(case).live_items[0]
    assert (again.step, again.attempt, again.previous) == ("viết phiếu", 2, 1)
    assert office.case(case).items[1].returned_to == "viết phiếu"


def test_an_added_later_step_is_passed_by_a_moved_case() -> None:
    office = Office.with_(purchase())
    case = office.ordered(NOW)
    agreed = (Branch(target=Go(steps=("mua sắm",))),)
    signing = work("ký nháy", Go(steps=("mua sắm",)), role="chánh văn phòng")
    base = purchase().step("phê duyệt")
    approve = tuple(
        one.model_copy(update={"branches": (Branch(target=Go(steps=("ký nháy",))),)}) if one.branches == agreed else one
        for one in base.outcomes
    )
    new = stepped(second(), "phê duyệt", outcomes=approve)
    new = new.model_copy(update={"steps": (*new.steps[:-1], signing, new.steps[-1])})
    moved(issued(office, new), case)
    assert judge_of(office, case, new.issue + 1) == []


def judge_of(office: Office, case: str, issue: int) -> list[str]:
    with office.store.reading() as reader:
        held = reader.held(case)
        assert held is not None
        issues = issues_between(office.shelf, "QT-VP-05", held.case.issue, issue)
        net = office.shelf.release("QT-VP-05", issues[-1].issue).net
        return [str(words) for words in judge(held, reader.log(case), issues, net).obstacles]


def test_a_removed_later_step_does_not_hold_a_case_back_but_a_begun_one_does() -> None:
    office = Office.with_(purchase())
    early, late = office.ordered(NOW), office.examined(NOW, "180 triệu")
    office.do(late, "xem xét", "dung", NOW, "Đồng ý")
    agreed = tuple(
        Outcome(label=one.label, branches=(Branch(target=Go(steps=("mua sắm",))),)) if one.label == "Đồng ý" else one
        for one in purchase().step("xem xét").outcomes
    )
    new = stepped(second(), "xem xét", outcomes=agreed)
    new = new.model_copy(update={"steps": tuple(step for step in new.steps if step.key != "phê duyệt")})
    issued(office, new)
    moved(office, early)
    assert "“Lãnh đạo Sở phê duyệt” has begun and is not in issue" in " / ".join(judge_of(office, late, new.issue))
    assert "“Chánh Văn phòng xem xét” has begun and was changed" in refused(office, late)


def test_a_changed_step_that_has_begun_holds_a_case_back() -> None:
    office = Office.with_(purchase())
    case = office.ordered(NOW)
    issued(office, stepped(second(), "kiểm tra", norm=norm("3")))
    assert refused(office, case).endswith("has begun and was changed (time allowed).")


def test_other_words_for_a_begun_step_do_not_hold_a_case_back() -> None:
    office = Office.with_(purchase())
    case = office.ordered(NOW)
    issued(office, stepped(second(), "kiểm tra", name="Soát hồ sơ", note="Xem hướng dẫn"))
    assert moved(office, case).live_items[0].step == "kiểm tra"


def test_another_holder_of_a_role_that_has_acted_holds_a_case_back() -> None:
    office = Office.with_(purchase())
    case = office.ordered(NOW)
    roles = tuple(
        role.model_copy(update={"holders": role.holders * 2}) if role.name == "quản trị" else role
        for role in purchase().roles
    )
    issued(office, second(roles=roles))
    assert "(who is “quản trị”)" in refused(office, case)


def test_a_value_declared_otherwise_holds_a_case_back() -> None:
    office = Office.with_(purchase())
    case = office.ordered(NOW)
    fields = tuple(spec.model_copy(update={"type": purchase().fields[0].type}) for spec in purchase().fields)
    issued(office, second(fields=fields))
    assert "“tổng tiền” was entered and is declared otherwise" in refused(office, case)


def test_a_value_that_will_decide_and_is_not_asked_for_any_more_holds_a_case_back() -> None:
    asking = FieldSpec(name="gấp", type=FieldType.MONEY)
    first = stepped(purchase(), "lập phiếu", collect=(*purchase().steps[0].collect, "gấp"))
    first = first.model_copy(update={"fields": (*first.fields, asking)})
    office = Office.with_(first)
    case = office.ordered(NOW)
    agreed = (Branch(when=over(1, "gấp"), target=Go(steps=("mua sắm",))), Branch(target=Go(steps=("mua sắm",))))
    ways = first.step("phê duyệt").outcomes
    decided = (ways[0].model_copy(update={"branches": agreed}), *ways[1:])
    new = stepped(first, "phê duyệt", outcomes=decided).model_copy(update={"issue": first.issue + 1})
    issued(office, new)
    assert "“gấp” decides a way and was not entered" in refused(office, case)


def test_an_arrival_that_the_later_issue_does_not_know_holds_a_case_back() -> None:
    office = Office.with_(purchase())
    case = office.ordered(NOW)
    office.do(case, "kiểm tra", "binh", NOW, "Hợp lệ")
    office.do(case, "khảo giá", "giang", NOW)
    assert "from:khảo giá>xem xét" in office.case(case).marking
    issued(office, stepped(second(), "xem xét", join=None))
    assert "would stand elsewhere" in refused(office, case)


@pytest.mark.parametrize("reason", ["", "  "])
def test_moving_a_case_needs_a_reason(reason: str) -> None:
    office = issued(Office.with_(purchase()), second())
    assert refused(office, office.ordered(NOW), reason=reason) == "A reason is needed."


def test_only_a_party_moves_a_case() -> None:
    office = issued(Office.with_(purchase()), second())
    case = opened_early(office)
    assert "may not do this" in refused(office, case, by="em")


def opened_early(office: Office) -> str:
    """Open a case under the first issue of an office that knows more."""
    first = MemoryShelf()
    first.publish(office.shelf.release("QT-VP-05", purchase().issue))
    whole: Shelf = office.shelf
    office.shelf = first
    case = office.ordered(NOW)
    office.shelf = whole
    return case


def test_a_case_moves_forward_only_to_an_issue_that_is_there() -> None:
    office = issued(Office.with_(purchase()), second())
    case = opened_early(office)
    assert "has no issue 99 in force" in refused(office, case, to=99)
    assert "only moves to a later one" in refused(office, case, to=purchase().issue)


def test_an_issue_not_yet_in_force_takes_no_case() -> None:
    office = Office.with_(purchase())
    later = (ISSUED + timedelta(days=400)).date()
    office.shelf.publish(release(second(), approved_by="Giám đốc", issued_at=ISSUED, effective_from=later))
    assert "in force" in refused(office, office.ordered(NOW))


def test_a_paused_case_is_not_moved() -> None:
    office = Office.with_(stepped(purchase(), "kiểm tra", may_pause=True))
    case = office.ordered(NOW)
    issued(office, stepped(second(), "kiểm tra", may_pause=True))
    assert isinstance(office.give(PauseCase(id="p", actor="an", case=case, reason="chờ"), NOW), Done)
    assert "is paused" in refused(office, case)


def test_asked_twice_a_case_is_moved_once() -> None:
    office = Office.with_(purchase())
    case = office.ordered(NOW)
    issued(office, second())
    command = MigrateCase(id="m", actor="an", case=case, issue=purchase().issue + 1, reason="vì vậy")
    assert isinstance(office.give(command, at(3, 8)), Done)
    again = office.give(command, at(3, 9))
    assert isinstance(again, Done)
    assert again.repeated
    assert [record.event.kind for record in office.log(case)].count("CaseMigrated") == 1


def test_a_step_renamed_twice_is_followed_and_a_case_moves_twice() -> None:
    office = Office.with_(purchase())
    case = office.ordered(NOW)
    once = second(names={"kiểm tra": "soát"})
    twice = with_names(once, {"soát": "rà soát"}).model_copy(update={"issue": once.issue + 1})
    twice = stepped(twice, "rà soát", renamed_from="soát")
    issued(office, once, twice)
    assert judge_of(office, case, twice.issue) == []
    moved(office, case)
    assert isinstance(move(office, case, to=twice.issue), Done)
    assert office.case(case).marking == ("ready:rà soát",)
    office.do(case, "rà soát", "binh", at(4, 8), "Hợp lệ")


def test_what_is_kept_of_a_moved_case_follows_from_its_log(tmp_path: Path) -> None:
    store = SqlStore(tmp_path / "a.db")
    office = Office.with_(purchase(), store=store)
    case = office.examined(NOW)
    issued(office, second(names={"khảo giá": "lấy báo giá", "xem xét": "soát xét"}))
    moved(office, case)
    office.do(case, "soát xét", "dung", at(4, 8), "Đồng ý")
    office.do(case, "mua sắm", "binh", at(5, 8))
    assert office.case(case).result == "hoàn thành"
    verdict = verify(store)
    assert verdict.sound, verdict.faults
    store.close()


def mutated(rng: random.Random, procedure: Procedure, turn: int) -> Procedure:
    """Return another issue: a step renamed, put in, left out, or given another time."""
    steps = list(procedure.steps)
    at_, kind = rng.randrange(len(steps)), rng.choice(("rename", "insert", "remove", "norm", "branch", "branch"))
    step = steps[at_]
    if kind == "rename":
        called = with_names(procedure, {step.key: f"{step.key}x{turn}"})
        made = [
            one.model_copy(update={"renamed_from": step.key}) if one is called.steps[at_] else one
            for one in called.steps
        ]
        return procedure.model_copy(update={"steps": tuple(made)})
    way = step.outcomes[0].branches[0].target
    if kind == "insert" and isinstance(way, Go | End):
        new = work(f"mới{turn}", way, role="ai cũng được")
        first = Outcome(label=step.outcomes[0].label, branches=(Branch(target=Go(steps=(new.key,))),))
        if isinstance(way, Go) and any(step.key in (one.join.steps if one.join else ()) for one in steps):
            return procedure
        steps[at_] = step.model_copy(update={"outcomes": (first, *step.outcomes[1:])})
        steps.insert(at_ + 1, new)
    elif kind == "remove" and at_ and step.join is None and isinstance(way, Go) and len(way.steps) == 1:
        steps = [_around(one, step.key, way.steps[0]) for one in steps if one.key != step.key]
    elif kind == "branch" and isinstance(way, Go) and len(way.steps) > 1:
        return _with_another_branch(procedure, step, way, f"nhánh{turn}")
    elif kind == "norm" and step.kind == "work":
        steps[at_] = step.model_copy(update={"norm": norm(rng.choice("456"))})
    return procedure.model_copy(update={"steps": tuple(steps)})


def _with_another_branch(procedure: Procedure, fork: Step, way: Go, key: str) -> Procedure:
    """Let a fork open one more step, for which the join behind it waits too."""
    joins = [one for one in procedure.steps if one.join and set(one.join.steps) & set(way.steps)]
    if len(joins) != 1 or joins[0].join is None:
        return procedure
    join = joins[0].join.model_copy(update={"steps": (*joins[0].join.steps, key)})
    first = Outcome(label=fork.outcomes[0].label, branches=(Branch(target=Go(steps=(*way.steps, key))),))
    wider = {
        fork.key: fork.model_copy(update={"outcomes": (first, *fork.outcomes[1:])}),
        joins[0].key: joins[0].model_copy(update={"join": join}),
    }
    new = work(key, Go(steps=(joins[0].key,)), role="ai cũng được")
    made = [wider.get(one.key, one) for one in procedure.steps]
    return procedure.model_copy(update={"steps": (*made[:-1], new, made[-1])})


def _around(step: Step, gone: str, to: str) -> Step:
    return step_with_names(step, {gone: to})


def next_issue(rng: random.Random, procedure: Procedure) -> Procedure | None:
    """Return a sound later issue, or None when this chance gave none."""
    new = procedure
    for turn in range(rng.choice((1, 2, 3))):
        new = mutated(rng, new, turn)
    new = new.model_copy(update={"issue": procedure.issue + 1})
    faulty = [one for one in errors(check(new, places(new))) if one.code < "QT330"]
    return None if faulty or new.steps == procedure.steps else new


def finished(office: Office, case: str, rng: random.Random) -> Case:
    """Walk at random, but forward sooner or later, until the case has ended."""
    now = at(20, 8)
    for turn in range(400):
        standing = office.case(case)
        if standing.over:
            return standing
        now += timedelta(days=3)
        lapse(office.store, office, now)
        if standing.supplement is not None:
            for who in PEOPLE:
                office.give(AnswerSupplement(id=office.id(), case=case, actor=who, full=True), now)
        item = rng.choice(standing.live_items)
        for task in item.open_tasks:
            done = FinishTask(
                id=office.id(), case=case, actor=task.to, item=item.number, task=task.number, report="xong"
            )
            assert isinstance(office.give(done, now), Done)
        step = office.shelf.release("QT-01", standing.issue).procedure.step(item.step)
        labels = [o.label for o in step.choices if turn < 60 or not isinstance(o.branches[0].target, BackTo)]
        label = rng.choice(labels or [o.label for o in step.choices])
        one = {"id": office.id(), "case": case, "item": item.number}
        if item.waits_for == "delay":
            office.give(FireTimer(**one, actor=MACHINE), now)  # type: ignore[arg-type]
        elif item.waits_for != "work":
            office.give(AnswerErrand(**one, actor=MACHINE, outcome=label), now)  # type: ignore[arg-type]
        else:
            who = item.assignee or rng.choice(PEOPLE)
            office.give(FinishWork(**one, actor=who, outcome=label, reason="vì vậy"), now)  # type: ignore[arg-type]
    return office.case(case)


def free(procedure: Procedure) -> Procedure:
    """Return a procedure in which nobody is kept apart, so that a walk never ends for want of people."""
    steps = tuple(
        step.model_copy(
            update={"not_same_as": (), "same_as": (), "responsible": step.responsible and ("ai cũng được",)}
        )
        for step in procedure.steps
    )
    return procedure.model_copy(update={"steps": steps})


def walked(seed: int) -> tuple[int, int, int]:
    """Play some cases, issue a mutation, move whom it lets; return how many moved, stayed, and had steps renamed."""
    rng = random.Random(seed)  # noqa: S311 (play, not secrets)
    first = free(random_procedure(rng))
    new = next_issue(rng, first)
    if new is None:
        return 0, 0, 0
    office = Office.with_(first)
    played = Player(office, rng, NOW)
    for _ in range(3):
        fields = {"tổng tiền": str(rng.choice((5, 500))), "ngày họp": "20/03/2026"}
        opening = OpenCase(id=office.id(), actor="an", procedure="QT-01", title="Thử", fields=fields, salt="s")
        assert isinstance(office.give(opening, NOW), Done)
    for _ in range(rng.choice((0, 4, 12))):
        played.step()
    issued(office, new)
    counts = [0, 0, 0]
    for case in [one for one in map(office.case, played.cases()) if not one.over and one.paused_at is None]:
        who = case.opener if case.opener in PEOPLE else "an"
        command = MigrateCase(id=office.id(), actor=who, case=case.id, issue=new.issue, reason="vì vậy")
        answer = office.give(command, at(19, 8))
        counts[isinstance(answer, Refusal)] += 1
        if isinstance(answer, Done):
            counts[2] += any(record.event.kind == "CaseMigrated" and record.event.renames for record in answer.records)
            after = finished(office, case.id, rng)
            assert after.over, (seed, case.id, after.marking)
            assert after.marking == (END,)
            assert fold(office.log(case.id)) == after
            assert chain_fault(case.id, office.log(case.id)) is None
    return counts[0], counts[1], counts[2]


def test_whatever_may_move_plays_to_an_end() -> None:
    totals = [sum(part) for part in zip(*(walked(seed) for seed in range(160)), strict=True)]
    assert all(total >= bound for total, bound in zip(totals, (40, 40, 8), strict=True)), totals
