"""Charts: every number is in the picture's table, and what is out of the ordinary is more than a colour."""

from itertools import pairwise

import pytest

from visualize.charts import Limits, bars, line, xmr
from visualize.picture import under_title
from visualize.svg import svg

VALUES = [("Quý I", 12.5), ("Quý II", 0.0), ("Quý III", 40.0)]


def test_the_table_holds_every_number() -> None:
    chart = bars("Hồ sơ", "hồ sơ", VALUES)
    assert chart.twin.rows == (("Quý I", "12,5"), ("Quý II", "0"), ("Quý III", "40"))
    assert chart.twin.header == ("Kỳ hoặc nhóm", "hồ sơ")
    assert bars("Cases", "cases", VALUES, lang="en").twin.rows[0] == ("Quý I", "12.5")


def test_bars_are_as_high_as_their_values() -> None:
    drawn = [shape for shape in bars("Hồ sơ", "hồ sơ", VALUES).picture.shapes if shape.shape == "box"]
    assert len(drawn) == 2
    assert drawn[1].height / drawn[0].height == pytest.approx(40 / 12.5)


def test_a_value_outside_the_limits_is_ringed_and_said() -> None:
    chart = xmr("Thời gian", "ngày", VALUES, Limits(mean=15, upper=30, lower=0))
    assert [row[2] for row in chart.twin.rows] == ["trong giới hạn", "trong giới hạn", "ngoài giới hạn"]
    assert sum(shape.width == 4.4 for shape in chart.picture.shapes) == 1
    assert chart.twin.caption == "Thời gian (trung bình 15, giới hạn từ 0 đến 30)"


def test_each_point_stands_above_its_name() -> None:
    picture = xmr("Thời gian", "ngày", VALUES, Limits(mean=15, upper=90, lower=2)).picture
    points = [shape.x for shape in picture.shapes if shape.width in {1.8, 2.8}]
    names = [text.x for text in picture.texts if text.text.startswith("Quý")]
    assert points == pytest.approx(names)


def test_a_line_has_its_target_and_the_same_bytes() -> None:
    chart = line("Đúng hạn", "%", VALUES, target=95)
    assert any(text.text == "chỉ tiêu 95" for text in chart.picture.texts)
    assert svg(chart.picture, links=False) == svg(line("Đúng hạn", "%", VALUES, target=95).picture, links=False)


def test_no_values_and_only_noughts_are_still_a_chart() -> None:
    assert svg(bars("Trống", "hồ sơ", []).picture)
    assert svg(line("Không", "hồ sơ", [("T1", 0.0)]).picture)


@pytest.mark.parametrize("top", [1, 2, 3, 5, 7, 9, 10, 13, 26, 99, 128, 1500])
def test_counts_have_whole_numbers_beside_them(top: int) -> None:
    picture = bars("Hồ sơ", "hồ sơ", [("T1", float(top)), ("T2", 1.0)]).picture
    ticks = [text.text for text in picture.texts if text.anchor == "end"]
    assert len(ticks) == 5
    assert not any("," in tick for tick in ticks), ticks
    assert int(ticks[-1].replace(".", "")) >= top


def test_names_of_levels_close_to_each_other_do_not_touch() -> None:
    picture = xmr("Đúng hạn", "%", VALUES, Limits(mean=39, upper=40, lower=38.5)).picture
    heights = sorted(text.y for text in picture.texts if text.anchor == "start" and text.x > 100)  # right of the plot
    assert all(b - a > 3.6 for a, b in pairwise(heights))


def test_limits_that_are_the_same_are_named_from_the_upper_one_down() -> None:
    texts = xmr("Tỷ lệ", "%", [("01/2026", 100.0)] * 12, Limits(100.0, 100.0, 100.0)).picture.texts
    heights = {text.text.rpartition(" ")[0]: text.y for text in texts if text.text.endswith(" 100")}
    assert sorted(heights, key=heights.__getitem__) == ["giới hạn trên", "trung bình", "giới hạn dưới"]


def test_a_picture_for_a_file_says_itself_what_it_shows() -> None:
    plain = bars("Sự không phù hợp theo tháng " * 6, "mở", [("01/2026", 4)]).picture
    titled = under_title(plain)
    lines = [text for text in titled.texts if text.bold]
    assert " ".join(text.text for text in lines) == plain.title.strip()
    by = titled.height - plain.height
    assert [text.y - by for text in titled.texts if not text.bold] == pytest.approx([text.y for text in plain.texts])
    assert [shape.y - by for shape in titled.shapes] == pytest.approx([shape.y for shape in plain.shapes])
    assert max(text.y for text in lines) < by
