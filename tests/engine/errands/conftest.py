"""Another system on this machine, which hears what it is told."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest


@dataclass
class System:
    """Another system: what it was told, and what it says."""

    port: int = 0
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})
    body: bytes = b'{"outcome": "\\u0110\\u01b0\\u1ee3c"}'
    told: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    hold: Event | None = None


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> Iterator[System]:
    monkeypatch.setattr("engine.errands.reaching.SECONDS", 60.0)  # a slow machine is no fault of who is told
    there = System()

    class Ear(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            there.told.append((self.path, dict(self.headers), body))
            if there.hold is not None:
                there.hold.wait(60)
            self.send_response(there.status)
            for name, value in there.headers.items():
                self.send_header(name, value)
            self.end_headers()
            with contextlib.suppress(OSError):  # whoever asked has left
                self.wfile.write(there.body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Ear) as server:
        there.port = server.server_port
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield there
        if there.hold is not None:
            there.hold.set()
        server.shutdown()
