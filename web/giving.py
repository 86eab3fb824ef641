"""Giving a command to the engine from a page, and telling what came of it."""

from engine.carry_out import carry_out
from engine.commands import AnyCommand
from engine.handle import Done, rules_for
from engine.refusal import Refusal
from engine.refusals.life import StaleVersion
from procedures.words import say
from visualize.timeline import entries
from web import visit as v
from web.reading import held
from web.visit import Missing, Visit


def give(visit: Visit, command: AnyCommand) -> Done | Refusal:
    """Give a command as whoever is in, now."""
    return carry_out(visit.agency, command, visit.now)


def done_link(visit: Visit, done: Done, path: str) -> str:
    """Return the address of a page that says on top what was done; reading it again does nothing."""
    return visit.link(path, {v.DONE: f"{done.case}:{done.records[-1].seq}" if done.records else None})


def flash(visit: Visit) -> str:
    """Return what a page says on top of what was just done, from the log itself; empty when nothing was."""
    case_id, _, number = (visit.asked(v.DONE) or "").rpartition(":")
    if not case_id or not number.isdigit():
        return ""
    try:
        case = held(visit, case_id).case
    except Missing:
        return ""
    if case.over:
        return visit.text(say("{case} has ended: {result}.", case=case.id, result=case.result or "—"))
    procedure = rules_for(case, visit.agency).procedure
    open_now = [
        f"{procedure.number(item.step)}. {procedure.step(item.step).name}"
        + (f" ({visit.name(item.assignee)})" if item.assignee else "")
        for item in case.live_items
    ]
    return visit.text(say("{case} is now at: {steps}.", case=case.id, steps="; ".join(open_now)))


def since(visit: Visit, refusal: Refusal) -> list[str]:
    """Return who did what to a case since somebody looked, when that is why their command was refused."""
    if not isinstance(refusal, StaleVersion):
        return []
    case = held(visit, refusal.case).case
    with visit.agency.store.reading() as reader:
        log = reader.log(refusal.case)
    return [
        f"{visit.at(entry.at)} · {entry.who} · {visit.text(entry.what)}"
        for entry in entries(visit, case, log)
        if entry.seq > refusal.expected
    ]
