"""Decisions about cases that another case has called."""

from engine.commands import MACHINE, EndCalledCase
from engine.decisions.ending import end_now
from engine.decisions.family import decide_on
from engine.decisions.looking import who
from engine.draft import Draft
from engine.events import CaseEnded
from engine.refusal import Refusal
from engine.refusals.access import OnlyTheSystem
from engine.refusals.together import NotCalled


@decide_on.register
def _(command: EndCalledCase, draft: Draft) -> Refusal | None:
    if command.actor != MACHINE:
        return OnlyTheSystem(who(draft, command.actor))
    if draft.case.parent is None:
        return NotCalled(draft.case_id)
    reason = f"{draft.case.parent[0]}: việc gọi quy trình này không còn chờ kết quả"
    end_now(draft, CaseEnded(result="dừng giải quyết", stopped=True, reason=reason))
    return None
