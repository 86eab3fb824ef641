"""From a request to a visit: the language, the instant, and who shows which token."""

from collections.abc import Callable
from datetime import UTC, datetime

from starlette.requests import Request
from starlette.responses import Response

from engine.accounts import LONGEST
from engine.agency import Agency
from engine.scope import EVERYTHING, Scope
from engine.stores.accounts import Accounts
from procedures.text import nfc
from procedures.words import Lang
from web import visit as v
from web.visit import Visit, clean

Clock = Callable[[], datetime]
#: The prefix binds a cookie to this host and to TLS; a plain connection inside an office can have neither.
_COOKIE, _SECURE = "phien", "__Host-phien"


def clock() -> datetime:
    """Return the instant that it is."""
    return datetime.now(UTC)


def visit_of(request: Request, agency: Agency, usual: Lang, now: Clock, *, known: bool = True) -> Visit:
    """Return the visit that a request is part of; without `known`, nobody looks up whose it is."""
    query = clean(request.query_params.multi_items())
    asked = query.get(v.LANG)
    lang: Lang = "en" if asked == "en" else "vi" if asked == "vi" else usual
    at = now().astimezone(UTC).replace(microsecond=0)
    token = request.cookies.get(_SECURE if request.url.scheme == "https" else _COOKIE, "")
    visitor = Accounts(agency.store).visitor(token, at) if token and known else None
    person = visitor.person if visitor else None
    return Visit(
        agency,
        lang,
        usual,
        at,
        nfc(request.url.path),
        query,
        person=person,
        token=token,
        scope=scope_at(agency, person, at),
        must_change=visitor is not None and visitor.must_change,
        address=request.client.host if request.client else "",
        origin=f"{request.url.scheme}://{request.url.netloc}",
        reading=request.method in {"GET", "HEAD"},
        parts={name: nfc(str(part)) for name, part in request.path_params.items()},
    )


def cookie(answer: Response, token: str, *, secure: bool) -> None:
    """Let a browser keep a token, or forget the one it has when there is none."""
    name = _SECURE if secure else _COOKIE
    if token:
        age = int(LONGEST.total_seconds())
        answer.set_cookie(name, token, max_age=age, httponly=True, secure=secure, samesite="lax", path="/")
    else:
        answer.delete_cookie(name, httponly=True, secure=secure, samesite="lax", path="/")


def scope_at(agency: Agency, person: str | None, at: datetime) -> Scope:
    """Return what a person may read at an instant; everything without one."""
    return EVERYTHING if person is None else agency.scope(person, at)
