"""Ending a case before its way ends: by the applicant, by the agency, or because nothing came in time."""

from engine import clocks
from engine.draft import Draft
from engine.events import CaseEnded, CaseResumed, SupplementClosed, WorkCancelled
from engine.matters import Closing


def end_now(draft: Draft, ended: CaseEnded, closing: Closing = "dropped") -> None:
    """End the case where it stands: what was not late when its work stopped does not become late by ending."""
    case = draft.case
    stopped_at, awaited = case.work_stopped_at, case.supplement
    dues, parts = clocks.resumed_dues(draft, stopped_at) if stopped_at is not None else ((), ())
    if case.paused_at is not None:
        draft.happen(CaseResumed(dues=dues, parts=parts))
    if awaited is not None:
        dues, parts = (dues, parts) if awaited.holds_work else ((), ())
        draft.happen(SupplementClosed(supplement=awaited.number, closing=closing, dues=dues, parts=parts))
    clocks.start(draft)
    for item in draft.case.live_items:
        draft.happen(WorkCancelled(item=item.number))
    draft.happen(ended)
