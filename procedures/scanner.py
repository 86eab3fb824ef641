"""Going through a sentence word by word: blanks are wide or narrow, capitals do not matter, words end at their end."""

import re
from collections.abc import Iterable

from procedures.text import nfc


class Scanner:
    """A place `at` in a sentence of NFC text, and what can be taken from there."""

    def __init__(self, text: str) -> None:
        self.text = nfc(text)
        self.at = 0

    def is_done(self) -> bool:
        """Tell whether only blanks are left."""
        return not self.text[self.at :].strip()

    def skip(self) -> int:
        """Go over blanks and return the place."""
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1
        return self.at

    def take(self, phrases: "Phrases") -> str | None:
        """Take the longest of the phrases that stands here, and return it as it was declared."""
        found = phrases.pattern.match(self.text, self.skip())
        if found is None:
            return None
        self.at = found.end()
        return phrases.declared(found)

    def take_pattern(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Take what fits the pattern here."""
        found = pattern.match(self.text, self.skip())
        if found is not None:
            self.at = found.end()
        return found

    def until(self, stop: re.Pattern[str]) -> tuple[str, int, int]:
        """Take everything before `stop` or the end; returns it stripped, and where it begins and ends."""
        start = self.skip()
        found = stop.search(self.text, start)
        end = found.start() if found else len(self.text)
        written = self.text[start:end].rstrip()
        self.at = start + len(written)
        return written, start, self.at


class Phrases:
    """A set of phrases, longest first. With `exact`, capitals matter; blanks inside a phrase may be any blanks."""

    def __init__(self, phrases: Iterable[str], *, exact: bool = False) -> None:
        self.longest_first = sorted((phrase for phrase in phrases if phrase.strip()), key=len, reverse=True)
        flags = re.NOFLAG if exact else re.IGNORECASE
        self.pattern = re.compile("|".join(f"({_phrase(nfc(said))})" for said in self.longest_first) or r"(?!)", flags)

    def declared(self, found: re.Match[str]) -> str:
        """Return the phrase of the set that was found."""
        return self.longest_first[(found.lastindex or 1) - 1]


def _phrase(said: str) -> str:
    words = said.split()
    body = r"\s+".join(map(re.escape, words))
    start = r"(?<!\w)" if words[0][0].isalnum() else ""
    return f"{start}{body}(?!\\w)" if words[-1][-1].isalnum() else f"{start}{body}"
