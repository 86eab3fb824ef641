"""What somebody may do to a case now: asked of the engine itself, so that a page never offers what would be refused."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from engine import commands
from engine.case import Item
from engine.decide import decide
from engine.draft import Draft
from engine.entering import typed_values
from engine.handle import rules_for
from engine.refusal import Refusal
from engine.rights import may_do
from engine.store import Held
from procedures.words import Words, say
from web.forms import Form, new_command
from web.visit import Visit

#: What stands for a text that is asked for when the engine is asked whether it would be taken.
_ANYTHING = "…"
#: Who asks, which case and item, what the form says, and under which id.
Asking = Callable[[str, str, int, Form, str], commands.CaseCommand]


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be done to a case: its words, the texts it asks for by name, and the command it becomes.

    `of_item` acts are about a piece of work, the others about the whole case; `grave` ones cannot be undone.
    """

    key: str
    name: Words
    about: Words
    asking: Asking
    texts: Mapping[str, tuple[Words, bool]] = field(default_factory=dict)
    of_item: bool = False
    grave: bool = False


_REASON = {"ly-do": (say("Reason"), True)}
_BASIS = {"can-cu": (say("Basis: the document that says so"), False)}
ACTS: tuple[Act, ...] = (
    Act(
        "nhan",
        say("Take this work"),
        say("It goes on your own list; others with the same role no longer see it as free."),
        lambda who, case, item, _form, id_: commands.ClaimWork(id=id_, actor=who, case=case, item=item),
        of_item=True,
    ),
    Act(
        "tra-lai",
        say("Give this work back"),
        say("It is free again for everybody with the same role."),
        lambda who, case, item, _form, id_: commands.ReleaseWork(id=id_, actor=who, case=case, item=item),
        of_item=True,
    ),
    Act(
        "tam-dung",
        say("Pause the case"),
        say("The clock stands until the case is resumed; what was promised first stays visible."),
        lambda who, case, _item, form, id_: commands.PauseCase(
            id=id_, actor=who, case=case, reason=form.one("ly-do"), basis=form.one("can-cu") or None
        ),
        {**_REASON, **_BASIS},
    ),
    Act(
        "tiep-tuc",
        say("Resume the case"),
        say("The clock runs again; due dates move on by the working time of the pause."),
        lambda who, case, _item, _form, id_: commands.ResumeCase(id=id_, actor=who, case=case),
    ),
    Act(
        "rut",
        say("Withdraw the case"),
        say("The case ends without a result and its open work is cancelled."),
        lambda who, case, _item, form, id_: commands.WithdrawCase(
            id=id_, actor=who, case=case, reason=form.one("ly-do")
        ),
        _REASON,
        grave=True,
    ),
)


@dataclass(frozen=True, slots=True)
class Offer:
    """An act that would be taken; `item` is the number of the work it is about, 0 for the whole case."""

    act: Act
    item: int = 0


def offers(visit: Visit, held: Held) -> Iterator[Offer]:
    """Yield what whoever is in may do to a case now; nothing to a guest."""
    if visit.person is None:
        return
    for act in ACTS:
        items = [item.number for item in held.case.live_items] if act.of_item else [0]
        yield from (Offer(act, item) for item in items if _would(visit, held, act, item))


def may_finish(visit: Visit, held: Held, item: Item) -> Refusal | None:
    """Return why whoever is in may not do a piece of work, or None."""
    rules = rules_for(held.case, visit.agency)
    draft = Draft.on(rules, held.case, typed_values(rules.procedure, held), visit.now)
    return may_do(draft, item, visit.person or "")


def mine(visit: Visit, held: Held) -> list[Item]:
    """Return the open work of a case that whoever is in may do and nobody else has."""
    if visit.person is None or held.case.paused_at is not None:
        return []
    return [
        item
        for item in held.case.live_items
        if item.waits_for == "work"
        and (item.claimed_at is None or item.assignee == visit.person)
        and may_finish(visit, held, item) is None
    ]


def act_named(key: str) -> Act | None:
    """Return the act with this key."""
    return next((act for act in ACTS if act.key == key), None)


def _would(visit: Visit, held: Held, act: Act, item: int) -> bool:
    asked = Form(dict.fromkeys(act.texts, (_ANYTHING,)))
    command = act.asking(visit.person or "", held.case.id, item, asked, new_command())
    rules = rules_for(held.case, visit.agency)
    answer = decide(rules, held.case, typed_values(rules.procedure, held), command, visit.now)
    return isinstance(answer, Draft) and bool(answer.events)
