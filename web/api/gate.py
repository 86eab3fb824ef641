"""Who asks: a token is shown, its person is looked up, and what they may read and do is what they may do anywhere."""

from dataclasses import dataclass, replace
from math import ceil
from typing import Annotated

from fastapi import Depends, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from engine.agency import Agency
from engine.refusal import Refusal
from engine.stores.tokens import Token, Tokens
from procedures.words import Lang, say
from visualize.case_words import told
from web.answers import status_of
from web.api.pace import Pace
from web.api.problem import Problem
from web.fresh import Fresh
from web.visit import Visit
from web.visiting import Clock, scope_at, visit_of

#: The scheme as the OpenAPI document tells of it; a missing token is a problem like any other.
_BEARER = HTTPBearer(scheme_name="token", auto_error=False)
_CHALLENGE = {"WWW-Authenticate": 'Bearer realm="quytrinh"'}


@dataclass(frozen=True)
class Site:
    """What every request is answered with."""

    fresh: Fresh
    lang: Lang
    clock: Clock
    pace: Pace

    @property
    def agency(self) -> Agency:
        """The agency as it is declared now."""
        return self.fresh.agency


@dataclass(frozen=True)
class Caller:
    """Who asks, and by which token."""

    visit: Visit
    token: Token


def site_of(request: Request) -> Site:
    """Return the site that a request came to."""
    found: Site = request.app.state.api
    return found


def lang_of(request: Request) -> Lang:
    """Return the language that is asked for: of `lang` in the address, else of `Accept-Language`, else the usual."""
    asked = request.query_params.get("lang") or request.headers.get("accept-language", "").split(",")[0]
    first = asked.strip().lower().partition(";")[0].partition("-")[0]
    return "en" if first == "en" else "vi" if first == "vi" else site_of(request).lang


def caller(request: Request, shown: Annotated[HTTPAuthorizationCredentials | None, Security(_BEARER)]) -> Caller:
    """Return who asks; raises Problem without a good token, or when it asks too often."""
    site, at = site_of(request), None
    visit = replace(visit_of(request, site.agency, site.lang, site.clock, known=False), lang=lang_of(request))
    if shown is None or not shown.credentials:
        raise Problem(401, say("show a token: Authorization: Bearer …"), headers=_CHALLENGE)
    token = Tokens(site.agency.store).bearer(shown.credentials, visit.address, visit.now)
    if isinstance(token, Refusal):
        raise refused(visit, token)
    at = site.pace.wait(token.number)
    if at:
        words = say("this token may ask {count} times a minute", count=site.agency.settings.api_per_minute)
        raise Problem(429, words, headers={"Retry-After": str(ceil(at))})
    scope = scope_at(site.agency, token.person, visit.now)
    return Caller(replace(visit, person=token.person, scope=scope), token)


# Neither waits for anything: a plain function would be sent through a thread of its own for nothing.
async def reads(who: Annotated[Caller, Depends(caller)]) -> Visit:
    """Return the visit of somebody who reads."""
    return who.visit


async def acts(who: Annotated[Caller, Depends(caller)]) -> Visit:
    """Return the visit of somebody who acts; raises Problem for a token that only reads."""
    if who.token.scope != "act":
        raise Problem(403, say("this token only reads"), "TokenOnlyReads")
    return who.visit


def refused(visit: Visit, refusal: Refusal) -> Problem:
    """Return what is answered when the engine refuses."""
    status = status_of(refusal)
    headers = _CHALLENGE if status == 401 else {}  # noqa: PLR2004 - the one status with a challenge
    when = getattr(refusal, "when", None)
    if when is not None and refusal.nature == "throttled":
        headers = {"Retry-After": str(max(ceil((when - visit.now).total_seconds()), 1))}
    return Problem(status, told(visit, refusal.words), refusal.code, headers=headers)


Caller_ = Annotated[Caller, Depends(caller)]
Reads = Annotated[Visit, Depends(reads)]
Acts = Annotated[Visit, Depends(acts)]
