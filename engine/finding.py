"""By which words a case is found: those of its codes and its subject, without accents, each from its beginning."""

import re

from engine.case import Case
from engine.texts import ERASED
from procedures.text import fold

#: Of a longer word only so much is kept, and looked for.
_LONGEST = 40
_PARTS = re.compile(r"[^\W_]+")


def words_of(case: Case) -> tuple[str, ...]:
    """Return the words that a case is found by, in order: HS-2026-0004 also by 2026-0004, by 0004 and by 4."""
    title = "" if case.title == ERASED else case.title
    return tuple(sorted({part for word in _words(f"{case.id} {case.procedure} {title}") for part in _tails(word)}))


def words_asked(text: str) -> tuple[str, ...]:
    """Return the words somebody looks for: a case is meant when each of them begins one of its words."""
    return tuple(dict.fromkeys(word[:_LONGEST] for word in _words(text)))


def _words(text: str) -> list[str]:
    """Return folded words without signs around them; signs within them stay."""
    found = (re.sub(r"^[\W_]+|[\W_]+$", "", word) for word in fold(text).split())
    return [word for word in found if word]


def _tails(word: str) -> list[str]:
    """Return a word and what follows each sign within it; a number in a code also without its leading zeros."""
    tails = [word[found.start() : found.start() + _LONGEST] for found in _PARTS.finditer(word)]
    return [*tails, *(tail.lstrip("0") for tail in tails if tail.isdecimal() and tail.strip("0"))]


def answers(case: Case, asked: tuple[str, ...]) -> bool:
    """Tell whether a case is one of those that somebody looks for with these words."""
    own = words_of(case)
    return all(any(word.startswith(one) for word in own) for one in asked)
