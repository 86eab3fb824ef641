"""Many questions to the clock: one JSON object a line in, one answer or fault a line out."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from procedures.calendar.clock import Calendar
from procedures.calendar.durations import Rule, due, working_seconds_of
from procedures.calendar.instants import SECOND, instant, micros, of_wall
from procedures.calendar.pauses import Pause, paused
from procedures.model import Duration, Unit
from procedures.values import parse_duration

#: The calendar of a line that names none.
DEFAULT = ""

_Question = Mapping[str, Any]
_Answer = dict[str, object]


class QuestionError(ValueError):
    """A line asks what cannot be answered; the message says why."""


def run_batch(lines: Iterable[str], calendars: Mapping[str, Calendar]) -> Iterator[_Answer]:
    """Yield the answer to each line, `{"id", "result", …}`, or `{"id", "error"}`; blank lines give none.

    A `result` is an instant in the calendar's zone (add, subtract, days, months), working minutes (elapsed, beside
    `seconds`) or whether it is working time (query). A line without a calendar takes the one called "".
    """
    for line in lines:
        if line.strip():
            yield answer(line, calendars)


def answer(line: str, calendars: Mapping[str, Calendar]) -> _Answer:
    """Return the answer to one line."""
    name: object = None
    try:
        question = json.loads(line)
        if not isinstance(question, dict):
            raise QuestionError("a line is one JSON object")
        name = question.get("id")
        return {"id": name, **_ask(question, calendars)}
    except KeyError as fault:
        return {"id": name, "error": f"“{fault.args[0]}” is missing"}
    except (ValueError, TypeError, ArithmeticError, AttributeError, RecursionError) as fault:
        return {"id": name, "error": str(fault)}


def _ask(question: _Question, calendars: Mapping[str, Calendar]) -> _Answer:
    wanted = question.get("calendar", DEFAULT)
    calendar = calendars.get(wanted) if isinstance(wanted, str) else None
    if calendar is None:
        raise QuestionError(f"no calendar is called {wanted!r}")
    operation = _OPERATIONS.get(question["op"]) if isinstance(question["op"], str) else None
    if operation is None:
        raise QuestionError(f"op is one of {', '.join(_OPERATIONS)}")
    return operation(calendar, question)


# -- operations --------------------------------------------------------------------------------------------------------


def _add(calendar: Calendar, question: _Question) -> _Answer:
    start = read_instant(question["start"], calendar)
    within = _amount(question)
    plain = due(calendar, start, within, _rule(question), _cut_off(question))
    stops = [_pause(pair, calendar) for pair in question.get("pauses") or ()]
    if not stops or within.amount == 0:
        return {"result": plain.isoformat()}
    return {"result": paused(calendar, plain, stops, since=start, unit=within.unit).isoformat()}


def _subtract(calendar: Calendar, question: _Question) -> _Answer:
    end = micros(read_instant(question["end"], calendar))
    back = working_seconds_of(_amount(question)) * SECOND
    return {"result": instant(calendar.add(end, -back), calendar.zone).isoformat()}


def _elapsed(calendar: Calendar, question: _Question) -> _Answer:
    start, end = (read_instant(question[key], calendar) for key in ("start", "end"))
    return {"result": calendar.working_minutes(start, end), "seconds": calendar.working_seconds(start, end)}


def _days(calendar: Calendar, question: _Question) -> _Answer:
    return _counted(calendar, question, "days", Unit.WORKING_DAY)


def _months(calendar: Calendar, question: _Question) -> _Answer:
    return _counted(calendar, question, "months", Unit.MONTH)


def _counted(calendar: Calendar, question: _Question, key: str, unit: Unit) -> _Answer:
    start = read_instant(question["start"], calendar)
    within = _duration(question[key], unit)
    return {"result": due(calendar, start, within, _rule(question), _cut_off(question)).isoformat()}


def _query(calendar: Calendar, question: _Question) -> _Answer:
    at = read_instant(question["at"], calendar)
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


# -- what a line says --------------------------------------------------------------------------------------------------


def read_instant(text: str, calendar: Calendar) -> datetime:
    """Return an instant in ISO form; without an offset it is what clocks show in the calendar's zone."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo is not None else instant(of_wall(at, calendar.zone), calendar.zone)


def _pause(pair: tuple[str, str], calendar: Calendar) -> Pause:
    start, end = pair
    return read_instant(start, calendar), read_instant(end, calendar)


def _amount(question: _Question) -> Duration:
    """Return what is added or taken away: a duration in words, minutes, or seconds."""
    if "within" in question:
        return parse_duration(question["within"])
    if "minutes" in question:
        return _duration(question["minutes"], Unit.WORKING_MINUTE)
    seconds = _number(question["seconds"])
    return Duration(amount=seconds / 60, unit=Unit.WORKING_MINUTE, text="")


def _duration(amount: object, unit: Unit) -> Duration:
    return Duration(amount=_number(amount), unit=unit, text="")


def _number(value: object) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise QuestionError(f"{value!r} is not a number")
    return Decimal(str(value))


def _rule(question: _Question) -> Rule:
    match question.get("rule", "C2"):
        case "C1":
            return "C1"
        case "C2":
            return "C2"
        case other:
            raise QuestionError(f"a rule is C1 or C2, not {other!r}")


def _cut_off(question: _Question) -> time | None:
    text = question.get("cut_off")
    return None if text is None else time.fromisoformat(text)
