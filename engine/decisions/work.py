"""Decisions about work that people do: take, give back, finish."""

from engine.case import ItemStatus
from engine.commands import ClaimWork, FinishWork, ReleaseWork
from engine.decisions.family import decide_on
from engine.decisions.finishing import finish
from engine.decisions.looking import in_other_hands, mine, outcome_of, step_of, taken, workable
from engine.draft import Draft
from engine.events import (
    WorkClaimed,
    WorkReleased,
)
from engine.refusal import Refusal
from engine.refusals.work import (
    NotClaimed,
)
from engine.rights import acting, told


@decide_on.register
def _(command: ClaimWork, draft: Draft) -> Refusal | None:
    item = workable(draft, command.item)
    if isinstance(item, Refusal):
        return item
    if mine(item, command.actor):
        return None
    held = in_other_hands(draft, item, command.actor)
    if held is not None:
        return held
    able = acting(draft, item, command.actor, command.on_behalf_of)
    if isinstance(able, Refusal):
        return able
    draft.happen(WorkClaimed(item=item.number, by=command.actor, **told(able)))
    return None


@decide_on.register
def _(command: ReleaseWork, draft: Draft) -> Refusal | None:
    item = workable(draft, command.item)
    if isinstance(item, Refusal):
        return item
    if item.assignee is None or (item.status is not ItemStatus.CLAIMED and item.assignee != command.actor):
        return NotClaimed(step_of(draft, item).name)
    if item.assignee != command.actor:
        return taken(draft, item)
    draft.happen(WorkReleased(item=item.number, reason=command.reason))
    return None


@decide_on.register
def _(command: FinishWork, draft: Draft) -> Refusal | None:
    item = workable(draft, command.item)
    if isinstance(item, Refusal):
        return item
    held = in_other_hands(draft, item, command.actor)
    if held is not None:
        return held
    whom = item.on_behalf_of if mine(item, command.actor) else None
    able = acting(draft, item, command.actor, command.on_behalf_of or whom)
    if isinstance(able, Refusal):
        return able
    outcome = outcome_of(step_of(draft, item), command.outcome)
    return outcome if isinstance(outcome, Refusal) else finish(draft, item, outcome, command, able)
