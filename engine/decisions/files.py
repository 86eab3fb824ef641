"""Decisions about the files of a case."""

from engine.case import ItemStatus
from engine.commands.files import NAME, AttachFile
from engine.decisions.family import decide_on
from engine.decisions.looking import taken, workable
from engine.draft import Draft, EnteredValue
from engine.entering import digest
from engine.events.entered import Entered
from engine.events.files import FileAttached
from engine.files import LARGEST_OF_CASE
from engine.refusal import Refusal
from engine.refusals.files import FilesTooMany
from engine.rights import may_do

_MB = 1024 * 1024


@decide_on.register
def _(command: AttachFile, draft: Draft) -> Refusal | None:
    item = workable(draft, command.item)
    if isinstance(item, Refusal):
        return item
    if item.status is ItemStatus.CLAIMED and item.assignee != command.actor:
        return taken(draft, item)
    refusal = may_do(draft, item, command.actor)
    if refusal is not None:
        return refusal
    if sum(file.size for file in draft.case.files) + command.size > LARGEST_OF_CASE * _MB:
        return FilesTooMany(draft.case_id, LARGEST_OF_CASE)
    number = len(draft.case.files) + 1
    kept = EnteredValue(f"{NAME} {number}", command.fields.get(NAME, ""), command.salt)
    draft.entered.append(kept)
    draft.happen(
        FileAttached(
            number=number,
            item=item.number,
            by=command.actor,
            digest=command.digest,
            size=command.size,
            type=command.type,
            entered=(Entered(name=kept.name, digest=digest(kept)),),
        )
    )
    return None
