"""Small multiples: all values are in the table, all cells have one scale, and a month without one breaks the line."""

from visualize.charts_small import ACROSS, HIGH, WIDE, multiples
from visualize.picture import Text
from visualize.svg import svg

MONTHS = ["01/2026", "02/2026", "03/2026", "04/2026"]
CELLS = [
    ("QT-01@1", [100.0, 50.0, None, 92.34]),
    ("QT-02@1", [None] * 4),
    *((f"QT-{n:02}@1", [80.0] * 4) for n in range(3, 8)),
]


def of_cell(texts: tuple[Text, ...], place: int) -> list[str]:
    left, top = WIDE * (place % ACROSS), HIGH * (place // ACROSS)
    return [text.text for text in texts if left <= text.x < left + WIDE and top <= text.y < top + HIGH]


def test_the_table_has_every_value_and_the_picture_a_cell_for_each_name() -> None:
    chart = multiples("Đúng hạn", "%", MONTHS, CELLS)
    assert chart.twin.header == ("Quy trình", *MONTHS)
    assert chart.twin.rows[:2] == (("QT-01@1", "100", "50", "–", "92,3"), ("QT-02@1", "–", "–", "–", "–"))
    assert chart.picture.height == HIGH * 2
    for place, (name, _) in enumerate(CELLS):
        assert name in of_cell(chart.picture.texts, place)
    assert "92,3" in of_cell(chart.picture.texts, 0)
    assert "chưa có số liệu" in of_cell(chart.picture.texts, 1)
    assert "Đúng hạn".encode() in svg(chart.picture)


def test_all_cells_have_one_scale_and_a_missing_month_breaks_the_line() -> None:
    chart = multiples("Đúng hạn", "%", MONTHS, CELLS)
    sharp = [line for line in chart.picture.lines if line.sharp]
    assert [len(line.points) for line in sharp] == [2, 4, 4, 4, 4, 4]
    heights = {round(point.y % HIGH, 6) for line in sharp[1:] for point in line.points}
    assert len(heights) == 1
    first, second = sharp[0].points
    assert heights.pop() > first.y
    assert second.y > first.y
    assert len(chart.picture.shapes) == 3 + 4 * 5
