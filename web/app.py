"""The read-only site of an agency: every page, by its path."""

from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse

from engine.agency import Agency
from engine.trouble import Trouble
from procedures.text import nfc
from procedures.words import Lang
from web import visit as v
from web.guard import METHODS, Guard
from web.pages import (
    case,
    cases,
    catalogue,
    failed,
    guide,
    home,
    indicators,
    nonconformities,
    procedure,
    review,
    work,
)
from web.parts import File, Page
from web.rendering import FOLDER, render
from web.visit import Missing, Visit, clean

#: What makes a page: the visit, and the part of the path that names one thing.
Maker = Callable[[Visit, str], Page | File]
PAGES: dict[str, Maker] = {
    "/": home.page,
    "/viec": work.page,
    "/ho-so": cases.page,
    "/ho-so/{name}": case.page,
    "/quy-trinh": catalogue.page,
    "/quy-trinh/{name}": procedure.page,
    "/chi-tieu": indicators.page,
    "/khong-phu-hop": nonconformities.page,
    "/xem-xet": review.page,
    "/xem-xet/{name}.docx": review.file,
    "/xem-xet/{name}": review.page,
    "/tro-giup": guide.page,
}
Clock = Callable[[], datetime]
#: In how many seconds to ask again when the store cannot serve.
_SOON = "10"


def make_app(agency: Agency, lang: Lang = "vi", now: Clock | None = None) -> FastAPI:
    """Return the site of an agency; `now` gives the instant (aware) that counts as now, the clock without it."""
    visiting = _visiting(agency, lang, now or _clock)
    app = FastAPI(title="quytrinh", docs_url=None, redoc_url=None, openapi_url=None)

    def shown_failure(request: Request, status: int, number: str) -> Response:
        visit = visiting(request)
        return _answer(failed.page(visit, status, number), visit)

    def on_missing(request: Request, fault: Exception) -> Response:
        words = fault.words if isinstance(fault, Missing) else None
        visit = visiting(request)
        return _answer(failed.page(visit, getattr(fault, "status_code", 404), "", words), visit)

    def on_trouble(request: Request, fault: Exception) -> Response:
        nature, words = getattr(fault, "nature", ""), getattr(fault, "words", None)
        visit = visiting(request)
        answer = _answer(failed.page(visit, 507 if nature == "full" else 503, "", words), visit)
        answer.headers["Retry-After"] = _SOON
        return answer

    for path, maker in PAGES.items():
        app.add_api_route(path, _endpoint(visiting, maker), methods=list(METHODS))
    app.add_api_route("/site.css", _style, methods=list(METHODS))
    app.add_exception_handler(Missing, on_missing)
    app.add_exception_handler(HTTPException, on_missing)
    app.add_exception_handler(Trouble, on_trouble)
    app.add_middleware(Guard, failed=shown_failure)
    return app


def _clock() -> datetime:
    return datetime.now(UTC)


def _visiting(agency: Agency, usual: Lang, now: Clock) -> Callable[[Request], Visit]:
    def visiting(request: Request) -> Visit:
        query = clean(request.query_params)
        asked = query.get(v.LANG)
        lang: Lang = "en" if asked == "en" else "vi" if asked == "vi" else usual
        at = now().astimezone(UTC).replace(microsecond=0)
        return Visit(agency, lang, usual, at, nfc(request.url.path), query)

    return visiting


def _endpoint(visiting: Callable[[Request], Visit], maker: Maker) -> Callable[[Request], Response]:
    # A plain function: FastAPI runs it on a thread of its own, so questions to the store hold nobody up.
    def endpoint(request: Request) -> Response:
        visit = visiting(request)
        return _answer(maker(visit, nfc(request.path_params.get("name", ""))), visit)

    return endpoint


def _answer(made: Page | File, visit: Visit) -> Response:
    if isinstance(made, File):
        kept = f"attachment; filename*=UTF-8''{quote(made.name)}"
        return Response(made.content, media_type=made.kind, headers={"Content-Disposition": kept})
    return HTMLResponse(render(made, visit), status_code=made.status, headers={"Content-Language": visit.lang})


def _style() -> Response:
    return Response((FOLDER / "site.css").read_bytes(), media_type="text/css", headers={"Cache-Control": "no-cache"})
