"""The guard around every page: it lets nobody but readers in, and nothing out without its headers."""

import logging
from collections.abc import Callable
from secrets import token_hex
from urllib.parse import urlsplit

from starlette import status
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Our own script alone, never one that stands in a page, and nothing from another origin.
CONTENT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "no-store",
}
TLS = {"Strict-Transport-Security": "max-age=31536000"}
READING = ("GET", "HEAD")
METHODS = (*READING, "POST")
#: Longest body of a form without files, and with files, in bytes.
LONGEST, LONGEST_WITH_FILES = 1_000_000, 100_000_000
_LOG = logging.getLogger(__name__)

#: What is shown for a status that no page answered with, and the number of the error if there is one.
Failed = Callable[[Request, int, str], Response]


class Guard:
    """Wraps an application: lets in pages and our own forms, sets headers, turns a fault into a page with a number."""

    def __init__(self, app: ASGIApp, failed: Failed) -> None:
        self.app = app
        self.failed = failed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in {**HEADERS, **(TLS if scope["scheme"] == "https" else {})}.items():
                    headers.setdefault(name, value)
            await send(message)

        refused = _refused(Request(scope))
        if refused is not None:
            answer = self.failed(Request(scope), refused, "")
            if refused == status.HTTP_405_METHOD_NOT_ALLOWED:
                answer.headers.setdefault("Allow", ", ".join(METHODS))
            await answer(scope, receive, guarded)
            return
        try:
            await self.app(scope, _bounded(receive, _longest(Request(scope))), guarded)
        except Exception:
            number = token_hex(4).upper()
            _LOG.exception("error %s at %s", number, scope["path"])
            if begun:
                raise
            await self.failed(Request(scope), 500, number)(scope, receive, guarded)


def _refused(request: Request) -> int | None:
    """Return the status with which a request is turned away before anybody looks at it, or None."""
    if request.method not in METHODS:
        return status.HTTP_405_METHOD_NOT_ALLOWED
    if request.method in READING:
        return None
    if not _from_here(request):
        return status.HTTP_403_FORBIDDEN
    length = request.headers.get("content-length", "0")
    return status.HTTP_413_CONTENT_TOO_LARGE if not length.isdigit() or int(length) > _longest(request) else None


def _from_here(request: Request) -> bool:
    """Tell whether a form was sent by a page of this site, by what the browser says of it; forms bear a key besides."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def _longest(request: Request) -> int:
    with_files = request.headers.get("content-type", "").startswith("multipart/form-data")
    return LONGEST_WITH_FILES if with_files else LONGEST


def _bounded(receive: Receive, longest: int) -> Receive:
    """Return a receiver that gives up on a body that is longer than it said or may be."""
    taken = 0

    async def bounded() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > longest:
            raise HTTPException(status.HTTP_413_CONTENT_TOO_LARGE)
        return message

    return bounded
