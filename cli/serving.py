"""Serving an agency's folder as a read-only site on this machine."""

from cli.desk import Desk
from procedures.words import say

HOST, PORT = "127.0.0.1", 8000


def serve_folder(desk: Desk, host: str = HOST, port: int = PORT) -> None:
    """Serve until interrupted; says so plainly where the web is not installed."""
    from importlib.util import find_spec

    if find_spec("web.app") is None:
        desk.tell(say("open the files in {folder}", folder=desk.root))
        return
    import uvicorn
    from web.app import make_app

    desk.tell(say("reading site at http://{host}:{port}/ — stop with Ctrl-C", host=host, port=port))
    uvicorn.run(make_app(desk.agency, lang=desk.lang), host=host, port=port, log_level="warning")
