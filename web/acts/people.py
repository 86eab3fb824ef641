"""Acts about who does work: begin, hand over, call back, leave out, give and finish further tasks."""

from collections.abc import Iterable, Iterator

from engine.case import Case, ItemStatus
from engine.commands import (
    CancelTask,
    FinishTask,
    GiveTask,
    ReassignWork,
    RecallWork,
    RecordAbsence,
    SkipWork,
    StartWork,
)
from engine.handle import rules_for
from procedures.text import name_key
from procedures.words import Words, say
from web.acts.act import REASON, Act, Ask, Choices, each_item
from web.visit import Visit

#: A further task is told by its item and its own number in one.
_TASKS = 1_000


def _able(visit: Visit, case: Case, number: int) -> Choices:
    """Return who may do an item today, but for whoever has it, by name."""
    item = case.item(number)
    if item is None:
        return ()
    today, people = visit.today.date(), visit.agency.organisation
    found = {one.account for post in item.posts for one in people.candidates(post, today)} - {item.assignee}
    return _named(visit, found)


def _colleagues(visit: Visit, _case: Case, _number: int) -> Choices:
    """Return everybody who holds a post today, by name."""
    today = visit.today.date()
    people = visit.agency.organisation
    return _named(visit, {one.id for one in people.people if people.units_of(one.id, today)} - {visit.person})


def _named(visit: Visit, accounts: Iterable[str | None]) -> Choices:
    named = [(visit.name(account), account) for account in accounts if account]
    return tuple(sorted(named, key=lambda pair: name_key(pair[0])))


def _outcomes(visit: Visit, case: Case, number: int) -> Choices:
    item = case.item(number)
    if item is None:
        return ()
    step = rules_for(case, visit.agency).procedure.step(item.step)
    return tuple((one.label, one.label) for one in step.outcomes)


def _finished(case: Case) -> Iterable[int]:
    return (item.number for item in reversed(case.items) if item.status is ItemStatus.DONE)


def _tasks(case: Case) -> Iterable[int]:
    return (item.number * _TASKS + task.number for item in case.live_items for task in item.open_tasks)


def _about_task(_visit: Visit, case: Case, number: int) -> Iterator[tuple[Words, str]]:
    item = case.item(number // _TASKS)
    for task in item.open_tasks if item is not None else ():
        if task.number == number % _TASKS:
            yield say("What is to be done"), task.what


ACTS = (
    Act(
        "bat-dau",
        say("Begin this work"),
        say("From now on it counts as being worked on, not as waiting."),
        lambda given: given.make(StartWork, item=given.number),
        subjects=each_item,
    ),
    Act(
        "thu-hoi",
        say("Call back what you sent on"),
        say("Possible until whoever received it has acted. The step is open again, in your hands."),
        lambda given: given.make(RecallWork, item=given.number, reason=given.reason),
        (REASON,),
        _finished,
    ),
    Act(
        "giao-nguoi-khac",
        say("Hand over to somebody else"),
        say("As the head of the unit. Both names and the reason are put on record."),
        lambda given: given.make(ReassignWork, item=given.number, to=given.form.one("cho"), reason=given.reason),
        (Ask("cho", say("To whom"), "choice", among=_able), REASON),
        each_item,
    ),
    Act(
        "giao-them",
        say("Give a further task"),
        say("The step can be finished when the task is done or taken back."),
        lambda given: given.make(GiveTask, item=given.number, to=given.form.one("cho"), what=given.form.one("viec")),
        (Ask("cho", say("To whom"), "choice", among=_colleagues), Ask("viec", say("What is to be done"))),
        each_item,
    ),
    Act(
        "xong-viec-giao-them",
        say("Report a further task as done"),
        say("Say what came of it; it is put on record."),
        lambda given: given.make(
            FinishTask, item=given.number // _TASKS, task=given.number % _TASKS, report=given.form.one("ket-qua")
        ),
        (Ask("ket-qua", say("What came of it")),),
        _tasks,
        _about_task,
    ),
    Act(
        "rut-viec-giao-them",
        say("Take a further task back"),
        say("It need not be done any more."),
        lambda given: given.make(
            CancelTask, item=given.number // _TASKS, task=given.number % _TASKS, reason=given.reason
        ),
        (REASON,),
        _tasks,
        _about_task,
    ),
    Act(
        "vang-mat",
        say("Record an absence"),
        say("One of those who were called is absent; the others decide without them."),
        lambda given: given.make(RecordAbsence, item=given.number, reason=given.reason),
        (REASON,),
        each_item,
    ),
    Act(
        "bo-qua",
        say("Leave this step out"),
        say("It is put on record as a breach with the reason, and the case goes on as the outcome says."),
        lambda given: given.make(
            SkipWork, item=given.number, reason=given.reason, outcome=given.form.one("ket-qua") or None
        ),
        (Ask("ket-qua", say("Outcome"), "choice", among=_outcomes), REASON),
        each_item,
        grave=True,
    ),
)
