"""Steps at which a case stands: no machine does them any more, or the case that they called came to nothing."""

from collections.abc import Iterator

from engine.calls import answers
from engine.case import Case
from engine.errands.errand import Status
from engine.stores import errands as queue
from engine.stores.sql import SqlReader
from procedures.model import Procedure
from procedures.words import Words, say


def stuck(reader: SqlReader, case: Case, procedure: Procedure) -> list[tuple[int, Words]]:
    """Return the number of each live item at which the case stands, with why and what can be done."""
    return [*_machines(reader, case), *_calls(reader, case, procedure)]


def _calls(reader: SqlReader, case: Case, procedure: Procedure) -> Iterator[tuple[int, Words]]:
    """Yield the items whose called case has ended with what is no way of their step."""
    waiting = {item.number: item.step for item in case.live_items if item.waits_for == "sub_case"}
    for name in reader.called_by(case.id) if waiting else ():
        held = reader.held(name)
        number = held.case.parent[1] if held is not None and held.case.parent is not None else 0
        step = procedure.step(waiting[number]) if number in waiting else None
        if held is None or step is None or not held.case.over or answers(step, held.case):
            continue
        yield (
            number,
            say(
                "stuck at “{step}”: {child}, which it called, ended with “{result}”, for which the step has no way; "
                "the head of {unit} goes on with  quytrinh case skip {case}",
                step=step.key,
                child=name,
                result=held.case.result,
                unit=procedure.owner_unit,
                case=case.id,
            ),
        )


def _machines(reader: SqlReader, case: Case) -> list[tuple[int, Words]]:
    waiting = {item.number: item.step for item in case.live_items if item.waits_for == "errand"}
    if not waiting:
        return []
    found = queue.listed(reader.connection, (Status.PARKED, Status.DROPPED), case.id)
    return [
        (errand.number, _said(waiting[errand.number], errand.key, errand.fault or "", errand.status))
        for errand in found
        if errand.number in waiting
    ]


def _said(step: str, key: str, fault: str, status: Status) -> Words:
    if status is Status.PARKED:
        return say(
            "stuck at “{step}”: {fault}; mend the cause, then  quytrinh errand retry {key}",
            step=step,
            fault=fault,
            key=key,
        )
    return say(
        "stuck at “{step}”: given up by {fault}; go on with  quytrinh errand retry {key}  or withdraw the case",
        step=step,
        fault=fault,
        key=key,
    )
