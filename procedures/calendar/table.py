"""The prefix sums of working time over a span of years: what makes every question a binary search."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from typing import TypeAlias
from zoneinfo import ZoneInfo

from procedures.calendar.instants import offset_at, wall
from procedures.calendar.versions import Session

#: A working day as its ordinal and its sessions.
OpenDay: TypeAlias = tuple[int, tuple[Session, ...]]


@dataclass(frozen=True, slots=True)
class Table:
    """Sessions of the years `start` to `end` in order, in microseconds since 1970.

    `worked[i]` is the working time before session i (one entry more than there are sessions); `owner[i]` the ordinal
    of the day whose session it is and `rank[i]` which working day that is; `days[k]` the ordinals of working days and
    `first[k]` the index of their first session (one entry more than there are days). Instants from `begins` up to
    `ends` are covered, and the days from `first_day` up to `last_day`. `offset` is how far clocks are ahead of UTC,
    None when that changes.
    """

    start: int
    end: int
    begins: int
    ends: int
    first_day: int
    last_day: int
    offset: int | None
    opens: list[int]
    closes: list[int]
    worked: list[int]
    owner: list[int]
    rank: list[int]
    days: list[int]
    first: list[int]


def build(start: int, end: int, open_days: Iterable[OpenDay], zone: ZoneInfo) -> Table:
    """Return the table of the years `start` to `end`, given the working days of those years in order."""
    spans = list(_disjoint(open_days, zone))
    begins = [index == 0 or spans[index - 1][0] != span[0] for index, span in enumerate(spans)]
    first = [index for index, begun in enumerate(begins) if begun]
    # A session of the day before the first may reach into the first days, so the table answers from the third.
    first_day, last_day = date(start, 1, 3).toordinal(), date(end, 12, 31).toordinal()
    # Clocks are put forward or back at most once a day, so midnights tell whether they ever are.
    offsets = {offset_at(wall(day, 0, zone), zone) for day in range(first_day - 2, last_day + 3)}
    return Table(
        start=start,
        end=end,
        begins=wall(first_day, 0, zone),
        ends=wall(last_day, 0, zone),
        first_day=first_day,
        last_day=last_day,
        offset=offsets.pop() if len(offsets) == 1 else None,
        opens=[opens for _, opens, _ in spans],
        closes=[closes for _, _, closes in spans],
        worked=[0, *accumulate(closes - opens for _, opens, closes in spans)],
        owner=[day for day, _, _ in spans],
        rank=[begun - 1 for begun in accumulate(begins)],
        days=[spans[index][0] for index in first],
        first=[*first, len(spans)],
    )


def _disjoint(open_days: Iterable[OpenDay], zone: ZoneInfo) -> Iterator[tuple[int, int, int]]:
    """Yield (day, opens, closes); what a session shares with an earlier one is counted once."""
    reached = -(10**18)
    for ordinal, sessions in open_days:
        for session in sessions:
            opens = max(wall(ordinal, session.opens, zone), reached)
            closes = wall(ordinal, session.closes, zone)
            if closes > opens:
                reached = closes
                yield ordinal, opens, closes
