"""An objective is measured from cases, over its procedure and units; held against counting by hand."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quality.facts import CaseFact
from quality.indicators import measured as worked_over
from quality.objectives import Objective, at_odds, measured, of_year
from quality.periods import parse
from tests.quality.agency import ZONE, at
from tests.quality.rows import CALENDAR, case, facts

TREE = {"Văn phòng": "Sở A", "Phòng Kế hoạch": "Sở A", "Bộ phận": "Văn phòng"}
YEAR = parse("2026", ZONE)
VALUES = {
    "năm": "2026",
    "nội dung mục tiêu": "Đúng hạn",
    "chỉ tiêu đo": "Tỷ lệ hồ sơ đúng hạn",
    "chiều": "Ít nhất",
    "mức mục tiêu": "95",
}


def made(**more: str) -> Objective:
    names = {
        "procedure": "quy trình đo",
        "units": "đơn vị đo",
        "bound": "mức mục tiêu",
        "kind": "chỉ tiêu đo",
        "way": "chiều",
        "year": "năm",
    }
    return Objective("HS-2026-0009", "Sở A", "", "", {**VALUES, **{names[key]: value for key, value in more.items()}})


def lived(number: int, unit: str, *, late: bool, procedure: str = "QT-TT-01") -> CaseFact:
    due = at(4)
    return case(
        f"HS-2026-{number:04}", at(2), due + timedelta(days=1 if late else -1), due, unit=unit, procedure=procedure
    )


LIVES = st.lists(
    st.tuples(
        st.sampled_from(["Văn phòng", "Phòng Kế hoạch", "Bộ phận"]),
        st.booleans(),
        st.sampled_from(["QT-TT-01", "QT-TT-02", "QT-HT-05"]),
    ),
    max_size=25,
)


@given(
    LIVES,
    st.sampled_from(["", "QT-TT-01", "QT-TT-02"]),
    st.sampled_from(["", "Văn phòng", "Sở A", "Bộ phận; Phòng Kế hoạch"]),
)
def test_the_rate_is_that_of_the_cases_it_speaks_of(lives: list[tuple[str, bool, str]], code: str, units: str) -> None:
    known = facts([lived(n, unit, late=late, procedure=of) for n, (unit, late, of) in enumerate(lives)])
    target = measured(made(procedure=code, units=units), known, YEAR, worked_over(known, CALENDAR), TREE)
    assert target is not None
    named = set(units.split("; ")) if units else set()
    below = {"Văn phòng": {"Văn phòng", "Bộ phận"}, "Sở A": {"Văn phòng", "Bộ phận", "Phòng Kế hoạch"}}
    wanted = set().union(*(below.get(unit, {unit}) for unit in named)) if named else None
    by_hand = [
        late
        for unit, late, of in lives
        if (of == code if code else of != "QT-HT-05") and (wanted is None or unit in wanted)
    ]
    assert target.figure.measured == len(by_hand)
    if by_hand:
        rate = by_hand.count(False) / len(by_hand)
        assert target.figure.value == pytest.approx(rate)
        assert target.met is (rate >= 0.95)
    else:
        assert target.met is None


def test_a_time_is_measured_in_working_days_and_must_not_be_exceeded() -> None:
    known = facts([lived(1, "Văn phòng", late=False), lived(2, "Văn phòng", late=True)])
    slow = measured(made(kind="Thời gian xử lý trung vị", way="Không quá", bound="0,5".replace(",", ".")), known, YEAR,
                    worked_over(known, CALENDAR), TREE)  # fmt: skip
    assert slow is not None
    assert slow.figure.unit == "working_days"
    assert slow.met is False


def test_what_is_not_from_cases_is_not_measured() -> None:
    known = facts([])
    assert measured(made(kind="Không đo được từ hồ sơ"), known, YEAR, worked_over(known, CALENDAR), TREE) is None


def test_an_evaluation_against_the_measure_is_told() -> None:
    known = facts([lived(1, "Văn phòng", late=True)])
    one = made()
    target = measured(one, known, YEAR, worked_over(known, CALENDAR), TREE)
    judged = Objective(one.id, one.unit, "", "đạt", one.values)
    assert at_odds(judged, target)
    assert not at_odds(Objective(one.id, one.unit, "", "không đạt", one.values), target)
    assert not at_odds(one, target)


def test_objectives_of_another_year_are_left_out() -> None:
    assert of_year([made(year="2025"), made()], YEAR) == [made()]
    assert of_year([made(year="2026")], parse("2026-Q4", ZONE)) == [made(year="2026")]
