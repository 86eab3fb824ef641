"""Other processes of this machine, as the system tells of them."""

import time
from collections.abc import Iterable
from pathlib import Path

#: In seconds, how long whoever was ended may take to be gone.
_PATIENCE = 60


def lives(pid: int) -> bool:
    """Tell whether a process is there and does something; one that only waits to be buried is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def gone(pids: Iterable[int]) -> bool:
    """Wait until none of these does anything any more; tell whether it came to that."""
    deadline, left = time.monotonic() + _PATIENCE, list(pids)
    while (left := [pid for pid in left if lives(pid)]) and time.monotonic() < deadline:
        time.sleep(0.01)
    return not left


def descendants(pid: int) -> list[int]:
    """Return the processes below one, whoever they belong to."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = entry.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(words[1]), []).append(int(entry.parent.name))
    found, rest = [], [pid]
    while rest:
        below = parents.get(rest.pop(), [])
        found += below
        rest += below
    return found
