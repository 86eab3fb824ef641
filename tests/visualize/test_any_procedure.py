"""Whatever is declared can be drawn: nothing on top of anything, nothing off the paper, nothing lost."""

from collections.abc import Callable
from itertools import combinations

import pytest

from visualize.column import flowchart
from visualize.diagram import Diagram
from visualize.flow import diagram_of
from visualize.pages import pages
from visualize.picture import Picture
from visualize.svg import svg
from visualize.swim import swimlanes
from visualize.typeset import width


@pytest.mark.parametrize("seed", range(25))
@pytest.mark.parametrize("style", [flowchart, swimlanes])
def test_any_procedure_is_drawn_whole(style: Callable[[Diagram], Picture], seed: int) -> None:
    from random_procedures import made

    procedure = made(seed)
    picture = style(diagram_of(procedure))
    boxes = [shape for shape in picture.shapes if shape.owner and shape.width > 1]
    for one, other in combinations(boxes, 2):
        beside = abs(one.x - other.x) >= (one.width + other.width) / 2 - 0.01
        assert beside or abs(one.y - other.y) >= (one.height + other.height) / 2 - 0.01, (one, other)
    for text in picture.texts:
        wide = width(text.text, text.size, picture.face, bold=text.bold)
        left = text.x - {"start": 0.0, "middle": wide / 2, "end": wide}[text.anchor]
        assert -0.2 <= left <= left + wide <= picture.width + 0.2, text
    drawn = [link.owner for page in pages(picture) for link in page.links]
    assert sorted(drawn) == sorted(step.key for step in procedure.steps)
    assert svg(picture) == svg(style(diagram_of(procedure)))
