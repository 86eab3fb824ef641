"""An explanation put into words, and into JSON for machines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from procedures.calendar.counting import Line
from procedures.calendar.explain import Explanation
from procedures.calendar.versions import Source
from procedures.model import Unit
from procedures.words import Words, say

_MINUTES_AN_HOUR = 60


def sentence(explanation: Explanation) -> Words:
    """Return the whole explanation as one sentence."""
    return _joined(sentences(explanation), "; ")


def sentences(explanation: Explanation) -> list[Words]:
    """Return the explanation clause by clause: what is due when, the rule, what counted, what did not, and caveats."""
    within = explanation.within.text or str(explanation.within.amount)
    said = [
        say(
            "{within} from {start} is due at {due}",
            within=within,
            start=_at(explanation.start),
            due=_at(explanation.due),
        )
    ]
    if explanation.lines:
        said += _rule(explanation)
    if explanation.moved_by_cut_off and explanation.cut_off is not None:
        hour, since = f"{explanation.cut_off:%H:%M}", _at(explanation.counted_from)
        said.append(say("received after {hour} or on a day off, so it counts from {since}", hour=hour, since=since))
    if explanation.counted:
        said.append(say("counted: {days}", days=_joined(_groups(explanation.counted), ", ")))
    if explanation.uncounted:
        said.append(say("not counted: {days}", days=_joined(_groups(explanation.uncounted), ", ")))
    if explanation.paused_seconds:
        added, before = duration(explanation.paused_seconds), _at(explanation.unpaused)
        said.append(say("pauses added {added}; without them it was due at {before}", added=added, before=before))
    if explanation.undecided:
        years = ", ".join(map(str, explanation.undecided))
        said.append(say("the calendar of {years} is computed, not decided", years=years))
    return said


def duration(seconds: int) -> Words:
    """Return working seconds as hours and minutes."""
    hours, minutes = divmod(seconds // 60, _MINUTES_AN_HOUR)
    if minutes == 0:
        return say("{hours} h", hours=hours)
    return (
        say("{hours} h {minutes} min", hours=hours, minutes=minutes) if hours else say("{minutes} min", minutes=minutes)
    )


def _rule(explanation: Explanation) -> list[Words]:
    if explanation.within.unit not in {Unit.WORKING_DAY, Unit.DAY, Unit.MONTH}:
        return []
    if explanation.rule == "C1":
        return [say("rule C1: the day of the event is not counted, the last day ends with its last session")]
    return [say("rule C2: whole days run to the same clock time")]


@dataclass(frozen=True, slots=True)
class _Group:
    """Days that follow one another and counted, or not, for one reason."""

    first: date
    last: date
    line: Line


def _groups(lines: Sequence[Line]) -> list[Words]:
    groups: list[_Group] = []
    for line in lines:
        before = groups[-1] if groups else None
        if before and before.last + timedelta(days=1) == line.day and _same(before.line, line):
            groups[-1] = _Group(before.first, line.day, before.line)
        else:
            groups.append(_Group(line.day, line.day, line))
    return [_group(group) for group in groups]


def _same(one: Line, other: Line) -> bool:
    if one.counted == "seconds" or other.counted == "seconds":
        return False
    return (one.why, one.reason, one.source, one.partner) == (other.why, other.reason, other.source, other.partner)


def _group(group: _Group) -> Words:
    first, last, line = _day(group.first), _day(group.last), group.line
    days = first if first == last else f"{first}–{last}"
    notes = [duration(line.amount)] if line.counted == "seconds" else []
    reason = why(line)
    notes += [] if reason is None else [reason]
    return Words("{days} ({notes})", {"days": days, "notes": _joined(notes, ", ")}) if notes else Words(days)


#: Why a day did not count, where the calendar has no word of its own.
_FIXED: Mapping[str, Words] = {
    "event": say("the day of the event"),
    "start": say("the day it starts"),
    "after_hours": say("after working hours"),
    "cut_off": say("after the cut-off hour"),
    "weekend": say("weekly rest"),
    "rolled": say("the end rolls to this working day"),
}


def why(line: Line) -> Words | None:
    """Return why a day counted or did not, with the document that decided it; None for an ordinary working day."""
    reason = _FIXED.get(line.why) or _special(line)
    if reason is None or line.source is None:
        return reason
    return Words("{reason}, {document}", {"reason": reason, "document": _document(line.source)})


def _special(line: Line) -> Words | None:
    partner = _day(line.partner) if line.partner else ""
    if line.why == "make_up":
        return say("worked in place of {day}", day=partner)
    if line.why == "swapped_off":
        return say("off, worked on {day} instead", day=partner)
    return Words("{reason}", {"reason": line.reason}) if line.reason else None


def as_json(explanation: Explanation) -> dict[str, object]:
    """Return the explanation as plain JSON values: instants and dates in ISO form, amounts in seconds."""
    return {
        "start": explanation.start.isoformat(),
        "counted_from": explanation.counted_from.isoformat(),
        "within": {
            "amount": str(explanation.within.amount),
            "unit": explanation.within.unit.value,
            "text": explanation.within.text,
        },
        "rule": explanation.rule,
        "cut_off": explanation.cut_off.isoformat("minutes") if explanation.cut_off else None,
        "days": [_line_json(line) for line in explanation.lines],
        "pauses": [[start.isoformat(), end.isoformat()] for start, end in explanation.pauses],
        "paused_seconds": explanation.paused_seconds,
        "unpaused": explanation.unpaused.isoformat(),
        "due": explanation.due.isoformat(),
        "undecided": list(explanation.undecided),
        "decided": not explanation.undecided,
        "calendar": explanation.calendar,
        "sentence": {"vi": sentence(explanation).into("vi"), "en": sentence(explanation).into("en")},
    }


def _line_json(line: Line) -> dict[str, object]:
    issued = line.source.issued if line.source else None
    return {
        "date": line.day.isoformat(),
        "counted": line.counted,
        "why": line.why,
        "seconds": line.amount,
        "worked": [[opens.isoformat(), closes.isoformat()] for opens, closes in line.spans],
        "reason": line.reason,
        "document": line.source.document if line.source else None,
        "issued": issued.isoformat() if issued else None,
        "partner": line.partner.isoformat() if line.partner else None,
    }


def _joined(parts: Sequence[Words], between: str) -> Words:
    """Join by halves, so that a long list does not nest deeply."""
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    return Words(
        "{first}" + between + "{rest}",
        {"first": _joined(parts[:middle], between), "rest": _joined(parts[middle:], between)},
    )


def _document(source: Source) -> str:
    return f"{source.document} {_day(source.issued)}" if source.issued else source.document


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _at(at: datetime) -> str:
    return f"{at:%H:%M %d/%m/%Y}" if at.second == 0 else f"{at:%H:%M:%S %d/%m/%Y}"
