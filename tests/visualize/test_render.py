"""What is printed of a drawing: whole where it fits, else sheets of which two go on a page."""

import re

from procedures.model import Procedure
from visualize.render import svg_sheets, svg_whole


def test_a_drawing_that_fits_on_a_page_is_not_cut(sample: Procedure) -> None:
    assert svg_sheets(sample) == ()


def test_a_long_drawing_is_printed_as_sheets_with_every_step_on_one_of_them(long: Procedure) -> None:
    sheets = svg_sheets(long)
    heights = [float(re.search(rb'height="([0-9.]+)mm"', sheet)[1]) for sheet in sheets]  # type: ignore[index]
    assert len(sheets) > 1
    assert all(30 < height < 134 for height in heights), heights
    for number in range(1, len(long.steps) + 1):
        assert sum(f">{number}</text>".encode() in sheet for sheet in sheets) == 1


def test_the_whole_drawing_stays_one_picture_for_the_screen(long: Procedure) -> None:
    assert svg_whole(long).count(b"<svg ") == 1
