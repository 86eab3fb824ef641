"""Calls of other procedures: a called case is opened once, its end passes the step, the end of the call ends it."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from engine.case import Case, CaseStatus, Item
from engine.commands import MACHINE, AnswerErrand, EndCalledCase, OpenCase, RecordAbsence
from engine.handle import Done, handle, rules_for
from engine.refusal import Refusal
from engine.rules import Ground
from engine.salts import fresh_salt
from engine.store import Held, Store
from procedures.model import FieldSpec, FieldType, Procedure, Step
from procedures.values import from_text


def follow(store: Store, ground: Ground, now: datetime, series: Mapping[str, str]) -> list[Done]:
    """Open what waiting steps call, pass those whose case has ended, end cases that are no longer waited for.

    `series` gives the number prefix of procedures whose cases have one of their own. However many look at once, each
    call is opened, answered or ended once, because a command's id says which one it is about. Returns what was newly
    done.
    """
    with store.reading() as reader:
        waiting, left = reader.calls(), reader.orphans()
    answers: list[Done | Refusal] = []
    for case_id, number in waiting:
        answers += _follow(store, ground, now, (case_id, number), series)
    for child in left:
        ended = EndCalledCase(id=f"uncall/{child}", actor=MACHINE, case=child)
        answers.append(handle(ended, store=store, ground=ground, now=now))
    return [answer for answer in answers if isinstance(answer, Done) and not answer.repeated]


def _follow(
    store: Store, ground: Ground, now: datetime, waiting: tuple[str, int], series: Mapping[str, str]
) -> Iterator[Done | Refusal]:
    held = _held(store, waiting[0])
    item = held.case.item(waiting[1]) if held is not None else None
    if held is None or item is None:
        return
    procedure = rules_for(held.case, ground).procedure
    step, child = procedure.step(item.step), _child(store, waiting)
    if child is None:
        opening = _opening(held, procedure, step, waiting, series)
        opened = handle(opening, store=store, ground=ground, now=now)
        yield opened
        child = opened.case if isinstance(opened, Done) else None
    called = _held(store, child) if child is not None else None
    asked = _answer(held, item, called, ground) if called is not None and called.case.over else None
    if asked is not None:
        yield handle(asked, store=store, ground=ground, now=now)


def _answer(held: Held, item: Item, called: Held, ground: Ground) -> AnswerErrand | RecordAbsence | None:
    """Return what the end of a called case says to the step that waits: nothing where a person has to decide."""
    step = rules_for(held.case, ground).procedure.step(item.step)
    name, case, number = f"answer/{held.case.id}/{item.number}", held.case.id, item.number
    if not answers(step, called.case):
        nothing = f"{called.case.id}: {called.case.result}"
        absent = RecordAbsence(id=name, actor=MACHINE, case=case, item=number, reason=nothing)
        return absent if step.several is not None else None
    return AnswerErrand(
        id=name,
        actor=MACHINE,
        case=case,
        item=number,
        outcome=_outcome(step, called.case),
        fields=_brought(step, called, rules_for(called.case, ground).procedure),
        salt=fresh_salt(),
    )


def answers(step: Step, called: Case) -> bool:
    """Tell whether the end of a called case is an answer: its result is a way of the step, or all results are."""
    if _outcome(step, called) is not None:
        return True
    return called.status is CaseStatus.ENDED and len(step.choices) == 1


def _child(store: Store, waiting: tuple[str, int]) -> str | None:
    """Return the case that was opened for a call, if it has been."""
    with store.writing() as writer:
        receipt = writer.receipt(_name(waiting))
    return receipt.case if receipt is not None else None


def _name(waiting: tuple[str, int]) -> str:
    return f"call/{waiting[0]}/{waiting[1]}"


def _opening(
    held: Held, procedure: Procedure, step: Step, waiting: tuple[str, int], series: Mapping[str, str]
) -> OpenCase:
    code, item = step.call or "", held.case.items[waiting[1] - 1]
    handed = step.handover
    unit = item.member or (handed.unit if handed is not None else None) or held.case.unit
    gives = handed.gives if handed is not None else ()
    return OpenCase(
        id=_name(waiting),
        actor=MACHINE,
        procedure=code,
        title=f"{held.case.title} ({held.case.id})",
        unit=unit,
        fields=_as_entered(procedure, held, gives),
        salt=fresh_salt(),
        series=series.get(code, "HS"),
        parent=waiting,
    )


def _brought(step: Step, called: Held, procedure: Procedure) -> dict[str, str]:
    return _as_entered(procedure, called, step.handover.takes) if step.handover is not None else {}


def _as_entered(procedure: Procedure, held: Held, pairs: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return, by the name it has on the other side, each value that has been entered on this one."""
    specs = ((to, procedure.field(name), held.values.get(name)) for to, name in pairs)
    return {to: _spoken(spec, text) for to, spec, text in specs if spec is not None and text is not None}


def _spoken(spec: FieldSpec, text: str) -> str:
    """Return a stored value as somebody would enter it."""
    if spec.type is FieldType.YES_NO:
        return "có" if from_text(spec, text) else "không"
    return text.replace(".", ",") if spec.type in {FieldType.MONEY, FieldType.NUMBER} else text


def _outcome(step: Step, called: Case) -> str | None:
    """Return the outcome that has the name of the called case's result; a step with one outcome needs none."""
    return called.result if called.result and step.outcome(called.result) is not None else None


def _held(store: Store, case_id: str) -> Held | None:
    with store.reading() as reader:
        return reader.held(case_id)
