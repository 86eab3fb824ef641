"""Doing something to a whole case or taking work in hand: one page asks for what is needed and says what it means."""

from engine.case import Case
from engine.refusal import Refusal
from procedures.words import say
from web.acts import Act, Ask, Given, act_named
from web.answers import Go, said, status_of
from web.behind import CASES
from web.forms import Form, Input, sent_again_under
from web.giving import done_link, give, since
from web.parts import Page
from web.reading import held
from web.visit import Missing, Visit

NUMBER = "so"


def page(visit: Visit, name: str) -> Page | Go:
    """Return the page that asks."""
    doing = _act(visit)
    told = {one: (visit.asked(one) or "",) for one in (NUMBER, *(ask.name for ask in doing.asks))}
    return _asking(visit, name, doing, Form(told))


def act(visit: Visit, name: str, form: Form) -> Page | Go:
    """Do it, or say why not with everything kept."""
    doing, case = _act(visit), held(visit, name).case
    if visit.person is None:
        raise Missing(say("there is no case {case}", case=name))
    answer = give(visit, doing.command(Given(form.command, visit.person, case, _number(form), form)))
    if isinstance(answer, Refusal):
        return _asking(visit, name, doing, form, answer)
    return Go(done_link(visit, answer, f"{CASES}/{case.id}"))


def _act(visit: Visit) -> Act:
    found = act_named(visit.parts.get("act", ""))
    if found is None:
        raise Missing(say("there is no such action"))
    return found


def _number(form: Form) -> int:
    told = form.one(NUMBER)
    return int(told) if told.isdecimal() and len(told) < len("1000000") else 0


def _asking(visit: Visit, name: str, doing: Act, form: Form, refusal: Refusal | None = None) -> Page:
    case, fault = held(visit, name).case, said(visit, refusal) if refusal is not None else ""
    lacking = next((ask.name for ask in doing.asks if ask.required and not form.one(ask.name)), "")
    wrong = lacking if refusal is not None and refusal.nature == "incomplete" else ""
    shows = {
        "case": case,
        "about": visit.text(doing.about),
        "grave": doing.grave,
        "reads": [(visit.text(words), text) for words, text in doing.reads(visit, case, _number(form))],
        "inputs": [_input(visit, ask, case, form, fault if ask.name == wrong else "") for ask in doing.asks],
        "command": sent_again_under(form, refusal),
        "number": _number(form) or "",
        "faults": [(fault, wrong)] if fault else [],
        "since": since(visit, refusal) if refusal is not None else [],
    }
    return Page("conduct.html", visit.text(doing.name), shows, status_of(refusal) if refusal is not None else 200)


def _input(visit: Visit, ask: Ask, case: Case, form: Form, fault: str) -> Input:
    return Input(
        ask.name,
        visit.text(ask.words),
        ask.kind,
        form.one(ask.name),
        ask.required,
        ask.offered(visit, case, _number(form)),
        visit.text(ask.hint) if ask.hint is not None else "",
        fault,
    )
