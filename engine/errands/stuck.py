"""Steps at which a case stands because no machine does them any more: parked after its tries, or dropped."""

from engine.case import Case
from engine.errands.errand import Status
from engine.stores import errands as queue
from engine.stores.sql import SqlReader
from procedures.words import Words, say


def stuck(reader: SqlReader, case: Case) -> list[tuple[int, Words]]:
    """Return the number of each live item that no machine does any more, with why and what can be done."""
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
