"""A server of our own, or the one that is there."""

import http.server
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from workflows.server import SilentServerError, answers, running
from workflows.settings import environment


class Healthy(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"true" if self.path == "/api/health" else b"")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def taken() -> Iterator[int]:
    """A port where a server answers already."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Healthy) as there:
        threading.Thread(target=there.serve_forever, daemon=True).start()
        yield there.server_port
        there.shutdown()


def test_a_server_that_answers_already_is_used_and_left_running(taken: int, tmp_path: Path) -> None:
    with running(environment(tmp_path), taken) as address:
        assert address == f"http://127.0.0.1:{taken}/api"
    assert answers(taken)
    assert not (tmp_path / ".prefect" / "server.log").exists()


def test_nobody_answers_at_a_port_that_is_free() -> None:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        assert not answers(door.getsockname()[1])


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    broken = environment(tmp_path) | {"PREFECT_SERVER_API_PORT": "no port"}
    with pytest.raises(SilentServerError, match="port"), running(broken, 1):
        pass
