"""Written figures in the Vietnamese form, and the complaint when a value cannot be understood."""

from decimal import Decimal

from procedures.text import nfc
from procedures.words import Words, say

#: A figure: dots part thousands, a comma parts decimals; ASCII digits only.
FIGURE = r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?|[0-9]+(?:,[0-9]+)?"
#: Longer figures are slips of the finger, and would not be counted exactly.
MAX_DIGITS = 18
#: A complaint quotes no more than this of what was written.
_QUOTED = 200


class ValueSaid(ValueError):  # noqa: N818 - it is a sentence about a value
    """A value that cannot be understood; `words` say why and how to write it."""

    def __init__(self, words: Words) -> None:
        told = {name: _short(value) if isinstance(value, str) else value for name, value in words.values.items()}
        self.words = Words(words.template, told)
        super().__init__(str(self.words))


def figure(written: str, text: str) -> Decimal:
    """Return the exact number of a text that fits FIGURE; `text` is what a complaint quotes. Raises ValueSaid."""
    if sum(character.isdigit() for character in written) > MAX_DIGITS:
        raise ValueSaid(say("“{text}” has too many digits", text=text))
    return Decimal(written.replace(".", "").replace(",", "."))


def cleaned(text: str) -> str:
    """Return the text as grammars read it: NFC, single blanks, none around it."""
    return " ".join(nfc(text).split())


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1]}…"
