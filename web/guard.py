"""The guard around every page: it lets nobody but readers in, and nothing out without its headers."""

import logging
from collections.abc import Callable
from secrets import token_hex

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: No script at all, and nothing from another origin.
CONTENT = (
    "default-src 'none'; script-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
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
METHODS = ("GET", "HEAD")
_LOG = logging.getLogger(__name__)

#: What is shown for a status that no page answered with, and the number of the error if there is one.
Failed = Callable[[Request, int, str], Response]


class Guard:
    """Wraps an application: refuses what is not reading, sets headers, turns a fault into a page with a number."""

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

        if scope["method"] not in METHODS:
            answer = self.failed(Request(scope), 405, "")
            answer.headers["Allow"] = ", ".join(METHODS)
            await answer(scope, receive, guarded)
            return
        try:
            await self.app(scope, receive, guarded)
        except Exception:
            number = token_hex(4).upper()
            _LOG.exception("error %s at %s", number, scope["path"])
            if begun:
                raise
            await self.failed(Request(scope), 500, number)(scope, receive, guarded)
