"""The style and the scripts of the site, as files: a browser asks for each again and is told when nothing changed."""

from functools import partial
from pathlib import Path

from fastapi import FastAPI, Response

_FOLDER = Path(__file__).parent
_TYPES = {".css": "text/css", ".js": "text/javascript"}


def hand_out(app: FastAPI, name: str) -> None:
    """Add a file of this folder to a site, under its own name."""
    app.add_api_route(f"/{name}", partial(_answer, _FOLDER / name), methods=["GET", "HEAD"])


def _answer(file: Path) -> Response:
    return Response(file.read_bytes(), media_type=_TYPES[file.suffix], headers={"Cache-Control": "no-cache"})
