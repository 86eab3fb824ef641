"""A call of another procedure (`gọi quy trình`): its code, the unit that handles it, the values handed over."""

from procedures.handover import Handover
from procedures.reading.block import Block, open_block
from procedures.reading.names import Names
from procedures.reading.phrase import phrase
from procedures.source import Node


def read_call(block: Block, fields: Names) -> tuple[str | None, Handover | None]:
    """Return the code of the procedure that a step calls, and what is handed over, if anything is said of it."""
    value = block.value("call")
    if value is None:
        return None, None
    if value.kind == "text":
        return value.text, None
    long = open_block(block.desk, "call", value, (*block.path, "call"), block.entries["call"][0])
    gives = tuple((there.text, here) for there, here in _pairs(long, "give", fields))
    known = (key.text for key, _ in long.named("take") if fields.resolve(block.desk, phrase(key)))
    theirs = {key.text: name.text for key, name in long.named("take")}
    takes = tuple((here, theirs[here]) for here in known)
    return long.text("code"), Handover(unit=long.text("unit"), gives=gives, takes=takes)


def _pairs(long: Block, id_: str, fields: Names) -> list[tuple[Node, str]]:
    """Return the entries whose value is a declared value of this procedure."""
    found = []
    for key, value in long.named(id_):
        name = fields.resolve(long.desk, phrase(value))
        if name is not None:
            found.append((key, name))
    return found
