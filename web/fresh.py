"""The agency with its people as the files declare them now, so that a decision takes effect with the next page."""

import os
from dataclasses import replace

from engine.agency import Agency
from engine.organising import FOLDER
from procedures.finding import errors
from procedures.organisation import load_organisation

_State = tuple[tuple[str, int, int], ...]


class Fresh:
    """An agency whose people are read again when their files have changed; what has a fault is not taken over."""

    def __init__(self, agency: Agency) -> None:
        self._agency = agency
        self._seen = _state(agency)

    @property
    def agency(self) -> Agency:
        """The agency as it is declared now."""
        state = _state(self._agency)
        if state != self._seen:
            self._seen = state
            organisation, findings = load_organisation(self._agency.root / FOLDER)
            if not errors(findings):
                self._agency = replace(self._agency, organisation=organisation)
        return self._agency


def _state(agency: Agency) -> _State:
    """Return what tells that a file was written, in a few microseconds; nothing where there is no folder."""
    try:
        with os.scandir(agency.root / FOLDER) as found:
            return tuple(sorted((one.name, one.stat().st_mtime_ns, one.stat().st_size) for one in found))
    except OSError:
        return ()
