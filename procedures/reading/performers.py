"""Several performers of one step: who they are (`mỗi`), and how many are enough (`đủ khi`, `biểu quyết`)."""

import re
from dataclasses import dataclass
from typing import Literal

from procedures.reading.block import Block
from procedures.reading.desk import Desk
from procedures.reading.names import Names
from procedures.reading.phrase import Phrase
from procedures.several import Enough, Several
from procedures.words import say

_EACH: dict[str, Literal["person", "unit"]] = {"người": "person", "đơn vị": "unit"}
_OF: dict[str, Literal["called", "appointed"]] = {" số được triệu tập": "called", " số được cử": "appointed"}
_COUNT = re.compile(r"ít nhất (\d{1,3})(?: (?:người|đơn vị|phiếu))?")
_SHARE = re.compile(r"(ít nhất|trên) (?:(\d{1,3})/(\d{1,3})|(\d{1,3})%)")


@dataclass(frozen=True, slots=True)
class Performers:
    """Reads who does a step together."""

    desk: Desk
    fields: Names

    def read(self, block: Block) -> Several | None:
        """Read the entries of one step; None where one person does it."""
        written = [id_ for id_ in ("enough", "vote") if block.has(id_)]
        if len(written) > 1:
            a, b = (block.entries[id_][0] for id_ in written)
            self.desk.fault("QT108", b.span, say("“{a}” and “{b}” exclude each other", a=a.text, b=b.text))
        if written == ["enough"] and not block.has("each"):
            key = block.entries["enough"][0]
            self.desk.fault(
                "QT142",
                key.span,
                say("“{key}” needs “mỗi”: who does the step together", key=key.text),
                help=say("add a line:  mỗi: đơn vị trong …"),
            )
        if not (block.has("each") or block.has("vote")):
            return None
        self.desk.put((*block.path, "several"), block.span("each" if block.has("each") else "vote"))
        called = self._called(block)
        vote, enough = self._vote(block), self._enough(block)
        if called is None or (block.has("vote") and vote is None):
            return None
        each, field, named = called
        label, needed = vote or (None, enough or Enough())
        return Several(each=each, field=field, named=named, enough=needed, vote=label)

    def _called(self, block: Block) -> tuple[Literal["person", "unit"], str | None, tuple[str, ...]] | None:
        if not block.has("each"):
            return "person", None, ()
        words = block.phrase("each")
        if words is None:
            return None
        for opening, each in _EACH.items():
            rest = words.after(opening)
            if rest is None:
                continue
            listed = rest.after("trong")
            if listed is not None and listed.text:
                return (each, *self._listed(listed))
            if not rest.text and each == "person":
                return each, None, ()
        self.desk.fault(
            "QT141",
            words.span,
            say("“{text}” does not say who does the step together", text=words.text),
            help=say("write:  mỗi: người — or:  mỗi: đơn vị trong <thông tin>"),
        )
        return None

    def _listed(self, words: Phrase) -> tuple[str | None, tuple[str, ...]]:
        """Return the declared value that lists them, or their names."""
        if words.text in self.fields.declared:
            return words.text, ()
        names = words.split(";" if ";" in words.text else ",")
        return None, tuple(dict.fromkeys(name.text for name in names if name.text))

    def _enough(self, block: Block) -> Enough | None:
        words = block.phrase("enough")
        return self._amount(words) if words else None

    def _vote(self, block: Block) -> tuple[str, Enough] | None:
        words = block.phrase("vote")
        if words is None:
            return None
        label, sign, amount = words.text.rpartition(" khi ")
        if not sign:
            self._unclear(words)
            return None
        enough = self._amount(words.slice(len(words.text) - len(amount)))
        return (label.strip(), enough) if enough else None

    def _amount(self, words: Phrase) -> Enough | None:
        tail = next((tail for tail in _OF if words.text.endswith(tail)), None)
        text = words.text.removesuffix(tail or "")
        of = _OF[tail] if tail else "called"
        count, share = _COUNT.fullmatch(text), _SHARE.fullmatch(text)
        if text == "tất cả":
            return Enough(of=of)
        if text == "quá nửa":
            return Enough(share=(1, 2), more=True, of=of)
        if count is not None and int(count[1]) and not tail:
            return Enough(at_least=int(count[1]))
        if share is not None:
            part, whole = (int(share[4]), 100) if share[4] else (int(share[2]), int(share[3]))
            more = share[1] == "trên"
            if 0 < part <= whole and not (more and part == whole):
                return Enough(share=(part, whole), more=more, of=of)
        self._unclear(words)
        return None

    def _unclear(self, words: Phrase) -> None:
        self.desk.fault(
            "QT142",
            words.span,
            say("“{text}” does not say how many are enough", text=words.text),
            help=say("write:  tất cả, ít nhất 3, ít nhất 2/3 số được cử, trên 50%, quá nửa"),
        )
