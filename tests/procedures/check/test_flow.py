"""What is said about a procedure whose cases get stuck, are doubled, or leave work behind."""

from procedures.check import RULES, check, unaccepted_warnings
from procedures.check.flow import cases_end_properly
from procedures.check.subject import Subject
from procedures.finding import Severity
from procedures.joins import Join, JoinKind
from procedures.load import load_text
from procedures.model import Acceptance, Go, Outcome, Procedure, Step
from tests.procedures.building import (
    back,
    branches,
    choose,
    end,
    go,
    procedure,
    purchase,
    purchase_steps,
    route,
    wait_all,
    wait_any,
    work,
)
from tests.procedures.check.telling import codes, flow, places, way


def changed(key: str, step: Step) -> Procedure:
    """The purchase with one step replaced."""
    return purchase(steps=tuple(step if other.key == key else other for other in purchase_steps()))


def test_the_sample_procedure_has_nothing_to_mend_but_a_return_that_its_limit_cannot_hold() -> None:
    assert [finding.code for finding in check(purchase(), places(purchase()))] == ["QT401"]


def test_an_end_in_a_branch_leaves_the_join_waiting() -> None:
    refusing = choose("thẩm định nguồn", {"Đạt": go("xem xét"), "Không đạt": end("từ chối")}, role="kế toán")
    sample = changed("thẩm định nguồn", refusing)
    (finding,) = [f for f in check(sample, places(sample)) if f.severity is Severity.ERROR]
    assert finding.code == "QT321"
    assert finding.message.into("vi") == "bước “xem xét” chờ đủ 2 việc nhưng một việc có thể không bao giờ xảy ra"
    assert finding.label is not None
    assert finding.label.into("vi") == "nếu bước này “kết thúc từ chối”, hồ sơ đứng mãi ở “xem xét”"
    assert way(finding) == [("lập phiếu", "Xong"), ("kiểm tra", "Hợp lệ"), ("thẩm định nguồn", "Không đạt")]


def test_the_caret_is_under_the_step_that_may_not_come() -> None:
    text = """quy trình:
  mã: QT-01
  tên: Thử
  loại: công việc nội bộ
  lần ban hành: 1
  hiệu lực từ: 01/01/2027
  đơn vị chủ trì: Văn phòng
vai trò:
  cán bộ: Chuyên viên, Văn phòng
các bước:
  nhận:
    trách nhiệm: cán bộ
    đồng thời: [khảo giá, thẩm định]
  khảo giá:
    trách nhiệm: cán bộ
    đến: xem xét
  thẩm định:
    trách nhiệm: cán bộ
    chọn:
      Đạt: xem xét
      Không đạt: kết thúc từ chối
  xem xét:
    trách nhiệm: cán bộ
    chờ đủ: [khảo giá, thẩm định]
    đến: kết thúc hoàn thành
"""
    loaded = load_text(text, "a.yaml")
    assert loaded.procedure is not None, [str(f.message) for f in loaded.findings]
    (finding,) = [f for f in check(loaded.procedure, loaded.places) if f.code == "QT321"]
    line = text.splitlines()[finding.span.line - 1]
    assert line[finding.span.column - 1 : finding.span.end_column - 1] == "thẩm định"


def test_a_choice_before_a_join_may_keep_it_waiting() -> None:
    (finding,) = flow(
        route("s", go("a", "b")),
        work("a", go("j")),
        choose("b", {"Tới": go("j"), "Lại": back("b"), "Bỏ": go("c")}),
        work("c", go("k")),
        work("j", go("k"), join=wait_all("a", "b")),
        work("k", end()),
    )
    assert finding.code in {"QT321", "QT322"}


def test_exclusive_branches_never_fill_a_join() -> None:
    (finding,) = flow(
        choose("s", {"Lớn": go("a"), "Nhỏ": go("b")}),
        work("a", go("j")),
        work("b", go("j")),
        work("j", end(), join=wait_all("a", "b")),
    )
    assert finding.code == "QT320"
    assert way(finding) == [("s", "Lớn"), ("a", "Xong")]
    assert finding.notes[0].into("vi") == "xem: đường đi s (Lớn) → a → j (chờ)"


def test_an_end_with_open_work_elsewhere_leaves_it_behind() -> None:
    (finding,) = flow(route("s", go("a", "b")), work("a", end("xong")), choose("b", {"Hết": end(cancel_rest=True)}))
    assert finding.code == "QT322"
    assert finding.label is not None
    assert finding.label.into("en") == "still open: b"
    assert way(finding) == [("s", "Xong"), ("a", "Xong")]


def test_parallel_branches_that_meet_without_waiting_open_a_step_twice() -> None:
    (finding,) = flow(route("s", go("a", "b")), work("a", go("m")), work("b", go("m")), work("m", end()))
    assert finding.code == "QT323"
    assert finding.help is not None
    assert finding.help.into("vi") == "cho bước này chờ:  chờ đủ: [a, b]"
    assert sorted(way(finding)[1:]) == [("a", "Xong"), ("b", "Xong")]


def test_the_join_that_is_missing_is_named_also_when_a_later_return_doubles_steps_before_it() -> None:
    (finding,) = flow(
        work("nhận", go("khảo giá", "thẩm định")),
        work("khảo giá", go("ý kiến")),
        work("thẩm định", go("ý kiến")),
        choose("ý kiến", {"Được": go("ký"), "Lại": back("nhận", 2)}),
        work("ký", end()),
    )
    assert finding.code == "QT323"
    assert finding.message.into("vi") == "bước “ý kiến” có thể được mở hai lần cùng một lúc"
    assert finding.help is not None
    assert finding.help.into("vi") == "cho bước này chờ:  chờ đủ: [khảo giá, thẩm định]"
    assert way(finding) == [("nhận", "Xong"), ("khảo giá", "Xong"), ("thẩm định", "Xong")]


def test_a_return_before_the_fork_from_one_branch_doubles_the_other() -> None:
    (finding,) = flow(
        route("s", go("a", "b")),
        choose("a", {"Xong": go("j"), "Lại hết": back("s")}),
        work("b", go("j")),
        work("j", end(), join=wait_all("a", "b")),
    )
    assert finding.code == "QT323"
    assert finding.label is not None
    assert finding.label.into("vi") == "lần trả về này mở lại “b” khi nhánh khác còn đang chạy"


def test_the_first_of_several_needs_no_end_for_the_others() -> None:
    steps = (work("a", go("j")), work("b", go("j")), work("j", end(), join=wait_any("a", "b")))
    assert codes(route("s", go("a", "b")), *steps) == []


def test_a_cancelling_end_in_a_branch_is_fine() -> None:
    found = codes(
        route("s", go("a", "b")),
        choose("a", {"Xong": go("j"), "Dừng": end("từ chối", cancel_rest=True)}),
        work("b", go("j")),
        work("j", end(), join=wait_all("a", "b")),
    )
    assert found == []


def test_a_procedure_with_too_many_situations_is_not_proven() -> None:
    # In each branch every step leads to every other, so that nothing can be made smaller.
    keys = [[f"{branch}{n}" for n in range(4)] for branch in "abcdef"]
    rings = [choose(k, {o: go(o) for o in ring if o != k} | {"Xong": go(f"{ring[0]}z")}) for ring in keys for k in ring]
    lasts = [work(f"{ring[0]}z", go("j")) for ring in keys]
    join = work("j", end(), join=wait_all(*(last.key for last in lasts)))
    sample = procedure(route("s", go(*(ring[0] for ring in keys))), *rings, *lasts, join)
    found = list(cases_end_properly(Subject(sample, places(sample), cap=2_000)))
    assert [(f.code, f.severity) for f in found] == [("QT329", Severity.ERROR)]
    assert "2000" in found[0].message.into("vi")


def test_a_step_that_is_cancelled_in_the_moment_that_opens_it_is_told_with_what_cancels_it() -> None:
    found = flow(
        work("s", go("a", "j")), work("a", go("c")), work("c", go("j")), work("j", end(), join=wait_any("s", "c"))
    )
    (finding,) = found
    assert finding.code == "QT311"
    assert finding.message.into("vi") == "không hồ sơ nào đi tới bước “a”"
    assert finding.label is not None
    assert finding.label.into("vi") == "“s” đồng thời mở “j”, và “j” huỷ ngay bước này"
    assert way(finding) == [("s", "Xong")]


def test_a_case_in_which_nothing_is_left_to_do_is_told() -> None:
    late = Join(kind=JoinKind.SOME, steps=("s", "a"), at_least=1, rest="finish")
    (finding,) = flow(
        work("s", Go(steps=("j", "a"), race=True)), work("a", go("j")), work("j", end(cancel_rest=True), join=late)
    )
    assert finding.code == "QT310"
    assert finding.label is not None
    assert finding.label.into("vi") == "không còn việc nào mở mà hồ sơ chưa kết thúc"
    assert way(finding) == [("s", "Xong"), ("a", "Xong")]


def test_a_step_that_leads_nowhere_is_told() -> None:
    nowhere = Step(key="b", name="B", outcomes=(Outcome(branches=branches(Go(steps=()))),))
    assert "QT310" in codes(work("a", go("b")), nowhere)


def test_accepted_warnings_stay_but_are_settled() -> None:
    sample = procedure(
        choose("a", {"Xong": end(), "Lại": back("a", None)}),
        accepted=(Acceptance(code="QT405", reason="khách quan"),),
    )
    found = check(sample, places(sample))
    assert {f.code for f in found if f.severity is Severity.WARNING} == {"QT405", "QT601"}
    assert [f.code for f in unaccepted_warnings(found, sample)] == ["QT601"]


def test_every_rule_says_its_code() -> None:
    assert all(rule.__doc__ and rule.__doc__.startswith("QT") for rule in RULES)
