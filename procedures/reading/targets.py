"""Ways on: a step, `đồng thời …`, `trả về …`, `kết thúc …` and the like, as a sentence or in the long form."""

import re
from dataclasses import dataclass

from procedures.finding import Edit
from procedures.model import BackTo, End, Go, ReturnClock, Target
from procedures.places import Path
from procedures.reading.block import Block, open_block
from procedures.reading.desk import Desk
from procedures.reading.names import Names
from procedures.reading.phrase import Phrase, phrase
from procedures.source import Node
from procedures.text import fold
from procedures.words import Words, say

FORK, RACE, BACK, END = "đồng thời", "việc nào xong trước", "trả về", "kết thúc"
OPENINGS = (FORK, RACE, BACK, END)
_CLOCKS = {"tính lại": ReturnClock.RESTART, "tính tiếp": ReturnClock.CONTINUE, "dừng tính": ReturnClock.PAUSE}
_AT_MOST = re.compile(r"không quá (\d{1,3}) lần")
_COUNT = re.compile(r"(\d{1,3})( lần)?")
#: What people write for a return.
_MEANT_BACK = ("trả lại", "quay lại", "quay về", "chuyển lại", "chuyển về")
_CANCEL_REST = frozenset({"huỷ việc còn lại", "hủy việc còn lại"})


@dataclass(frozen=True, slots=True)
class Targets:
    """Reads where a step leads, against the declared steps."""

    desk: Desk
    steps: Names

    def read(self, key: Node, value: Node, path: Path) -> Target | None:
        """Read a way on at `path`; None when a fault leaves it open."""
        self.desk.put((*path, "target"), value.span)
        if value.kind == "text":
            target = self.sentence(phrase(value), (*path, "target"))
        else:
            target = self.long(open_block(self.desk, "target", value, path, key))
        if target is None:
            self.desk.maimed = True
        return target

    def sentence(self, words: Phrase, path: Path = ()) -> Target | None:
        """Read one sentence."""
        forked, raced, returned, ended = (words.after(opening) for opening in OPENINGS)
        if forked is not None:
            return self.fork(words, forked.split(","), path)
        if raced is not None:
            return self.fork(words, raced.split(","), path, race=True)
        if returned is not None:
            return self._back(words, returned.split(","))
        if ended is not None:
            return self._end(words, ended.split(","))
        if self._misspelt(words) or self._several(words):
            return None
        step = self.steps.resolve(self.desk, words)
        return Go(steps=(step,)) if step else None

    def fork(self, whole: Phrase, names: list[Phrase], path: Path = (), *, race: bool = False) -> Target | None:
        """Read the steps of a fork: two or more, each once."""
        opening = RACE if race else FORK
        steps = [self.steps.resolve(self.desk, name) for name in names]
        for step, name in zip(steps, names, strict=True):
            self.desk.put((*path, step or name.text), name.span)
        if len(names) < 2:  # noqa: PLR2004 - a fork has two ways at least
            self._unclear(
                whole,
                say("“{words}” needs two steps or more", words=opening),
                say("write:  {words} a, b", words=opening),
            )
            return None
        if twice := {name.text for name in names if [n.text for n in names].count(name.text) > 1}:
            self.desk.fault("QT106", whole.span, say("“{name}” is named twice", name=min(twice)))
            return None
        return None if None in steps else Go(steps=tuple(step for step in steps if step), race=race)

    def _back(self, whole: Phrase, parts: list[Phrase]) -> Target | None:
        if not parts[0].text:
            self._unclear(whole, say("“trả về” needs a step"), say("write:  trả về a, không quá 2 lần"))
            return None
        step = self.steps.resolve(self.desk, parts[0])
        at_most, clock = None, ReturnClock.CONTINUE
        for part in parts[1:]:
            policy = _CLOCKS.get(part.text.removesuffix(" thời hạn"))
            if count := _AT_MOST.fullmatch(part.text):
                at_most = int(count[1])
            elif policy:
                clock = policy
            else:
                self._unclear(
                    part,
                    say("“{text}” is not understood after “trả về”", text=part.text),
                    say("write:  trả về {step}, không quá 2 lần, dừng tính thời hạn", step=parts[0].text),
                )
                return None
        return BackTo(step=step, at_most=at_most, clock=clock) if step else None

    def _end(self, whole: Phrase, parts: list[Phrase]) -> Target | None:
        cancel_rest = len(parts) > 1 and parts[1].text in _CANCEL_REST
        if not parts[0].text:
            self._unclear(whole, say("“kết thúc” needs a result"), say("write:  kết thúc hoàn thành"))
            return None
        if len(parts) > 1 + cancel_rest:
            strange = parts[1 + cancel_rest]
            self._unclear(
                strange,
                say("“{text}” is not understood after “kết thúc”", text=strange.text),
                say("only “huỷ việc còn lại” may follow the result"),
            )
            return None
        return End(result=parts[0].text, cancel_rest=cancel_rest)

    def _misspelt(self, words: Phrase) -> bool:
        if any(fold(step) == fold(words.text) for step in self.steps.declared):
            return False
        meant = ((opening, opening) for opening in OPENINGS)
        for said, opening in (*meant, *((said, BACK) for said in _MEANT_BACK)):
            written = words.text[: len(said)]
            if written != opening and f"{fold(words.text)} ".startswith(f"{fold(said)} "):
                mend = Edit(words.slice(0, len(said)).span, opening)
                self._unclear(
                    words,
                    say("“{text}” is not understood", text=words.text),
                    say("did you mean “{name}”?", name=opening + words.text[len(said) :]),
                    mend,
                )
                return True
        return False

    def _several(self, words: Phrase) -> bool:
        parts = words.split(",")
        if len(parts) == 1 or not all(part.text in self.steps.declared for part in parts):
            return False
        self._unclear(
            words,
            say("several steps, but not whether all of them or one of them"),
            say("for all at once write:  đồng thời {steps}", steps=words.text),
            Edit(words.span, f"{FORK} {words.text}"),
        )
        return True

    def _unclear(self, words: Phrase, message: Words, help_: Words, *fix: Edit) -> None:
        self.desk.fault("QT118", words.span, message, help=help_, fix=fix)

    def long(self, block: Block) -> Target | None:
        """Read the long form; the block holds exactly one of `đồng thời`, `trả về`, `kết thúc` and the like."""
        if exactly_one(block, ("fork", "first_of", "back_to", "end")) is None:
            return None
        for id_ in ("fork", "first_of"):
            if block.has(id_):
                names = block.names(id_)
                return self.fork(names[0], names, race=id_ == "first_of") if names else None
        return self._long_back(block) if block.has("back_to") else self._long_end(block)

    def _long_back(self, block: Block) -> Target | None:
        name, count, clock = block.phrase("back_to"), block.phrase("at_most"), block.text("clock")
        if name is None:
            return None
        step = self.steps.resolve(self.desk, name)
        number = _COUNT.fullmatch(count.text) if count else None
        if count and not number:
            self._unclear(count, say("“{text}” is not a count", text=count.text), say("write:  không quá: 2"))
            return None
        policy = _CLOCKS[clock] if clock else ReturnClock.CONTINUE
        return BackTo(step=step, at_most=int(number[1]) if number else None, clock=policy) if step else None

    def _long_end(self, block: Block) -> Target | None:
        result = block.phrase("end")
        if result is None:
            return None
        said = self._end(result, result.split(","))
        cancel_rest = block.yes("cancel_rest")
        return End(result=said.result, cancel_rest=cancel_rest or said.cancel_rest) if isinstance(said, End) else None


def exactly_one(block: Block, ids: tuple[str, ...]) -> str | None:
    """Return the one entry of `ids` that is written; none or several are reported."""
    written = [id_ for id_ in ids if block.has(id_)]
    if len(written) > 1:
        a, b = (block.entries[id_][0] for id_ in written[:2])
        block.desk.fault("QT108", b.span, say("“{a}” and “{b}” exclude each other", a=a.text, b=b.text))
    elif not written:
        block.missing(ids[0])
    return written[0] if len(written) == 1 else None
