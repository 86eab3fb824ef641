"""What a machine does by itself (`tự động`): its task, what it is given, how long and how often it tries."""

import re
from collections.abc import Mapping

from procedures.model import Handling
from procedures.reading.block import Block, open_block
from procedures.reading.phrase import Phrase
from procedures.words import Words, say

_SECONDS: Mapping[str, int] = {"giây": 1, "phút": 60, "giờ": 3600}
_AMOUNT = re.compile(r"(\d{1,4}) (giây|phút|giờ)")
_RETRIES = re.compile(rf"(\d{{1,2}}) lần(?:, cách ({_AMOUNT.pattern}))?")
_NEVER = "không"
#: A machine that has no answer for so long is stuck, whatever was declared.
_LONGEST = 3600


def automatic(step: Block) -> tuple[str | None, Handling | None]:
    """Return the task of an automatic step, and how it is handled where that is declared."""
    node = step.value("automatic")
    if node is None or node.kind == "text":
        return step.text("automatic"), None
    block = open_block(step.desk, "machine", node, (*step.path, "automatic"), step.entries["automatic"][0])
    told: dict[str, object] = {"given": tuple(_given(block))}
    told |= _retries(block) | _each_try(block)
    return block.text("task"), Handling.model_validate(told)


def _given(block: Block) -> list[tuple[str, str]]:
    return [(name.text, value.text) for name, value in block.named("given")]


def _retries(block: Block) -> dict[str, object]:
    said = block.phrase("retries")
    if said is None:
        return {}
    if said.text == _NEVER:
        return {"retries": 0}
    found = _RETRIES.fullmatch(said.text)
    if found is None:
        return _fault(block, said, say("write it like  5 lần, cách 10 phút  or  không"))
    pause = {"pause": _seconds(found[3], found[4])} if found[2] else {}
    return {"retries": int(found[1]), **pause}


def _each_try(block: Block) -> dict[str, object]:
    said = block.phrase("each_try")
    if said is None:
        return {}
    found = _AMOUNT.fullmatch(said.text)
    if found is None or not 0 < _seconds(found[1], found[2]) <= _LONGEST:
        return _fault(block, said, say("write it like  30 giây  or  2 phút, at most 1 giờ"))
    return {"limit": _seconds(found[1], found[2])}


def _seconds(amount: str, unit: str) -> int:
    return int(amount) * _SECONDS[unit]


def _fault(block: Block, said: Phrase, mend: Words) -> dict[str, object]:
    block.desk.fault("QT110", said.span, say("“{text}” is not understood", text=said.text), help=mend)
    return {}
