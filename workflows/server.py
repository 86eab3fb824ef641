"""A Prefect server of our own on this machine, as a child or, `python -m workflows.server FOLDER`, by itself."""

import argparse
import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from workflows.settings import apply
from workflows.settings import environment as switches

PORT = 4200
_PATIENCE = 90.0  # seconds; a fresh database takes 6 to 15 of them


class SilentServerError(RuntimeError):
    """The Prefect server did not come up; the message holds the end of what it printed."""


def answers(port: int) -> bool:
    """Tell whether a Prefect server on this machine answers at `port`."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/api/health")
        return connection.getresponse().read() == b"true"
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


@contextmanager
def running(environment: Mapping[str, str], port: int = PORT) -> Iterator[str]:
    """Yield the API address of a server at `port`; one that answers already is used and left running."""
    address = f"http://127.0.0.1:{port}/api"
    if answers(port):
        yield address
        return
    home = Path(environment["PREFECT_HOME"])
    home.mkdir(parents=True, exist_ok=True)
    log = home / "server.log"
    with log.open("wb") as output:
        child = subprocess.Popen(  # noqa: S603 - our own Python and Prefect, no word of a user in it
            _line("127.0.0.1", port),
            env={**os.environ, **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # it has children of its own, which are stopped with it
        )
    try:
        _wait(child, port, log)
        yield address
    finally:
        _stop(child)


def _wait(child: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while not answers(port):
        if child.poll() is not None or time.monotonic() > deadline:
            raise SilentServerError(log.read_text("utf-8", "replace")[-2000:])
        time.sleep(0.2)


def _stop(child: subprocess.Popen[bytes]) -> None:
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(child.pid, sign)
            child.wait(timeout=10)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


def _line(host: str, port: int) -> list[str]:
    return [sys.executable, "-m", "prefect", "server", "start", "--host", host, "--port", str(port)]


def main(arguments: Sequence[str] | None = None) -> None:
    """Become a Prefect server under our switches; its database is what PREFECT_SERVER_DATABASE_CONNECTION_URL names."""
    reader = argparse.ArgumentParser(prog="python -m workflows.server", description=__doc__)
    reader.add_argument("folder", type=Path, help="the agency's folder")
    reader.add_argument("--host", default="127.0.0.1", help="address to listen at (default: %(default)s)")
    reader.add_argument("--port", type=int, default=PORT, help="port (default: %(default)s)")
    asked = reader.parse_args(arguments)
    apply(switches(asked.folder))
    os.execv(sys.executable, _line(asked.host, asked.port))  # noqa: S606 - our own Python and Prefect


if __name__ == "__main__":
    main()
