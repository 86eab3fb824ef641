"""Serving an agency's folder as a site on this machine."""

import os
import signal
import subprocess
import sys
from contextlib import suppress

from cli.desk import Desk
from cli.exits import Exit
from procedures.words import say

HOST, PORT = "127.0.0.1", 8000
_PATIENCE = 10


def serve_folder(desk: Desk, host: str = HOST, port: int = PORT, *, clockwork: bool = False) -> None:
    """Serve until interrupted; the site is a program of its own, which ends with this one.

    With `clockwork` it keeps deadlines and does errands besides; on a clock that is set by hand it never does.
    """
    command = _site(desk, host, port)
    if clockwork and desk.at is None:
        command += ["--clockwork"]
    if desk.at is not None:
        command += ["--at", desk.at.isoformat()]
    desk.tell(say("reading site at http://{host}:{port}/ — stop with Ctrl-C", host=host, port=port))
    site = subprocess.Popen(command)  # noqa: S603 - our own program, each argument by itself
    try:
        site.wait()
    except KeyboardInterrupt:
        # The terminal has told the site too; what is left is to let it finish.
        with suppress(subprocess.TimeoutExpired):
            site.wait(_PATIENCE)
    finally:
        _end(site)


def raise_all(desk: Desk, host: str, port: int, console: int) -> None:
    """Keep the site, a Prefect server and a worker standing until interrupted; the folder must be usable."""
    from cli.children import Child, Family

    root = desk.agency.root
    desk.tell(
        say(
            "site at http://{host}:{port}/ — Prefect at http://127.0.0.1:{console}/",
            host=host,
            port=port,
            console=console,
        )
    )
    desk.tell(say("Prefect asks for the word in {file}; stop with Ctrl-C", file=root / ".prefect" / "auth"))
    work = [sys.executable, "-P", "-m", "workflows.serve", str(root), "--port", str(console)]
    Family([Child("site", _site(desk, host, port)), Child("workflows", work)]).run()


def tell_prefect(desk: Desk, api: str, pool: str) -> None:
    """Make deployments on a Prefect server; stops when it cannot be told."""
    root = desk.agency.root.resolve()
    line = [sys.executable, "-P", "-m", "workflows.deploy", str(root), "--pool", pool]
    told = subprocess.run(line, env={**os.environ, "PREFECT_API_URL": api}, capture_output=True, text=True, check=False)  # noqa: S603
    if told.returncode:
        last = next(iter(reversed(told.stderr.strip().splitlines())), "")
        desk.stop(say("the Prefect server at {api} cannot be told: {fault}", api=api, fault=last), Exit.ENVIRONMENT)
    desk.put(told.stdout.strip())


def _site(desk: Desk, host: str, port: int) -> list[str]:
    line = [sys.executable, "-P", "-m", "web.serve", str(desk.root), "--host", host, "--port", str(port)]
    return [*line, "--lang", desk.lang]


def _end(site: "subprocess.Popen[bytes]") -> None:
    if site.poll() is None:
        site.send_signal(signal.SIGTERM)
        try:
            site.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            site.kill()
            site.wait()
