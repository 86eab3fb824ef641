"""Several programs as one: one log, one Ctrl-C, and whoever falls is raised again."""

import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Event, Lock, Thread
from types import FrameType
from typing import TextIO

#: How long a program may take to end in good order before it is made to.
_PATIENCE = 20.0
#: The first pause before a fallen program is raised again, and the longest, in seconds.
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0
#: Whoever has stood for so long begins with the first pause again.
_STOOD = 60.0


@dataclass
class Child:
    """One program: its name in the log and its command line."""

    name: str
    command: Sequence[str]


class Family:
    """The children, raised together; `run` ends when it is told to, and then they all have ended."""

    def __init__(self, children: Sequence[Child], log: TextIO | None = None) -> None:
        self._children = children
        self._log = log or sys.stderr
        self._over = Event()
        self._writing = Lock()
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def run(self) -> None:
        """Raise them all and keep them standing until Ctrl-C, SIGTERM or `end`."""
        before = {sign: signal.signal(sign, self._told) for sign in (signal.SIGINT, signal.SIGTERM)}
        keepers = [Thread(target=self._keep, args=(child,), name=child.name) for child in self._children]
        try:
            for keeper in keepers:
                keeper.start()
            while not self._over.wait(0.5):
                pass
        finally:
            self.end()
            for keeper in keepers:
                keeper.join()
            for sign, handler in before.items():
                signal.signal(sign, handler)

    def end(self) -> None:
        """Let everybody end."""
        self._over.set()
        for child in list(self._running.values()):
            if child.poll() is None:
                child.terminate()

    def _told(self, _sign: int, _frame: FrameType | None) -> None:
        self._over.set()

    def _keep(self, child: Child) -> None:
        pause = _FIRST_PAUSE
        while not self._over.is_set():
            began = time.monotonic()
            code = self._live(child)
            if self._over.is_set():
                return
            pause = _FIRST_PAUSE if time.monotonic() - began > _STOOD else pause
            self._say(child.name, f"ended with {code}; again in {pause:.0f} s")
            self._over.wait(pause)
            pause = min(2 * pause, _LONGEST_PAUSE)

    def _live(self, child: Child) -> int:
        process = subprocess.Popen(  # noqa: S603 - our own programs, each argument by itself
            child.command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C comes to them from here, once
        )
        self._running[child.name] = process
        if self._over.is_set():
            process.terminate()
        reader = Thread(target=self._read, args=(child.name, process), daemon=True)
        reader.start()
        while process.poll() is None and not self._over.wait(0.2):
            pass
        try:
            code = process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        reader.join(1)
        return code

    def _read(self, name: str, process: "subprocess.Popen[bytes]") -> None:
        if process.stdout is not None:
            with process.stdout as stream:
                for line in stream:
                    self._say(name, line.decode("utf-8", "replace").rstrip("\n"))

    def _say(self, name: str, line: str) -> None:
        with self._writing:
            self._log.write(f"{name:<9} | {line}\n")
            self._log.flush()
