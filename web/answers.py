"""What a page answers with when something was done or refused: where to go on, or the same page with what was wrong."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from starlette.responses import FileResponse, Response

from engine.refusal import Refusal
from visualize.case_words import told
from web.parts import File
from web.visit import Visit

#: HTTP status by the nature of a refusal.
STATUS = {
    "unauthenticated": 401,
    "forbidden": 403,
    "unknown": 404,
    "conflict": 409,
    "incomplete": 422,
    "throttled": 429,
    "busy": 503,
}
#: A file is kept, never shown: a browser that opens it all the same runs nothing.
_INERT = "sandbox; default-src 'none'"


@dataclass(frozen=True, slots=True)
class Go:
    """Go on to another page (303). `token` lets somebody in; an empty one lets them out."""

    path: str
    token: str | None = None


def handed(file: File) -> Response:
    """Return a file as something to keep."""
    kept = {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name)}",
        "Content-Security-Policy": _INERT,
    }
    if isinstance(file.content, Path):
        return FileResponse(file.content, media_type=file.kind, headers=kept)
    return Response(file.content, media_type=file.kind, headers=kept)


def said(visit: Visit, refusal: Refusal) -> str:
    """Return why something was refused, in the reader's language."""
    return visit.text(told(visit, refusal.words))


def status_of(refusal: Refusal) -> int:
    """Return the HTTP status of a refusal."""
    return STATUS.get(refusal.nature, 403)
