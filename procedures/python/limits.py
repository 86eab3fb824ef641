"""How much a definition may use, laid upon the process itself by the system."""

import os
import signal
from collections.abc import Callable
from types import FrameType
from typing import NamedTuple

#: An account that owns nothing.
_NOBODY = 65_534


class Limits(NamedTuple):
    """Seconds of the processor and of the clock, bytes of memory and of the answer."""

    cpu: int = 2
    seconds: int = 10
    memory: int = 256 << 20
    output: int = 1_000_000


LIMITS = Limits()


def confine(limits: Limits, too_long: Callable[[FrameType | None], None]) -> None:
    """Lay every limit upon this process; no way leads back. Raises ImportError where the system knows no limits."""
    import resource

    def late(_: int, frame: FrameType | None) -> None:
        too_long(frame)

    signal.signal(signal.SIGXCPU, late)
    signal.signal(signal.SIGALRM, late)
    signal.alarm(limits.seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu, limits.cpu + 1))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    _become_nobody()
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))


def _become_nobody() -> None:
    """Leave the files behind and give up every right; only root can, and needs to."""
    if os.geteuid() != 0:
        return
    os.chroot(".")
    os.chdir("/")
    os.setgroups([])
    os.setresgid(_NOBODY, _NOBODY, _NOBODY)
    os.setresuid(_NOBODY, _NOBODY, _NOBODY)
