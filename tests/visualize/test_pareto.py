"""The Pareto chart says in its table what it draws."""

from quality.pareto import Bar, pareto
from tests.quality.agency import at
from tests.quality.test_pareto import made
from visualize.pareto import pareto_chart
from visualize.svg import svg


def test_the_table_has_every_bar_and_the_picture_the_first_of_them() -> None:
    bars = [
        Bar(f"Nhóm {number}", tuple(f"K{number}-{n}" for n in range(20 - number)), (number + 1) / 12)
        for number in range(12)
    ]
    chart = pareto_chart(bars, "cause", "vi")
    assert [row[0] for row in chart.twin.rows] == [bar.name for bar in bars]
    drawn = [text.text for text in chart.picture.texts]
    assert "còn lại (5)" in " ".join(drawn)
    assert b"<svg" in svg(chart.picture, links=False)


def test_one_bar_and_none_can_be_drawn() -> None:
    one = pareto([made(1, at(2), category="Con người")], "cause")
    assert pareto_chart(one, "cause", "vi").twin.rows == (("Con người", "1", "100 %"),)
    assert pareto_chart([], "cause", "vi").twin.rows == ()


def test_there_is_one_axis_and_each_point_bears_its_share() -> None:
    bars = [Bar("Con người", ("K1", "K2"), 0.5), Bar("Máy", ("K3",), 0.75), Bar("Vật tư", ("K4",), 1.0)]
    chart = pareto_chart(bars, "cause", "vi")
    shares = [text for text in chart.picture.texts if text.text.endswith("%")]
    assert [text.text for text in shares] == ["50 %", "75 %", "100 %"]
    assert all(text.x < shape.x for text, shape in zip(shares, chart.picture.shapes[-3:], strict=True))
