"""Charts of flow: every number is in the table, late cases are more than a colour, and the bytes are the same."""

from tests.quality.agency import declared
from visualize.charts_flow import MOST, Dot, ageing, cumulative, scatter
from visualize.flow import diagram_of
from visualize.heat import SHADES, Warmth, heated, shade
from visualize.svg import svg

LEVELS = ((50, 2.0), (85, 4.0), (95, 6.0))
MONTHS = ["01/2026", "02/2026"]


def test_a_late_case_is_a_square_and_the_others_are_circles() -> None:
    chart = scatter("Thời gian", MONTHS, [Dot(0, 2), Dot(1, 6, late=True)], LEVELS)
    assert [one.shape for one in chart.picture.shapes] == ["circle", "box"]
    assert chart.twin.rows == (
        ("P50", "2"), ("P85", "4"), ("P95", "6"), ("01/2026", "2; 1 (0)"), ("02/2026", "6; 1 (1)")
    )  # fmt: skip


def test_higher_is_longer_and_later_is_further_right() -> None:
    early, late = scatter("Thời gian", MONTHS, [Dot(-0.4, 2), Dot(1.4, 6)], LEVELS).picture.shapes
    assert early.x < late.x
    assert early.y > late.y


def test_of_very_many_cases_some_are_drawn_and_it_is_said() -> None:
    chart = scatter("Thời gian", MONTHS, [Dot(0, n % 7) for n in range(4 * MOST)], LEVELS)
    assert len(chart.picture.shapes) == MOST
    assert "vẽ 600 trên 2.400 hồ sơ" in chart.picture.title
    assert chart.twin.rows[3] == ("01/2026", f"3; {4 * MOST} (0)")


def test_open_cases_older_than_most_finished_ones_stand_out_and_are_counted() -> None:
    chart = ageing("Tuổi", [("Kiểm tra", (1.0, 5.0)), ("Duyệt", (3.0,))], LEVELS)
    assert [one.shape for one in chart.picture.shapes] == ["circle", "box", "circle"]
    assert chart.twin.rows == (("Kiểm tra", "2", "1", "5"), ("Duyệt", "1", "0", "3"))


def test_of_very_many_open_cases_those_drawn_are_of_every_step() -> None:
    chart = ageing("Tuổi", [("Kiểm tra", (1.0,) * 2 * MOST), ("Duyệt", (3.0,) * 2 * MOST)], LEVELS)
    shapes = chart.picture.shapes
    assert len(shapes) == MOST
    assert sum(one.y < shapes[0].y for one in shapes) == MOST // 2
    assert "vẽ 600 trên 2.400 hồ sơ" in chart.picture.title
    assert [row[1] for row in chart.twin.rows] == [str(2 * MOST)] * 2


def test_what_was_open_is_what_came_less_what_went() -> None:
    chart = cumulative("Đến và xong", [("01/01", 3, 1), ("01/02", 5, 5)])
    assert [row[3] for row in chart.twin.rows] == ["2", "0"]


def test_without_any_case_there_is_an_empty_picture_and_no_fault() -> None:
    for chart in (scatter("a", MONTHS, [], ()), ageing("a", [], ()), cumulative("a", [])):
        assert chart.picture.shapes == ()
        assert svg(chart.picture, links=False).startswith(b"<svg")


def test_the_bytes_are_the_same_and_vietnamese_stays_text() -> None:
    once, again = (svg(ageing("Tuổi", [("Kiểm tra", (1.0,))], LEVELS).picture, links=False) for _ in range(2))
    assert once == again
    assert "Kiểm tra".encode() in once


def test_a_step_has_its_number_and_a_shade_and_an_outcome_how_often_it_came() -> None:
    plain = diagram_of(declared(), "vi")
    warm = heated(plain, {"kiểm tra": Warmth("7×", "Làm 7 lần.", 1.0)}, {("kiểm tra", "Thiếu"): 3})
    node = next(one for one in warm.nodes if one.key == "kiểm tra")
    assert (node.mark.fill, node.mark.ink) == SHADES[3]
    assert node.mark.lines == ("7×",)
    assert node.label.endswith("Làm 7 lần.")
    assert any(one.label.endswith("· 3×") and one.label.startswith("Thiếu") for one in warm.edges)
    untouched = next(one for one in warm.nodes if one.key == "duyệt")
    assert untouched.mark.dashed


def test_four_shades_share_what_lies_between_nothing_and_the_most() -> None:
    assert [shade(share) for share in (0, 0.24, 0.25, 0.5, 0.76, 1)] == [0, 0, 1, 2, 3, 3]


def test_a_plot_without_a_case_says_that_there_is_none_and_every_plot_what_it_counts() -> None:
    done, still = scatter("Thời gian", MONTHS, [], LEVELS), ageing("Tuổi", [("Soạn", [])], LEVELS)
    flow = cumulative("Dòng", [("01/01", 3, 1)])
    said = [[text.text for text in chart.picture.texts] for chart in (done, still, flow)]
    assert "không có hồ sơ nào xong trong kỳ" in said[0]
    assert "không có hồ sơ đang mở" in said[1]
    assert [unit for unit in ("ngày làm việc", "số hồ sơ") for texts in said if unit in texts] == [
        "ngày làm việc",
        "ngày làm việc",
        "số hồ sơ",
    ]
    assert "không có hồ sơ đang mở" not in [text.text for text in ageing("Tuổi", [("Soạn", [3.0])], ()).picture.texts]


def test_what_came_is_named_above_what_went_where_both_end_at_one_height() -> None:
    texts = {text.text: text.y for text in cumulative("Dòng", [("01/01", 28, 28)]).picture.texts}
    assert texts["đã đến 28"] < texts["đã xong 28"]
