"""A case as an answer: the JSON contract, and the same for people."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cli.desk import Desk
from engine.case import Case, Item
from engine.clocks.explaining import case_explanations, explained, item_explanations
from engine.errands.stuck import stuck
from engine.handle import rules_for
from engine.log import Recorded, encode
from engine.standing import standing_rules
from procedures.calendar.sentence import as_json
from procedures.words import say
from visualize.case_words import STATUS, item_words, name_of, shown, task_words, undecided, value_rows
from visualize.due_history import turns
from visualize.due_words import case_left, due_words, item_left, why_item
from visualize.matter_words import matter_words

if TYPE_CHECKING:
    from procedures.model import Procedure

__all__ = [
    "STATUS",
    "case_json",
    "case_lines",
    "due_words",
    "event_json",
    "history_json",
    "instant",
    "item_words",
    "name_of",
    "shown",
    "value_shown",
]


def case_json(desk: Desk, case: Case, records: Sequence[Recorded] = (), *, why: bool = False) -> dict[str, Any]:
    """Return a case in the form that scripts rely on; instants are ISO 8601 in the agency's zone.

    `why` adds the explanations of its dues day by day, the limit first, then each extension.
    """
    rules = rules_for(case, desk.agency)
    procedure = rules.procedure
    told: dict[str, Any] = {
        "case": case.id,
        "procedure": case.procedure,
        "issue": case.issue,
        "title": case.title,
        "status": case.status.value,
        "result": case.result,
        "version": case.version,
        "due": instant(desk, case.due),
        "promised": instant(desk, case.promised),
        "undecided": list(undecided(desk, case.due, case.opened_at)),
        "calendar": case.calendar,
        "open_items": [_item_json(desk, procedure, item) for item in case.live_items],
        **_matters_json(desk, case),
    }
    if why:
        rules = standing_rules(case, desk.agency)
        told["explanation"] = [as_json(one) for one in case_explanations(case, rules)]
        for item, said in zip(case.live_items, told["open_items"], strict=True):
            said["explanation"] = [as_json(one) for one in item_explanations(case, item, rules)]
    if records:
        told["events"] = [event_json(desk, record) for record in records]
    return told


def history_json(desk: Desk, case: Case, log: Sequence[Recorded]) -> dict[str, Any]:
    """Return, for scripts, what made, stopped and moved the due date of a case, and the count behind it in words."""
    told = [
        {"seq": turn.seq, "at": instant(desk, turn.at), "what": desk.text(turn.what), "due": instant(desk, turn.due)}
        for turn in turns(case, log)
    ]
    why = explained(case.course, standing_rules(case, desk.agency).calendar) if case.course is not None else ()
    return {"due_history": told, "due_explained": [desk.text(words) for words in why]}


def event_json(desk: Desk, record: Recorded) -> dict[str, Any]:
    """Return one record of a log for scripts."""
    import json

    return {
        "seq": record.seq,
        "at": instant(desk, record.at),
        "actor": record.actor,
        "command": record.command,
        "hash": record.hash,
        **json.loads(encode(record.event)),
    }


def case_lines(desk: Desk, case: Case, *, why: bool = False) -> list[str]:
    """Return a case as lines for people: what it is, where it stands, who has it, until when; `why` for each item."""
    procedure = rules_for(case, desk.agency).procedure
    status = desk.text(STATUS[case.status])
    lines = [
        f"{case.id}  {case.title}",
        desk.text(
            say(
                "{code} issue {issue} · {status} · version {version}",
                code=case.procedure,
                issue=case.issue,
                status=status,
                version=case.version,
            )
        ),
        desk.text(say("opened {at} by {who}", at=shown(desk, case.opened_at), who=name_of(desk, case.opener))),
    ]
    left = case_left(desk, case)
    if left is not None:
        lines.append(f"{desk.text(due_words(desk, case))} · {desk.text(left)}")
    if case.result is not None:
        lines.append(desk.text(say("result: {result}, {at}", result=case.result, at=shown(desk, case.ended_at))))
    for item in case.live_items:
        said, stands = desk.text(item_words(desk, procedure, item)), item_left(desk, case, item)
        lines.append(f"  {said} · {desk.text(stands)}" if stands else f"  {said}")
        lines += [f"      {desk.text(words)}" for words in (why_item(desk, case, item) if why else ())]
        lines += [f"      {desk.text(task_words(desk, task))}" for task in item.open_tasks]
    with desk.agency.store.reading() as reader:
        lines += [f"  ! [{number}] {desk.text(words)}" for number, words in stuck(reader, case, procedure)]
    lines += [f"  {desk.text(words)}" for words in matter_words(desk, case)]
    return lines


def instant(desk: Desk, at: datetime | None) -> str | None:
    """Return an instant for scripts, in the agency's zone."""
    return None if at is None else at.astimezone(desk.agency.calendar.zone).isoformat()


def value_shown(desk: Desk, case: Case, name: str, text: str) -> str:
    """Return a stored value as people write it."""
    spec = rules_for(case, desk.agency).procedure.field(name)
    return "; ".join(value_rows(desk, spec, text)) if spec is not None else text


def _matters_json(desk: Desk, case: Case) -> dict[str, Any]:
    """Return what goes on beside the steps, for scripts; what is not there is left out."""
    awaited = case.supplement
    told: dict[str, Any] = {
        "phases": [{"phase": run.label, "due": instant(desk, run.due)} for run in case.running_phases],
        "opinions": [
            {"number": one.number, "of": one.of, "due": instant(desk, one.due), "waits": one.waits}
            for one in case.consultations
            if one.open and not case.over
        ],
        "extensions": [
            {"number": one.number, "by": one.length.text, "granted": one.granted if not one.open else None}
            for one in case.extensions
        ],
    }
    if awaited is not None:
        asked, expires = instant(desk, awaited.asked_at), instant(desk, awaited.expires)
        told["supplement"] = {"lacking": list(awaited.lacking), "asked_at": asked, "closed_after": expires}
    return {name: part for name, part in told.items() if part}


def _item_json(desk: Desk, procedure: "Procedure", item: Item) -> dict[str, Any]:
    told: dict[str, Any] = {
        "item": item.number,
        "step": item.step,
        "attempt": item.attempt,
        "member": item.member,
        "role": item.role,
        "unit": item.unit,
        "assignee": item.assignee,
        "on_behalf_of": item.on_behalf_of,
        "due": instant(desk, item.due),
        "undecided": list(undecided(desk, item.due, item.opened_at, item.unit)),
        "outcomes": [outcome.label for outcome in procedure.step(item.step).choices],
    }
    if item.parts:
        told["parts"] = [
            {"part": part.name, "due": instant(desk, part.due), "done": part.done_at is not None} for part in item.parts
        ]
    return told
