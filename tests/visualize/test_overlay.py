"""A case upon the flowchart: marks, words and the list twin say the same."""

from procedures.model import Procedure
from visualize.column import flowchart
from visualize.flow import diagram_of
from visualize.overlay import CaseView, Status, StepView, listing, overlay

CASE = CaseView(
    "HS-2027-0012",
    {
        "lập phiếu": StepView(Status.DONE, passes=2, who="Lê An", when="23/11", actual="3 giờ"),
        "kiểm tra": StepView(
            Status.CURRENT, passes=1, who="Trần Bình", when="23/11 08:10", left="quá hạn 4 giờ", late=True
        ),
        "khảo giá": StepView(Status.CANCELLED),
        "thẩm định nguồn": StepView(Status.SKIPPED),
    },
)


def test_a_done_step_has_a_tick_the_count_and_who_did_it(sample: Procedure) -> None:
    node = overlay(diagram_of(sample), CASE).node("lập phiếu")
    assert node.mark.lines == ("✓ ×2",)
    assert node.cells[0] == ("Người đề nghị", "Lê An 23/11")
    assert node.cells[1] == ("—", "thực tế", "3 giờ")


def test_the_current_step_has_a_double_frame_and_the_time_left(sample: Procedure) -> None:
    mark = overlay(diagram_of(sample), CASE).node("kiểm tra").mark
    assert mark.frames == 2
    assert mark.lines == ("✓ ×1 · ▶ quá hạn 4 giờ ◀",)
    assert mark.fill == "#B3261E"


def test_what_was_never_reached_is_dashed_and_what_was_dropped_struck(sample: Procedure) -> None:
    shown = overlay(diagram_of(sample), CASE)
    assert shown.node("mua sắm").mark.dashed
    assert shown.node("khảo giá").mark.struck
    assert shown.node("khảo giá").mark.lines == ("bỏ",)
    assert shown.node("thẩm định nguồn").mark.struck


def test_the_list_twin_has_the_same_order_and_words(sample: Procedure) -> None:
    said = listing(diagram_of(sample), CASE)
    assert len(said) == 8
    assert said[0] == (
        "Bước 1, Lập phiếu đề nghị, Người đề nghị. Tiếp theo: bước 2. "
        "Đã xong, đã làm 2 lần, Lê An 23/11, thực tế 3 giờ."
    )
    assert said[1].endswith("Đang ở đây, đã làm 1 lần, Trần Bình 23/11 08:10, quá hạn 4 giờ, chậm tiến độ.")
    links = flowchart(overlay(diagram_of(sample), CASE)).links
    assert [link.label for link in links] == list(said[:-1])


def test_without_a_case_the_list_is_the_procedure(sample: Procedure) -> None:
    assert listing(diagram_of(sample))[2] == "Bước 3, Khảo sát giá, Quản trị, 2 ngày làm việc. Tiếp theo: bước 5."


def test_the_end_that_was_reached_is_filled(sample: Procedure) -> None:
    ended = overlay(diagram_of(sample), CaseView("HS-1", {}, result="hoàn thành"))
    assert not ended.node("end:hoàn thành").mark.dashed
    assert overlay(diagram_of(sample), CaseView("HS-1")).node("end:hoàn thành").mark.dashed
