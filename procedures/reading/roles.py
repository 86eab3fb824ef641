"""Roles: positions in units, alternatives, the opener, and people outside the agency."""

from procedures.finding import Edit
from procedures.model import Holder, Role
from procedures.places import Path
from procedures.reading.block import Block, open_block
from procedures.reading.desk import Desk
from procedures.reading.phrase import Phrase, phrase, spoken
from procedures.source import Node
from procedures.text import fold
from procedures.words import Words, say

OPENER = "người mở hồ sơ"
_OUTSIDE = "bên ngoài, ghi nhận:"
_RELATIVE = {
    "đơn vị mở hồ sơ": "opener_unit",
    "đơn vị cấp trên": "parent_of_opener_unit",
    "đơn vị chủ trì": "owner_unit",
}


def read_roles(root: Block) -> tuple[Role, ...]:
    """Read `vai trò:`."""
    roles = []
    for key, value in root.named("roles"):
        path = ("roles", key.text)
        root.desk.put_entry(path, key, value)
        sentences, external = _sentences(root.desk, key, value, path)
        holders = [_holder(root.desk, part) for sentence in sentences for part in sentence.split(" hoặc ")]
        text = " hoặc ".join(sentence.text for sentence in sentences)
        if holders and None not in holders:
            said = f"{_OUTSIDE} {text}" if external else text
            roles.append(Role(name=key.text, holders=tuple(h for h in holders if h), external=external, text=said))
    return tuple(roles)


def _sentences(desk: Desk, key: Node, value: Node, path: Path) -> tuple[list[Phrase], bool]:
    """Return the holders' sentences without the mark of an outside role, and whether it was there."""
    if value.kind == "list":
        parts = [_sentences(desk, key, item, (*path, position)) for position, item in enumerate(value.items)]
        return [sentence for found, _ in parts for sentence in found], any(external for _, external in parts)
    if value.kind == "map":
        long = open_block(desk, "role", value, path, key)
        position, unit = long.text("position"), long.text("unit")
        return ([_spoken(position, unit, value)] if position else []), long.yes("external")
    sentence = phrase(value)
    inside = sentence.after(_OUTSIDE)
    return [inside or sentence], inside is not None


def _spoken(position: str, unit: str | None, node: Node) -> Phrase:
    if unit is None:
        return spoken(position, node)
    return spoken(f"{position} của {unit}" if unit in _RELATIVE else f"{position}, {unit}", node)


def _holder(desk: Desk, words: Phrase) -> Holder | None:
    if words.text == OPENER:
        return Holder(opener=True)
    for relative, meaning in _RELATIVE.items():
        if words.text.endswith(f" của {relative}"):
            return Holder.model_validate({"position": words.text.removesuffix(f" của {relative}"), "relative": meaning})
    if _slip(desk, words):
        return None
    if f"{words.text} ".startswith(("của ", "hoặc ")) or words.text.endswith(" hoặc"):
        _unclear(desk, words, say("“{text}” is not a position in a unit", text=words.text))
        return None
    position, unit = _position_and_unit(words)
    if unit is None and "," not in words.text and position.text:
        return Holder(position=position.text)
    if unit is None or not position.text or not unit.text or "," in unit.text:
        _unclear(desk, words, say("“{text}” is not a position in a unit", text=words.text))
        return None
    return Holder(position=position.text, unit=unit.text)


def _position_and_unit(words: Phrase) -> tuple[Phrase, Phrase | None]:
    for separator in (",", " của "):
        if separator in words.text:
            at = words.text.index(separator)
            return words.slice(0, at), words.slice(at + len(separator))
    return words, None


def _slip(desk: Desk, words: Phrase) -> bool:
    for ending in (OPENER, *(f" của {relative}" for relative in _RELATIVE)):
        start = len(words.text) - len(ending)
        written = words.text[start:] if start >= 0 else ""
        whole = ending != OPENER or start == 0
        if whole and written != ending and fold(written) == fold(ending):
            mend = Edit(words.slice(start).span, ending.strip())
            message = say("“{text}” is not understood", text=words.text)
            _unclear(desk, words, message, words.text[:start] + ending, mend)
            return True
    return False


def _unclear(desk: Desk, words: Phrase, message: Words, name: str = "", *fix: Edit) -> None:
    help_ = (
        say("did you mean “{name}”?", name=name)
        if name
        else say("write:  position, unit — or:  position của đơn vị mở hồ sơ")
    )
    desk.fault("QT116", words.span, message, help=help_, fix=fix)
