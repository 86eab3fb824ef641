"""Two procedures compared: nothing about form, every change once, in words and by kind."""

import random
from collections.abc import Callable
from decimal import Decimal

import pytest

from procedures.allowances import CountedFrom, Extensions, Supplements, Variant
from procedures.difference import Difference, Sign, difference
from procedures.differences import head, steps, timing
from procedures.joins import Join, JoinKind
from procedures.load import load_text
from procedures.model import (
    Acceptance,
    Branch,
    Duration,
    Form,
    Go,
    Handling,
    Kind,
    Norm,
    Phase,
    Procedure,
    Record,
    ReturnClock,
    Role,
    Step,
    SubLimit,
    Term,
    Unit,
)
from procedures.net import compile_net
from procedures.words import Lang
from tests.procedures import specimen
from tests.procedures.building import back, days, end, go, norm, over, purchase, role, wait_all, work
from tests.procedures.check.generating import sound_draft


def with_step(procedure: Procedure, key: str, **changes: object) -> Procedure:
    made = tuple(step.model_copy(update=changes) if step.key == key else step for step in procedure.steps)
    return procedure.model_copy(update={"steps": made})


def with_target(procedure: Procedure, key: str, label: str, *branches: Branch) -> Procedure:
    step = procedure.step(key)
    outcomes = tuple(
        one.model_copy(update={"branches": branches}) if one.label == label else one for one in step.outcomes
    )
    return with_step(procedure, key, outcomes=outcomes)


def inserted(procedure: Procedure, step: Step, place: int) -> Procedure:
    steps_ = list(procedure.steps)
    steps_.insert(place, step)
    return procedure.model_copy(update={"steps": tuple(steps_)})


def renamed(procedure: Procedure, old: str, new: str) -> Procedure:
    from procedures.renames import with_names

    called = with_names(procedure, {old: new})
    return with_step(called, new, renamed_from=old, name="Tên mới")


def told(found: Difference, lang: Lang = "en") -> list[str]:
    return [f"{one.sign.value} {one.words.into(lang)}" for one in found.changes]


def added_on_the_way(procedure: Procedure) -> Procedure:
    agreed = (Branch(when=over(50_000_000), target=go("phê duyệt")), Branch(target=go("ký nháy")))
    grown = inserted(procedure, work("ký nháy", go("mua sắm")), 5)
    return with_target(grown, "xem xét", "Đồng ý", *agreed)


def added_beside(procedure: Procedure) -> Procedure:
    grown = inserted(procedure, work("xem kho", go("xem xét")), 4)
    forked = with_target(grown, "kiểm tra", "Hợp lệ", Branch(target=go("khảo giá", "thẩm định nguồn", "xem kho")))
    return with_step(forked, "xem xét", join=wait_all("khảo giá", "thẩm định nguồn", "xem kho"))


def removed(procedure: Procedure) -> Procedure:
    left = procedure.model_copy(update={"steps": tuple(s for s in procedure.steps if s.key != "phê duyệt")})
    agreed = (Branch(when=over(50_000_000), target=go("mua sắm")), Branch(target=go("mua sắm")))
    return with_target(left, "xem xét", "Đồng ý", *agreed)


def reordered(procedure: Procedure) -> Procedure:
    one, two, three, four, *rest = procedure.steps
    return procedure.model_copy(update={"steps": (one, two, four, three, *rest)})


def threshold(procedure: Procedure) -> Procedure:
    agreed = (Branch(when=over(30_000_000), target=go("phê duyệt")), Branch(target=go("mua sắm")))
    return with_target(procedure, "xem xét", "Đồng ý", *agreed)


def condition(procedure: Procedure) -> Procedure:
    agreed = (Branch(when=over(50_000_000, "nội dung"), target=go("phê duyệt")), Branch(target=go("mua sắm")))
    return with_target(procedure, "xem xét", "Đồng ý", *agreed)


def relabelled(procedure: Procedure) -> Procedure:
    step = procedure.step("phê duyệt")
    first, second = step.outcomes
    return with_step(procedure, "phê duyệt", outcomes=(first.model_copy(update={"label": "Ký"}), second))


def fewer(procedure: Procedure) -> Procedure:
    return with_step(procedure, "phê duyệt", outcomes=procedure.step("phê duyệt").outcomes[:1])


def other_role(procedure: Procedure) -> Procedure:
    *rest, last = procedure.roles
    return procedure.model_copy(update={"roles": (*rest, role(last.name, "Giám đốc"))})


def of(**changes: object) -> Callable[[Procedure], Procedure]:
    return lambda procedure: procedure.model_copy(update=changes)


def of_step(key: str, **changes: object) -> Callable[[Procedure], Procedure]:
    return lambda procedure: with_step(procedure, key, **changes)


def to(key: str, label: str, target: object) -> Callable[[Procedure], Procedure]:
    return lambda procedure: with_target(procedure, key, label, Branch(target=target))  # type: ignore[arg-type]


MUTATIONS: dict[str, tuple[Callable[[Procedure], Procedure], str, str]] = {
    "a step on the way": (added_on_the_way, "step", "+ step 6 “Ký nháy” (after step 5)"),
    "a step beside": (added_beside, "step", "+ step 5 “Xem kho” (at the same time as step 3, 4)"),
    "a step gone": (removed, "step", "- step 6 “Phê duyệt” (no longer there)"),
    "a step renamed": (
        lambda one: renamed(one, "xem xét", "soát xét"),
        "rename",
        "= the step “xem xét” is now called “soát xét” (declared with “tên cũ”)",
    ),
    "a step moved": (reordered, "order", "~ step 4 “Khảo giá”: place in the order 3 → 4"),
    "a name": (of_step("xem xét", name="Xét duyệt"), "name", "~ step 5 “Xét duyệt”: name Xem xét → Xét duyệt"),
    "a norm": (
        of_step("xem xét", norm=norm("2")),
        "norm",
        "~ step 5 “Xem xét”: time allowed 1 working_day → 2 working_day",
    ),
    "a norm that no longer counts": (of_step("xem xét", norm=norm("1", counted=False)), "norm", ""),
    "a unit of time": (of_step("xem xét", norm=norm("1", Unit.DAY)), "norm", ""),
    "a threshold": (
        threshold,
        "threshold",
        "~ step 5 “Xem xét”: threshold in “Đồng ý” tổng tiền above 50 million → tổng tiền above 30 million",
    ),
    "a condition": (condition, "condition", ""),
    "an outcome": (relabelled, "outcome_renamed", "~ step 6 “Phê duyệt”: outcome “Phê duyệt” → “Ký”"),
    "an outcome gone": (fewer, "outcome", "~ step 6 “Phê duyệt”: outcome removed: “Không phê duyệt”: end, từ chối"),
    "another way": (
        to("phê duyệt", "Không phê duyệt", back("xem xét")),
        "way",
        "~ step 6 “Phê duyệt”: goes on to in “Không phê duyệt” end, từ chối → back to “xem xét”",
    ),
    "another end": (to("phê duyệt", "Không phê duyệt", end("đình chỉ")), "way", ""),
    "the rest is cancelled": (to("phê duyệt", "Không phê duyệt", end("từ chối", cancel_rest=True)), "way", ""),
    "fewer returns": (
        to("kiểm tra", "Thiếu hoặc sai", back("lập phiếu", 1)),
        "return_limit",
        "~ step 2 “Kiểm tra”: how often it may return in “Thiếu hoặc sai” 2 → 1",
    ),
    "time after a return": (
        to("kiểm tra", "Thiếu hoặc sai", back("lập phiếu", 2).model_copy(update={"clock": ReturnClock.RESTART})),
        "return_clock",
        "",
    ),
    "another kind of join": (
        of_step("xem xét", join=Join(kind=JoinKind.ANY, steps=("khảo giá", "thẩm định nguồn"))),
        "join_kind",
        "",
    ),
    "a join of fewer": (of_step("xem xét", join=wait_all("khảo giá")), "join", ""),
    "who does it": (
        of_step("khảo giá", responsible=("kế toán",)),
        "responsible",
        "~ step 3 “Khảo giá”: responsible quản trị → kế toán",
    ),
    "who takes part": (of_step("mua sắm", participants=("kế toán",)), "participants", ""),
    "who follows": (of_step("mua sắm", following=("kế toán",)), "following", ""),
    "who is told when it is late": (
        of_step("mua sắm", when_late=("kế toán",)),
        "when_late",
        "~ step 7 “Mua sắm”: told when it is late added: kế toán",
    ),
    "who is told when a case is late": (of(when_late=("lãnh đạo",)), "when_late", ""),
    "kept apart": (
        of_step("phê duyệt", not_same_as=("xem xét",)),
        "not_same_as",
        "~ step 6 “Phê duyệt”: kept apart from added: xem xét",
    ),
    "the same person": (of_step("phê duyệt", same_as=("xem xét",)), "same_as", ""),
    "a form of a step": (of_step("khảo giá", forms=("BM-02",)), "forms", "~ step 3 “Khảo giá”: forms added: BM-02"),
    "a result": (of_step("khảo giá", outputs=()), "outputs", ""),
    "a thing to do": (of_step("khảo giá", checklist=("Đủ ba báo giá",)), "checklist", ""),
    "a value entered": (of_step("lập phiếu", collect=("nội dung",)), "collect", ""),
    "may be paused": (of_step("mua sắm", may_pause=True), "may_pause", ""),
    "a reason is asked": (of_step("mua sắm", reason_required=True), "reason_required", ""),
    "a file is asked": (of_step("mua sắm", needs_file=True), "needs_file", ""),
    "a phase of a step": (of_step("mua sắm", phase="Mua"), "phase", ""),
    "a cut-off": (of_step("mua sắm", hand_over_cut_off="15:00"), "hand_over_cut_off", ""),
    "a sub-limit": (of_step("mua sắm", sublimits=(SubLimit(name="trả lời", within=days("1")),)), "sublimits", ""),
    "a machine": (of_step("mua sắm", automatic="gửi tin"), "automatic", ""),
    "how a machine is asked": (
        of_step("mua sắm", handling=Handling(given=(("đến", "a@b.vn"),), retries=3)),
        "handling",
        "~ step 7 “Mua sắm”: how the machine is asked added: đến: a@b.vn; 3 more tries, 60 s apart, each at most 30 s",
    ),
    "a delay": (of_step("mua sắm", delay=days("1")), "delay", ""),
    "a call": (of_step("mua sắm", call="QT-01"), "call", ""),
    "a note of a step": (of_step("mua sắm", note="Xem hướng dẫn"), "note", ""),
    "the time limit": (of(within=days("10")), "within", "~ procedure: time limit 12 working_day → 10 working_day"),
    "the published total": (of(published_total=days("10")), "published_total", ""),
    "the code": (of(code="QT-VP-06"), "code", ""),
    "the kind": (of(kind=Kind.INTERNAL_SERVICE), "kind", ""),
    "the owner": (of(owner_unit="Phòng A"), "owner_unit", ""),
    "the name": (of(name="Mua sắm"), "name", ""),
    "the purpose": (of(purpose="Thống nhất"), "purpose", "+ procedure: purpose added: Thống nhất"),
    "the scope": (of(scope="Các phòng"), "scope", ""),
    "the source": (of(source="QĐ 1"), "source", ""),
    "the note": (of(note="x"), "note", ""),
    "a ground": (of(references=("Luật A",)), "references", ""),
    "a risk": (of(risks=()), "risks", ""),
    "who holds a role": (other_role, "roles", "~ role “lãnh đạo”: content lãnh đạo → lãnh đạo"),
    "a form": (of(forms=(Form(code="BM-02", name="Phiếu"),)), "forms", "+ form “BM-02”: content added: Phiếu"),
    "a value no longer required": (
        lambda one: of(fields=(one.fields[0], one.fields[1].model_copy(update={"required": False})))(one),
        "fields",
        "~ entered value “tổng tiền”: content an amount of money, required → an amount of money",
    ),
    "a phase": (of(phases=(Phase(name="Mua", within=days("3")),)), "phases", ""),
    "an indicator": (
        lambda one: of(indicators=(one.indicators[0].model_copy(update={"bound": Decimal("0.9")}),))(one),
        "indicators",
        "",
    ),
    "a limit by condition": (
        of(variants=(Variant(when=over(90), within=days("20")),)),
        "variants",
        "",
    ),
    "a norm by condition": (
        of_step("xem xét", norm=Norm(within=days("1"), variants=(Variant(when=over(90), within=days("3")),))),
        "norm_variants",
        "",
    ),
    "the start of the limit": (
        of(counted_from=CountedFrom(event="step", name="kiểm tra")),
        "counted_from",
        "~ procedure: start of the time limit from the reception → from when step “kiểm tra” is done",
    ),
    "supplements": (
        of(supplements=Supplements(at_most=2, clock="pause", close_after=days("15"))),
        "supplements",
        "",
    ),
    "extensions": (
        of(extensions=Extensions(at_most=2, each=days("5"), decided_by=("lãnh đạo",))),
        "extensions",
        "",
    ),
    "time for opinions": (of(consultation=norm("3", counted=False)), "consultation", ""),
    "who may refuse": (of(refused_by=("lãnh đạo",)), "refused_by", "+ procedure: may refuse added: lãnh đạo"),
    "who may stop": (of(stopped_by=("lãnh đạo",)), "stopped_by", ""),
    "a pause on a basis": (of_step("xem xét", pause_needs_basis=True), "pause_needs_basis", ""),
    "a record": (of(records=(Record(name="Bộ hồ sơ mua sắm", place="Kho", retention="10 năm"),)), "records", ""),
    "a term": (of(terms=(Term(name="tài sản", meaning="thứ mua"),)), "terms", ""),
    "an accepted warning": (of(accepted=(Acceptance(code="QT401", reason="đã công bố"),)), "accepted", ""),
    "an example": (lambda one: of(scenarios=one.scenarios[:1])(one), "scenarios", ""),
}  # fmt: skip


def test_a_procedure_does_not_differ_from_itself() -> None:
    assert not difference(purchase(), purchase())
    assert difference(purchase(), purchase().model_copy(update={"issue": 9})).changes == ()


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_single_change_is_told_once(name: str) -> None:
    mutate, kind, sentence = MUTATIONS[name]
    found = difference(purchase(), mutate(purchase()))
    assert [one.kind for one in found.changes] == [kind], told(found)
    assert sentence in {"", *told(found)}, told(found)


@pytest.mark.parametrize("name", MUTATIONS)
def test_what_was_changed_back_is_told_once_too(name: str) -> None:
    mutate, kind, _ = MUTATIONS[name]
    found = difference(mutate(purchase()), purchase())
    if kind == "rename":  # a name is declared old in one direction only
        assert {"step"} <= {one.kind for one in found.changes}
    else:
        assert [one.kind for one in found.changes] == [kind], told(found)


def test_every_part_of_a_procedure_is_compared() -> None:
    of_issue = {"issue", "effective_from"}
    known = {*head.TEXTS, *head.TIMES, *head.LISTS, *head.KEYED, *timing.TOLD, "kind", "steps"}
    assert set(Procedure.model_fields) - of_issue == known


def test_every_part_of_a_step_is_compared() -> None:
    alone = {"key", "renamed_from", "norm", "delay", "handling", "sublimits", "join", "outcomes"}
    alone |= {"several", "timeout", "handover"}
    assert set(Step.model_fields) == {*steps.TEXTS, *steps.LISTS, *steps.FLAGS} | alone


def test_other_writing_of_the_same_is_no_difference() -> None:
    written = norm("1").model_copy(
        update={"within": Duration(amount=Decimal("1.0"), unit=Unit.WORKING_DAY, text="01 ngày")}
    )
    again = with_step(purchase(), "xem xét", norm=written)
    again = again.model_copy(update={"forms": tuple(reversed(again.forms)), "roles": tuple(reversed(again.roles))})
    assert told(difference(purchase(), again)) == []


def test_a_rename_is_followed_into_ways_joins_and_examples() -> None:
    found = difference(purchase(), renamed(purchase(), "khảo giá", "lấy báo giá"))
    assert [one.sign for one in found.changes] == [Sign.RENAMED]
    assert found.renames == {"khảo giá": "lấy báo giá"}


def test_a_rename_that_nothing_declares_is_suspected() -> None:
    silent = with_step(renamed(purchase(), "khảo giá", "lấy báo giá"), "lấy báo giá", renamed_from=None)
    found = difference(purchase(), silent)
    assert sorted(one.sign.value for one in found.changes) == ["+", "-"]
    assert found.undeclared == {"khảo giá": "lấy báo giá"}
    assert difference(purchase(), removed(purchase())).undeclared == {}


def test_a_way_over_a_new_step_to_another_place_is_told_beside_the_step() -> None:
    grown = inserted(purchase(), work("ký nháy", go("phê duyệt")), 5)
    agreed = (Branch(when=over(50_000_000), target=go("phê duyệt")), Branch(target=Go(steps=("ký nháy",))))
    found = difference(purchase(), with_target(grown, "xem xét", "Đồng ý", *agreed))
    assert [one.kind for one in found.changes] == ["way", "step"]


def test_a_difference_is_a_table_and_sentences_in_both_languages() -> None:
    found = difference(purchase(), with_step(threshold(purchase()), "khảo giá", norm=norm("3")))
    assert told(found, "vi") == [
        "~ bước 3 “Khảo giá”: thời hạn 2 working_day → 3 working_day",
        "~ bước 5 “Xem xét”: ngưỡng ở “Đồng ý” tổng tiền trên 50 triệu → tổng tiền trên 30 triệu",
    ]
    assert found.rows("vi")[0] == ("~", "bước 3 “Khảo giá”", "thời hạn", "2 working_day", "3 working_day")
    assert [one.path for one in found.of_step("khảo giá")] == [("steps", "khảo giá", "norm")]


def test_who_holds_a_role_counts_however_it_is_written() -> None:
    def holding(text: str, position: str) -> Procedure:
        return purchase(roles=(Role(name="a", holders=role("a", position).holders, text=text),))

    assert not difference(holding("Giám đốc", "Giám đốc"), holding("giám đốc ", "Giám đốc"))
    assert difference(holding("Giám đốc", "Giám đốc"), holding("Giám đốc", "Phó Giám đốc"))


PLAIN: tuple[dict[str, object], ...] = (
    {"norm": norm("7")},
    {"forms": ("BM-77",)},
    {"checklist": ("Đủ chữ ký",)},
    {"may_pause": True},
    {"hand_over_cut_off": "15:00"},
    {"name": "Tên khác hẳn"},
    {"outputs": ("Tờ trình",)},
)


@pytest.mark.parametrize("seed", range(60))
def test_one_change_in_one_step_of_any_procedure_is_told_of_that_step(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - chance for a test
    before = sound_draft(rng, rng.choice((3, 6, 12))).build(rng)
    key = rng.choice(before.steps).key
    changes = rng.choice(PLAIN)
    found = difference(before, with_step(before, key, **changes))
    assert [(one.step, one.kind) for one in found.changes] == [(key, *changes)]
    assert not difference(before, before)
    assert [one.sign for one in difference(before, renamed(before, key, "tên mới")).changes] == [Sign.RENAMED]


@pytest.mark.parametrize("seed", range(60))
def test_where_nothing_is_told_the_same_net_runs(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - chance for a test
    one, other = (sound_draft(rng, 4).build(rng) for _ in range(2))
    shuffled = list(one.steps)
    rng.shuffle(shuffled)
    for after in (other, one.model_copy(update={"steps": (one.steps[0], *one.steps[2:])})):
        assert bool(difference(one, after)) == (sorted_moves(one) != sorted_moves(after) or kinds(one) != kinds(after))
    moved = one.model_copy(update={"steps": tuple(shuffled)})
    assert {change.kind for change in difference(one, moved).changes} <= {"order"}


def sorted_moves(procedure: Procedure) -> list[str]:
    return sorted(str((t.step, t.outcome, t.branch, sorted(t.produces))) for t in compile_net(procedure).transitions)


def kinds(procedure: Procedure) -> list[tuple[str, str]]:
    return [(step.key, step.kind) for step in procedure.steps]


def test_the_same_definition_in_the_other_language_is_no_difference() -> None:
    vietnamese, english = (
        load_text(specimen.purchase(), "a.yaml"),
        load_text(specimen.in_english(specimen.purchase()), "b.yaml"),
    )
    assert vietnamese.procedure is not None
    assert english.procedure is not None
    assert not difference(vietnamese.procedure, english.procedure)
