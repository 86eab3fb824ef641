"""Live counts: how much whoever is in has to do, sent as it changes for as long as they are in."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from time import monotonic

from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from engine.stores.accounts import Accounts
from engine.trouble import Trouble
from procedures.vietnamese import MINUTES_A_DAY, number
from quality import questions_work
from quality.questions_work import Wanted
from web.assets import hand_out
from web.visit import Visit
from web.visiting import Clock, scope_at

PATH, SCRIPT = "/tin", "live.js"
#: How often is looked, and how long one connection lasts before the browser asks anew, in seconds.
EVERY, LONGEST = 5.0, 3600.0
#: How many connections one program keeps, and of one visit. Whoever is beyond goes without.
MOST, MOST_OF_ONE = 200, 4
#: A browser that was cut off waits so long, in milliseconds.
_AGAIN = 15_000
_HEADERS = {"X-Accel-Buffering": "no"}


def follow(app: FastAPI, visiting: Callable[[Request], Visit], now: Clock, every: float = EVERY) -> None:
    """Add the stream of counts to a site, and the script that shows them."""
    open_now: Counter[str] = Counter()

    def stream(request: Request) -> Response:
        visit = visiting(request)
        full = open_now.total() >= MOST or open_now[visit.token] >= MOST_OF_ONE
        if visit.person is None or visit.must_change or full:
            return Response(status_code=204)  # a browser that hears this asks no more
        return StreamingResponse(_told(visit, now, every, open_now), media_type="text/event-stream", headers=_HEADERS)

    app.add_api_route(PATH, stream, methods=["GET"])
    hand_out(app, SCRIPT)


async def _told(visit: Visit, now: Clock, every: float, open_now: Counter[str]) -> AsyncIterator[str]:
    """Yield what has changed until the visit ends or the browser has gone."""
    open_now[visit.token] += 1
    began, last = monotonic(), ""
    try:
        yield f"retry: {_AGAIN}\n\n"
        while monotonic() - began < LONGEST:
            counts = await run_in_threadpool(_counts, visit, now)
            if counts is None:
                yield "event: end\ndata: \n\n"
                return
            told = json.dumps(counts)
            yield ": \n\n" if told == last else f"data: {told}\n\n"
            last = told
            await asyncio.sleep(every)
    except Trouble:  # the browser asks again, and by then the store may serve
        return
    finally:
        open_now[visit.token] -= 1
        if not open_now[visit.token]:
            del open_now[visit.token]


def _counts(visit: Visit, now: Clock) -> dict[str, str] | None:
    """Return how much there is to do now, as it is shown; None once the visit has ended.

    Looking does not keep a visit alive.
    """
    at = now()
    visitor = Accounts(visit.agency.store).visitor(visit.token, at, touch=False)
    if visitor is None:
        return None
    seen = replace(visit, now=at, scope=scope_at(visit.agency, visitor.person, at))
    near = seen.agency.calendar.add_working_minutes(at, MINUTES_A_DAY + 1)
    with seen.agency.store.reading() as reader:
        found = questions_work.counts(reader, Wanted(at, near, "mine", seen.scope))
    total = questions_work.total(found)
    if total is None:
        return {"work": number(questions_work.MOST, seen.lang, 0) + "+"}
    return {"work": number(total, seen.lang, 0) if total else ""}
