"""Looking at what a command is about: its item, step, outcome, and whether it can be acted on now."""

from engine.case import Item, ItemStatus
from engine.commands import MACHINE, AnswerErrand, FireTimer
from engine.draft import Draft
from engine.posts import name_of
from engine.refusal import Refusal
from engine.refusals.access import OnlyTheSystem
from engine.refusals.work import (
    AlreadyDone,
    AlreadyTaken,
    NoLongerNeeded,
    NotForPeople,
    NotWaitingForThis,
    OutcomeNeeded,
    UnknownItem,
    UnknownOutcome,
)
from engine.rights import may_do
from procedures.model import Outcome, Step


def workable(draft: Draft, number: int) -> Item | Refusal:
    """Return an item that a person can act on, or why nobody can."""
    item = live(draft, number)
    if isinstance(item, Item) and item.waits_for != "work":
        return NotForPeople(step_of(draft, item).name)
    return item


def leavable(draft: Draft, number: int) -> Item | Refusal:
    """Return an item that a person can go on without: work, or what a machine or another case has to do."""
    item = live(draft, number)
    if isinstance(item, Item) and item.waits_for == "delay":
        return NotForPeople(step_of(draft, item).name)
    return item


def waiting(draft: Draft, command: FireTimer | AnswerErrand, *kinds: str) -> Item | Refusal:
    """Return an item that waits for one of these kinds of machine, or why it does not."""
    if command.actor != MACHINE:
        return OnlyTheSystem(who(draft, command.actor))
    item = live(draft, command.item)
    if isinstance(item, Item) and item.waits_for not in kinds:
        return NotWaitingForThis(step_of(draft, item).name)
    return item


def timed(draft: Draft, command: FireTimer) -> Item | Refusal:
    """Return an item that a timer acts on, or why none does."""
    if command.actor != MACHINE:
        return OnlyTheSystem(who(draft, command.actor))
    item = live(draft, command.item)
    if isinstance(item, Item) and item.timer is None:
        return NotWaitingForThis(step_of(draft, item).name)
    return item


def live(draft: Draft, number: int) -> Item | Refusal:
    """Return an item that still waits for something, or why it does not."""
    item = draft.case.item(number)
    if item is None:
        return UnknownItem(draft.case_id, number)
    if item.status is ItemStatus.CANCELLED:
        return NoLongerNeeded(step_of(draft, item).name, item.finished_at)
    if not item.live:
        return AlreadyDone(step_of(draft, item).name, who(draft, item.assignee), item.finished_at)
    return item


def mine(item: Item, actor: str) -> bool:
    """Tell whether `actor` has an item in hand."""
    return item.status is ItemStatus.CLAIMED and item.assignee == actor


def in_other_hands(draft: Draft, item: Item, actor: str) -> AlreadyTaken | None:
    """Return that somebody else has an item in hand; whoever may not do it any more has nothing in hand."""
    if item.status is not ItemStatus.CLAIMED or item.assignee == actor:
        return None
    return taken(draft, item) if may_do(draft, item, item.assignee or "") is None else None


def taken(draft: Draft, item: Item) -> AlreadyTaken:
    """Return the refusal that tells who has the item."""
    return AlreadyTaken(step_of(draft, item).name, who(draft, item.assignee), item.claimed_at)


def outcome_of(step: Step, label: str | None) -> Outcome | Refusal:
    """Return the outcome of a step that is meant; the only one needs no name."""
    choices = step.choices
    if label is None and len(choices) == 1:
        return choices[0]
    for outcome in choices:
        if outcome.label == label:
            return outcome
    labels = ", ".join([outcome.label for outcome in choices])
    return OutcomeNeeded(step.name, labels) if label is None else UnknownOutcome(step.name, label, labels)


def who(draft: Draft, account: str | None) -> str:
    """Return the name of whoever has an account."""
    return name_of(draft.rules.organisation, account)


def step_of(draft: Draft, item: Item) -> Step:
    """Return the step that an item is an attempt at."""
    return draft.rules.plan.steps[item.step]
