"""The swimlane picture: lanes in declared order, every step in its lane, nothing on top of anything."""

from itertools import combinations

import pytest

from procedures.model import Procedure
from visualize.flow import diagram_of
from visualize.lanes import Pool, pool_of
from visualize.pages import pages
from visualize.svg import svg
from visualize.swim import swimlanes
from visualize.typeset import SCREEN


@pytest.fixture(params=["sample", "long"])
def any_procedure(request: pytest.FixtureRequest) -> Procedure:
    return request.getfixturevalue(request.param)


def pool(procedure: Procedure) -> Pool:
    return pool_of(diagram_of(procedure), 247, SCREEN)


def test_lanes_are_the_roles_in_declared_order(sample: Procedure) -> None:
    lanes = diagram_of(sample).lanes
    assert lanes == ("Người đề nghị", "Quản trị", "Kế toán", "Chánh văn phòng", "Lãnh đạo")


def test_every_step_stands_inside_the_lane_of_its_role(any_procedure: Procedure) -> None:
    drawn = pool(any_procedure)
    lanes = diagram_of(any_procedure).lanes
    for step in any_procedure.steps:
        cell = drawn.cells[step.key]
        left = lanes.index(step.responsible[0][0].upper() + step.responsible[0][1:]) * drawn.lane_width
        assert left < cell.x - cell.half
        assert cell.x + cell.half < left + drawn.lane_width


def test_a_step_is_below_all_that_come_before_it(any_procedure: Procedure) -> None:
    swimlanes(diagram_of(any_procedure))
    drawn = pool(any_procedure)
    for way in drawn.ways:
        for end in way.ends:
            if way.edge.kind.value == "forward":
                assert end.target.row > way.source.row


def test_no_two_boxes_touch(any_procedure: Procedure) -> None:
    picture = swimlanes(diagram_of(any_procedure))
    boxes = [shape for shape in picture.shapes if shape.owner]
    assert len(boxes) == len(any_procedure.steps) + 1
    for one, other in combinations(boxes, 2):
        apart = (
            abs(one.x - other.x) >= (one.width + other.width) / 2
            or abs(one.y - other.y) >= (one.height + other.height) / 2
        )
        assert apart, f"{one.owner} touches {other.owner}"


def test_level_lines_of_one_gap_do_not_lie_on_each_other(any_procedure: Procedure) -> None:
    for tracks in pool(any_procedure).gaps.values():
        for ways in tracks:
            for one, other in combinations(ways, 2):
                if one.source is not other.source:
                    assert one.span[1] < other.span[0] or other.span[1] < one.span[0]


def test_the_drawing_is_the_same_each_time_and_fits_the_paper(any_procedure: Procedure) -> None:
    once = swimlanes(diagram_of(any_procedure))
    assert svg(once) == svg(swimlanes(diagram_of(any_procedure)))
    assert min(text.size for text in once.texts) >= 9
    assert all(page.height <= 175 for page in pages(once, 175))


def test_each_step_is_a_link_in_row_order(long: Procedure) -> None:
    assert [link.href for link in swimlanes(diagram_of(long)).links] == [f"#buoc-{n}" for n in range(1, 20)]
