"""What an ISO secretary writes of steps that several do, of waits for a part of some steps, and of time-outs."""

import pytest

from procedures.joins import Join, JoinKind
from procedures.load import Loaded, load_text
from procedures.model import DONE, LATE, BackTo, End, Go, Step, Timeout, Unit
from procedures.several import Enough, Several
from tests.procedures.specimen import FILE, in_english, purchase

LINE = "    trách nhiệm: kế toán\n"


def read(lines: str, text: str | None = None) -> Loaded:
    """The purchase with lines added to the step `thẩm định nguồn`."""
    added = "".join(f"    {line}\n" for line in lines.split("\n"))
    return load_text((text or purchase()).replace(LINE, LINE + added, 1), FILE)


def step(lines: str, key: str = "thẩm định nguồn") -> Step:
    loaded = read(lines)
    assert loaded.findings == (), [str(finding.message) for finding in loaded.findings]
    assert loaded.procedure is not None
    return loaded.procedure.step(key)


def told(loaded: Loaded) -> list[tuple[str, str]]:
    return [(finding.code, finding.message.into("vi")) for finding in loaded.findings]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("mỗi: người", Several(each="person")),
        ("mỗi: người trong nội dung", Several(each="person", field="nội dung")),
        ("mỗi: đơn vị trong nội dung", Several(each="unit", field="nội dung")),
        ("mỗi: đơn vị trong Phòng A, Phòng B", Several(each="unit", named=("Phòng A", "Phòng B"))),
        ("mỗi: đơn vị trong Phòng A, B; Phòng C", Several(each="unit", named=("Phòng A, B", "Phòng C"))),
        ("mỗi: người\nđủ khi: ít nhất 3 người", Several(each="person", enough=Enough(at_least=3))),
        ("mỗi: người\nđủ khi: tất cả", Several(each="person")),
        ("mỗi: người\nđủ khi: ít nhất 60%", Several(each="person", enough=Enough(share=(60, 100)))),
        (
            "biểu quyết: Xong khi trên 1/2 số được cử",
            Several(each="person", vote="Xong", enough=Enough(share=(1, 2), more=True, of="appointed")),
        ),
        (
            "mỗi: người trong nội dung\nbiểu quyết: Xong khi ít nhất 2/3 số được triệu tập",
            Several(each="person", field="nội dung", vote="Xong", enough=Enough(share=(2, 3))),
        ),
    ],
)
def test_who_does_a_step_together_and_how_many_are_enough(written: str, meant: Several) -> None:
    assert step(written).several == meant


@pytest.mark.parametrize(
    ("amount", "called", "appointed", "needed"),
    [
        (Enough(), 5, 9, 5),
        (Enough(of="appointed"), 5, 9, 9),
        (Enough(at_least=3), 2, 9, 3),
        (Enough(share=(2, 3)), 6, 9, 4),
        (Enough(share=(2, 3)), 7, 9, 5),
        (Enough(share=(2, 3), of="appointed"), 5, 9, 6),
        (Enough(share=(1, 2), more=True), 6, 9, 4),
        (Enough(share=(1, 2), more=True), 7, 9, 4),
        (Enough(share=(1, 2)), 6, 9, 3),
        (Enough(share=(60, 100)), 5, 9, 3),
    ],
)
def test_a_share_is_counted_up_to_whole_people(amount: Enough, called: int, appointed: int, needed: int) -> None:
    assert amount.needed(called, appointed) == needed


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("mỗi: phòng", "QT141"),
        ("mỗi: đơn vị", "QT141"),
        ("đủ khi: ít nhất 2", "QT142"),
        ("mỗi: người\nđủ khi: đa số", "QT142"),
        ("mỗi: người\nđủ khi: ít nhất 3/2", "QT142"),
        ("mỗi: người\nđủ khi: trên 100%", "QT142"),
        ("biểu quyết: quá nửa", "QT142"),
        ("mỗi: người\nđủ khi: tất cả\nbiểu quyết: Xong khi quá nửa", "QT108"),
        ("quá thời hạn: coi như Đồng ý", "QT144"),
        ("quá thời hạn: đi đâu đó", "QT201"),
    ],
)
def test_what_is_not_understood_is_told_with_its_place(written: str, code: str) -> None:
    found = read(written).findings
    assert [finding.code for finding in found] == [code]
    assert (found[0].help is not None) == (code != "QT108")
    assert found[0].span.line in {55, 56, 57}


@pytest.mark.parametrize(
    ("written", "timeout", "target"),
    [
        ("quá thời hạn: coi như xong", Timeout(outcome=DONE), None),
        ("quá thời hạn: coi như vắng mặt", Timeout(outcome=None), None),
        ("quá thời hạn: kết thúc quá hạn", Timeout(outcome=LATE), End(result="quá hạn")),
        ("quá thời hạn: mua sắm", Timeout(outcome=LATE), Go(steps=("mua sắm",))),
        ("quá thời hạn: trả về lập phiếu", Timeout(outcome=LATE), BackTo(step="lập phiếu")),
        ("quá thời hạn: { đến: mua sắm }", Timeout(outcome=LATE), Go(steps=("mua sắm",))),
        ("quá thời hạn: { kết thúc: quá hạn }", Timeout(outcome=LATE), End(result="quá hạn")),
    ],
)
def test_what_happens_when_a_step_is_not_done_in_time(written: str, timeout: Timeout, target: object) -> None:
    found = step(written)
    assert found.timeout == timeout
    late = found.outcome(LATE)
    assert (late.branches[0].target if late else None) == target
    assert [outcome.label for outcome in found.choices] == [DONE]


def test_a_time_out_may_have_a_time_of_its_own() -> None:
    found = step("quá thời hạn: { sau: 3 ngày, coi như: Xong }").timeout
    assert found is not None
    assert found.after is not None
    assert (found.after.amount, found.after.unit) == (3, Unit.DAY)


def waiting(line: str) -> Loaded:
    """The purchase where `mua sắm` is led to by three steps and waits as `line` says."""
    text = purchase().replace("  mua sắm:\n", f"  mua sắm:\n    {line}\n", 1)
    return load_text(text, FILE)


@pytest.mark.parametrize(
    ("written", "rest"),
    [
        ("chờ ít nhất: 2 trong khảo giá, xem xét, phê duyệt", "cancel"),
        ("chờ ít nhất: 2 trong [khảo giá, xem xét, phê duyệt]", "cancel"),
        ("chờ ít nhất: 2 bước trong khảo giá, xem xét, phê duyệt, huỷ việc còn lại", "cancel"),
        ("chờ ít nhất: 2 trong khảo giá, xem xét, phê duyệt, làm nốt việc còn lại", "finish"),
        ("chờ ít nhất: { số: 2, trong: [khảo giá, xem xét, phê duyệt], việc còn lại: làm nốt }", "finish"),
    ],
)
def test_a_step_may_wait_for_a_part_of_some_steps(written: str, rest: str) -> None:
    loaded = waiting(written)
    assert loaded.findings == ()
    assert loaded.procedure is not None
    steps = ("khảo giá", "xem xét", "phê duyệt")
    assert loaded.procedure.step("mua sắm").join == Join(kind=JoinKind.SOME, steps=steps, at_least=2, rest=rest)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("chờ ít nhất: vài bước", "QT143"),
        ("chờ ít nhất: 3 trong khảo giá, xem xét, phê duyệt", "QT143"),
        ("chờ ít nhất: 0 trong khảo giá, xem xét", "QT143"),
        ("chờ ít nhất: { số: hai, trong: [khảo giá, xem xét] }", "QT143"),
        ("chờ ít nhất: 1 trong khảo giá, mua sắm", "QT209"),
        ("chờ ít nhất: 1 trong khảo giá, khong co", "QT201"),
        ("chờ ít nhất: 1 trong khảo giá, xem xét\n    chờ đủ: [khảo giá]", "QT108"),
    ],
)
def test_a_wait_that_is_not_understood_is_told(written: str, code: str) -> None:
    assert code in [finding.code for finding in waiting(written).findings]


@pytest.mark.parametrize(
    "way",
    [
        "Hợp lệ: việc nào xong trước khảo giá, thẩm định nguồn",
        "Hợp lệ: { việc nào xong trước: [khảo giá, thẩm định nguồn] }",
    ],
)
def test_the_first_of_several_steps_may_withdraw_the_others(way: str) -> None:
    text = purchase().replace("Hợp lệ: đồng thời khảo giá, thẩm định nguồn", way, 1)
    loaded = load_text(text, FILE)
    assert loaded.findings == ()
    assert loaded.procedure is not None
    outcome = loaded.procedure.step("kiểm tra").outcome("Hợp lệ")
    assert outcome is not None
    assert outcome.branches[0].target == Go(steps=("khảo giá", "thẩm định nguồn"), race=True)


def test_a_race_of_one_is_none() -> None:
    text = purchase().replace("Hợp lệ: đồng thời khảo giá, thẩm định nguồn", "Hợp lệ: việc nào xong trước khảo giá", 1)
    assert told(load_text(text, FILE)) == [("QT118", "“việc nào xong trước” cần hai bước trở lên")]


def test_a_step_may_wait_until_a_day_that_is_entered() -> None:
    text = purchase().replace("  nội dung: văn bản dài", "  ngày mở thầu: ngày\n  nội dung: văn bản dài", 1)
    loaded = load_text(text.replace(LINE, "    chờ đến: ngày mở thầu\n", 1), FILE)
    assert loaded.findings == ()
    assert loaded.procedure is not None
    found = loaded.procedure.step("thẩm định nguồn")
    assert (found.delay_until, found.kind) == ("ngày mở thầu", "delay")


def test_english_keys_say_the_same() -> None:
    vietnamese = "mỗi: người\nđủ khi: quá nửa\nthời hạn: 2 ngày\nquá thời hạn: coi như xong"
    english = "each: người\nenough: quá nửa\nwithin: 2 ngày\ntimeout: coi như xong"
    text = purchase().replace("    thời hạn: 1 ngày làm việc\n    việc cần làm", "    việc cần làm", 1)
    lines = "".join(f"    {line}\n" for line in english.split("\n"))
    there = "    responsible: kế toán\n"
    translated = load_text(in_english(text).replace(there, there + lines, 1), FILE)
    assert translated.findings == ()
    assert translated.procedure == read(vietnamese, text).procedure
