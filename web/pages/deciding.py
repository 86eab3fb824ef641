"""A decision entered: who stands in for whom, who acts by delegation, who is appointed; in force with its day."""

from dataclasses import replace
from datetime import date

from engine import organising
from engine.refusal import Refusal
from procedures.organisation import Mandate, Post
from procedures.text import name_key
from procedures.values import ValueSaid, parse_date
from procedures.words import Words, say
from web.answers import Go, said, status_of
from web.forms import Form, Input, new_command
from web.pages import admin
from web.parts import Link, Page
from web.rows import MORE
from web.visit import Missing, Visit

PATH = admin.DECIDE
#: Which kind of decision the address asks for.
KIND, SUBSTITUTION, DELEGATION, APPOINTMENT = "loai", "thay-the", "thua-uy-quyen", "bo-nhiem"
KINDS: dict[str, Words] = {
    SUBSTITUTION: say("Substitution"),
    DELEGATION: say("Delegation"),
    APPOINTMENT: say("Appointment"),
}
_NUMBER, _WHOM, _WHO, _POSITION, _UNIT, _POSTS = "so", "thay-cho", "nguoi", "vi-tri", "don-vi", "chuc-vu"
_SINCE, _UNTIL, _PROCEDURES = "tu-ngay", "den-ngay", "quy-trinh"


def form(visit: Visit, _name: str) -> Page:
    """Return the form of a kind of decision; raises Missing for whoever may enter none."""
    return _form(visit, _kind(visit), Form({}), new_command())


def act(visit: Visit, _name: str, form: Form) -> Page | Go:
    """Record the decision and go back to where it stands; what does not hold stays in the form."""
    kind = _kind(visit)
    if MORE in form.fields:
        return _form(visit, kind, form, form.command)
    lacking = next((one for one in _inputs(visit, kind, form) if one.required and not form.one(one.name)), None)
    if lacking is not None:
        fault = visit.text(say("Fill in “{field}”.", field=lacking.label))
        return _form(visit, kind, form, form.command, (fault, lacking.name))
    days: dict[str, date | None] = {}
    for name in (_SINCE, _UNTIL):
        try:
            days[name] = parse_date(form.one(name)) if form.one(name) else None
        except ValueSaid as fault:
            return _form(visit, kind, form, form.command, (visit.text(fault.words), name))
    since, until = days[_SINCE], days[_UNTIL]
    if since is not None and until is not None and until < since:
        return _form(visit, kind, form, form.command, (visit.text(say("It ends before it begins.")), _UNTIL))
    if form.one(_WHO) not in dict(_people(visit)).values() or not _may_for(visit, kind, form.one(_WHOM)):
        raise Missing(say("there is no page {path}", path=visit.path))
    refusal = _recorded(visit, kind, form, since, until)
    if refusal is not None:
        field = _POSTS if any(form.all(_POSTS)) and refusal.nature == "incomplete" else _WHO
        return _form(visit, kind, form, form.command, (said(visit, refusal), field), status_of(refusal))
    if kind == APPOINTMENT:
        return Go(visit.link(f"{admin.PATH}/nguoi/{form.one(_WHO)}"))
    return Go(visit.link(PATH, {KIND: kind}) + "#h-mandates")


def may_decide(visit: Visit) -> bool:
    """Tell whether somebody may enter a decision: whoever administers, and heads for those of their units."""
    return visit.person is not None and (visit.administers or bool(_led(visit)))


def _recorded(visit: Visit, kind: str, form: Form, since: date | None, until: date | None) -> Refusal | None:
    agency, by, number = visit.agency, visit.person or "", form.one(_NUMBER)
    if kind == APPOINTMENT:
        post = Post(form.one(_POSITION), form.one(_UNIT), since, until, number)
        return organising.appoint(agency, form.one(_WHO), post, by, visit.now, visit.address)
    mandate = Mandate(
        number,
        "substitution" if kind == SUBSTITUTION else "delegation",
        form.one(_WHOM),
        form.one(_WHO),
        tuple(_post(one) for one in form.all(_POSTS) if one),
        since,
        until,
        tuple(one for one in form.all(_PROCEDURES) if one),
    )
    return organising.pass_on(agency, mandate, by, visit.now, visit.address)


def _post(text: str) -> Post:
    position, _, unit = text.partition(",")
    return Post(position.strip(), unit.strip())


def _kind(visit: Visit) -> str:
    kind = visit.asked(KIND) or SUBSTITUTION
    if not may_decide(visit) or kind not in KINDS or (kind == APPOINTMENT and not visit.administers):
        raise Missing(say("there is no page {path}", path=visit.path))
    return kind


def _led(visit: Visit) -> set[str]:
    """Return the accounts of whoever holds a post today in a unit that whoever is in heads, themselves among them."""
    organisation, today = visit.agency.organisation, visit.today.date()
    led = {
        unit.name
        for unit in organisation.units
        if any(one.account == visit.person and one.mandate is None for one in organisation.heads(unit.name, today))
    }
    return {person.id for person, unit in organisation.placed(today) if unit in led}


def _may_for(visit: Visit, kind: str, whom: str) -> bool:
    return kind == APPOINTMENT or whom in dict(_principals(visit)).values()


def _people(visit: Visit) -> tuple[tuple[str, str], ...]:
    people = sorted(visit.agency.organisation.people, key=lambda one: name_key(one.name))
    return tuple((f"{one.name} ({one.id})", one.id) for one in people)


def _principals(visit: Visit) -> tuple[tuple[str, str], ...]:
    led = None if visit.administers else _led(visit)
    return tuple((text, account) for text, account in _people(visit) if led is None or account in led)


def _inputs(visit: Visit, kind: str, form: Form) -> list[Input]:
    nobody, organisation = (("—", ""),), visit.agency.organisation
    day = visit.text(say("For example 05/03/2026."))
    positions = sorted(organisation.positions())
    units = tuple((one.name, one.name) for one in organisation.units)
    asked = [
        Input(_NUMBER, visit.text(say("Number of the decision")), required=True, hint=visit.text(say("As on paper.")))
    ]
    if kind == APPOINTMENT:
        asked += [
            Input(
                _WHO, visit.text(say("Who is appointed")), "choice", required=True, choices=(*nobody, *_people(visit))
            ),
            Input(_POSITION, visit.text(say("Position")), required=True, hint="; ".join(positions[:3]) + "…"),
            Input(_UNIT, visit.text(say("Unit")), "choice", required=True, choices=(*nobody, *units)),
        ]
    else:
        posts = sorted({f"{post.position}, {post.unit}" for one in organisation.people for post in one.posts})
        codes = tuple(dict.fromkeys(one.code for one in visit.agency.shelf.all()))
        whole = say("One in each row; with none it is about everything the person holds.")
        asked += [
            Input(
                _WHOM, visit.text(say("On behalf of")), "choice", required=True, choices=(*nobody, *_principals(visit))
            ),
            Input(_WHO, visit.text(say("Who acts")), "choice", required=True, choices=(*nobody, *_people(visit))),
            _rows(_POSTS, visit.text(say("In which posts")), visit.text(whole), tuple(posts), form),
            _rows(_PROCEDURES, visit.text(say("Only in these procedures")), "", codes, form),
        ]
    asked += [
        Input(_SINCE, visit.text(say("From day")), required=True, hint=day),
        Input(_UNTIL, visit.text(say("Until day")), required=kind != APPOINTMENT, hint=day),
    ]
    return [one if one.kind == "rows" else replace(one, value=form.one(one.name)) for one in asked]


def _rows(name: str, label: str, hint: str, known: tuple[str, ...], form: Form) -> Input:
    typed = tuple(one for one in form.all(name) if one)
    return Input(name, label, "rows", hint=hint, choices=tuple((one, one) for one in known), chosen=(*typed, "", ""))


def _form(
    visit: Visit, kind: str, form: Form, command: str, fault: tuple[str, str] = ("", ""), status: int = 422
) -> Page:
    inputs = _inputs(visit, kind, form)
    offered = [one for one in KINDS if one != APPOINTMENT or visit.administers]
    shows = {
        "kinds": [Link(visit.text(KINDS[one]), visit.link(PATH, {KIND: one}), here=one == kind) for one in offered],
        "inputs": [replace(one, fault=fault[0] if one.name == fault[1] else "") for one in inputs],
        "command": command,
        "faults": [fault] if fault[0] else [],
        "mandates": admin.mandates(visit),
        "action": visit.link(PATH, {KIND: kind}),
        "back": Link(visit.text(say("Administration")), visit.link(admin.PATH))
        if visit.administers
        else Link(visit.text(say("Open work")), visit.link("/viec")),
    }
    return Page("deciding.html", visit.text(say("Record a decision")), shows, status if fault[0] else 200)
