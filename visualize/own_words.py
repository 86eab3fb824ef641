"""What people wrote in a case in their own words, named so that one of it can be chosen: what it is, when, by whom."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine import events as happened
from engine.case import Case
from engine.handle import rules_for
from engine.log import Recorded, decode
from engine.texts import clear_in, text_fields
from procedures.model import Procedure
from procedures.vietnamese import day
from procedures.words import Words, say
from visualize.case_words import Reading, name_of
from visualize.said import step_of


@dataclass(frozen=True, slots=True)
class OwnWords:
    """A text that is kept: its place in the log, what it is, the instant (aware), who wrote it by name, and itself."""

    place: str
    what: Words
    at: datetime
    who: str
    text: str


def own_words(reading: Reading, case: Case, log: Sequence[Recorded]) -> Iterator[OwnWords]:
    """Yield every text of a case that can be erased, oldest first."""
    procedure = rules_for(case, reading.agency).procedure
    for record in log:
        for one in record.texts:
            words = _named(reading, record, one.field, _step(record.event, case, procedure))
            yield OwnWords(one.place, words, record.at, name_of(reading, record.actor), one.text)


def in_the_log(reading: Reading, case: Case, log: Sequence[Recorded]) -> Iterator[Words]:
    """Yield what each text is that release 0.1.0 wrote into the log itself, where nothing can be erased."""
    procedure = rules_for(case, reading.agency).procedure
    for record in log:
        if text_fields(type(record.event)):
            step = _step(record.event, case, procedure)
            yield from (_named(reading, record, field, step) for field in clear_in(decode(record.body)))


def _named(reading: Reading, record: Recorded, field: str, step: str | None) -> Words:
    on = day(record.at.astimezone(reading.agency.calendar.zone))
    words = say("{what} of {day}", what=_called(record.event, field), day=on)
    return words if step is None else say("{what} (step “{step}”)", what=words, step=step)


def field_words(place: str) -> Words:
    """Say what stood at a place of the log, where nothing is known but the place."""
    seq, _, field = place.partition(".")
    return say("{what} in event {seq}", what=_FIELDS.get(field.partition(".")[0], field), seq=seq)


def _called(event: happened.Event, field: str) -> Words | str:
    name, _, number = field.partition(".")
    if name == "reason":
        if isinstance(event, happened.WorkFinished) and event.returned_to is not None:
            return say("reason of the return")
        return _REASONS.get(type(event), _FIELDS[name])
    words = _FIELDS.get(name, name)
    return say("{what}, number {number}", what=words, number=number) if number else words


def _step(event: happened.Event, case: Case, procedure: Procedure) -> str | None:
    number = getattr(event, "item", None)
    return step_of(case, procedure, number) if isinstance(number, int) else None


#: What the texts of events are, by field.
_FIELDS: Mapping[str, Words] = {
    "title": say("title of the case"),
    "again": say("reason for opening another of the same"),
    "reason": say("reason"),
    "says": say("what a correction says"),
    "note": say("note on a supplement"),
    "lacking": say("what the dossier lacks"),
    "apology": say("apology"),
    "question": say("question to a consultee"),
    "opinion": say("opinion"),
    "what": say("further task"),
    "report": say("report on a further task"),
}
#: What a reason is given for, where the event says it.
_REASONS: Mapping[type, Words] = {
    happened.WorkReleased: say("reason of giving work back"),
    happened.WorkReassigned: say("reason of giving work to another"),
    happened.WorkRecalled: say("reason of a recall"),
    happened.AnswerMissed: say("reason of an absence"),
    happened.TaskCancelled: say("reason of taking a task back"),
    happened.CasePaused: say("reason of a pause"),
    happened.CaseEnded: say("reason of the end"),
    happened.CaseMigrated: say("reason of going on under another issue"),
    happened.CaseReopened: say("reason of opening the case again"),
    happened.ValuesCorrected: say("reason of a correction"),
    happened.RecordCorrected: say("reason of a correction"),
    happened.SupplementAsked: say("reason of asking for supplements"),
    happened.ExtensionAsked: say("reason of asking for an extension"),
    happened.ExtensionRefused: say("reason of refusing an extension"),
}
