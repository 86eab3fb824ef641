"""What is one's own: the password, the visits everywhere, and the address of one's deadlines for a calendar program."""

from engine.accounts import SHORTEST
from engine.refusal import Refusal
from engine.refusals.signing_in import OldPasswordWrong
from engine.stores.accounts import Accounts
from engine.stores.tokens import Tokens
from procedures.words import say
from web.answers import Go, said
from web.calendar_feed import address
from web.forms import Form, Input
from web.pages import deciding
from web.pages.sign_in import HOME
from web.parts import Page
from web.visit import Visit

PATH = "/mat-khau"
CALENDAR = PATH + "/lich"
#: The button of the form that ends the address instead of making one.
END = "thu-hoi"
_OLD, _NEW, _AGAIN = "hien-tai", "moi", "nhac-lai"


def page(visit: Visit, _name: str) -> Page | Go:
    """Return the form."""
    return _form(visit, {}, 200)


def act(visit: Visit, _name: str, form: Form) -> Page | Go:
    """Change the password."""
    old, new, again = (form.fields.get(name, ("",))[0] for name in (_OLD, _NEW, _AGAIN))
    if new != again:
        return _form(visit, {_AGAIN: visit.text(say("The two new passwords differ."))}, 422)
    refused = Accounts(visit.agency.store).change_password(visit.person or "", old, new, visit.token, visit.now)
    if isinstance(refused, Refusal):
        return _form(visit, {_OLD if isinstance(refused, OldPasswordWrong) else _NEW: said(visit, refused)}, 422)
    return Go(visit.link(HOME))


def everywhere(visit: Visit, _name: str, _form: Form) -> Page | Go:
    """End all visits of whoever is in, this one too."""
    person = visit.person or ""
    Accounts(visit.agency.store).sign_out_everywhere(person, person, visit.now)
    return Go(visit.link("/dang-nhap"), token="")


def calendar(visit: Visit, _name: str, form: Form) -> Page | Go:
    """Give a new address of one's deadlines, shown this once, or let the present one lead nowhere."""
    person, tokens = visit.person or "", Tokens(visit.agency.store)
    if END in form.fields:
        tokens.end_calendar(person, visit.now)
        return Go(visit.link(PATH))
    made = tokens.calendar(person, visit.text(say("deadlines for a calendar")), visit.now)
    if isinstance(made, Refusal):
        return _form(visit, {_OLD: said(visit, made)}, 422)
    return _form(visit, {}, 200, address(visit, made))


def _form(visit: Visit, faults: dict[str, str], status: int, feed: str = "") -> Page:
    hint = visit.text(say("At least {count} characters; several words make a good one.", count=SHORTEST))
    inputs = [
        Input(_OLD, visit.text(say("Present password")), "password", required=True, fill="current-password"),
        Input(_NEW, visit.text(say("New password")), "password", required=True, hint=hint, fill="new-password"),
        Input(_AGAIN, visit.text(say("New password again")), "password", required=True, fill="new-password"),
    ]
    marked = [_marked(one, faults.get(one.name, "")) for one in inputs]
    told = [(fault, name) for name, fault in faults.items()]
    shows = {"inputs": marked, "faults": told, "must": visit.must_change, "feed": feed, "decide": _decide(visit)}
    return Page("password.html", visit.text(say("Change the password")), shows, status)


def _decide(visit: Visit) -> str:
    """Return where somebody enters decisions; empty for who may enter none."""
    return visit.link(deciding.PATH) if deciding.may_decide(visit) and not visit.must_change else ""


def _marked(one: Input, fault: str) -> Input:
    return Input(one.name, one.label, one.kind, required=True, hint=one.hint, fault=fault, fill=one.fill)
