"""What a case that ends lacks is seen once, as is every other kind of breach; the one that is prevented never is."""

from datetime import date
from typing import get_args

import pytest

from engine.commands import AnyCommand, AttachFile, BreachKind, DecideExtension, FinishWork, RequestExtension, SkipWork
from engine.events import BreachRecorded
from engine.handle import Done
from engine.lacking import unkept
from engine.refusal import Refusal
from engine.refusals.files import FormNotDeclared
from procedures.organisation import Organisation, Post
from quality.conform import stray
from quality.sweep import Swept, sweep
from tests.quality.agency import Agency, agency, at, declared, loaded
from tests.quality.living import lived

WITH_RECORDS = """\
quy trình:
  mã: QT-TT-02
  tên: Lập biên bản
  loại: công việc nội bộ
  hiệu lực từ: 01/12/2025
  đơn vị chủ trì: Văn phòng
  thời hạn: 3 ngày làm việc
  gia hạn: {{ mỗi lần: 1 ngày làm việc, người quyết định: lãnh đạo }}
vai trò: {{ người lập: "Chuyên viên, Phòng Kế hoạch", lãnh đạo: Chánh Văn phòng }}
biểu mẫu: {{ BM-01: Biên bản, BM-02: Phiếu }}
giai đoạn: {{ Lập: 1 ngày làm việc }}
thông tin: {{ nội dung: văn bản }}
các bước:
  lập:
    tên: Lập
    trách nhiệm: người lập
    bỏ qua được: có
    giai đoạn: Lập
    thời hạn: 1 ngày làm việc
    thời hạn con: {{ phần đầu: 4 giờ làm việc }}
    {declares}
    đến: duyệt
  duyệt:
    tên: Duyệt
    trách nhiệm: lãnh đạo
    bỏ qua được: có
    chọn:
      Đạt: lưu
      Chưa: trả về lập, không quá 2 lần
  lưu:
    tên: Lưu
    trách nhiệm: người lập
    đến: kết thúc hoàn thành
không phù hợp khi:
{policy}
"""
RESULT, FORM, FILLED = "kết quả: Biên bản", "biểu mẫu: BM-01", "nhập: nội dung\n    biểu mẫu: BM-02"
TICKED = "việc cần làm: [đối chiếu, đóng dấu]\n    biểu mẫu: BM-01"
BOTH = "biểu mẫu: [BM-01, BM-02]\n    kết quả: Biên bản"


def with_records(declares: str = RESULT, *policy: str) -> Agency:
    told = "\n".join(f"  - {sentence}" for sentence in policy or ["thiếu hồ sơ"])
    return agency(loaded(WITH_RECORDS.format(declares=declares, policy=told)))


def attach(office: Agency, case: str, item: int, by: str, form: str | None = None) -> Done | Refusal:
    kept = {"digest": "a" * 64, "size": 9, "type": "application/pdf", "fields": {"tệp": "biên bản.pdf"}, "salt": "s"}
    asked = AttachFile(id=f"f{next(office.numbers)}", actor=by, case=case, item=item, form=form, **kept)
    return office.give(asked, at(2, 9))


def gone_through(office: Agency, *forms: str | None) -> str:
    case = office.open(at(2, 8), procedure="QT-TT-02")
    for form in forms:
        done = attach(office, case, 1, "an", form)
        assert isinstance(done, Done), done
    office.finish(case, 1, "an", at(2, 9))
    office.finish(case, 2, "chi", at(2, 10), "Đạt")
    office.finish(case, 3, "an", at(2, 11))
    return case


def seen(office: Agency, case: str) -> tuple[str, ...]:
    with office.store.reading() as reader:
        held = reader.held(case)
    assert held is not None
    return held.case.breaches


@pytest.mark.parametrize("declares", [RESULT, FORM])
def test_a_case_that_ends_without_a_file_of_what_a_step_declares_lacks_a_record(declares: str) -> None:
    office = with_records(declares)
    case = gone_through(office)
    assert seen(office, case) == ("missing_record/1",)
    assert sweep(office.store, office, at(2, 12)) == Swept(candidates=1)
    assert sweep(office.store, office, at(2, 12)) == Swept()


def test_nothing_is_missing_where_a_file_was_kept_a_form_was_filled_in_or_the_policy_does_not_ask() -> None:
    for office, forms in (
        (with_records(), (None,)),
        (with_records(FORM), ("BM-01",)),
        (with_records(BOTH), ("BM-02", "Biên bản", "BM-01")),
        (with_records(FILLED), ()),
        (with_records(RESULT, "hồ sơ quá hạn"), ()),
        (with_records("ghi chú: không có gì"), ()),
    ):
        assert seen(office, gone_through(office, *forms)) == ()


def lacked(office: Agency, case: str) -> list[tuple[int | None, tuple[str, ...]]]:
    with office.store.reading() as reader:
        events = [record.event for record in reader.log(case)]
    return [(event.item, event.lacks) for event in events if isinstance(event, BreachRecorded)]


@pytest.mark.parametrize(
    ("kept", "missing"),
    [
        ((), ("BM-01", "BM-02", "Biên bản")),
        (("BM-02",), ("BM-01", "Biên bản")),
        (("BM-01", "Biên bản", "BM-01"), ("BM-02",)),
        (("khác", None), ("BM-01", "BM-02", "Biên bản")),
    ],
)
def test_every_form_and_result_is_looked_at_and_those_missing_are_named(
    kept: tuple[str | None, ...], missing: tuple[str, ...]
) -> None:
    office = with_records(BOTH)
    assert lacked(office, gone_through(office, *kept)) == [(1, missing)]
    sweep(office.store, office, at(2, 12))
    with office.store.reading() as reader:
        (found,) = reader.cases(procedure="QT-HT-04")
    assert found.title == f"QT-TT-02: thiếu hồ sơ lưu ({'; '.join(missing)}), HS-2026-0001"


def test_a_file_is_the_only_paper_of_its_step_unless_something_else_is_said() -> None:
    office = with_records(FORM)
    case = office.open(at(2, 8), procedure="QT-TT-02")
    for form in (None, "", "khác", "BM-01"):
        assert isinstance(attach(office, case, 1, "an", form), Done)
    assert attach(office, case, 1, "an", "BM-02") == FormNotDeclared("Lập", "BM-02", "BM-01, khác")
    with office.store.reading() as reader:
        held = reader.held(case)
    assert held is not None
    assert [file.form for file in held.case.files] == ["BM-01", "", "", "BM-01"]


def test_a_file_attached_when_nobody_was_asked_what_it_is_may_be_any_paper() -> None:
    office = with_records(BOTH)
    with office.store.reading() as reader:
        held = reader.held(gone_through(office, "BM-01"))
    assert held is not None
    step = loaded(WITH_RECORDS.format(declares=BOTH, policy="  - thiếu hồ sơ")).step("lập")
    assert unkept(held.case, step) == ("BM-02", "Biên bản")
    before = held.case.but(files=tuple(file.but(form=None) for file in held.case.files))
    assert unkept(before, step) == ()


def test_what_was_not_ticked_is_named_with_what_is_not_kept_once() -> None:
    """The breach of the finish is that of the work: what the end would find there is told with it."""
    office = with_records(TICKED)
    assert lacked(office, gone_through(office)) == [(1, ("đối chiếu", "đóng dấu", "BM-01"))]
    office = with_records(TICKED, "hồ sơ quá hạn")
    assert lacked(office, gone_through(office)) == [(1, ("đối chiếu", "đóng dấu"))]


def test_the_last_step_of_a_case_lacks_its_record_once() -> None:
    text = WITH_RECORDS.format(declares="ghi chú: không", policy="  - thiếu hồ sơ")
    last = text.replace("    tên: Lưu\n", "    tên: Lưu\n    việc cần làm: [xếp tủ]\n    kết quả: Hồ sơ\n")
    office = agency(loaded(last))
    case = gone_through(office)
    assert lacked(office, case) == [(3, ("xếp tủ", "Hồ sơ"))]
    assert seen(office, case) == ("missing_record/3",)


def test_only_work_that_went_on_leaves_a_record() -> None:
    """What was sent back is done again, and what was left out leaves nothing: of these another breach tells."""
    office = with_records("kết quả: Biên bản", "thiếu hồ sơ")
    case = office.open(at(2, 8), procedure="QT-TT-02")
    given(office, SkipWork(id="s", actor="an", case=case, item=1, reason="đã có"), at(2, 9))
    office.finish(case, 2, "chi", at(2, 10), "Đạt")
    assert seen(office, case) == ("skipped/1",)
    office.finish(case, 3, "an", at(2, 11))
    assert seen(office, case) == ("skipped/1",)


def given(office: Agency, command: AnyCommand, now: object) -> None:
    done = office.give(command, now)  # type: ignore[arg-type]
    assert isinstance(done, Done), done


def test_every_kind_of_breach_but_one_is_seen() -> None:
    asks = ("thiếu hồ sơ", "bị trả lại trên 1 lần")
    office = with_records(RESULT, *asks)
    late = office.open(at(2, 8), procedure="QT-TT-02")
    case = office.open(at(2, 8), procedure="QT-TT-02")
    asked = {"reason": "chờ", "apology": "xin lỗi"}
    given(office, RequestExtension(id="e", actor="an", case=case, by="9 ngày làm việc", beyond=True, **asked), at(2, 9))
    given(office, DecideExtension(id="d", actor="chi", case=case, extension=1, grant=True), at(2, 9))
    for turn in (1, 3):
        office.finish(case, turn, "an", at(2, 9))
        office.finish(case, turn + 1, "chi", at(2, 10), "Chưa", reason="thiếu")
    office.finish(case, 5, "an", at(2, 10))
    given(office, SkipWork(id="s", actor="chi", case=case, item=6, reason="gấp", outcome="Đạt"), at(2, 10))
    office.finish(case, 7, "an", at(3, 11))
    people = tuple(
        type(one)(one.id, one.name, (Post("Chuyên viên", "Phòng Kế hoạch", until=date(2026, 3, 2)),))
        if one.id == "an"
        else one
        for one in office.organisation.people
    )
    office.organisation = Organisation(office.organisation.units, people)
    sweep(office.store, office, at(20, 8))
    kinds = {key.partition("/")[0] for key in (*seen(office, late), *seen(office, case))}
    assert kinds == set(get_args(BreachKind)) - {"bypass"}


def test_no_command_takes_a_case_past_a_step() -> None:
    """A bypass cannot come to be: work opens where the net has a token and nowhere else, and only open work is done."""
    office = agency(declared())
    case = office.open(at(2, 8))
    for item in (0, 2, 3):
        for actor in ("an", "binh", "chi", "em"):
            asked = FinishWork(id=f"x{item}{actor}", actor=actor, case=case, item=item, outcome="Đồng ý")
            assert isinstance(office.give(asked, at(2, 9)), Refusal)
    office.finish(case, 1, "an", at(2, 9))
    assert isinstance(office.give(FinishWork(id="y", actor="an", case=case, item=1), at(2, 10)), Refusal)
    lived(office)
    with office.store.reading() as reader:
        ways = [
            (one, [(i.step, i.outcome) for i in one.items if i.finished_at and i.status == "done"])
            for one in reader.cases(procedure="QT-TT-01")
            if one.status == "ended"
        ]
    assert len(ways) > 10
    assert [one.id for one, way in ways if stray(declared(), way) is not None] == []
