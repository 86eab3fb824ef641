"""The column flowchart: everything is there, in order, apart from each other and inside its box."""

from itertools import combinations

import pytest

from procedures.model import Procedure
from visualize.column import flowchart
from visualize.fitting import reach
from visualize.flow import diagram_of
from visualize.picture import Picture, Shape
from visualize.rows import A4, table_of
from visualize.typeset import PRINT, SCREEN, width


@pytest.fixture(params=["sample", "long"])
def any_procedure(request: pytest.FixtureRequest) -> Procedure:
    return request.getfixturevalue(request.param)


def boxes(picture: Picture) -> list[Shape]:
    return [shape for shape in picture.shapes if shape.owner and shape.width > 1]


def overlaps(one: Shape, other: Shape) -> bool:
    return (
        abs(one.x - other.x) < (one.width + other.width) / 2 and abs(one.y - other.y) < (one.height + other.height) / 2
    )


def test_every_step_has_a_box_in_the_order_of_the_file(any_procedure: Procedure) -> None:
    picture = flowchart(diagram_of(any_procedure))
    drawn = [shape.owner for shape in sorted(boxes(picture), key=lambda shape: shape.y)]
    assert drawn[:-1] == [step.key for step in any_procedure.steps]
    assert drawn[-1] == "end:hoàn thành"


def test_no_two_boxes_touch(any_procedure: Procedure) -> None:
    for one, other in combinations(boxes(flowchart(diagram_of(any_procedure))), 2):
        assert not overlaps(one, other), f"{one.owner} touches {other.owner}"


def test_no_line_runs_through_a_box_it_does_not_belong_to(any_procedure: Procedure) -> None:
    picture = flowchart(diagram_of(any_procedure))
    for line in (line for line in picture.lines if line.arrow):
        for a, b in zip(line.points, line.points[1:], strict=False):
            stretch = Shape(
                (a.x + b.x) / 2, (a.y + b.y) / 2, max(0.0, abs(a.x - b.x) - 0.2), max(0.0, abs(a.y - b.y) - 0.2)
            )
            for box in boxes(picture):
                smaller = Shape(box.x, box.y, box.width * 0.5, box.height * 0.5)
                assert not overlaps(stretch, smaller), f"{line} runs through {box.owner}"


@pytest.mark.parametrize("face", [SCREEN, PRINT])
def test_text_stays_inside_its_outline(any_procedure: Procedure, face: object) -> None:
    table = table_of(diagram_of(any_procedure), A4, SCREEN if face is SCREEN else PRINT, 0)
    for row in table.rows.values():
        for number, line in enumerate(row.fitted.lines):
            offset = (number + 0.5 - len(row.fitted.lines) / 2) * 4.2
            room = 2 * reach(row.node.glyph.profile, row.half, row.half_height, offset)
            assert width(line.text, line.size, table.face, bold=line.bold) < room, line.text


def test_no_word_of_a_step_is_lost(any_procedure: Procedure) -> None:
    table = table_of(diagram_of(any_procedure), A4, SCREEN, 0)
    for step in any_procedure.steps:
        assert " ".join(line.text for line in table.rows[step.key].fitted.lines) == step.name


def test_nothing_is_smaller_than_nine_points(any_procedure: Procedure) -> None:
    assert min(text.size for text in flowchart(diagram_of(any_procedure)).texts) >= 9


def test_text_never_leaves_the_paper(any_procedure: Procedure) -> None:
    picture = flowchart(diagram_of(any_procedure))
    for text in picture.texts:
        wide = width(text.text, text.size, picture.face, bold=text.bold)
        left = text.x - {"start": 0.0, "middle": wide / 2, "end": wide}[text.anchor]
        assert left >= 0, text.text
        assert left + wide <= picture.width, text.text
        assert 0 < text.y < picture.height


def test_outcome_labels_stay_inside_the_flow_column(any_procedure: Procedure) -> None:
    table = table_of(diagram_of(any_procedure), A4, SCREEN, 0)
    for row in table.rows.values():
        for port in row.left + row.right:
            for line in port.lines:
                assert width(line, 9, SCREEN) < 20, line
        for line in row.below:
            assert row.x + 1.2 + width(line, 9, SCREEN) < 88, line


def test_branches_of_a_fork_stand_side_by_side_and_the_join_is_back_on_the_axis(sample: Procedure) -> None:
    rows = table_of(diagram_of(sample), A4, SCREEN, 0).rows
    axis = rows["kiểm tra"].x
    assert rows["khảo giá"].x < axis < rows["thẩm định nguồn"].x
    assert axis - rows["khảo giá"].x == pytest.approx(rows["thẩm định nguồn"].x - axis)
    assert rows["xem xét"].x == axis


def test_a_return_is_dashed_in_the_left_gutter_and_a_skip_whole_in_the_right(sample: Procedure) -> None:
    picture = flowchart(diagram_of(sample))
    arrows = [line for line in picture.lines if line.arrow]
    returns = [line for line in arrows if line.dashed]
    assert len(returns) == 2
    assert all(min(point.x for point in line.points) < 15 for line in returns)
    skips = [line for line in arrows if not line.dashed and max(point.x for point in line.points) > 75]
    assert sum(line.points[0].y < line.points[-1].y for line in skips) == 1


def test_each_return_of_an_interval_has_its_own_lane(long: Procedure) -> None:
    table = table_of(diagram_of(long), A4, SCREEN, 0)
    rows = {node.key: node.row for node in diagram_of(long).nodes}
    lanes = [(run.lane, sorted((rows[run.edge.source], rows[run.target]))) for run in table.runs if run.way == "left"]
    for (lane, span), (other, reach_) in combinations(lanes, 2):
        assert lane != other or span[1] < reach_[0] or reach_[1] < span[0]


def test_seven_steps_and_the_end_fit_on_one_page(sample: Procedure) -> None:
    picture = flowchart(diagram_of(sample))
    assert picture.width == 160
    assert picture.height < 205
