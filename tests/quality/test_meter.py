from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from procedures.calendar import Calendar
from procedures.calendar.versions import DayKind, Source, SpecialDay
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


def test_what_is_prepared_is_that_of_one_calendar_and_its_years() -> None:
    assert meter(working_time(), FIRST, LAST).vectors is WORKED.vectors
    assert meter(CALENDAR, FIRST, FIRST).vectors is not WORKED.vectors
    day = Source(document="1/TB")
    closed = SpecialDay(day=date(2026, 3, 3), kind=DayKind.CLOSURE, reason="bão", source=day)
    other = Calendar(CALENDAR.version.model_copy(update={"days": (*CALENDAR.version.days, closed)}))
    opens, closes = int(at(3, 7, 30).timestamp()), int(at(3, 11, 30).timestamp())
    elsewhere = meter(other, FIRST, LAST)
    assert elsewhere(closes) == elsewhere(opens)
    assert WORKED(closes) - WORKED(opens) == 4 * 3600
