"""Doing something to a whole case or taking work in hand: one page asks for what is needed and says what it means."""

from engine.refusal import Refusal
from engine.refusals.entering import ReasonNeeded
from procedures.words import say
from web.answers import Go, said, status_of
from web.behind import CASES
from web.forms import Form, Input
from web.giving import done_link, give, since
from web.offers import Act, act_named
from web.parts import Page
from web.reading import held
from web.visit import Missing, Visit

ITEM = "viec"


def page(visit: Visit, name: str) -> Page | Go:
    """Return the page that asks."""
    return _asking(visit, name, _act(visit), Form({ITEM: (visit.asked(ITEM) or "",)}))


def act(visit: Visit, name: str, form: Form) -> Page | Go:
    """Do it, or say why not with everything kept."""
    doing, case = _act(visit), held(visit, name).case
    if visit.person is None:
        raise Missing(say("there is no case {case}", case=name))
    answer = give(visit, doing.asking(visit.person, case.id, _item(form), form, form.command))
    if isinstance(answer, Refusal):
        return _asking(visit, name, doing, form, answer)
    return Go(done_link(visit, answer, f"{CASES}/{case.id}"))


def _act(visit: Visit) -> Act:
    found = act_named(visit.parts.get("act", ""))
    if found is None:
        raise Missing(say("there is no such action"))
    return found


def _item(form: Form) -> int:
    told = form.one(ITEM)
    return int(told) if told.isdecimal() and len(told) < len("1000000") else 0


def _asking(visit: Visit, name: str, doing: Act, form: Form, refusal: Refusal | None = None) -> Page:
    fault = said(visit, refusal) if refusal is not None else ""
    lacking = next((key for key, (_, needed) in doing.texts.items() if needed and not form.one(key)), "")
    wrong = lacking if isinstance(refusal, ReasonNeeded) else ""
    shows = {
        "case": held(visit, name).case,
        "about": visit.text(doing.about),
        "grave": doing.grave,
        "inputs": [
            Input(key, visit.text(words), "text", form.one(key), needed, fault=fault if key == wrong else "")
            for key, (words, needed) in doing.texts.items()
        ],
        "command": form.command,
        "item": _item(form) or "",
        "faults": [(fault, wrong)] if fault else [],
        "since": since(visit, refusal) if refusal is not None else [],
    }
    return Page("conduct.html", visit.text(doing.name), shows, status_of(refusal) if refusal is not None else 200)
