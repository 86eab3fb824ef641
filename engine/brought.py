"""What packages bring along under a group of entry points, by the names that people write."""

from collections.abc import Mapping
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from procedures.text import nfc


def loaded(group: str) -> Mapping[str, Any]:
    """Return what is installed under a group of entry points, by name; a name that is there twice is refused."""
    return {name: point.load() for name, point in points(group).items()}


def points(group: str) -> Mapping[str, EntryPoint]:
    """Return the entry points of a group by the names that people write, without loading what is behind them."""
    found: dict[str, EntryPoint] = {}
    for point in entry_points(group=group):
        name = nfc(point.name).replace("_", " ")
        if name in found and found[name].value != point.value:
            raise RuntimeError(f"{group}: {name} is both {found[name].value} and {point.value}")
        found[name] = point
    return found
