"""The two addresses of coming in with another house's account: away to the provider, and back."""

from collections.abc import Callable
from secrets import compare_digest, token_urlsafe
from typing import Any

from fastapi import FastAPI, Request, Response
from starlette.responses import RedirectResponse

from engine.agency import Agency
from engine.posts import person_of
from engine.refusal import Refusal
from engine.stores.accounts import Accounts
from engine.stores.turns import LONGEST, Turns
from procedures.text import nfc
from procedures.words import say
from visualize.case_words import told
from web import visit as v
from web.answers import Go
from web.oidc.exchange import Exchange, NotSignedIn, Turn
from web.oidc.settings import EMAIL, Provider, Unusable, read_provider
from web.pages import sign_in
from web.parts import Page
from web.visit import Missing, Visit

PATH = f"{v.SIGN_IN}/oidc"
BACK = f"{PATH}/ve"
#: What binds a turn to the browser that began it.
_COOKIE, _SECURE = "luot", "__Host-luot"

Visiting = Callable[[Request], Visit]
Answering = Callable[[Page | Go, Visit, Request], Response]


def open_to_provider(app: FastAPI, agency: Agency, visiting: Visiting, answer: Answering) -> None:
    """Add both addresses to a site; without a provider in its settings nothing is there."""
    known: dict[Provider, Exchange] = {}

    def exchange() -> Exchange:
        try:
            provider = read_provider(agency.root)
        except Unusable as fault:
            raise Missing(say("the settings of the provider cannot be used: {fault}", fault=str(fault))) from fault
        if provider is None:
            raise Missing(say("nobody else signs people in here"))
        return known.setdefault(provider, Exchange(provider))

    def away(request: Request) -> Response:
        visit, turn = visiting(request), Turn(token_urlsafe(32))
        there = exchange()
        try:
            url = there.begin(turn)
        except NotSignedIn as fault:
            return answer(sign_in.refused(visit, visit.text(fault.words), 503), visit, request)
        Turns(agency.store).begin(turn.state, sign_in.wanted(visit.asked(v.NEXT) or ""), visit.now)
        sent = RedirectResponse(url, 303)
        _bind(sent, turn.state, request)
        return sent

    def back(request: Request) -> Response:
        visit, there = visiting(request), exchange()
        try:
            wanted, token = _let_in(there, visit, request)
        except NotSignedIn as fault:
            refused = answer(sign_in.refused(visit, visit.text(fault.words), 403), visit, request)
            _bind(refused, "", request)
            return refused
        gone = answer(Go(wanted or visit.link(sign_in.HOME), token=token), visit, request)
        _bind(gone, "", request)
        return gone

    app.add_api_route(PATH, away, methods=["GET"])
    app.add_api_route(BACK, back, methods=["GET"])


def _let_in(there: Exchange, visit: Visit, request: Request) -> tuple[str, str]:
    """Return the page that was wanted and the token of the new visit; raises NotSignedIn."""
    state = visit.asked("state") or ""
    shown = request.cookies.get(_SECURE if request.url.scheme == "https" else _COOKIE, "")
    if not state or not compare_digest(shown.encode(), state.encode()):
        raise NotSignedIn(say("this answer does not belong to this browser; begin again"))
    wanted = Turns(visit.agency.store).end(state, visit.now)
    if wanted is None:
        raise NotSignedIn(say("this answer has been used before, or came too late; begin again"))
    if visit.asked("iss") not in {None, there.provider.issuer}:
        raise NotSignedIn(say("this answer is of another provider"))
    if visit.asked("error") or not visit.asked("code"):
        raise NotSignedIn(say("the provider did not let you in"))
    claims = there.finish(Turn(state), visit.asked("code") or "", visit.now)
    person = _person(there.provider, visit, claims)
    accounts = Accounts(visit.agency.store)
    known = person is not None and person_of(visit.agency.organisation, person) is not None
    let_in = accounts.let_in(
        person or "", visit.address, visit.now, create=known and there.provider.create, instead=visit.token
    )
    if isinstance(let_in, Refusal):
        raise NotSignedIn(told(visit, let_in.words))
    return wanted, let_in


def _person(provider: Provider, visit: Visit, claims: dict[str, Any]) -> str | None:
    """Return the account that the claims name; an address that the provider has not checked names nobody."""
    claimed = claims.get(provider.claim)
    if not isinstance(claimed, str) or not claimed.strip():
        return None
    named = nfc(claimed).strip()
    if provider.claim != EMAIL:
        return named
    if claims.get("email_verified") is not True:
        return None
    people = [one.id for one in visit.agency.organisation.people if (one.email or "").casefold() == named.casefold()]
    return people[0] if len(people) == 1 else None


def _bind(answer: Response, state: str, request: Request) -> None:
    secure = request.url.scheme == "https"
    name = _SECURE if secure else _COOKIE
    if state:
        age = int(LONGEST.total_seconds())
        answer.set_cookie(name, state, max_age=age, httponly=True, secure=secure, samesite="lax", path="/")
    else:
        answer.delete_cookie(name, httponly=True, secure=secure, samesite="lax", path="/")
