"""The routes of the HTTP API, what each may answer, and the OpenAPI document that tells of them."""

import re
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from functools import cache
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.routing import Match
from starlette.status import HTTP_405_METHOD_NOT_ALLOWED

from engine.trouble import Trouble
from procedures.release import ShelfRefusal
from procedures.words import Lang, Words, say
from web.api import acting, reading
from web.api.document import answers, body, written
from web.api.gate import Site, lang_of
from web.api.orders import OPENING, ORDERS, body_of
from web.api.pace import Pace
from web.api.problem import Problem
from web.fresh import Fresh
from web.visit import Missing
from web.visiting import Clock

PREFIX = "/api/"
BASE = "/api/v1"
DOCUMENT = f"{BASE}/openapi.json"
#: In how many seconds to ask again when the store cannot serve.
_SOON = "10"
_READING = (401, 404, 405, 422, 429, 500, 503, 507)
_ACTING = (400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 429, 500, 503, 507)


@dataclass(frozen=True, eq=False)
class Route:
    """One route: its method, path and handler, what it does in words, and its status when all is well."""

    method: str
    path: str
    handler: Callable[..., Any]
    words: Words
    status: int = 200

    @property
    def name(self) -> str:
        """The id of the operation."""
        inside = re.sub(r"[{}]", "", self.path.removeprefix(f"{BASE}/")).replace("/", "-")
        return inside.rpartition("commands-")[2] if "commands-" in inside else f"{self.method.lower()}-{inside}"


FILE = Route("GET", f"{BASE}/cases/{{case}}/files/{{number}}", reading.file, say("A file of a case"))
READS: tuple[Route, ...] = (
    Route("GET", f"{BASE}/me", reading.me, say("Who the token speaks for")),
    Route("GET", f"{BASE}/cases", reading.cases, say("Cases, the newest first")),
    Route("GET", f"{BASE}/cases/{{case}}", reading.case, say("A case")),
    Route("GET", f"{BASE}/cases/{{case}}/events", reading.events, say("The log of a case")),
    FILE,
    Route("GET", f"{BASE}/work", reading.work, say("Open work, what is due first on top")),
    Route("GET", f"{BASE}/procedures", reading.procedures, say("Procedures that have been issued")),
    Route("GET", f"{BASE}/procedures/{{code}}", reading.procedure, say("One issue of a procedure")),
    Route("GET", f"{BASE}/registers/{{code}}", reading.book, say("The register of a procedure")),
    Route("GET", f"{BASE}/nonconformities", reading.findings, say("The register of nonconformities")),
    Route("GET", f"{BASE}/figures", reading.measures, say("Figures of a period")),
)
OPEN = Route("POST", f"{BASE}/cases", acting.opening(OPENING), OPENING.words, 201)
COMMANDS = {
    order: Route("POST", f"{BASE}/cases/{{case}}/commands/{order.name}", acting.ordering(order), order.words)
    for order in ORDERS
}
ATTACH = Route(
    "POST", f"{BASE}/cases/{{case}}/items/{{item}}/files", acting.attaching(), say("Attach a file to open work"), 201
)
ACTS: tuple[Route, ...] = (OPEN, *COMMANDS.values(), ATTACH)


class ProblemRoute(APIRoute):
    """A route whose every failure is a problem."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what answers a request."""
        answered = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            try:
                return await answered(request)
            except (Problem, RequestValidationError, Missing, Trouble, ShelfRefusal, HTTPException) as fault:
                return _problem(fault).answer(lang_of(request))

        return guarded


def open_to_programs(app: FastAPI, fresh: Fresh, lang: Lang, now: Clock) -> None:
    """Add the API to a site."""
    app.state.api = Site(fresh, lang, now, Pace(fresh.agency.settings.api_per_minute))
    app.include_router(router())
    app.add_api_route(DOCUMENT, _document, methods=["GET"])


def failed(request: Request, status: int, number: str = "", words: Words | None = None) -> Response:
    """Answer what never came to a route, or failed in a way that nobody foresaw."""
    headers = {"Allow": ", ".join(_methods(request))} if status == HTTP_405_METHOD_NOT_ALLOWED else {}
    return Problem(status, words, more={"number": number} if number else {}, headers=headers).answer(lang_of(request))


def _methods(request: Request) -> list[str]:
    """Return with which methods there is something at an address, whichever it was asked with."""
    found = {
        method
        for route in router().routes
        if isinstance(route, APIRoute) and route.matches(request.scope)[0] is not Match.NONE
        for method in route.methods or ()
    }
    return sorted(found or {"GET"})


@cache
def router() -> APIRouter:
    """Return every route."""
    made = APIRouter(route_class=ProblemRoute)
    orders = {OPEN: OPENING} | {route: order for order, route in COMMANDS.items()}
    for route in (*READS, *ACTS):
        schema = body_of(orders[route]).model_json_schema() if route in orders else None
        made.add_api_route(
            route.path,
            route.handler,
            methods=[route.method],
            status_code=route.status,
            operation_id=route.name,
            responses=answers(_ACTING if route in ACTS else _READING, files=route is FILE),
            openapi_extra={"requestBody": body(schema)} if schema is not None else None,
            response_class=Response if route is FILE else JSONResponse,
        )
    return made


def document(lang: Lang) -> dict[str, object]:
    """Return the OpenAPI document in a language."""
    return written(router().routes, {route.name: route.words for route in (*READS, *ACTS)}, lang)


def _document(request: Request) -> Response:
    return JSONResponse(document(lang_of(request)))


def _problem(fault: Exception) -> Problem:
    """Return a failure as a program is told of it."""
    match fault:
        case Problem():
            return fault
        case RequestValidationError():
            wrong = [
                {"where": "/".join(str(part) for part in one["loc"]), "what": one["msg"]} for one in fault.errors()
            ]
            return Problem(422, more={"errors": wrong})
        case Missing():
            return Problem(404, fault.words)
        case Trouble():
            status = 507 if fault.nature == "full" else 503
            return Problem(status, fault.words, headers={"Retry-After": _SOON})
        case ShelfRefusal():
            return Problem(409, fault.words)
        case HTTPException():
            return Problem(fault.status_code, headers=fault.headers or {})
    raise fault
