"""Merging a nonconformity into another (QT-HT-04): the other exists, is still open, and is another."""

from engine.draft import Draft
from engine.events import WorkFinished
from engine.rules import Ground
from engine.store import Reader
from procedures.words import Words, say
from quality.entering import entered
from quality.fields import MERGED, MERGING
from quality.policy import HANDLING


def objection(draft: Draft, reader: Reader, ground: Ground) -> Words | None:  # noqa: ARG001 - as all objections are
    """Return what stands against the number into which a nonconformity is merged."""
    merging = any(isinstance(event, WorkFinished) and event.outcome == MERGING for event in draft.events)
    if not merging and not entered(draft, (MERGED,)):
        return None
    number = str(draft.values.get(MERGED, "")).strip()
    if not number:
        return say(
            "it is not told into which nonconformity this one is merged; enter its number as “{field}”", field=MERGED
        )
    if number == draft.case_id:
        return say("{number} cannot be merged into itself", number=number)
    held = reader.held(number)
    if held is None or held.case.procedure != HANDLING:
        return say("there is no nonconformity {number}", number=number)
    if merging and held.case.over:
        return say("{number} is closed; merge into one that is still open, or confirm this one", number=number)
    return None
