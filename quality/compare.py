"""Two review packs held against each other: which figure, list or case is not the same, and how."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

#: What a difference is about.
_HEAD = ("agency", "superior", "place", "period", "cut_off", "edition", "calendar")


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two packs differ: the clause, what it is, and what either says; empty where it is not there."""

    section: str
    what: str
    before: str
    after: str


def compare(before: str, after: str) -> list[Difference]:
    """Return every difference between two packs as canonical JSON; none means that they are the same.

    Raises ValueError for what is no pack.
    """
    one, other = _read(before), _read(after)
    found = [
        Difference("", name, str(one.get(name, "")), str(other.get(name, "")))
        for name in _HEAD
        if one.get(name) != other.get(name)
    ]
    left, right = _flat(one), _flat(other)
    found += [
        Difference(section, what, left.get((section, what), ""), right.get((section, what), ""))
        for section, what in dict.fromkeys([*left, *right])
        if left.get((section, what)) != right.get((section, what))
    ]
    return found


def _read(text: str) -> Mapping[str, Any]:
    told = json.loads(text)
    if not isinstance(told, dict) or "inputs" not in told:
        raise ValueError(text[:40])
    return told


def _flat(pack: Mapping[str, Any]) -> dict[tuple[str, str], str]:
    """Return everything that a pack says, each under its clause and its name."""
    found: dict[tuple[str, str], str] = {}
    for section in pack["inputs"]:
        for part in section["parts"]:
            for what, said in _part(part):
                found[section["id"], what] = said
        found[section["id"], "asked"] = _canonical(section["asked"])
    for case, seq, head in pack["evidence"]:
        found["", case] = f"#{seq} {head[:16]}"
    return found


def _part(part: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    name = part["name"]["vi"]
    for figure in (*part.get("figures", ()), *part.get("points", ())):
        yield f"{name} · {_named(figure)}", _figure(figure)
    for place, row in enumerate(part.get("rows", ())):
        yield f"{name} · {_cell(row[0]) or place}{_again(part, place)}", " | ".join(_cell(cell) for cell in row)


def _again(part: Mapping[str, Any], place: int) -> str:
    """Tell rows apart that begin alike."""
    rows = part["rows"]
    same = [n for n, row in enumerate(rows) if row[0] == rows[place][0]]
    return f" ({same.index(place) + 1})" if len(same) > 1 else ""


def _named(figure: Mapping[str, Any]) -> str:
    scope = ", ".join(f"{value}" for _, value in sorted(figure["scope"].items()))
    return f"{figure['name']['vi']} ({figure['key']}; {scope})"


def _figure(figure: Mapping[str, Any]) -> str:
    value = "–" if figure["value"] is None else f"{figure['value']:.6g}"
    return f"{value} / {figure['measured']} [{', '.join(figure['cases'])}]"


def _cell(cell: Any) -> str:
    if isinstance(cell, str):
        return cell
    return _figure(cell) if "key" in cell else str(cell.get("vi", ""))


def _canonical(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, sort_keys=True)
