"""The requirements that an audit asks about, clause by clause, as data; and how each was judged (gap assessment)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from procedures.rows import Bilingual, rows
from procedures.text import fold
from procedures.values import ValueSaid
from procedures.words import Words, say
from quality.clauses import EDITION

_FILE = Path(__file__).with_name("requirements.csv")
#: How a requirement is met.
Judgement = Literal["met", "partly", "not_met", "not_applicable"]
JUDGEMENTS: dict[Judgement, Words] = {
    "met": say("met"),
    "partly": say("partly met"),
    "not_met": say("not met"),
    "not_applicable": say("does not apply"),
}


@dataclass(frozen=True, slots=True)
class Requirement(Bilingual):
    """A question about one clause; `about` is the system, a unit or a procedure; `documented` what has to be kept."""

    edition: str
    clause: str
    about: Literal["system", "unit", "procedure"]
    vi: str
    en: str
    documented: str


@cache
def requirements(edition: str = EDITION) -> tuple[Requirement, ...]:
    """Return the requirements of an edition in order; empty for an edition that is not known."""
    found = (Requirement(**row) for row in rows(_FILE))  # type: ignore[arg-type]
    return tuple(one for one in found if one.edition == edition)


def judged(text: str, codes: Sequence[str] | None = None) -> Mapping[str, Judgement]:
    """Read “4.3 = đạt; 7.2 = đạt một phần”, by default about clauses.

    Raises ValueSaid for a code or a judgement that there is none of.
    """
    known = {requirement.clause for requirement in requirements()} if codes is None else set(codes)
    found: dict[str, Judgement] = {}
    for part in text.replace("\n", ";").split(";"):
        if not part.strip():
            continue
        clause, equals, said = (piece.strip() for piece in part.partition("="))
        meant = next((key for key, words in JUDGEMENTS.items() if fold(said) in _names(words)), None)
        if not equals or meant is None:
            ways = ", ".join(words.into("vi") for words in JUDGEMENTS.values())
            raise ValueSaid(say("“{text}”: write it as clause = one of: {ways}", text=part.strip(), ways=ways))
        if clause not in known:
            raise ValueSaid(say("“{code}” is not among: {codes}", code=clause, codes=", ".join(sorted(known))))
        found[clause] = meant
    return found


def written(found: Mapping[str, Judgement]) -> str:
    """Return judgements as they are entered, in the order of the clauses."""
    order = [requirement.clause for requirement in requirements()]
    return "; ".join(f"{clause} = {JUDGEMENTS[found[clause]].into('vi')}" for clause in order if clause in found)


def _names(words: Words) -> set[str]:
    return {fold(words.into("vi")), fold(words.into("en"))}
