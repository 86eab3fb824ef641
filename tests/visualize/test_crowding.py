"""Every procedure of the agency is drawn in both styles without two things that lie upon each other."""

from dataclasses import replace
from pathlib import Path

import pytest

from procedures.load import load_file
from visualize.column import flowchart
from visualize.diagram import Diagram
from visualize.flow import diagram_of
from visualize.picture import Picture
from visualize.swim import swimlanes

DECLARED = sorted((Path(__file__).parents[2] / "procedures.d").glob("*.yaml"))


def drawn(style: str, diagram: Diagram) -> Picture:
    match style:
        case "column":
            return flowchart(diagram)
        case "lanes on paper":
            return swimlanes(diagram, wide=160)
        case _:
            return swimlanes(diagram)


@pytest.mark.parametrize("style", ["column", "lanes on paper", "lanes across"])
@pytest.mark.parametrize("file", DECLARED, ids=lambda file: file.stem)
def test_no_label_circle_outline_or_arrow_lies_upon_another(file: Path, style: str) -> None:
    from crowding import crowded

    procedure = load_file(file, file.parent).procedure
    assert procedure is not None
    assert crowded(drawn(style, diagram_of(procedure))) == []


def test_what_lies_upon_another_is_seen() -> None:
    from crowding import crowded

    procedure = load_file(DECLARED[0], DECLARED[0].parent).procedure
    assert procedure is not None
    picture = drawn("column", diagram_of(procedure))
    label = next(text for text in picture.texts if text.owner and text.anchor == "middle")
    moved = replace(picture, texts=(*picture.texts, replace(label, x=label.x + 1)))
    assert any("lies upon" in said for said in crowded(moved))


def test_a_long_procedure_in_many_lanes_is_not_longer_than_three_pages() -> None:
    file = next(file for file in DECLARED if file.stem == "QT-KHCN-01")
    procedure = load_file(file, file.parent).procedure
    assert procedure is not None
    assert swimlanes(diagram_of(procedure), wide=160).height < 3 * 235
