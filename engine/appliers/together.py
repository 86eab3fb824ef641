"""What the answers of several who do a step together do to the state."""

from datetime import datetime

from engine import events as happened
from engine.appliers.family import apply, with_item
from engine.case import Case, ItemStatus


@apply.register
def _(event: happened.AnswerGiven, case: Case, at: datetime) -> Case:
    return with_item(
        case,
        event.item,
        status=ItemStatus.DONE,
        assignee=event.by,
        on_behalf_of=event.on_behalf_of,
        post=event.post,
        finished_at=at,
        outcome=event.outcome,
    )


@apply.register
def _(event: happened.AnswerMissed, case: Case, at: datetime) -> Case:
    return with_item(case, event.item, status=ItemStatus.CANCELLED, finished_at=at, absent=True)
