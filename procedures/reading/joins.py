"""What a step waits for: all, the first, or so many of the steps that it names."""

import re
from typing import Literal

from procedures.joins import Join, JoinKind
from procedures.reading.block import Block, open_block
from procedures.reading.names import Names
from procedures.reading.phrase import Phrase, phrase
from procedures.words import say

_KINDS = {"join_all": JoinKind.ALL, "join_any": JoinKind.ANY, "join_some": JoinKind.SOME}
_SOME = re.compile(r"(\d{1,3})(?: bước)? trong ")
_COUNT = re.compile(r"(\d{1,3})(?: bước)?")
_FINISH = ", làm nốt việc còn lại"
_CANCEL = (", huỷ việc còn lại", ", hủy việc còn lại")
#: More steps than these are not waited for in part: the ways in which so many can come are tried one by one.
MOST = 8


def read_join(block: Block, names: Names) -> Join | None:
    """Read `chờ đủ`, `chờ một trong` or `chờ ít nhất`, of which a step has at most one."""
    desk, written = block.desk, [id_ for id_ in _KINDS if block.has(id_)]
    if len(written) > 1:
        a, b = (block.entries[id_][0] for id_ in written[:2])
        desk.fault("QT108", b.span, say("“{a}” and “{b}” exclude each other", a=a.text, b=b.text))
        desk.maimed = True
    if not written:
        return None
    id_, faults = written[0], len(desk.findings)
    desk.put((*block.path, "join"), desk.places.at(*block.path, id_), block.span(id_))
    some = _some(block) if id_ == "join_some" else None
    listed = block.names(id_) if id_ != "join_some" else some[1] if some else []
    steps = other_steps(block, listed, names, id_)
    for name in steps:
        span = desk.places.at(*block.path, id_, name)
        desk.put((*block.path, "join", name), span)
        desk.put((*block.path, "join", "steps", name), span)
    desk.maimed |= len(desk.findings) > faults and (len(steps) < len(listed) or not listed)
    if not steps:
        return None
    if some is None:
        return Join(kind=_KINDS[id_], steps=steps)
    return _counted(block, steps, some[0], some[2])


def _counted(block: Block, steps: tuple[str, ...], at_least: int, rest: Literal["cancel", "finish"]) -> Join | None:
    if 0 < at_least < len(steps) <= MOST:
        return Join(kind=JoinKind.SOME, steps=steps, at_least=at_least, rest=rest)
    if len(steps) > MOST:
        message, help_ = say("more than {most} steps are waited for in part", most=MOST), say("wait for fewer steps")
    else:
        message = say("{count} of {all} is not a part of them", count=at_least, all=len(steps))
        help_ = say("for all of them write:  chờ đủ: [{steps}]", steps=", ".join(steps))
    block.desk.fault("QT143", block.entries["join_some"][1].span, message, help=help_)
    block.desk.maimed = True
    return None


def _some(block: Block) -> tuple[int, list[Phrase], Literal["cancel", "finish"]] | None:
    value = block.value("join_some")
    if value is None:
        return None
    if value.kind == "map":
        return _long(open_block(block.desk, "some", value, (*block.path, "join_some"), block.entries["join_some"][0]))
    words = phrase(value)
    found = _SOME.match(words.text)
    if found is None:
        _unclear(block, words)
        return None
    rest = words.slice(found.end())
    lenient = rest.text.endswith(_FINISH)
    ending = next((tail for tail in (_FINISH, *_CANCEL) if rest.text.endswith(tail)), "")
    listed = rest.slice(0, len(rest.text) - len(ending))
    if listed.text.startswith("[") and listed.text.endswith("]"):
        listed = listed.slice(1, len(listed.text) - 1)
    return int(found[1]), listed.split(","), "finish" if lenient else "cancel"


def _long(long: Block) -> tuple[int, list[Phrase], Literal["cancel", "finish"]] | None:
    count, names, rest = long.phrase("count"), long.names("among"), long.text("rest")
    found = _COUNT.fullmatch(count.text) if count else None
    if count is not None and found is None:
        _unclear(long, count)
    return (int(found[1]), names, "finish" if rest == "làm nốt" else "cancel") if found else None


def _unclear(block: Block, words: Phrase) -> None:
    message = say("“{text}” does not say how many of which steps", text=words.text)
    block.desk.fault("QT143", words.span, message, help=say("write:  chờ ít nhất: 2 trong a, b, c"))


def other_steps(block: Block, written: list[Phrase], names: Names, place: str) -> tuple[str, ...]:
    """Return the declared steps that are named, each once, none of them the step itself."""
    for name in written:
        if name.text == block.title:
            block.desk.fault("QT209", name.span, say("step “{name}” names itself here", name=name.text))
    return block.resolved(written, names, place)


def kept_from(block: Block, steps: Names, fields: Names) -> tuple[str, ...]:
    """Return what `khác người` names: steps, and values that list people; a name that both have is the step."""
    written = block.names("not_same_as")
    listed = [name for name in written if name.text in fields.declared and name.text not in steps.declared]
    others = other_steps(block, [name for name in written if name not in listed], steps, "not_same_as")
    return (*others, *block.resolved(listed, fields, "not_same_as"))
