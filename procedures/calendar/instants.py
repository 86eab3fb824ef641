"""Instants as whole microseconds since 1970 UTC, and wall-clock times of a zone turned into them."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from procedures.calendar.faults import NaiveInstantError, OutOfReachError

SECOND = 1_000_000
MINUTE = 60 * SECOND
DAY = 1_440 * MINUTE
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
EPOCH_DAY = _EPOCH.toordinal()


def micros(at: datetime) -> int:
    """Return an aware instant in microseconds; raises NaiveInstantError."""
    try:
        delta = at - _EPOCH
    except TypeError:
        raise NaiveInstantError(at.isoformat()) from None
    return (delta.days * 86_400 + delta.seconds) * SECOND + delta.microseconds


def instant(at: int, zone: ZoneInfo) -> datetime:
    """Return microseconds as an aware datetime in `zone`; raises OutOfReachError beyond the year 9999."""
    seconds, rest = divmod(at, SECOND)
    try:
        whole = datetime.fromtimestamp(seconds, zone)
    except (ValueError, OverflowError):
        raise OutOfReachError from None
    return whole.replace(microsecond=rest) if rest else whole


def offset_at(at: int, zone: ZoneInfo) -> int:
    """Return how far clocks in `zone` are ahead of UTC at an instant, in microseconds."""
    return (instant(at, zone).utcoffset() or timedelta(0)) // timedelta(microseconds=1)


def wall(ordinal: int, minutes: int, zone: ZoneInfo) -> int:
    """Return the instant at which clocks in `zone` show `minutes` after the midnight of a day (may exceed 1440).

    A time shown twice is its first; a time that clocks skip is the instant at which they are put forward.
    """
    shown = datetime.fromordinal(ordinal) + timedelta(minutes=minutes)
    return of_wall(shown, zone)


def of_wall(shown: datetime, zone: ZoneInfo) -> int:
    """Return the instant at which clocks in `zone` show the naive datetime `shown`, by the rule of `wall`."""
    first = micros(shown.replace(tzinfo=zone, fold=0))
    second = micros(shown.replace(tzinfo=zone, fold=1))
    return first if first <= second else _change_between(second, first, zone)


def _change_between(before: int, after: int, zone: ZoneInfo) -> int:
    """Return the first whole second, in microseconds, at which the zone already has the offset that it has `after`."""
    low, high = before // SECOND, after // SECOND
    old = datetime.fromtimestamp(low, zone).utcoffset()
    while high - low > 1:
        middle = (low + high) // 2
        if datetime.fromtimestamp(middle, zone).utcoffset() == old:
            low = middle
        else:
            high = middle
    return high * SECOND
