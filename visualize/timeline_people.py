"""The sentences of a timeline about people and records: begun, handed over, called back, corrected, opened again."""

from engine import events as happened
from engine.case import Case
from procedures.model import Procedure
from procedures.words import Words, say
from visualize.case_words import Reading, name_of, shown
from visualize.said import said, step_of


@said.register
def _(event: happened.WorkStarted, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    return say("began with “{step}”", step=step_of(case, procedure, event.item))


@said.register
def _(event: happened.WorkReassigned, case: Case, procedure: Procedure, reading: Reading) -> Words:
    step, to = step_of(case, procedure, event.item), name_of(reading, event.to)
    words = say("gave “{step}” to {to}: {reason}", step=step, to=to, reason=event.reason)
    if event.head_on_behalf_of is None:
        return words
    return say("{said}, ordered on behalf of {whom}", said=words, whom=name_of(reading, event.head_on_behalf_of))


@said.register
def _(event: happened.WorkRecalled, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    return say("took “{step}” back: {reason}", step=step_of(case, procedure, event.item), reason=event.reason)


@said.register
def _(event: happened.TaskGiven, case: Case, procedure: Procedure, reading: Reading) -> Words:
    to, step = name_of(reading, event.to), step_of(case, procedure, event.item)
    words = say("asked {to} at “{step}” (task {task}): {what}", to=to, step=step, task=event.task, what=event.what)
    return words if event.due is None else say("{said} (due {due})", said=words, due=shown(reading, event.due))


@said.register
def _(event: happened.TaskFinished, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    step = step_of(case, procedure, event.item)
    return say("finished task {task} at “{step}”: {report}", task=event.task, step=step, report=event.report)


@said.register
def _(event: happened.TaskCancelled, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    step = step_of(case, procedure, event.item)
    return say("took task {task} at “{step}” back: {reason}", task=event.task, step=step, reason=event.reason)


@said.register
def _(event: happened.ValuesCorrected, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    names, of = ", ".join(one.name for one in event.entered), ", ".join(str(seq) for seq in event.of)
    words = say("corrected {names} (of event {of}): {reason}", names=names, of=of, reason=event.reason)
    return words if event.due is None else say("{said} (due {due})", said=words, due=shown(reading, event.due))


@said.register
def _(event: happened.RecordCorrected, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    return say("corrected event {of}: {says} ({reason})", of=event.of, says=event.says, reason=event.reason)


@said.register
def _(event: happened.CaseReopened, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    return say("opened the case again: {reason}", reason=event.reason)


@said.register
def _(event: happened.CaseRehomed, case: Case, procedure: Procedure, reading: Reading) -> Words:  # noqa: ARG001
    moves = "; ".join(f"{old} → {new}" for old, new in event.units)
    return say("open work went over: {moves} ({decisions})", moves=moves, decisions=", ".join(event.decisions) or "—")
