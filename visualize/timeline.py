"""The timeline of a case: what happened, in sentences, oldest first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from engine import events as happened
from engine.case import Case
from engine.commands import BreachKind
from engine.events.by_right import ByRight
from engine.handle import rules_for
from engine.log import Recorded
from engine.renaming import named_now
from procedures.model import Procedure
from procedures.words import Words, say
from visualize import timeline_people, timeline_time, timeline_together
from visualize.case_words import Reading, name_of, shown
from visualize.own_words import field_words
from visualize.said import on_behalf, said, step_of

__all__ = ["Entry", "entries", "timeline_people", "timeline_time", "timeline_together"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a timeline: the number of its event, the instant (aware), who did it by name, and what."""

    seq: int
    at: datetime
    who: str
    what: Words


def entries(reading: Reading, case: Case, log: Sequence[Recorded]) -> Iterator[Entry]:
    """Yield one entry an event, oldest first."""
    procedure = rules_for(case, reading.agency).procedure
    for record, event in zip(log, named_now(log), strict=True):
        words = said(event, case, procedure, reading)
        words = on_behalf(words, event, reading) if isinstance(event, ByRight) else words
        yield Entry(record.seq, record.at, name_of(reading, record.actor), words)


@said.register
def _(event: happened.CaseOpened, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    words = say("opened the case, due {due}", due=shown(reading, event.due))
    if event.again is not None:
        words = say("{said}; another of the same: {why}", said=words, why=event.again)
    return words


@said.register
def _(event: happened.WorkOpened, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    step = procedure.step(event.step).name
    return say(
        "→ [{item}] {step}, for {role}, due {due}",
        item=event.item,
        step=step,
        role=name_of(reading, event.member) if event.member else event.role or "—",
        due=shown(reading, event.due),
    )


@said.register
def _(event: happened.WorkClaimed, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    return say("took “{step}”", step=step_of(case, procedure, event.item))


@said.register
def _(event: happened.WorkReleased, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    step = step_of(case, procedure, event.item)
    if event.reason:
        return say("gave back “{step}”: {reason}", step=step, reason=event.reason)
    return say("gave back “{step}”", step=step)


@said.register
def _(event: happened.WorkFinished, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    step = step_of(case, procedure, event.item)
    if event.returned_to:
        back = procedure.step(event.returned_to).name
        words = say("returned from “{step}” to “{back}”: {reason}", step=step, back=back, reason=event.reason or "—")
    elif event.skipped:
        words = say("left out “{step}”, “{outcome}”: {reason}", step=step, outcome=event.outcome, reason=event.reason)
    else:
        words = say("finished “{step}”: {outcome}", step=step, outcome=event.outcome)
    return words


@said.register
def _(event: happened.StepPassed, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    step = procedure.step(event.step)
    if step.several is not None and event.outcome is not None:
        return say("“{step}” came out together: {outcome}", step=step.name, outcome=event.outcome)
    return say("all arrived at “{step}”", step=step.name)


@said.register
def _(event: happened.WorkCancelled, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    return say("“{step}” is no longer needed", step=step_of(case, procedure, event.item))


@said.register
def _(event: happened.CasePaused, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    if event.basis:
        return say("paused the case: {reason} (basis: {basis})", reason=event.reason, basis=event.basis)
    return say("paused the case: {reason}", reason=event.reason)


@said.register
def _(event: happened.CaseResumed, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    return say("resumed the case")


@said.register
def _(event: happened.ClockStopped, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    return say("the time no longer counts")


@said.register
def _(event: happened.ClockStarted, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    return say("the time counts again; due {due}", due=shown(reading, event.due))


@said.register
def _(event: happened.DeadlinesRecomputed, case: Case, procedure: Procedure, reading: Reading) -> Words:
    moved = [(say("the case"), *event.case)] if event.case is not None else []
    moved += [
        (Words("“{step}”", {"step": step_of(case, procedure, number)}), was, due) for number, was, due in event.items
    ]
    moved += [(Words("“{part}”", {"part": name}), was, due) for _, name, was, due in event.parts]
    moved += [
        (Words("“{phase}”", {"phase": case.phases[number - 1].label}), was, due) for number, was, due in event.phases
    ]
    moved += [(say("the closing of a silent case"), was, due) for _, was, due in event.supplements]
    moved += [(say("opinion {number}", number=number), was, due) for number, was, due in event.opinions]
    told = [
        say("{what} {due}, before {was}", what=what, due=shown(reading, due), was=shown(reading, was))
        for what, was, due in moved
    ]
    if not told:
        return say("the case counts by a new calendar; nothing is due at another time")
    return say("due by the new calendar: {dues}", dues="; ".join(one.into(reading.lang) for one in told))


@said.register
def _(event: happened.CaseEnded, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    if event.reason:
        return say("the case ended: {result}: {reason}", result=event.result, reason=event.reason)
    return say("the case ended: {result}", result=event.result)


@said.register
def _(event: happened.BreachRecorded, case: Case, procedure: Procedure, reading: Reading) -> Words:
    told = _BREACHES.get(event.breach, event.breach)
    if event.breach in {"late_phase", "late_part"}:
        told = say("{kind} “{part}”", kind=told, part=event.part)
    if event.lacks:
        told = say("{kind}: {lacks}", kind=told, lacks="; ".join(event.lacks))
    if event.item is None:
        words = say("breach: {kind}", kind=told)
    else:
        words = say("breach at “{step}”: {kind}", step=step_of(case, procedure, event.item), kind=told)
    if event.due is not None:
        words = say("{said} (due {due})", said=words, due=shown(reading, event.due))
    names = ", ".join(name_of(reading, account) for account in event.told)
    return say("{said}; told: {names}", said=words, names=names) if names else words


@said.register
def _(event: happened.CaseMigrated, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    return say("moved the case to issue {issue}: {reason}", issue=event.issue, reason=event.reason)


@said.register
def _(event: happened.ValuesErased, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    if event.whole:
        return say("destroyed the record: {reason} (basis: {basis})", reason=event.reason, basis=event.basis)
    names = ", ".join((*event.names, *(field_words(place).into(reading.lang) for place in event.texts)))
    return say("erased {names}: {reason} (basis: {basis})", names=names, reason=event.reason, basis=event.basis)


@said.register
def _(event: happened.FileAttached, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    words = say("attached file {number} ({size} KB)", number=event.number, size=-(-event.size // 1024))
    return say("{said}: {form}", said=words, form=event.form) if event.form else words


#: What was breached, by the name it has in the log.
_BREACHES: Mapping[BreachKind, Words] = {
    "late_step": say("the step is late"),
    "late_case": say("the case is late"),
    "late_phase": say("late phase"),
    "late_part": say("late part"),
    "returned": say("returned more often than allowed"),
    "skipped": say("a step was left out"),
    "wrong_performer": say("done by somebody who may not do it"),
    "missing_record": say("a record is missing"),
    "extended_beyond_cap": say("extended beyond what is allowed"),
    "bypass": say("the procedure was bypassed"),
}
