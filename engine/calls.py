"""Calls of other procedures: the case that a step waits for is opened once, and its end passes the step once."""

from collections.abc import Mapping
from datetime import datetime

from engine.case import Case
from engine.commands import MACHINE, AnswerErrand, OpenCase
from engine.handle import Done, handle, rules_for
from engine.refusal import Refusal
from engine.rules import Ground
from engine.store import Store
from procedures.model import Step


def follow(store: Store, ground: Ground, now: datetime, series: Mapping[str, str]) -> list[Done]:
    """Open what waiting steps call, pass those whose case has ended; return what was newly done.

    `series` gives the number prefix of procedures whose cases have one of their own. However many look at once, each
    call is opened and answered once, because a command's id says which one it is about.
    """
    with store.reading() as reader:
        waiting = reader.calls()
    answers: list[Done | Refusal] = []
    for case_id, number in waiting:
        answers += _follow(store, ground, now, (case_id, number), series)
    return [answer for answer in answers if isinstance(answer, Done) and not answer.repeated]


def _follow(
    store: Store, ground: Ground, now: datetime, waiting: tuple[str, int], series: Mapping[str, str]
) -> list[Done | Refusal]:
    case = _case(store, waiting[0])
    item = case.item(waiting[1]) if case is not None else None
    if case is None or item is None:
        return []
    step = rules_for(case, ground).procedure.step(item.step)
    opened = handle(_opening(case, step, waiting, series), store=store, ground=ground, now=now)
    called = _case(store, opened.case) if isinstance(opened, Done) else None
    if called is None or not called.over:
        return [opened]
    answer = AnswerErrand(
        id=f"answer/{waiting[0]}/{waiting[1]}",
        actor=MACHINE,
        case=waiting[0],
        item=waiting[1],
        outcome=_outcome(step, called),
    )
    return [opened, handle(answer, store=store, ground=ground, now=now)]


def _opening(case: Case, step: Step, waiting: tuple[str, int], series: Mapping[str, str]) -> OpenCase:
    code = step.call or ""
    return OpenCase(
        id=f"call/{waiting[0]}/{waiting[1]}",
        actor=MACHINE,
        procedure=code,
        title=f"{case.title} ({case.id})",
        unit=case.unit,
        series=series.get(code, "HS"),
        parent=waiting,
    )


def _outcome(step: Step, called: Case) -> str | None:
    """Return the outcome that has the name of the called case's result; a step with one outcome needs none."""
    return called.result if called.result and step.outcome(called.result) is not None else None


def _case(store: Store, case_id: str) -> Case | None:
    with store.reading() as reader:
        held = reader.held(case_id)
    return held.case if held is not None else None
