import pytest

from quality.xmr import xmr


def test_the_known_series_has_its_known_limits() -> None:
    chart = xmr([10, 50, 40, 30], clip=(0, 100))
    assert (chart.mean, round(chart.upper, 6), chart.lower) == (32.5, 85.7, 0)
    assert chart.mean_range == 20
    assert round(chart.range_limit, 6) == 65.36


def test_without_clipping_the_lower_limit_falls_below_zero() -> None:
    assert round(xmr([10, 50, 40, 30]).lower, 6) == -20.7


def test_fewer_than_twelve_points_say_so_and_signal_nothing() -> None:
    few = xmr([50.0] * 10 + [99.0])
    assert few.notice is not None
    assert few.notice.into("vi") == "Chưa đủ 12 kỳ để vẽ giới hạn"
    assert few.signals == ()
    assert xmr([50.0] * 11 + [50.0]).notice is None


def test_a_point_outside_the_limits_is_a_signal() -> None:
    chart = xmr([50, 51, 50, 49, 50, 51, 50, 49, 50, 51, 50, 90])
    assert [(signal.point, signal.kind) for signal in chart.signals if signal.kind == "outside"] == [(11, "outside")]


def test_eight_on_one_side_are_a_signal_and_seven_are_none() -> None:
    def runs(first: int) -> list[int]:
        points = [10.0, 12.0] * 0 + [9.0 + 2 * (n % 2) for n in range(first)] + [30.0, 31.0] * 4
        return [signal.point for signal in xmr(points).signals if signal.kind == "run"]

    assert 17 in runs(10)
    assert not [signal for signal in xmr([1.0, 3.0] * 8).signals if signal.kind == "run"]


def test_three_of_four_nearer_a_limit_are_a_signal() -> None:
    points = [50, 60, 50, 60, 50, 60, 50, 60, 50, 78, 77, 79]
    assert any(signal.kind == "near_limit" for signal in xmr(points).signals)


def test_one_point_makes_no_chart() -> None:
    with pytest.raises(ValueError):
        xmr([1.0])
