"""One's deadlines at an address of one's own, for a calendar program that asks again and again."""

from collections.abc import Callable

from fastapi import FastAPI, Request, Response

from engine.refusal import Refusal
from engine.stores.tokens import CALENDAR, Tokens
from procedures.vietnamese import MINUTES_A_DAY
from quality import questions_work
from quality.questions_work import Wanted
from visualize.ical import deadlines
from web.visit import Visit
from web.visiting import scope_at

PATH = "/lich"
#: More work than this nobody reads in a calendar.
_MOST = 500


def subscribe(app: FastAPI, visiting: Callable[[Request], Visit]) -> None:
    """Add the calendars to a site; who has the address needs no cookie, and a wrong address is not there."""

    def feed(request: Request, secret: str) -> Response:
        visit = visiting(request)
        token = Tokens(visit.agency.store).bearer(secret, visit.address, visit.now, CALENDAR)
        if isinstance(token, Refusal):
            return Response(status_code=404)
        return Response(_of(visit, token.person), media_type="text/calendar; charset=utf-8")

    app.add_api_route(PATH + "/{secret}.ics", feed, methods=["GET", "HEAD"])


def address(visit: Visit, secret: str) -> str:
    """Return the whole address of a calendar, as a program needs it."""
    return f"{visit.origin}{PATH}/{secret}.ics"


def _of(visit: Visit, person: str) -> bytes:
    near = visit.agency.calendar.add_working_minutes(visit.now, MINUTES_A_DAY + 1)
    wanted = Wanted(visit.now, near, "mine", scope_at(visit.agency, person, visit.now))
    with visit.agency.store.reading() as reader:
        found = questions_work.page(reader, wanted, skip=0, size=_MOST)
    return deadlines(visit.agency, found, visit.now, visit.lang)
