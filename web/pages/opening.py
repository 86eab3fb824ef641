"""Opening a case: which procedure, what has to be ready, and what it is about."""

from engine.commands import OpenCase
from engine.posts import person_of, posts_for, posts_of
from engine.refusal import Refusal
from engine.refusals.records import OpenedAlready
from engine.salts import fresh_salt
from procedures.model import Procedure
from procedures.shelf import Release, ShelfRefusal
from procedures.text import fold
from procedures.words import say
from web import visit as v
from web.answers import Go, said, status_of
from web.behind import CASES
from web.forms import Form, Input, new_command, sent_again_under
from web.giving import give
from web.parts import Page
from web.reading import held
from web.visit import Missing, Visit

PATH = "/ho-so/moi"
_TITLE, _UNIT, _AGAIN = "trich-yeu", "don-vi", "mo-them"


def page(visit: Visit, _name: str) -> Page:
    """Return the procedures that whoever is in may open, narrowed by what they look for."""
    wanted = fold(visit.asked(v.SEARCH) or "")
    found = [one for one in _openable(visit) if wanted in fold(f"{one.code} {one.procedure.name}")]
    shows = {
        "choices": [_choice(visit, one.procedure) for one in found],
        "search": visit.asked(v.SEARCH) or "",
        "narrowed": bool(wanted),
    }
    return Page("opening.html", visit.text(say("Open a case")), shows)


def form(visit: Visit, name: str) -> Page:
    """Return the form that opens a case of a procedure."""
    return _form(visit, _openable_named(visit, name).procedure, Form({}), new_command())


def act(visit: Visit, name: str, form: Form) -> Page | Go:
    """Open the case and go on to its first step."""
    procedure = _openable_named(visit, name).procedure
    title = form.one(_TITLE)
    if not title:
        return _form(visit, procedure, form, form.command, (visit.text(say("Say what the case is about.")), _TITLE))
    command = OpenCase(
        id=form.command,
        actor=visit.person or "",
        procedure=procedure.code,
        title=title,
        unit=form.one(_UNIT) or None,
        again=form.one(_AGAIN) or None,
        salt=fresh_salt(),
    )
    answer = give(visit, command)
    if isinstance(answer, Refusal):
        field = _AGAIN if isinstance(answer, OpenedAlready) else ""
        again = sent_again_under(form, answer)
        return _form(visit, procedure, form, again, (said(visit, answer), field), status_of(answer))
    mine = [item for item in held(visit, answer.case).case.live_items if item.assignee == visit.person]
    first = f"/buoc/{mine[0].number}" if mine else ""
    return Go(visit.link(f"{CASES}/{answer.case}{first}"))


def may_open(visit: Visit, code: str) -> bool:
    """Tell whether whoever is in may open a case of a procedure."""
    found = _current(visit, code) if visit.person is not None else None
    return found is not None and bool(_units(visit, found.procedure))


def _form(
    visit: Visit, procedure: Procedure, form: Form, command: str, fault: tuple[str, str] = ("", ""), status: int = 422
) -> Page:
    units = _units(visit, procedure)
    inputs = [
        Input(
            _TITLE,
            visit.text(say("What it is about")),
            value=form.one(_TITLE),
            required=True,
            hint=visit.text(say("In one line, as it will stand in lists and registers.")),
            fault=fault[0] if fault[1] == _TITLE else "",
        )
    ]
    if len(units) > 1:
        choices = tuple((unit, unit) for unit in units)
        inputs.append(Input(_UNIT, visit.text(say("For which unit")), "choice", form.one(_UNIT), choices=choices))
    if fault[1] == _AGAIN or form.one(_AGAIN):
        why, told = visit.text(say("Why another one is opened")), form.one(_AGAIN)
        inputs.append(Input(_AGAIN, why, value=told, required=True, fault=fault[0] if fault[1] == _AGAIN else ""))
    shows = {
        "procedure": _choice(visit, procedure),
        "inputs": inputs,
        "command": command,
        "faults": [fault] if fault[0] else [],
    }
    title = visit.text(say("Open a case of {code}", code=procedure.code))
    return Page("open_one.html", title, shows, status if fault[0] else 200)


def _choice(visit: Visit, procedure: Procedure) -> dict[str, object]:
    start = procedure.start
    forms = [f"{code} {next((one.name for one in procedure.forms if one.code == code), '')}" for code in start.forms]
    return {
        "code": procedure.code,
        "name": procedure.name,
        "within": procedure.within.text if procedure.within else "",
        "steps": len(procedure.steps),
        "forms": forms,
        "first": start.name,
        "href": visit.link(f"{PATH}/{procedure.code}"),
        "read": visit.link(f"/quy-trinh/{procedure.code}"),
    }


def _openable(visit: Visit) -> list[Release]:
    """Return the issues in force whose first step whoever is in may do in some unit of theirs."""
    if visit.person is None:
        return []
    today = visit.today.date()
    released = {one.code for one in visit.agency.shelf.all()}
    current = (_current(visit, code) for code in sorted(released))
    return [one for one in current if one is not None and _units(visit, one.procedure) and today >= one.effective_from]


def _openable_named(visit: Visit, code: str) -> Release:
    found = next((one for one in _openable(visit) if one.code == code), None)
    if found is None:
        raise Missing(say("there is no procedure {code} that you may open", code=code))
    return found


def _current(visit: Visit, code: str) -> Release | None:
    try:
        return visit.agency.shelf.current(code, visit.today.date())
    except ShelfRefusal:
        return None


def _units(visit: Visit, procedure: Procedure) -> list[str]:
    """Return the units in which whoever is in holds a post that may do the first step."""
    person = person_of(visit.agency.organisation, visit.person or "")
    if person is None:
        return []
    today, start = visit.today.date(), procedure.start
    held_posts = posts_of(visit.agency.organisation, person.id, today)
    return [
        unit
        for unit in visit.agency.organisation.units_of(person.id, today)
        if held_posts
        & set(posts_for(start, procedure, visit.agency.organisation, opener=person.id, unit=unit, on=today))
    ]
