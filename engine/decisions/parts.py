"""Decisions about the parts of a step that have a limit of their own."""

from engine.case import Item
from engine.commands import FinishPart
from engine.decisions.family import decide_on
from engine.decisions.looking import in_other_hands, step_of, workable
from engine.draft import Draft
from engine.events import PartFinished
from engine.refusal import Refusal
from engine.refusals.time import PartDone, UnknownPart
from engine.rights import may_do


@decide_on.register
def _(command: FinishPart, draft: Draft) -> Refusal | None:
    item = workable(draft, command.item)
    if not isinstance(item, Item):
        return item
    refusal = in_other_hands(draft, item, command.actor) or may_do(draft, item, command.actor)
    if refusal is not None:
        return refusal
    part = next((part for part in item.parts if part.name == command.part), None)
    if part is None:
        known = ", ".join(one.name for one in item.parts) or "—"
        return UnknownPart(step_of(draft, item).name, command.part, known)
    if part.done_at is not None:
        return PartDone(part.name, part.done_at)
    draft.happen(PartFinished(item=item.number, part=part.name))
    return None
