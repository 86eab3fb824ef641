from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from quality.meter import meter
from tests.quality.agency import at, working_time

CALENDAR = working_time()
FIRST, LAST = (int(at(1, month=1, year=year).timestamp()) for year in (2025, 2027))
WORKED = meter(CALENDAR, FIRST, LAST)
INSTANT = st.integers(FIRST, LAST)


@given(INSTANT, INSTANT)
def test_the_meter_says_what_the_calendar_says(one: int, other: int) -> None:
    start, end = sorted((one, other))
    told = CALENDAR.working_seconds(datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC))
    assert WORKED(end) - WORKED(start) == told


def test_an_opening_and_a_closing_belong_to_no_working_time_by_themselves() -> None:
    opens, closes = int(at(2, 7, 30).timestamp()), int(at(2, 11, 30).timestamp())
    assert WORKED(closes) - WORKED(opens) == 4 * 3600
    assert WORKED(closes + 1) == WORKED(closes + 3600) == WORKED(closes)
