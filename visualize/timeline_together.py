"""The sentences of a timeline about what several do together: who answered what, who was absent."""

from engine import events as happened
from engine.case import Case
from procedures.model import Procedure
from procedures.words import Words, say
from visualize.case_words import Reading, name_of
from visualize.said import said, step_of


@said.register
def _(event: happened.AnswerGiven, case: Case, procedure: Procedure, reading: Reading) -> Words:
    step, member = step_of(case, procedure, event.item), _member(case, reading, event.item)
    return say("answered at “{step}” for {member}: {outcome}", step=step, member=member, outcome=event.outcome)


@said.register
def _(event: happened.AnswerMissed, case: Case, procedure: Procedure, reading: Reading) -> Words:
    step, member = step_of(case, procedure, event.item), _member(case, reading, event.item)
    if event.reason is None:
        return say("{member} did not answer at “{step}” in time", member=member, step=step)
    return say("{member} is absent at “{step}”: {reason}", member=member, step=step, reason=event.reason)


def _member(case: Case, reading: Reading, number: int) -> str:
    item = case.item(number)
    return name_of(reading, item.member) if item is not None else "—"
