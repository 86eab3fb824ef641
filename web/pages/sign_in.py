"""Coming in and going out."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from engine.journal import warn
from engine.refusal import Refusal
from engine.stores.accounts import Accounts
from procedures.words import say
from web import visit as v
from web.answers import Go, said, status_of
from web.forms import Form, Input
from web.oidc.settings import read_provider
from web.parts import Link, Page
from web.visit import Visit

PATH, OUT, NEXT = v.SIGN_IN, "/dang-xuat", v.NEXT
_NAME, _PASSWORD = "ten", "mat-khau"
HOME = "/viec"


def page(visit: Visit, _name: str) -> Page | Go:
    """Return the form to come in; who is in goes to their work."""
    if visit.person is not None:
        return Go(visit.link(HOME))
    return _form(visit, {NEXT: visit.asked(NEXT) or ""})


def act(visit: Visit, _name: str, form: Form) -> Page | Go:
    """Let somebody in, to the page they wanted."""
    person, password = form.one(_NAME), form.fields.get(_PASSWORD, ("",))[0]
    let_in = Accounts(visit.agency.store).sign_in(person, password, visit.address, visit.now)
    if isinstance(let_in, Refusal):
        told = {_NAME: person, NEXT: form.one(NEXT)}
        return _form(visit, told, said(visit, let_in), max(status_of(let_in), 403))
    return Go(wanted(form.one(NEXT)) or visit.link(HOME), token=let_in)


def refused(visit: Visit, fault: str, status: int) -> Page:
    """Return the form to come in, with why it was not done by the provider."""
    return _form(visit, {}, fault, status)


def leave(visit: Visit, _name: str, _form: Form) -> Page | Go:
    """Let somebody out."""
    Accounts(visit.agency.store).sign_out(visit.token, visit.now)
    return Go(visit.link(PATH), token="")


def wanted(address: str) -> str:
    """Return an address of this site that somebody wanted to see, or nothing for any other text."""
    parts = urlsplit(address)
    ours = not parts.scheme and not parts.netloc and parts.path.startswith("/") and "\\" not in address
    return address if ours and not parts.path.startswith(("//", PATH, OUT)) else ""


def _form(visit: Visit, told: Mapping[str, str], fault: str = "", status: int = 200) -> Page:
    name = Input(_NAME, visit.text(say("Account")), value=told.get(_NAME, ""), required=True, fill="username")
    password = Input(_PASSWORD, visit.text(say("Password")), "password", required=True, fill="current-password")
    shows = {
        "inputs": [name, password],
        "next": told.get(NEXT, ""),
        "faults": [(fault, _NAME)] if fault else [],
        "provider": _provider(visit, told.get(NEXT, "")),
    }
    return Page("sign_in.html", visit.text(say("Sign in")), shows, status)


def _provider(visit: Visit, wanted: str) -> Link | None:
    """Return the way to whoever else signs people in here, if anybody does."""
    try:
        provider = read_provider(visit.agency.root)
    except ValueError as fault:  # whoever keeps the machine is told; everybody else comes in by their password
        warn("oidc", fault=str(fault))
        return None
    if provider is None:
        return None
    return Link(visit.text(say("Sign in by {name}", name=provider.name)), visit.link(f"{PATH}/oidc", {NEXT: wanted}))
