"""The site of an agency: every page and every form, by its path."""

from collections.abc import Callable
from secrets import token_hex
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, RedirectResponse

from engine.agency import Agency
from engine.journal import warn
from engine.stores.accounts import Accounts
from engine.trouble import Trouble
from procedures.words import Lang, Words
from web import api
from web import visit as v
from web.answers import Go, handed
from web.assets import hand_out
from web.behind import FIND
from web.calendar_feed import subscribe
from web.forms import Form, read_form
from web.fresh import Fresh
from web.guard import READING, Guard
from web.live import follow
from web.oidc.routes import open_to_provider
from web.pages import (
    admin,
    admin_calendar,
    analysis,
    case,
    cases,
    catalogue,
    comparing,
    conduct,
    deciding,
    failed,
    files,
    guide,
    health,
    indicators,
    lead,
    many,
    nonconformities,
    nonconformity_analysis,
    nonconformity_opening,
    one_stop,
    opening,
    password,
    procedure,
    reference,
    registers,
    remarks,
    reports,
    review,
    sign_in,
    step,
    system,
    work,
)
from web.parts import File, Page
from web.rendering import render
from web.visit import Missing, Visit
from web.visiting import Clock, clock, cookie, visit_of
from web.watching import watch

#: What makes a page: the visit, and the part of the path that names one thing.
Maker = Callable[[Visit, str], Page | File | Go]
#: What a form does: the visit, the part of the path that names one thing, and what was filled in.
Actor = Callable[[Visit, str, Form], Page | Go]
PAGES: dict[str, Maker] = {
    "/": lead.start,
    lead.PATH: lead.page,
    sign_in.PATH: sign_in.page,
    password.PATH: password.page,
    "/viec": work.page,
    many.PATH: many.page,
    "/ho-so": cases.page,
    FIND: cases.page,
    f"{FIND}.csv": cases.file,
    f"{FIND}.xlsx": cases.file,
    opening.PATH: opening.page,
    opening.PATH + "/{name}": opening.form,
    "/ho-so/{name}": case.page,
    "/ho-so/{name}/buoc/{item}": step.page,
    "/ho-so/{name}/tep/{file}": files.file,
    "/ho-so/{name}/lam/{act}": conduct.page,
    "/ho-so/{name}/mau/{form}": one_stop.file,
    "/quy-trinh": catalogue.page,
    "/quy-trinh/{name}": procedure.page,
    reference.path("{agency}", "{name}"): reference.page,
    comparing.path("{name}"): comparing.page,
    remarks.path("{name}"): remarks.form,
    "/chi-tieu": indicators.page,
    analysis.PATH + "/{name}": analysis.page,
    "/khong-phu-hop": nonconformities.page,
    nonconformity_analysis.PATH: nonconformity_analysis.page,
    nonconformity_opening.PATH + "/{name}": nonconformity_opening.form,
    registers.PATH: registers.page,
    registers.PATH + "/{name}.xlsx": registers.workbook,
    registers.PATH + "/{name}.docx": registers.paper,
    registers.PATH + "/{name}": registers.page,
    system.PATH: system.page,
    system.PATH + "/{name}.xlsx": system.file,
    review.PATH: review.page,
    review.PATH + "/{name}.docx": review.file,
    review.PATH + "/{name}.json": review.figures,
    review.PATH + "/{name}.csv": review.cases,
    review.PATH + "/{name}": review.page,
    reports.PATH: reports.page,
    **{f"{reports.PATH}/so/{{name}}.{ending}": reports.file for ending in reports.ENDINGS},
    reports.BOOK: reports.book_file,
    reports.BOOK_SHEET: reports.book_file,
    admin.PATH: admin.page,
    admin.LOG: admin.log,
    admin.CALENDAR: admin_calendar.page,
    admin.PATH + "/nguoi/{name}": admin.person,
    deciding.PATH: deciding.form,
    health.PATH: health.page,
    "/tro-giup": guide.page,
}
FORMS: dict[str, Actor] = {
    sign_in.PATH: sign_in.act,
    sign_in.OUT: sign_in.leave,
    password.PATH: password.act,
    password.PATH + "/moi-noi": password.everywhere,
    password.CALENDAR: password.calendar,
    opening.PATH + "/{name}": opening.act,
    many.PATH: many.act,
    admin.PATH + "/nguoi/{name}": admin.act,
    deciding.PATH: deciding.act,
    "/ho-so/{name}/buoc/{item}": step.act,
    "/ho-so/{name}/lam/{act}": conduct.act,
    nonconformity_opening.PATH + "/{name}": nonconformity_opening.act,
    remarks.path("{name}"): remarks.act,
}
#: What somebody reaches before they have come in, and while they must change their password.
OUTSIDE = frozenset({sign_in.PATH, "/site.css"})
CHANGING = frozenset({password.PATH, sign_in.OUT, password.PATH + "/moi-noi"})
#: In how many seconds to ask again when the store cannot serve.
_SOON = "10"
#: How many files a form may bring.
_FILES = 10


def make_app(agency: Agency, lang: Lang = "vi", now: Clock | None = None) -> FastAPI:
    """Return the site of an agency; `now` gives the instant (aware) that counts as now, the clock without it."""
    app = FastAPI(title="quytrinh", docs_url=None, redoc_url=None, openapi_url=None)
    times, fresh = now or clock, Fresh(agency)

    def visiting(request: Request) -> Visit:
        return visit_of(request, fresh.agency, lang, times)

    def failure(request: Request, status: int, number: str = "", words: Words | None = None) -> Response:
        if request.url.path.startswith(api.PREFIX):
            return api.failed(request, status, number, words)
        try:
            visit = visiting(request)
        except Trouble:  # who it is cannot be looked up now
            visit = visit_of(request, fresh.agency, lang, times, known=False)
        sent = getattr(request.state, "form", None)
        return _answer(failed.page(visit, status, number, words, sent), visit, request)

    def on_missing(request: Request, fault: Exception) -> Response:
        words = fault.words if isinstance(fault, Missing) else None
        answer = failure(request, getattr(fault, "status_code", 404), words=words)
        for name, value in (getattr(fault, "headers", None) or {}).items():
            answer.headers.setdefault(name, value)
        return answer

    def on_trouble(request: Request, fault: Exception) -> Response:
        status = 507 if getattr(fault, "nature", "") == "full" else 503
        answer = failure(request, status, *_noted(request, fault))
        answer.headers["Retry-After"] = _SOON
        return answer

    for path, maker in PAGES.items():
        inside = path in FORMS and path not in OUTSIDE
        app.add_api_route(path, _reading(visiting, maker, inside=inside), methods=list(READING))
    for path, actor in FORMS.items():
        app.add_api_route(path, _acting(visiting, actor), methods=["POST"])
    hand_out(app, "site.css")
    hand_out(app, "draft.js")
    follow(app, visiting, times)
    subscribe(app, visiting)
    open_to_provider(app, agency, visiting, _answer)
    api.open_to_programs(app, fresh, lang, times)
    watch(app, agency, times)
    app.add_exception_handler(Missing, on_missing)
    app.add_exception_handler(HTTPException, on_missing)
    app.add_exception_handler(Trouble, on_trouble)
    app.add_middleware(Guard, failed=failure)
    return app


def _reading(visiting: Callable[[Request], Visit], maker: Maker, *, inside: bool) -> Callable[[Request], Response]:
    # A plain function: FastAPI runs it on a thread of its own, so questions to the store hold nobody up.
    def endpoint(request: Request) -> Response:
        visit = visiting(request)
        return _answer(_stopped(visit, inside=inside) or maker(visit, visit.parts.get("name", "")), visit, request)

    return endpoint


def _acting(visiting: Callable[[Request], Visit], actor: Actor) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        async with request.form(max_files=_FILES, max_fields=1000) as sent:
            request.state.form = form = read_form(sent.multi_items())
            return await run_in_threadpool(act, request, form)

    def act(request: Request, form: Form) -> Response:
        visit = visiting(request)
        stopped: Page | Go | None = _stopped(visit, inside=True)
        if visit.person is None and actor is step.act:
            stopped = _kept(visit, form)
        if stopped is None and visit.person is not None and not form.ours(visit):
            stopped = failed.page(visit, 403)
        return _answer(stopped or actor(visit, visit.parts.get("name", ""), form), visit, request)

    return endpoint


def _stopped(visit: Visit, *, inside: bool) -> Go | None:
    """Return where somebody has to go first: to come in, or to change the password they were given.

    `inside` is what is only for those who have come in, whatever guests may read.
    """
    if visit.person is None:
        reads = visit.agency.settings.guests == "read" and not inside
        return None if reads or visit.path in OUTSIDE else Go(visit.entrance())
    return Go(visit.link(password.PATH)) if visit.must_change and visit.path not in CHANGING else None


def _noted(request: Request, fault: Exception) -> tuple[str, Words | None]:
    """Note a trouble in the log under a number; what is said to people has the number, and not what lies inside."""
    number = token_hex(4).upper()
    warn("trouble", number=number, path=request.url.path, fault=repr(fault))
    return number, type(fault)(number).words if isinstance(fault, Trouble) else None


def _kept(visit: Visit, form: Form) -> Go:
    """Keep the form of a step for whoever sent it when their visit had ended; they come in and are led back to it."""
    person = Accounts(visit.agency.store).ended(visit.token) if visit.token and form.ours(visit) else None
    if person is not None:
        step.keep(visit, person, form)
    return Go(visit.link(sign_in.PATH, {v.NEXT: visit.path}))


def _answer(made: Page | File | Go, visit: Visit, request: Request) -> Response:
    if isinstance(made, Go):
        answer = RedirectResponse(made.path, status_code=303)
        if made.token is not None:
            cookie(answer, made.token, secure=request.url.scheme == "https")
        return answer
    if isinstance(made, File):
        return handed(made)
    return HTMLResponse(render(made, visit), status_code=made.status, headers={"Content-Language": visit.lang})
