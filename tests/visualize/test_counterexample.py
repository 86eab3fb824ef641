"""A counter-example upon the flowchart: numbered, told by words and frames, for every finding with a way to show."""

import pytest
from crowding import crowded

from procedures.check import check
from procedures.finding import Finding, Span
from procedures.model import Procedure, Unit
from procedures.places import Places
from tests.procedures.building import back, choose, days, end, go, norm, over, procedure, wait_all, work
from visualize.counterexample import ASIDE, WALKED, WRONG, counterexample, counterexample_diagram
from visualize.diagram import Diagram, Edge
from visualize.overlay import listing

NOWHERE = Places(Span("a.yaml", 1, 1, 1, 1))
PAIR = wait_all("khảo giá", "thẩm định")


def asked(**more: object) -> Procedure:
    """Two branches that meet before a decision; the second may refuse and so leaves the first behind."""
    return procedure(
        work("nhận", go("khảo giá", "thẩm định")),
        work("khảo giá", go("xem xét")),
        choose("thẩm định", {"Đạt": go("xem xét"), "Không đạt": end("từ chối")}),
        work("xem xét", end(), join=PAIR),
        **more,
    )


SLOW = norm("9")
#: For each code a procedure that has it, and what the picture says: the numbers and words at each step.
SHOWN: dict[str, tuple[Procedure, dict[str, tuple[str, ...]]]] = {
    "QT302": (
        procedure(work("nhận", (over(5), go("ký"))), work("ký", end())),
        {"nhận": ("1", "✗ thiếu “còn lại”, không biết đi đâu")},
    ),
    "QT310": (
        procedure(choose("nhận", {"Đủ": go("xét"), "Thiếu": end("trả")}), work("xét", go("ký")), work("ký", go("xét"))),
        {"nhận": ("1: Đủ",), "xét": ("✗ không đi tiếp được",), "ký": ("✗ không đi tiếp được",)},
    ),
    "QT311": (
        procedure(work("nhận", go("ký")), work("xét", go("ký")), work("ký", end())),
        {"xét": ("✗ không có đường tới",)},
    ),
    "QT312": (
        procedure(
            work("nhận", go("khảo giá", "thẩm định")),
            work("khảo giá", go("xem xét")),
            work("thẩm định", go("xem xét")),
            work("xem xét", end(), join=wait_all("khảo giá")),
        ),
        {"nhận": ("1",), "thẩm định": ("2",), "xem xét": ("✗ không chờ bước này",)},
    ),
    "QT313": (
        procedure(
            work("nhận", go("khảo giá", "thẩm định")),
            work("khảo giá", go("xem xét")),
            work("thẩm định", end()),
            work("xem xét", end(), join=PAIR),
        ),
        {"nhận": ("1",), "thẩm định": ("2",), "xem xét": ("✗ chờ mãi ở đây",)},
    ),
    "QT314": (
        procedure(choose("nhận", {"Được": back("ký"), "Không": go("ký")}), work("ký", end())),
        {"nhận": ("1: Được",), "ký": ("✗ chưa qua bước này",)},
    ),
    "QT315": (
        procedure(work("nhận", go("xét")), choose("xét", {"Thiếu": go("nhận"), "Đủ": end()})),
        {"nhận": ("1", "✗ quay lại không đếm"), "xét": ("2: Thiếu",)},
    ),
    "QT316": (
        procedure(
            choose("nhận", {"Đủ": go("xét"), "Không nhận": end("trả")}), choose("xét", {"Thiếu": back("nhận", 2)})
        ),
        {"nhận": ("1: Đủ",), "xét": ("2: Thiếu", "✗ hết lượt trả về")},
    ),
    "QT317": (
        procedure(
            work("nhận", go("rẽ")),
            choose("rẽ", {"Một": end(), "Hai": end("hai")}).model_copy(update={"responsible": ()}),
        ),
        {"nhận": ("1",), "rẽ": ("✗ không ai chọn ở đây",)},
    ),
    "QT320": (
        procedure(
            choose("nhận", {"Lớn": go("khảo giá"), "Nhỏ": go("thẩm định")}),
            work("khảo giá", go("xem xét")),
            work("thẩm định", go("xem xét")),
            work("xem xét", end(), join=PAIR),
        ),
        {"nhận": ("1: Lớn",), "khảo giá": ("2",), "xem xét": ("✗ chờ mãi ở đây",)},
    ),
    "QT321": (asked(), {"nhận": ("1",), "thẩm định": ("2: Không đạt",), "xem xét": ("✗ chờ mãi ở đây",)}),
    "QT322": (
        procedure(work("nhận", go("khảo giá", "lưu")), work("khảo giá", end()), work("lưu", end())),
        {"nhận": ("1",), "khảo giá": ("2",), "lưu": ("✗ việc này còn đang mở",)},
    ),
    "QT323": (
        procedure(
            work("nhận", go("khảo giá", "thẩm định")),
            work("khảo giá", go("xem xét")),
            work("thẩm định", go("xem xét")),
            work("xem xét", end()),
        ),
        {"nhận": ("1",), "khảo giá": ("2",), "thẩm định": ("3",), "xem xét": ("✗ mở lần thứ hai",)},
    ),
    "QT401": (
        procedure(work("nhận", go("ký"), norm=SLOW), work("ký", end(), norm=SLOW), within=days("12")),
        {"nhận": ("1",), "ký": ("2", "✗ hết 18 ngày LV, hạn 12 ngày LV")},
    ),
    "QT402": (
        procedure(work("nhận", end(), norm=SLOW), published_total=days("12")),
        {"nhận": ("1", "✗ tổng 9 ngày LV, công bố 12 ngày LV")},
    ),
    "QT405": (
        procedure(work("nhận", go("xét")), choose("xét", {"Thiếu": back("nhận", None), "Đủ": end()})),
        {"nhận": ("1, 3", "✗ vòng không giới hạn"), "xét": ("2",)},
    ),
}


def found(sample: Procedure, code: str) -> Finding:
    return next(finding for finding in check(sample, NOWHERE) if finding.code == code)


def diagram(sample: Procedure, code: str) -> Diagram:
    finding = found(sample, code)
    assert finding.trace is not None
    return counterexample_diagram(sample, finding, finding.trace)


@pytest.mark.parametrize("code", SHOWN)
def test_the_way_is_numbered_and_the_place_of_the_fault_is_told_in_words(code: str) -> None:
    sample, said = SHOWN[code]
    assert {node.key: node.mark.lines for node in diagram(sample, code).nodes if node.mark.lines} == said


@pytest.mark.parametrize("code", SHOWN)
def test_what_is_told_is_told_by_frames_and_dashes_and_never_by_colour_alone(code: str) -> None:
    sample, _ = SHOWN[code]
    finding = found(sample, code)
    assert finding.trace is not None
    walked = {stop.step for stop in finding.trace.way}
    for node in diagram(sample, code).nodes:
        wrong = node.key in finding.trace.at
        assert (node.mark.frames == 2) is wrong
        assert node.mark.dashed is (not wrong and node.key not in walked)
    assert len({(look.frames, look.dashed) for look in (WALKED, WRONG, ASIDE)}) == 3


@pytest.mark.parametrize("code", SHOWN)
def test_nothing_in_the_picture_lies_upon_another_or_leaves_it(code: str) -> None:
    sample, _ = SHOWN[code]
    picture = counterexample(sample, found(sample, code))
    assert picture is not None
    assert crowded(picture) == []
    assert any(found(sample, code).message.into("vi").split()[0] in text.text for text in picture.texts)


def heavy(shown: Diagram) -> set[tuple[str, tuple[str, ...]]]:
    return {
        (edge.source, edge.targets) for edge in shown.edges if edge.weight > Edge.__dataclass_fields__["weight"].default
    }


def test_the_ways_that_are_gone_are_heavy_and_no_others() -> None:
    assert heavy(diagram(asked(), "QT321")) == {("nhận", ("khảo giá", "thẩm định")), ("thẩm định", ())}
    sample, _ = SHOWN["QT405"]
    assert heavy(diagram(sample, "QT405")) == {("nhận", ("xét",)), ("xét", ("nhận",))}


def test_a_branch_by_value_is_the_one_that_the_way_goes_on_from() -> None:
    sample = procedure(
        work("nhận", (over(5), go("ký")), go("lưu")),
        work("ký", go("lưu"), norm=SLOW),
        work("lưu", end()),
        within=days("1"),
    )
    assert heavy(diagram(sample, "QT401")) == {("nhận", ("ký",)), ("ký", ("lưu",)), ("lưu", ("end:hoàn thành",))}


def test_the_list_says_the_same_to_those_who_cannot_see_it() -> None:
    said = listing(diagram(asked(), "QT321"))
    assert said[2].endswith("Việc thứ 2: Không đạt.")
    assert said[3].endswith("Chờ mãi ở đây.")
    assert "QT321" in diagram(asked(), "QT321").title


def test_a_finding_without_a_way_to_show_has_no_picture() -> None:
    mixed = procedure(work("nhận", end(), norm=norm("9", Unit.DAY)), within=days("1"))
    assert counterexample(mixed, found(mixed, "QT403")) is None
