"""A site under a real server on this machine."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import uvicorn
from starlette.types import ASGIApp

_PATIENCE = 20


@contextmanager
def served(app: ASGIApp, port: int = 0) -> Iterator[str]:
    """Serve an application on loopback; gives its address."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", port))
        port = int(door.getsockname()[1])
    told = uvicorn.Config(
        app, host="127.0.0.1", port=port, log_config=None, lifespan="off", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(told)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    for _ in range(_PATIENCE * 100):
        if server.started:
            break
        time.sleep(0.01)
    assert server.started
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(_PATIENCE)
