"""The calendars of an agency: its own, and those of the units that declare hours or days of theirs."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

from procedures.calendar.clock import Calendar
from procedures.calendar.versions import Version

_NONE: Mapping[str, Version] = MappingProxyType({})
#: How the line of the text begins that tells which units inherit; every other line is a version.
_INHERITS = '{"inherits": '


class Calendars:
    """The agency's calendar, and what units declare for themselves; equal declarations give equal answers for ever."""

    def __init__(
        self,
        base: Calendar,
        own: Mapping[str, Version] = _NONE,
        inherits: Mapping[str, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        """Take what each unit declares alone, not yet laid over what it inherits.

        `inherits` names for a unit those, from the top down, whose declarations count for it, where that is not just
        its own.
        """
        self.base = base
        self.own = dict(own)
        self.inherits = {unit: tuple(line) for unit, line in inherits.items()}
        self._built: dict[tuple[str, ...], Calendar] = {(): base}

    def under(self, above: Mapping[str, str]) -> "Calendars":
        """Return these calendars as units inherit them in a tree; `above` names the unit above each that has one."""
        lines = {unit: tuple(reversed([name for name in _upwards(unit, above) if name in self.own])) for unit in above}
        return Calendars(self.base, self.own, {unit: line for unit, line in lines.items() if set(line) - {unit}})

    @cached_property
    def hash(self) -> str:
        """Return the content hash by which a due instant remembers what it was counted on.

        It covers the tree of units as far as that decides whose calendar counts for whom.
        """
        return "sha256:" + hashlib.sha256(self.text.encode()).hexdigest()

    @cached_property
    def text(self) -> str:
        """Return all of it as text: a line for the agency, one for each unit, one for which units inherit."""
        lines = [self.base.version.model_dump_json(), *(self.own[unit].model_dump_json() for unit in sorted(self.own))]
        if self.inherits:
            lines.append(_INHERITS + json.dumps(self.inherits, ensure_ascii=False, sort_keys=True) + "}")
        return "\n".join(lines)

    @classmethod
    def from_text(cls, text: str) -> "Calendars":
        """Read the text back; raises ValueError for any other."""
        base, *more = text.split("\n")
        inherits = json.loads(more.pop())["inherits"] if more and more[-1].startswith(_INHERITS) else {}
        own = [Version.model_validate_json(line) for line in more]
        named = {version.unit: version for version in own if version.unit is not None}
        return cls(Calendar(Version.model_validate_json(base)), named, inherits)

    def of(self, unit: str | None) -> Calendar:
        """Return what counts for a unit: what it declares, over what the units above it declare, over the agency's."""
        if unit is None or not self.own:
            return self.base
        line = self.inherits.get(unit, (unit,) if unit in self.own else ())
        if line not in self._built:
            version = self.base.version
            for name in line:
                version = self.own[name].over(version)
            self._built[line] = Calendar(version)
        return self._built[line]


def _upwards(unit: str, above: Mapping[str, str]) -> Iterator[str]:
    seen: set[str] = set()
    place: str | None = unit
    while place is not None and place not in seen:
        seen.add(place)
        yield place
        place = above.get(place)
