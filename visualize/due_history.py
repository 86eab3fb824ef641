"""The history of a due date: what was promised, what moved it and why, and the count behind what is due now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from engine import events as happened
from engine.case import Case
from engine.log import Recorded
from procedures.words import Words, say
from visualize.case_words import Reading, shown
from visualize.due_words import why_case


@dataclass(frozen=True, slots=True)
class Turn:
    """What happened to the due date of a case: the number of the event, when, what, and what was due from then on."""

    seq: int
    at: datetime
    what: Words
    due: datetime | None


def turns(case: Case, log: Sequence[Recorded]) -> Iterator[Turn]:
    """Yield everything that made, stopped or moved the due date of a case, oldest first."""
    due: datetime | None = None
    for _, group in groupby(log, key=lambda record: record.command):
        records = list(group)
        why = _why([record.event for record in records], case)
        for record in records:
            told = _turn(record.event, case, why)
            if told is not None:
                what, due = told[0], told[1] or due
                yield Turn(record.seq, record.at, what, due)


def _turn(event: happened.Event, case: Case, why: Words) -> tuple[Words, datetime | None] | None:
    """Return what an event says of the due date and, where it says so, what is due from then on."""
    match event:
        case happened.CaseOpened() if event.due is not None:
            return say("promised at the reception"), event.due
        case happened.LimitBegan():
            return say("promised: {limit}, counted from its start event", limit=event.within.text), event.due
        case happened.ClockStopped():
            return say("the time stands: {why}", why=why), None
        case happened.ClockStarted() if event.restarted or event.due is not None:
            words = (
                say("counted anew: {why}", why=why) if event.restarted else say("the time runs again: {why}", why=why)
            )
            return words, event.due
        case happened.ExtensionGranted():
            asked = case.extensions[event.extension - 1]
            return say("extended by {length}: {reason}", length=asked.length.text, reason=asked.reason), event.due
        case happened.ValuesCorrected() if event.due is not None:
            return say("what the limit hangs on was corrected: {reason}", reason=event.reason), event.due
        case happened.DeadlinesRecomputed() if event.case is not None:
            return say("reckoned anew by a new calendar"), event.case[1]
    return None


_WHY: Mapping[type, Words] = {
    happened.CaseResumed: say("the case goes on"),
    happened.SupplementAsked: say("a supplement was asked for"),
    happened.OpinionAsked: say("an opinion is awaited"),
    happened.OpinionGiven: say("the opinion came"),
    happened.OpinionLapsed: say("the time for the opinion was over"),
}
_CLOSED: Mapping[str, Words] = {
    "received": say("the supplement came in full"),
    "lapsed": say("the supplement did not come in time"),
    "dropped": say("the supplement is no longer needed"),
}


def _why(events: Sequence[happened.Event], case: Case) -> Words:
    """Say why the clock was touched by the command that made these happen."""
    for event in events:
        if isinstance(event, happened.CasePaused):
            basis = say(" ({basis})", basis=event.basis) if event.basis else ""
            return say("the case was paused: {reason}{basis}", reason=event.reason, basis=basis)
        if isinstance(event, happened.SupplementClosed):
            return _CLOSED[event.closing]
        if type(event) in _WHY:
            return _WHY[type(event)]
    if any(isinstance(event, happened.WorkFinished) and case.items[event.item - 1].restarts_clock for event in events):
        return say("what was returned has been done again")
    return say("only work whose time does not count is open, or no longer")


def history_lines(reading: Reading, case: Case, log: Sequence[Recorded]) -> Iterator[str]:
    """Yield the history of the due date as lines for people, then the count behind what is due now."""
    for turn in turns(case, log):
        due = say("due {due}", due=shown(reading, turn.due)) if turn.due is not None else say("no due date yet")
        yield f"{turn.seq:>4}  {shown(reading, turn.at)}  {turn.what.into(reading.lang)} — {due.into(reading.lang)}"
    yield from (f"      {words.into(reading.lang)}" for words in why_case(reading, case))
