"""Serving an agency's folder as a site on this machine."""

import signal
import subprocess
import sys
from contextlib import suppress

from cli.desk import Desk
from procedures.words import say

HOST, PORT = "127.0.0.1", 8000
_PATIENCE = 10


def serve_folder(desk: Desk, host: str = HOST, port: int = PORT, *, clockwork: bool = False) -> None:
    """Serve until interrupted; the site is a program of its own, which ends with this one.

    With `clockwork` it keeps deadlines and does errands besides; on a clock that is set by hand it never does.
    """
    command = [sys.executable, "-P", "-m", "web.serve", str(desk.root), "--host", host, "--port", str(port)]
    command += ["--lang", desk.lang]
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


def _end(site: "subprocess.Popen[bytes]") -> None:
    if site.poll() is None:
        site.send_signal(signal.SIGTERM)
        try:
            site.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            site.kill()
            site.wait()
