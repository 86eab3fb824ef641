"""What a Python definition says, as the texts, lists and maps that its YAML twin would hold."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from procedures.python.spots import Place, Spot


class Misuse(TypeError):  # noqa: N818 - it is a sentence about what was written
    """Something that the builder cannot take; `reason` is its key in `MISUSES`."""

    def __init__(self, reason: str) -> None:
        super().__init__(MISUSES[reason])
        self.reason = reason


#: What can be wrong with the words themselves; everything else is found when the definition is read.
MISUSES: Mapping[str, str] = {
    "truth": "conditions are joined by & | ~ in brackets, not by “and”, “or”, “not” or a < b < c",
    "float": "a number with a point is not exact; write whole numbers, Decimal, or a text such as “1,5”",
    "condition": "a condition is made with field(…) and a comparison, not with a function or a text",
    "value": "this kind of value cannot stand in a definition",
    "step": "only step(…) stands in “steps”, only sample(…) in “tests”",
}


class Said:
    """A text, a list or a map with its place."""

    __slots__ = ("content", "place")

    def __init__(
        self, content: "str | list[Said] | list[tuple[Said, Said]]", place: Place, *, pairs: bool = False
    ) -> None:
        self.content: dict[str, object] = (
            {"t": content} if isinstance(content, str) else {"m" if pairs else "l": content}
        )
        self.place = place

    def plain(self) -> dict[str, object]:
        """Return it as JSON data: the place as `p`, and one of `t` (text), `l` (list), `m` (map: pairs)."""
        ((kind, content),) = self.content.items()
        return {"p": self.place, kind: _plain(content)}


def _plain(content: object) -> object:
    if isinstance(content, (list, tuple)):
        return [_plain(part) for part in content]
    return content.plain() if isinstance(content, Said) else content


class Spoken:
    """What writes itself as a text of the language: an amount of money, a condition, a day."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text


def said(value: object, spot: Spot) -> Said:
    """Return a value as a definition holds it; raises Misuse for what it cannot hold."""
    if isinstance(value, Said):
        return value
    if isinstance(value, Mapping):
        return _entries(value, spot)
    if isinstance(value, (list, tuple)):
        items = [said(item, spot.item(position, len(value))) for position, item in enumerate(value)]
        return Said(items, spot.place)
    return Said(text_of(value), spot.place)


def _entries(value: Mapping[object, object], spot: Spot) -> Said:
    pairs = []
    for position, (key, part) in enumerate(value.items()):
        at_key, at_value = spot.entry(position, len(value))
        pairs.append((said(key, at_key), said(part, at_value)))
    return Said(pairs, spot.place, pairs=True)


def text_of(value: object) -> str:
    """Return a value as the language writes it; raises Misuse."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, (int, Decimal)):
        return format(value, "d" if isinstance(value, int) else "f").replace(".", ",")
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, Spoken):
        return value.text
    raise Misuse("float" if isinstance(value, float) else "value")


def named(words: Mapping[str, object], spot: Spot, names: Mapping[str, str]) -> list[tuple[Said, Said]]:
    """Return named arguments as entries; None is left out, `names` are those that Python spells otherwise."""
    pairs = []
    for name, value in words.items():
        if value is not None:
            at_name, at_value = spot.keyword(name)
            pairs.append((Said(names.get(name, name), at_name.place), said(value, at_value)))
    return pairs


def block(pairs: Sequence[tuple[Said, Said]], spot: Spot) -> Said:
    """Return entries as a map that stands where the call stands."""
    return Said(list(pairs), spot.place, pairs=True)
