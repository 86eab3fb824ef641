"""An explanation put into words, and into JSON for machines."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from procedures.calendar.counting import Line
from procedures.calendar.explain import Explanation
from procedures.calendar.versions import Source
from procedures.model import Unit
from procedures.vietnamese import day, moment, working_time
from procedures.words import Words, say


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
        added, before = working_time(explanation.paused_seconds // 60), _at(explanation.unpaused)
        said.append(say("pauses added {added}; without them it was due at {before}", added=added, before=before))
    if explanation.undecided:
        said.append(say("the calendar of {years} is computed, not decided", years=_years(explanation.undecided)))
    return said


def marked(said: Words | str, undecided: Sequence[int]) -> Words | str:
    """Return what is said of a date with the mark that it must bear when its calendar is not decided."""
    return say("{date} (computed, not decided: {years})", date=said, years=_years(undecided)) if undecided else said


def _years(years: Sequence[int]) -> str:
    """Return years in order, those that follow one another as one span: `2023, 2027–2200`."""
    runs: list[list[int]] = []
    for year in years:
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _rule(explanation: Explanation) -> list[Words]:
    unit, amount = explanation.within.unit, explanation.within.amount
    if unit is Unit.MONTH or (unit is Unit.DAY and amount >= 1):
        return [say("calendar time: the day of the event is not counted, the last day ends with its last session")]
    if unit is not Unit.WORKING_DAY:
        return []
    if explanation.rule == "C1":
        return [say("rule C1: the day of the event is not counted, the last day ends with its last session")]
    return [say("rule C2: whole days run to the same clock time")] if amount >= 1 else []


def _groups(lines: Sequence[Line]) -> list[Words]:
    """Return the days by reason, each reason once, in the order in which they first come."""
    reasons: dict[object, list[Line]] = {}
    for line in lines:
        alone = line.day if line.counted == "seconds" else None
        reasons.setdefault((alone, line.why, line.reason, line.source, line.partner), []).append(line)
    return [_group(group) for group in reasons.values()]


def _group(lines: Sequence[Line]) -> Words:
    days, line = ", ".join(_runs([line.day for line in lines])), lines[0]
    notes = [working_time(line.amount // 60)] if line.counted == "seconds" else []
    reason = why(line)
    notes += [] if reason is None else [reason]
    return Words("{days} ({notes})", {"days": days, "notes": _joined(notes, ", ")}) if notes else Words(days)


def _runs(days: Sequence[date]) -> list[str]:
    """Return days that follow one another as one span."""
    runs: list[tuple[date, date]] = []
    for each in days:
        if runs and runs[-1][1] + timedelta(days=1) == each:
            runs[-1] = (runs[-1][0], each)
        else:
            runs.append((each, each))
    return [day(first) if first == last else f"{day(first)}–{day(last)}" for first, last in runs]


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
    partner = day(line.partner) if line.partner else ""
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


def _document(source: Source) -> Words:
    if source.issued is None:
        return Words("{document}", {"document": source.document})
    return say("{document} of {day}", document=source.document, day=day(source.issued))


def _at(at: datetime) -> str:
    return moment(at, "vi")  # the same in both languages
