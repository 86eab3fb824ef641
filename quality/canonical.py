"""Canonical JSON of values among which there are long sets of cases: these are joined, not encoded name by name."""

import json
import re
from typing import Any

from quality.columns import Behind

#: Stands for a set until the rest is encoded; no text that is kept has a NUL.
_PLACE = "\0{}\0"
_PLACES = re.compile(r'"\\u0000(\d+)\\u0000"')
#: What JSON has to say otherwise than it stands.
_ESCAPED = re.compile(rb'[\x00-\x1f"\\]')


def canonical(told: object) -> str:
    """Return what `json.dumps` says of the same with lists of names: sorted keys, no blanks, letters as they are."""
    sets: list[str] = []
    plain_ids: dict[int, bool] = {}

    def default(value: object) -> str:
        if not isinstance(value, Behind):
            raise TypeError(type(value).__name__)
        if id(value.ids) not in plain_ids:
            plain_ids[id(value.ids)] = not _ESCAPED.search(b"".join(value.ids.tolist()))
        sets.append(_joined(value) if plain_ids[id(value.ids)] else _dumped(list(value)))
        return _PLACE.format(len(sets) - 1)

    whole = _dumped(told, default=default)
    if len(_PLACES.findall(whole)) != len(sets):  # a text that looks like one: nobody writes it, and it costs only time
        return _dumped(told, default=list)
    return _PLACES.sub(lambda found: sets[int(found[1])], whole) if sets else whole


def _joined(cases: Behind) -> str:
    """Return names that JSON says as they stand as an array."""
    told = b'","'.join(cases.ids[cases.places].tolist()).decode()
    return f'["{told}"]' if cases else "[]"


def _dumped(told: object, **more: Any) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"), **more)
