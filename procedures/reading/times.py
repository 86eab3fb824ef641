"""Time limits, dates and clock times of a definition."""

from datetime import date

from procedures.finding import Span
from procedures.model import Duration, Norm, SubLimit, Unit
from procedures.reading.block import Block, open_block
from procedures.reading.desk import Desk
from procedures.reading.phrase import Phrase, phrase, spoken
from procedures.source import Node
from procedures.values import ValueSaid, parse_clock_time, parse_date, parse_duration
from procedures.words import say

_OUTSIDE = ", không tính vào thời hạn chung"


def norm(block: Block, id_: str) -> Norm | None:
    """Read the limit of a step, with whether it counts towards the limit of the case."""
    node = block.value(id_)
    return (
        None
        if node is None or node.kind == "list"
        else _norm(block.desk, block.entries[id_][0], node, (*block.path, id_))
    )


def limit(block: Block, id_: str) -> Duration | None:
    """Read a limit that is only a length of time."""
    read = norm(block, id_)
    return read.within if read else None


def case_limit(block: Block) -> tuple[Duration | None, list[Phrase]]:
    """Read the limit of a case, and the names of the steps during which its clock stands."""
    node = block.value("within")
    if node is None or node.kind != "map":
        return limit(block, "within"), []
    long = open_block(block.desk, "limit", node, (*block.path, "within"), block.entries["within"][0])
    read = _amount(long)
    return read.within if read else None, long.names("pause_when")


def amount(desk: Desk, sentence: Phrase) -> Duration | None:
    """Read words that are a length of time and nothing else."""
    try:
        return parse_duration(sentence.text)
    except ValueSaid as said:
        desk.fault("QT110", sentence.span, said.words)
        return None


def sublimits(block: Block) -> tuple[SubLimit, ...]:
    """Read `thời hạn con`."""
    limits = []
    for name, value in block.named("sublimits"):
        path = (*block.path, "sublimits", name.text)
        block.desk.put_entry(path, name, value)
        read = _norm(block.desk, name, value, path)
        if read:
            limits.append(SubLimit(name=name.text, within=read.within))
    return tuple(limits)


def entry_limit(desk: Desk, key: Node, value: Node, path: tuple[str | int, ...]) -> Duration | None:
    """Read the limit written at `value`."""
    read = _norm(desk, key, value, path)
    return read.within if read else None


def _norm(desk: Desk, key: Node, node: Node, path: tuple[str | int, ...]) -> Norm | None:
    if node.kind == "text":
        return _sentence(desk, phrase(node))
    long = open_block(desk, "within", node, path, key)
    read = _amount(long)
    return read and Norm(within=read.within, counted=read.counted and not long.yes("not_counted"))


def _amount(long: Block) -> Norm | None:
    amount, unit = long.text("value"), long.text("unit")
    if amount is None or unit is None:
        return None
    return _sentence(long.desk, spoken(f"{amount} {unit}", long.node))


def _sentence(desk: Desk, sentence: Phrase) -> Norm | None:
    outside = sentence.text.endswith(_OUTSIDE)
    within = amount(desk, sentence.slice(0, len(sentence.text) - len(_OUTSIDE)) if outside else sentence)
    if within is None:
        return None
    return Norm(within=within, counted=not outside and within.unit is not Unit.NOT_COUNTED)


def clock_time(block: Block, id_: str) -> str | None:
    """Read a clock time as "15:00"."""
    sentence = block.phrase(id_)
    if sentence is None:
        return None
    try:
        return f"{parse_clock_time(sentence.text):%H:%M}"
    except ValueSaid as said:
        block.desk.fault("QT114", sentence.span, said.words)
        return None


def day(block: Block, id_: str) -> date | None:
    """Read a date."""
    sentence = block.phrase(id_)
    return None if sentence is None else day_of(block.desk, sentence.text, sentence.span)


def day_of(desk: Desk, text: str, place: Span) -> date | None:
    """Read a date that stands anywhere."""
    try:
        return parse_date(text)
    except ValueSaid as said:
        desk.fault("QT111", place, said.words, help=say("write a date as 01/01/2027"))
        return None
