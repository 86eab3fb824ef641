"""Decisions about supplements: what is lacking, what came, and a case whose supplement never comes."""

from datetime import datetime

from engine import clocks
from engine.case import Item
from engine.commands import MACHINE, AnswerSupplement, LapseSupplement, RequestSupplement
from engine.course import Course, Length, length
from engine.decisions.ending import end_now
from engine.decisions.family import decide_on
from engine.decisions.looking import in_other_hands, who, workable
from engine.draft import Draft
from engine.events import CaseEnded, SupplementAnswered, SupplementAsked, SupplementClosed
from engine.matters import Supplement
from engine.refusal import Refusal
from engine.refusals.access import NotAParty, OnlyTheSystem
from engine.refusals.entering import ReasonNeeded
from engine.refusals.time import (
    NoSupplementAwaited,
    NoteNeeded,
    NotExpired,
    NothingLacking,
    SupplementAwaited,
    TooManySupplements,
)
from engine.rights import acting, has_work, told

#: How a case ends whose supplement never came.
NEVER_CAME = "không bổ sung hồ sơ"


@decide_on.register
def _(command: RequestSupplement, draft: Draft) -> Refusal | None:
    item, rule = workable(draft, command.item), draft.rules.procedure.supplements
    if not isinstance(item, Item):
        return item
    able = in_other_hands(draft, item, command.actor) or acting(draft, item, command.actor)
    refusal = able if isinstance(able, Refusal) else _may_ask(draft, command)
    if isinstance(able, Refusal) or refusal is not None:
        return refusal
    within = length(rule.close_after)
    draft.happen(
        SupplementAsked(
            supplement=len(draft.case.supplements) + 1,
            item=item.number,
            by=command.actor,
            lacking=tuple(one.strip() for one in command.lacking),
            reason=command.reason,
            clock=rule.clock,
            expires=_expires(draft, within),
            within=within,
            **told(able),
        )
    )
    clocks.keep(draft)
    return None


def _expires(draft: Draft, within: Length | None) -> datetime | None:
    """Return when a case is closed from which nothing comes, by the law (C1); None where that is not declared."""
    return None if within is None else clocks.course_due(Course(since=draft.now, within=within), draft.rules.calendar)


def _may_ask(draft: Draft, command: RequestSupplement) -> Refusal | None:
    lacking = [one.strip() for one in command.lacking]
    if not lacking or not all(lacking) or len(set(lacking)) < len(lacking):
        return NothingLacking()
    if not command.reason.strip():
        return ReasonNeeded()
    awaited, asked = draft.case.supplement, len(draft.case.supplements)
    if awaited is not None:
        return SupplementAwaited(draft.case_id, awaited.asked_at)
    return TooManySupplements(draft.case_id, asked) if asked >= draft.rules.procedure.supplements.at_most else None


@decide_on.register
def _(command: AnswerSupplement, draft: Draft) -> Refusal | None:
    awaited = draft.case.supplement
    if awaited is None:
        return NoSupplementAwaited(draft.case_id)
    if not has_work(draft, command.actor):
        return NotAParty(who(draft, command.actor), draft.case_id)
    if not command.full:
        note = (command.note or "").strip()
        if not note:
            return NoteNeeded()
        draft.happen(SupplementAnswered(supplement=awaited.number, note=note))
        return None
    _received(draft, awaited, command.note)
    return None


def _received(draft: Draft, awaited: Supplement, note: str | None) -> None:
    """Close a request that was answered in full, and let time go on by the declared policy."""
    if awaited.clock == "restart":
        dues, parts = clocks.restarted_dues(draft)
    elif awaited.clock == "pause":
        dues, parts = clocks.resumed_dues(draft, awaited.asked_at)
    else:
        dues, parts = (), ()
    draft.happen(SupplementClosed(supplement=awaited.number, closing="received", note=note, dues=dues, parts=parts))
    if awaited.clock == "restart":
        clocks.restart(draft)
    clocks.keep(draft)


@decide_on.register
def _(command: LapseSupplement, draft: Draft) -> Refusal | None:
    if command.actor != MACHINE:
        return OnlyTheSystem(who(draft, command.actor))
    awaited = draft.case.supplement
    if awaited is None or awaited.number != command.supplement or awaited.expires is None:
        return NoSupplementAwaited(draft.case_id)
    if draft.now <= awaited.expires:
        return NotExpired(awaited.expires)
    end_now(draft, CaseEnded(result=NEVER_CAME, stopped=True), "lapsed")
    return None
