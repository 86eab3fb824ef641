"""The head of a procedure (`quy trình:`): what it is called, whose it is, how long it may take."""

import re
from dataclasses import dataclass
from datetime import date

from procedures.grammar import KINDS
from procedures.model import Duration, Kind, Term
from procedures.reading import times
from procedures.reading.block import Block
from procedures.reading.names import Names
from procedures.reading.phrase import Phrase
from procedures.words import say

_CODE = re.compile(r"\w+([.-]\w+)*")
_WHOLE = re.compile(r"[1-9]\d{0,3}")


@dataclass(frozen=True, slots=True)
class Head:
    """The entries of the head, as the model names them but for `pauses`; None for a kind that could not be read."""

    code: str
    name: str
    kind: Kind | None
    issue: int
    effective_from: date | None
    owner_unit: str
    purpose: str | None
    scope: str | None
    source: str | None
    references: tuple[str, ...]
    within: Duration | None
    when_late: tuple[str, ...]
    published_total: Duration | None
    pauses: tuple[Phrase, ...]  # steps during which the case clock stands, as written


def read_head(block: Block, roles: Names) -> Head:
    """Read `quy trình:`; `roles` are those that the file declares."""
    kind = block.text("kind")
    within, pauses = times.case_limit(block)
    return Head(
        code=_code(block),
        name=block.text("name") or "",
        kind=KINDS[kind] if kind else None,
        issue=_issue(block),
        effective_from=times.day(block, "effective_from"),
        owner_unit=block.text("owner_unit") or "",
        purpose=block.text("purpose"),
        scope=block.text("scope"),
        source=block.text("source"),
        references=tuple(line.text for line in block.sentences("references")),
        within=within,
        when_late=block.roles("when_late", roles, "when_late"),
        published_total=times.limit(block, "published_total"),
        pauses=tuple(pauses),
    )


def _code(block: Block) -> str:
    code = block.phrase("code")
    if code is None:
        return ""
    if not _CODE.fullmatch(code.text):
        block.desk.fault(
            "QT123",
            code.span,
            say("“{text}” cannot be the code of a procedure", text=code.text),
            help=say("use letters and digits joined by - or . , for example QT-VP-05"),
        )
    return code.text


def _issue(block: Block) -> int:
    number = block.phrase("issue")
    if number is None:
        return 1
    if _WHOLE.fullmatch(number.text):
        return int(number.text)
    block.desk.fault(
        "QT112",
        number.span,
        say("“{text}” is not a whole number from 1", text=number.text),
        help=say("write it in digits, for example 3"),
    )
    return 1


def read_terms(block: Block) -> tuple[Term, ...]:
    """Read `thuật ngữ`, which may stand in the head or beside it."""
    return tuple(Term(name=name.text, meaning=value.text) for name, value in block.named("terms"))
