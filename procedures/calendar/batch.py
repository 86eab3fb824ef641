"""Many questions to the clock: one JSON object a line in, one answer or fault a line out."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from procedures.calendar.clock import Calendar
from procedures.calendar.durations import Rule, due, working_seconds_of
from procedures.calendar.faults import ClockFault
from procedures.calendar.instants import SECOND, instant, micros, of_wall
from procedures.calendar.pauses import Pause, paused
from procedures.model import Duration, Unit
from procedures.values import ValueSaid, parse_clock_time, parse_duration
from procedures.words import Lang, say

#: The calendar of a line that names none.
DEFAULT = ""
#: Years in which a question may lie; beyond them nobody meant what was written.
_YEARS = range(1900, 2201)
#: More than anybody counts: a hundred thousand years of minutes are no question.
_MOST = 10**9

_Question = Mapping[str, Any]
_Answer = dict[str, object]


def run_batch(lines: Iterable[str], calendars: Mapping[str, Calendar], lang: Lang = "vi") -> Iterator[_Answer]:
    """Yield the answer to each line, `{"id", "result", …}`, or `{"id", "line", "error"}`; blank lines give none.

    A `result` is an instant in the calendar's zone (add, subtract, days, months), working minutes (elapsed, beside
    `seconds`) or whether it is working time (query); `undecided` names the years counted with that are computed, not
    decided. A line without a calendar takes the one called "".
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _answered(number, line, calendars, lang)


def _answered(number: int, line: str, calendars: Mapping[str, Calendar], lang: Lang) -> _Answer:
    name: object = None
    try:
        question = _object(line)
        name = question.get("id")
        return {"id": name, **_ask(question, calendars)}
    except (ClockFault, ValueSaid) as fault:
        said = say("line {line}: {fault}", line=number, fault=fault.words)
        return {"id": name, "line": number, "error": said.into(lang)}


def _object(line: str) -> _Question:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        raise ClockFault(say("this is not JSON")) from None
    if not isinstance(told, dict):
        raise ClockFault(say("a line is one JSON object, in braces"))
    return told


def _ask(question: _Question, calendars: Mapping[str, Calendar]) -> _Answer:
    wanted = question.get("calendar", DEFAULT)
    calendar = calendars.get(wanted) if isinstance(wanted, str) else None
    if calendar is None:
        raise ClockFault(say("no calendar is called “{name}”", name=wanted))
    asked = _given(question, "op")
    operation = _OPERATIONS.get(asked) if isinstance(asked, str) else None
    if operation is None:
        raise ClockFault(say("“{op}” is no operation; one of: {known}", op=asked, known=", ".join(_OPERATIONS)))
    return operation(calendar, question)


# -- operations --------------------------------------------------------------------------------------------------------


def _add(calendar: Calendar, question: _Question) -> _Answer:
    start = _instant(question, "start", calendar)
    within = _amount(question)
    end = due(calendar, start, within, _rule(question), _cut_off(question))
    stops = _pauses(question, calendar)
    if stops and within.amount:
        end = paused(calendar, end, stops, since=start, unit=within.unit)
    return _until(calendar, start, end, within)


def _subtract(calendar: Calendar, question: _Question) -> _Answer:
    end = _instant(question, "end", calendar)
    within = _amount(question)
    start = instant(calendar.add(micros(end), -working_seconds_of(within) * SECOND), calendar.zone)
    return {"result": start.isoformat(), **_marked(calendar, start, end)}


def _elapsed(calendar: Calendar, question: _Question) -> _Answer:
    start, end = (_instant(question, key, calendar) for key in ("start", "end"))
    seconds = calendar.working_seconds(start, end)
    return {
        "result": calendar.working_minutes(start, end),
        "seconds": seconds,
        **_marked(calendar, min(start, end), max(start, end)),
    }


def _days(calendar: Calendar, question: _Question) -> _Answer:
    return _counted(calendar, question, "days", Unit.WORKING_DAY)


def _months(calendar: Calendar, question: _Question) -> _Answer:
    return _counted(calendar, question, "months", Unit.MONTH)


def _counted(calendar: Calendar, question: _Question, key: str, unit: Unit) -> _Answer:
    start = _instant(question, "start", calendar)
    within = _duration(_given(question, key), unit)
    end = due(calendar, start, within, _rule(question), _cut_off(question))
    return _until(calendar, start, end, within)


def _query(calendar: Calendar, question: _Question) -> _Answer:
    at = _instant(question, "at", calendar)
    here, day = micros(at), calendar.local_date(at)
    session = calendar.session_at(here)
    working = session is not None and here < session[2]
    opens, closes = session[1:] if session and working else calendar.next_opening(here)[1:]
    return {
        "result": working,
        "working_day": calendar.is_working_day(day),
        "opens": instant(opens, calendar.zone).isoformat(),
        "closes": instant(closes, calendar.zone).isoformat(),
        "decided": calendar.is_decided(day.year),
    }


_OPERATIONS: Mapping[str, Callable[[Calendar, _Question], _Answer]] = {
    "add": _add,
    "subtract": _subtract,
    "elapsed": _elapsed,
    "days": _days,
    "months": _months,
    "query": _query,
}


def _until(calendar: Calendar, start: datetime, end: datetime, within: Duration) -> _Answer:
    counted = within.amount and within.unit is not Unit.HOUR  # hours by the clock ask no calendar
    return {"result": end.isoformat(), **(_marked(calendar, start, end) if counted else {})}


def _marked(calendar: Calendar, first: datetime, last: datetime) -> _Answer:
    """Return the mark of an answer that was counted with years that are computed, not decided."""
    undecided = calendar.undecided_years(calendar.local_date(first), calendar.local_date(last))
    return {"undecided": list(undecided)} if undecided else {}


# -- what a line says --------------------------------------------------------------------------------------------------


def _given(question: _Question, key: str) -> Any:
    if key not in question:
        raise ClockFault(say("“{key}” is missing", key=key))
    return question[key]


def _instant(question: _Question, key: str, calendar: Calendar) -> datetime:
    return read_instant(_given(question, key), calendar)


def read_instant(text: object, calendar: Calendar) -> datetime:
    """Return an instant in ISO form; without an offset it is what clocks show in the calendar's zone."""
    try:
        at = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        at = None
    if at is None:
        said = text if isinstance(text, str) else json.dumps(text)
        raise ClockFault(say("“{text}” is not an instant; write it like 2026-08-20T09:00", text=said))
    if at.year not in _YEARS:
        raise ClockFault(say("“{text}”: the year must lie between 1900 and 2200", text=text))
    return at if at.tzinfo is not None else instant(of_wall(at, calendar.zone), calendar.zone)


def _pauses(question: _Question, calendar: Calendar) -> list[Pause]:
    pairs = question.get("pauses") or []
    if not isinstance(pairs, list) or any(not isinstance(pair, list) or len(pair) != 2 for pair in pairs):  # noqa: PLR2004 a pause has two ends
        raise ClockFault(say("“pauses” is a list of [from, to]"))
    return [(read_instant(start, calendar), read_instant(end, calendar)) for start, end in pairs]


def _amount(question: _Question) -> Duration:
    """Return what is added or taken away: a duration in words, minutes, or seconds."""
    if "within" in question:
        text = question["within"]
        return parse_duration(text if isinstance(text, str) else json.dumps(text))
    if "minutes" in question:
        return _duration(question["minutes"], Unit.WORKING_MINUTE)
    if "seconds" not in question:
        raise ClockFault(say("how long? give “within”, “minutes” or “seconds”"))
    return Duration(amount=_number(question["seconds"]) / 60, unit=Unit.WORKING_MINUTE, text="")


def _duration(amount: object, unit: Unit) -> Duration:
    return Duration(amount=_number(amount), unit=unit, text="")


def _number(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ClockFault(say("“{value}” is not a number", value=value))
    if not -_MOST <= value <= _MOST:  # neither is NaN
        raise ClockFault(say("“{value}” is more than anybody counts; at most {most}", value=value, most=_MOST))
    return Decimal(str(value))


def _rule(question: _Question) -> Rule:
    match question.get("rule", "C2"):
        case "C1":
            return "C1"
        case "C2":
            return "C2"
        case other:
            raise ClockFault(say("a rule is C1 or C2, not “{rule}”", rule=other))


def _cut_off(question: _Question) -> time | None:
    text = question.get("cut_off")
    return None if text is None else parse_clock_time(str(text))
