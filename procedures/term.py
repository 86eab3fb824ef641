"""Terms: from a day to a day, both included, either of them open."""

from datetime import date


def lasts(since: date | None, until: date | None, on: date) -> bool:
    """Tell whether a day lies within a term; None is open."""
    return (since is None or since <= on) and (until is None or on <= until)


def common(*terms: tuple[date | None, date | None]) -> tuple[date | None, date | None] | None:
    """Return the days that all of these terms share, or None when there are none."""
    since = max((first for first, _ in terms if first is not None), default=None)
    until = min((last for _, last in terms if last is not None), default=None)
    return None if since is not None and until is not None and until < since else (since, until)
