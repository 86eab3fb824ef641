"""Cutting a long flowchart: between rows, nothing lost, circles that pair up."""

from collections import Counter

from procedures.model import Procedure
from visualize.column import flowchart
from visualize.flow import diagram_of
from visualize.pages import A4_HEIGHT, pages


def test_a_short_flowchart_is_one_page_and_untouched(sample: Procedure) -> None:
    whole = flowchart(diagram_of(sample))
    assert pages(whole) == (whole,)


def test_no_page_is_higher_than_the_paper(long: Procedure) -> None:
    cut = pages(flowchart(diagram_of(long)))
    assert len(cut) == 3
    assert all(page.height <= A4_HEIGHT for page in cut)


def test_every_step_is_whole_on_exactly_one_page(long: Procedure) -> None:
    whole = flowchart(diagram_of(long))
    cut = pages(whole)
    assert [link.owner for page in cut for link in page.links] == [step.key for step in long.steps]
    words = Counter(text.text for page in cut for text in page.texts if text.owner)
    assert words == Counter(text.text for text in whole.texts if text.owner)
    for page in cut:
        for text in page.texts:
            assert 0 < text.y < page.height


def test_the_heading_is_repeated(long: Procedure) -> None:
    assert all("Trách nhiệm" in [text.text for text in page.texts] for page in pages(flowchart(diagram_of(long))))


def test_a_line_that_is_cut_ends_and_begins_in_circles_with_one_letter(long: Procedure) -> None:
    cut = pages(flowchart(diagram_of(long)))
    letters = [
        [text.text for text in page.texts if text.size == 9 and not text.bold and len(text.text) == 1] for page in cut
    ]
    assert letters == [["A"], ["A", "B", "C"], ["B", "C"]]


def test_arrow_heads_are_neither_lost_nor_doubled(long: Procedure) -> None:
    whole = flowchart(diagram_of(long))
    heads = sum(line.arrow for line in whole.lines)
    assert sum(line.arrow for page in pages(whole) for line in page.lines) == heads
