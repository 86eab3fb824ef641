"""Decisions about the record of a case: what may be erased, by whom, and not before its time."""

from engine.commands import MACHINE, EraseValues
from engine.decisions.family import decide_on
from engine.decisions.looking import who
from engine.draft import Draft
from engine.events import ValuesErased
from engine.log import without
from engine.refusal import Refusal
from engine.refusals.entering import ReasonNeeded
from engine.refusals.keeping import (
    AlreadyDestroyed,
    BasisNeeded,
    ErasureNamesNothing,
    KeepingNotDeclared,
    KeptForEver,
    KeptUntil,
    MayNotErase,
    NoTextToErase,
    NothingToErase,
    NotOverYet,
)
from engine.retention import term_of
from engine.rights import head_of, told
from engine.texts import TITLE


@decide_on.register
def _(command: EraseValues, draft: Draft) -> Refusal | None:
    copied = _is_copied(command, draft)
    refused = _incomplete(command) or (None if copied else _too_early(command, draft))
    if refused is not None:
        return refused
    head = head_of(draft, draft.rules.procedure.owner_unit, command.actor)
    if head is None and not copied:
        return MayNotErase(who(draft, command.actor))
    if (missing := _missing(command, draft)) is not None:
        return missing
    whole = not command.names and not command.texts
    if whole and draft.case.destroyed_at is not None:
        return AlreadyDestroyed(draft.case_id, draft.case.destroyed_at)
    names = tuple(sorted(draft.values)) if whole else command.names
    erased = ValuesErased(
        names=names, texts=command.texts, reason=command.reason, basis=command.basis, whole=whole, **told(head)
    )
    if whole or command.texts:
        draft.redraw(without(draft.history(), erased))
    draft.happen(erased)
    return None


def _is_copied(command: EraseValues, draft: Draft) -> bool:
    """Tell whether a machine erases the title of a called case, because it repeats one that was erased.

    The title is all that it may erase, and nothing is asked of the called case, which need not have ended.
    """
    called = command.actor == MACHINE and draft.case.parent is not None
    return called and (command.names, command.texts) == ((), (TITLE,))


def _missing(command: EraseValues, draft: Draft) -> Refusal | None:
    """Return a refusal for the first value or text that is not there, or that stays where it is."""
    entered = _entered(draft) if command.names else set()
    for name in command.names:
        if name not in entered:
            return NothingToErase(draft.case_id, name)
    kept = {one.place for record in draft.history() for one in record.texts} if command.texts else set()
    for place in command.texts:
        if place not in kept:
            return NoTextToErase(draft.case_id, place)
    return None


def _entered(draft: Draft) -> set[str]:
    """Return the names of all values that the case still keeps: of files, and of each of several who entered one, too.

    The log tells them all: the procedure may declare some no more, and declares the value of one of several once.
    """
    kept: set[str] = set()
    for event in (record.event for record in draft.history()):
        kept |= {said.name for said in getattr(event, "entered", ())}
        if isinstance(event, ValuesErased):
            kept = {name for name in kept if not event.erases(name)}
    return kept


def _incomplete(command: EraseValues) -> Refusal | None:
    if not all((*command.names, *command.texts)):
        return ErasureNamesNothing()
    if not command.reason.strip():
        return ReasonNeeded()
    return None if command.basis.strip() else BasisNeeded()


def _too_early(command: EraseValues, draft: Draft) -> Refusal | None:
    case = draft.case
    if case.ended_at is None:
        return NotOverYet(case.id)
    if command.names or command.texts:
        return None
    term = term_of(draft.rules.procedure)
    if term is None:
        return KeepingNotDeclared(case.id, case.procedure)
    until = term.until(draft.rules.today(case.ended_at))
    if until is None:
        return KeptForEver(case.id)
    return KeptUntil.to(case.id, until) if draft.today <= until else None
