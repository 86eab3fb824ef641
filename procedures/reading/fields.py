"""Entered values (`thông tin:`): a type, whether it is needed, and the choices."""

from procedures.model import FieldSpec, FieldType
from procedures.reading.block import Block, open_block
from procedures.reading.desk import Desk
from procedures.reading.names import suggest
from procedures.reading.phrase import Phrase, phrase, spoken
from procedures.source import Node
from procedures.words import say

CHOICE = "chọn một trong"
TYPES = {
    "văn bản": FieldType.TEXT,
    "văn bản dài": FieldType.LONG_TEXT,
    "số tiền": FieldType.MONEY,
    "số": FieldType.NUMBER,
    "ngày": FieldType.DATE,
    "danh sách người": FieldType.PEOPLE,
    "danh sách đơn vị": FieldType.UNITS,
    "có/không": FieldType.YES_NO,
    "có hoặc không": FieldType.YES_NO,
}
_REQUIRED = ", bắt buộc"


def read_fields(root: Block) -> dict[str, FieldSpec | None]:
    """Read `thông tin:`; a value with a fault is None."""
    fields = {}
    for key, value in root.named("fields"):
        root.desk.put_entry(("fields", key.text), key, value)
        fields[key.text] = _field(root.desk, key, _sentence(root.desk, key, value))
    return fields


def _sentence(desk: Desk, key: Node, value: Node) -> Phrase | None:
    if value.kind == "text":
        return phrase(value)
    long = open_block(desk, "field", value, ("fields", key.text), key)
    kind = long.text("type")
    if kind is None:
        return None
    choices = " | ".join(choice.text for choice in long.sentences("choices"))
    return spoken(f"{kind} {choices}".strip() + (_REQUIRED if long.yes("required") else ""), value)


def _field(desk: Desk, key: Node, sentence: Phrase | None) -> FieldSpec | None:
    if sentence is None:
        return None
    required = sentence.text.endswith(_REQUIRED)
    kind = sentence.slice(0, len(sentence.text) - len(_REQUIRED)) if required else sentence
    options = kind.after(CHOICE)
    if options is not None:
        return _choice(desk, key, options, required=required)
    if kind.text in TYPES:
        return FieldSpec(name=key.text, type=TYPES[kind.text], required=required)
    near, _ = suggest(kind.text, (*TYPES, CHOICE))
    desk.fault(
        "QT117",
        kind.span,
        say("“{text}” is not a type of value", text=kind.text),
        help=say("did you mean “{name}”?", name=near)
        if near
        else say("the types are: {known}", known=", ".join((*TYPES, f"{CHOICE} A | B"))),
    )
    return None


def _choice(desk: Desk, key: Node, options: Phrase, *, required: bool) -> FieldSpec | None:
    choices = tuple(option.text for option in options.split("|"))
    if len(choices) < 2 or "" in choices or len(set(choices)) < len(choices):  # noqa: PLR2004 - one is no choice
        desk.fault(
            "QT117",
            options.span,
            say("a choice needs two different values or more"),
            help=say("write:  chọn một trong A | B | C"),
        )
        return None
    return FieldSpec(name=key.text, type=FieldType.CHOICE, required=required, choices=choices)
