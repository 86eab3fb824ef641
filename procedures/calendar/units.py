"""The calendars of an agency: its own, and those of the units that declare hours or days of theirs."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType

from procedures.calendar.clock import Calendar
from procedures.calendar.versions import Version

_NONE: Mapping[str, Version] = MappingProxyType({})


class Calendars:
    """The agency's calendar, and what units declare for themselves; equal declarations give equal answers for ever."""

    def __init__(self, base: Calendar, own: Mapping[str, Version] = _NONE) -> None:
        """Take what each unit declares alone, not yet laid over what it inherits."""
        self.base = base
        self.own = own
        self._built: dict[tuple[str, ...], Calendar] = {(): base}

    @cached_property
    def hash(self) -> str:
        """Return the content hash by which a due instant remembers what it was counted on."""
        if not self.own:
            return self.base.hash
        told = [self.base.hash, *(f"{unit} {self.own[unit].hash}" for unit in sorted(self.own))]
        return "sha256:" + hashlib.sha256("\n".join(told).encode()).hexdigest()

    def of(self, unit: str | None, above: Callable[[str], str | None]) -> Calendar:
        """Return what counts for a unit: what it declares, over what the units above it declare, over the agency's.

        `above` names the unit above another, None at the top.
        """
        if unit is None or not self.own:
            return self.base
        line = tuple(reversed([name for name in _upwards(unit, above) if name in self.own]))
        if line not in self._built:
            version = self.base.version
            for name in line:
                version = self.own[name].over(version)
            self._built[line] = Calendar(version)
        return self._built[line]


def _upwards(unit: str, above: Callable[[str], str | None]) -> Iterator[str]:
    seen: set[str] = set()
    place: str | None = unit
    while place is not None and place not in seen:
        seen.add(place)
        yield place
        place = above(place)
