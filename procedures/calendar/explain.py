"""Why a due instant is what it is: the days that counted, those that did not, the rule and the decisions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time

from procedures.calendar.clock import Calendar
from procedures.calendar.counting import Line, held_back, seconds_worked, whole_days
from procedures.calendar.durations import WHOLE, Rule, after_cut_off, due, whole_part
from procedures.calendar.instants import SECOND, micros
from procedures.calendar.pauses import Pause, paused
from procedures.model import Duration, Unit


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why something that runs from `start` is due at `due`.

    `lines` are in the order of the count: whole days first, then the share of a day in working seconds.
    `unpaused` is what would be due without the pauses, `paused_seconds` what they added (real time for 24/7 hours).
    `undecided` are the years counted with that are computed, not decided; `calendar` is the version's hash.
    """

    start: datetime
    counted_from: datetime
    within: Duration
    rule: Rule
    cut_off: time | None
    lines: tuple[Line, ...]
    pauses: tuple[Pause, ...]
    paused_seconds: int
    unpaused: datetime
    due: datetime
    undecided: tuple[int, ...]
    calendar: str

    @property
    def uncounted(self) -> tuple[Line, ...]:
        """Return the days that did not count."""
        return tuple(line for line in self.lines if line.counted == "nothing")

    @property
    def counted(self) -> tuple[Line, ...]:
        """Return the days that counted, wholly or in part."""
        return tuple(line for line in self.lines if line.counted != "nothing")

    @property
    def moved_by_cut_off(self) -> bool:
        """Tell whether the cut-off hour moved the start."""
        return self.counted_from != self.start


def explain(
    calendar: Calendar,
    start: datetime,
    within: Duration,
    rule: Rule = "C2",
    cut_off: time | None = None,
    pauses: Iterable[Pause] = (),
) -> Explanation:
    """Return why `calendar.due` with the same arguments, moved by the pauses, is what it is. Raises as it does."""
    plain = due(calendar, start, within, rule, cut_off)
    elapses = _elapses(within)
    local = start.astimezone(calendar.zone)
    begin = local if elapses else after_cut_off(calendar, start, cut_off)
    told = Explanation(
        start=local,
        counted_from=begin,
        within=within,
        rule=rule,
        cut_off=cut_off,
        lines=() if elapses else tuple(_lines(calendar, local, begin, plain, within, rule)),
        pauses=(),
        paused_seconds=0,
        unpaused=plain,
        due=plain,
        undecided=() if elapses else calendar.undecided_years(local.date(), plain.date()),
        calendar=calendar.hash,
    )
    stops = tuple(pauses) if within.amount else ()
    if not stops:
        return told
    return moved(told, calendar, stops, paused(calendar, plain, stops, since=start, unit=within.unit))


def moved(told: Explanation, calendar: Calendar, pauses: tuple[Pause, ...], final: datetime) -> Explanation:
    """Return an explanation whose due instant the pauses have moved to `final`."""
    elapses, local = _elapses(told.within), final.astimezone(calendar.zone)
    added = (micros(final) - micros(told.unpaused)) // SECOND
    return replace(
        told,
        pauses=pauses,
        paused_seconds=added if elapses else calendar.working_seconds(told.unpaused, final),
        due=local,
        undecided=() if elapses else calendar.undecided_years(told.start.date(), local.date()),
    )


def _elapses(within: Duration) -> bool:
    """Tell whether a duration runs by the clock and asks no calendar."""
    return within.unit is Unit.HOUR or within.amount == 0


def _lines(
    calendar: Calendar, start: datetime, begin: datetime, plain: datetime, within: Duration, rule: Rule
) -> Iterator[Line]:
    yield from held_back(calendar, start, begin)
    base = begin
    if within.unit in WHOLE:
        yield from whole_days(calendar, begin, within, rule)
        base, share = whole_part(calendar, begin, within, rule)
        if not share:
            return
    yield from seconds_worked(calendar, base, plain)
