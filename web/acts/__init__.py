"""What somebody may do to a case now: asked of the engine itself, so that a page never offers what would be refused."""

from collections.abc import Iterator
from dataclasses import dataclass

from engine.case import Item
from engine.decide import decide
from engine.draft import Draft
from engine.entering import typed_values
from engine.handle import rules_for
from engine.log import Recorded
from engine.refusal import Refusal
from engine.rights import may_do
from engine.store import Held
from web.acts import keeping, life, people, records, time, work
from web.acts.act import Act, Ask, Given
from web.forms import Form, new_command
from web.visit import Visit

__all__ = ["ACTS", "Act", "Ask", "Given", "Offer", "act_named", "may_finish", "mine", "offers", "takes"]

#: Every act there is, in the order in which a page offers them.
ACTS: tuple[Act, ...] = (*work.ACTS, *people.ACTS, *time.ACTS, *records.ACTS, *life.ACTS, *keeping.ACTS)


@dataclass(frozen=True, slots=True)
class Offer:
    """An act that would be taken, and the number of the part of the case it is about (0: the whole)."""

    act: Act
    number: int = 0


def offers(visit: Visit, held: Held) -> Iterator[Offer]:
    """Yield what whoever is in may do to a case now; nothing to a guest."""
    if visit.person is None:
        return
    for act in ACTS:
        yield from (Offer(act, number) for number in act.subjects(held.case) if _would(visit, held, act, number))


def takes(visit: Visit, held: Held, key: str) -> bool:
    """Tell whether the engine would take an act, about the case as a whole, from whoever is in."""
    act = act_named(key)
    return visit.person is not None and act is not None and _would(visit, held, act, 0)


def may_finish(visit: Visit, held: Held, item: Item) -> Refusal | None:
    """Return why whoever is in may not do a piece of work, or None."""
    rules = rules_for(held.case, visit.agency)
    draft = Draft.on(rules, held.case, typed_values(rules.procedure, held), visit.now)
    return may_do(draft, item, visit.person or "")


def mine(visit: Visit, held: Held) -> list[Item]:
    """Return the open work of a case that whoever is in may do and nobody else has."""
    if visit.person is None or held.case.work_stopped_at is not None:
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


def _would(visit: Visit, held: Held, act: Act, number: int) -> bool:
    asked = Form({ask.name: (ask.trial(visit, held.case, number),) for ask in act.asks})
    answer = tried(visit, held, act, number, asked)
    return isinstance(answer, Draft) and bool(answer.events)


def tried(visit: Visit, held: Held, act: Act, number: int, form: Form) -> Draft | Refusal:
    """Return what the engine would make of an act now; nothing is done."""
    command = act.command(Given(new_command(), visit.person or "", held.case, number, form))
    rules = rules_for(held.case, visit.agency)

    def history() -> list[Recorded]:
        with visit.agency.store.reading() as reader:
            return reader.log(held.case.id)

    return decide(rules, held.case, typed_values(rules.procedure, held), command, visit.now, history)
