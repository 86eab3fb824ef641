"""What may be done with the time of a case: start of the count, variants, supplements, extensions, early ends."""

import re
from dataclasses import dataclass

from procedures.allowances import CountedFrom, Extensions, SupplementClock, Supplements
from procedures.lengths import Duration
from procedures.model import FieldType
from procedures.reading import times
from procedures.reading.block import Block, open_block
from procedures.reading.conditions import Conditions
from procedures.reading.names import Names
from procedures.reading.phrase import Phrase, phrase
from procedures.reading.variants import read_variants
from procedures.words import Words, say

_AT_MOST = re.compile(r"không quá (\d{1,2}) lần")
_COUNT = re.compile(r"(\d{1,2})( lần)?")
_CLOCKS: dict[str, SupplementClock] = {
    "tính lại": "restart",
    "dừng tính": "pause",
    "không tính": "exclude",
    "tính tiếp": "none",
}
_OUTSIDE = "không tính vào thời hạn chung"
_NONE = "không"


@dataclass(frozen=True, slots=True)
class Allowances:
    """Reads the head against the declared steps, roles and values."""

    steps: Names
    roles: Names
    conditions: Conditions

    def read(self, head: Block) -> dict[str, object]:
        """Return what the head allows, by the names of the model; what is not written keeps its default."""
        found: dict[str, object] = {
            "counted_from": self._counted_from(head),
            "supplements": self._supplements(head),
            "extensions": self._extensions(head),
            "consultation": times.norm(head, "consultation"),
            "refused_by": self._roles(head, "refused_by"),
            "stopped_by": self._roles(head, "stopped_by"),
        }
        limits = read_variants(head, self.conditions)
        if limits is not None:
            found |= {"within": limits[0], "variants": limits[1]}
        return {name: part for name, part in found.items() if part is not None}

    def _roles(self, block: Block, id_: str) -> tuple[str, ...] | None:
        names = block.names(id_)
        if len(names) == 1 and names[0].text not in self.roles.declared:
            names = names[0].split(" hoặc ")
        return self._resolved(block, names) if names else None

    def _resolved(self, block: Block, names: list[Phrase]) -> tuple[str, ...]:
        return tuple(role for name in names if (role := self.roles.resolve(block.desk, name)) is not None)

    def _counted_from(self, head: Block) -> CountedFrom | None:
        sentence = head.phrase("counted_from")
        if sentence is None:
            return None
        match sentence.text:
            case "tiếp nhận":
                return CountedFrom()
            case "đủ hồ sơ":
                return CountedFrom(event="complete")
            case "có ý kiến":
                return CountedFrom(event="opinion")
        step, day = sentence.after("xong"), sentence.after("ngày")
        if step is not None:
            name = self.steps.resolve(head.desk, step)
            return CountedFrom(event="step", name=name) if name else None
        if day is not None and day.text in self.conditions.fields:
            return self._from_date(head, day)
        _unclear(head, sentence, say("write one of: tiếp nhận | đủ hồ sơ | xong <bước> | ngày <thông tin> | có ý kiến"))
        return None

    def _from_date(self, head: Block, day: Phrase) -> CountedFrom | None:
        if self.conditions.fields[day.text].type is FieldType.DATE:
            return CountedFrom(event="date", name=day.text)
        _unclear(head, day, say("name a value of the kind “ngày”"))
        return None

    def _supplements(self, head: Block) -> Supplements | None:
        node = head.value("supplement")
        if node is None:
            return None
        if node.kind == "text":
            return _supplement_sentence(head, phrase(node))
        long = open_block(head.desk, "supplement", node, (*head.path, "supplement"), head.entries["supplement"][0])
        clock = long.text("clock")
        return _supplements(
            at_most=_count(long), clock=_CLOCKS[clock] if clock else None, close_after=_length(long, "close_after")
        )

    def _extensions(self, head: Block) -> Extensions | None:
        node = head.value("extension")
        if node is None:
            return None
        if node.kind == "text":
            return self._extension_sentence(head, phrase(node))
        long = open_block(head.desk, "extension", node, (*head.path, "extension"), head.entries["extension"][0])
        return _extensions(
            at_most=_count(long),
            each=_length(long, "each_time"),
            ahead=_length(long, "ahead"),
            decided_by=self._roles(long, "decided_by"),
        )

    def _extension_sentence(self, head: Block, sentence: Phrase) -> Extensions:
        if sentence.text == _NONE:
            return Extensions(at_most=0)
        found: dict[str, object] = {}
        for part in sentence.split(","):
            each, ahead, by = part.after("mỗi lần không quá"), part.after("trước hạn"), part.after("do")
            if count := _AT_MOST.fullmatch(part.text):
                found["at_most"] = int(count[1])
            elif each is not None:
                found["each"] = times.amount(head.desk, each)
            elif ahead is not None:
                found["ahead"] = times.amount(head.desk, ahead)
            elif by is not None and by.text.endswith(" quyết định"):
                found["decided_by"] = self._resolved(head, by.slice(0, -len(" quyết định")).split(" hoặc "))
            else:
                _unclear(head, part, say("write:  không quá 1 lần, mỗi lần không quá 5 ngày làm việc, do … quyết định"))
        return _extensions(**found)


def _supplement_sentence(head: Block, sentence: Phrase) -> Supplements:
    if sentence.text == _NONE:
        return Supplements(at_most=0)
    found: dict[str, object] = {}
    for part in sentence.split(","):
        close = part.after("đóng hồ sơ sau")
        clock = "không tính" if part.text == _OUTSIDE else part.text.removesuffix(" thời hạn")
        if count := _AT_MOST.fullmatch(part.text):
            found["at_most"] = int(count[1])
        elif clock in _CLOCKS:
            found["clock"] = _CLOCKS[clock]
        elif close is not None:
            found["close_after"] = times.amount(head.desk, close)
        else:
            _unclear(head, part, say("write:  không quá 1 lần, tính lại thời hạn, đóng hồ sơ sau 15 ngày làm việc"))
    return _supplements(**found)


def _supplements(**found: object) -> Supplements:
    return Supplements(**{name: part for name, part in found.items() if part is not None})  # type: ignore[arg-type]


def _extensions(**found: object) -> Extensions:
    return Extensions(**{name: part for name, part in found.items() if part is not None})  # type: ignore[arg-type]


def _count(long: Block) -> int | None:
    written = long.phrase("at_most")
    number = _COUNT.fullmatch(written.text) if written else None
    if written is not None and number is None:
        _unclear(long, written, say("write:  không quá: 2"))
    return int(number[1]) if number else None


def _length(long: Block, id_: str) -> Duration | None:
    written = long.phrase(id_)
    return times.amount(long.desk, written) if written else None


def _unclear(block: Block, words: Phrase, help_: Words) -> None:
    block.desk.fault("QT129", words.span, say("“{text}” is not understood here", text=words.text), help=help_)
