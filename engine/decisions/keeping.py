"""Decisions about the record of a case: what may be erased, by whom, and not before its time."""

from engine.commands import EraseValues
from engine.decisions.family import decide_on
from engine.decisions.looking import who
from engine.draft import Draft
from engine.events import ValuesErased
from engine.files import not_erased
from engine.refusal import Refusal
from engine.refusals.entering import ReasonNeeded
from engine.refusals.keeping import (
    AlreadyDestroyed,
    BasisNeeded,
    KeepingNotDeclared,
    KeptForEver,
    KeptUntil,
    MayNotErase,
    NothingToErase,
    NotOverYet,
)
from engine.retention import term_of
from engine.rights import head_of, told


@decide_on.register
def _(command: EraseValues, draft: Draft) -> Refusal | None:
    refused = _incomplete(command) or _too_early(command, draft)
    if refused is not None:
        return refused
    head = head_of(draft, draft.rules.procedure.owner_unit, command.actor)
    if head is None:
        return MayNotErase(who(draft, command.actor))
    for name in command.names:
        if name not in draft.values and name not in _names_of_files(draft):
            return NothingToErase(draft.case_id, name)
    whole = not command.names
    if whole and draft.case.destroyed_at is not None:
        return AlreadyDestroyed(draft.case_id, draft.case.destroyed_at)
    names = command.names or tuple(sorted(draft.values))
    draft.happen(ValuesErased(names=names, reason=command.reason, basis=command.basis, whole=whole, **told(head)))
    return None


def _names_of_files(draft: Draft) -> set[str]:
    """Return under which names the names of the files that the case still has are entered."""
    kept = not_erased((record.seq, record.event) for record in draft.history())
    return {event.entered[0].name for _, event in kept}


def _incomplete(command: EraseValues) -> Refusal | None:
    if not command.reason.strip():
        return ReasonNeeded()
    return None if command.basis.strip() else BasisNeeded()


def _too_early(command: EraseValues, draft: Draft) -> Refusal | None:
    case = draft.case
    if case.ended_at is None:
        return NotOverYet(case.id)
    if command.names:
        return None
    term = term_of(draft.rules.procedure)
    if term is None:
        return KeepingNotDeclared(case.id, case.procedure)
    until = term.until(draft.rules.today(case.ended_at))
    if until is None:
        return KeptForEver(case.id)
    return KeptUntil.to(case.id, until) if draft.today <= until else None
