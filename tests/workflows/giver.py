"""Somebody at work: opens cases and hands in their first step, again from the beginning whenever it is raised again."""

import http.client
import json
import sys
import time
from datetime import UTC, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

from engine.agency import open_agency
from engine.commands import FinishWork, OpenCase
from engine.handle import Done, handle

WHO = "an.nv"
#: Beside the folder's settings: one line (port, key) for each time that a site is asked, and how to ask it.
ASKED, DOOR = "asked.log", "door.json"
_PATIENCE = 240


def ago() -> datetime:
    """Return an instant long enough ago that the delay of an hour is over when somebody looks."""
    return datetime.now(UTC) - timedelta(hours=3)


def give(root: Path, first: int, step: int, count: int, pause: float) -> None:
    """Give the commands of cases `first`, `first + step`, …; their ids make each be done once.

    Where sites are, every second case of somebody goes through them.
    """
    agency, at = open_agency(root), ago()
    sites = Sites(root) if (root / DOOR).exists() else None
    for number in range(first, count, step):
        if sites is not None and number // step % 2 == 0:
            fresh = sites.carry_out(number)
            time.sleep(pause if fresh else 0)
            continue
        opening = OpenCase(id=f"open/{number}", actor=WHO, procedure="QT-01", title=f"Công văn {number}")
        opened = handle(opening, store=agency.store, ground=agency, now=at)
        assert isinstance(opened, Done), opened
        finish = FinishWork(id=f"finish/{number}", actor=WHO, case=opened.case, item=1)
        assert isinstance(handle(finish, store=agency.store, ground=agency, now=at), Done)
        if not opened.repeated:
            time.sleep(pause)  # people take their time, so that a kill finds them at work


class Sites:
    """The sites of an agency, asked by turns: one that does not answer has, or has not, done what it was asked."""

    def __init__(self, root: Path) -> None:
        door = json.loads((root / DOOR).read_text())
        self.ports, self.headers = cycle(door["ports"]), {"Authorization": f"Bearer {door['token']}"}
        self.asked = root / ASKED
        lines = self.asked.read_text().splitlines() if self.asked.exists() else []
        self.known = {line.rpartition(" ")[2] for line in lines}

    def carry_out(self, number: int) -> bool:
        """Open a case and hand in its first step; tell whether this was asked for the first time."""
        opening = {"procedure": "QT-01", "title": f"Công văn {number}"}
        case = self._ask("/api/v1/cases", f"open/{number}", opening)["case"]
        self._ask(f"/api/v1/cases/{case}/commands/finish-work", f"finish/{number}", {"item": 1})
        return f"finish/{number}" not in self.known

    def _ask(self, path: str, key: str, told: dict[str, Any]) -> dict[str, Any]:
        """Ask until somebody answers, under the same key; what is answered must be that it is done."""
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                status, said = self._once(path, key, told)
            except (OSError, http.client.HTTPException):
                assert time.monotonic() < deadline, key
                time.sleep(1)
                continue
            assert status in {200, 201}, (status, said)
            return dict(json.loads(said))

    def _once(self, path: str, key: str, told: dict[str, Any]) -> tuple[int, bytes]:
        port = next(self.ports)
        self._note(f"{port} {key}")
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        try:
            headers = self.headers | {"Idempotency-Key": key, "Content-Type": "application/json"}
            connection.request("POST", path, json.dumps(told), headers)
            answer = connection.getresponse()
            said = answer.read()
        except ConnectionRefusedError:
            raise  # nobody has heard it
        except (OSError, http.client.HTTPException):
            self._note(f"cut {port} {key}")
            raise
        finally:
            connection.close()
        return answer.status, said

    def _note(self, line: str) -> None:
        with self.asked.open("a") as log:
            log.write(f"{line}\n")


if __name__ == "__main__":
    give(Path(sys.argv[1]), *(int(word) for word in sys.argv[2:5]), float(sys.argv[5]))
