"""A site under a real server on this machine."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import uvicorn
from starlette.types import ASGIApp

#: In seconds, how long a server may take to be there, to answer and to end: a slow machine is no fault of the site.
PATIENCE = 60


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """Serve an application on loopback; gives its address."""
    told = uvicorn.Config(app, log_config=None, lifespan="off", timeout_graceful_shutdown=1)
    server = uvicorn.Server(told)
    with socket.create_server(("127.0.0.1", 0)) as door:  # from here on the port is nobody else's
        thread = Thread(target=server.run, args=([door],), daemon=True)
        thread.start()
        for _ in range(PATIENCE * 100):
            if server.started:
                break
            time.sleep(0.01)
        assert server.started
        try:
            yield f"http://127.0.0.1:{door.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(PATIENCE)
