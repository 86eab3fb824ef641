"""The command line as it was typed: composed letters, and the global flags brought to the front from anywhere."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from unicodedata import normalize

from cli.exits import Exit, Stop
from procedures.words import say

#: Global flags may stand anywhere on the line; these take a value, the others do not.
WITH_VALUE = frozenset({"-C", "--lang", "--format", "--color", "--at", "--user"})
ALONE = frozenset({"--ascii", "-q", "--quiet", "--version", "--no-python"})


def prepared(typed: Sequence[str]) -> list[str]:
    """Return the line with its letters composed and its global flags first; stops when a flag lacks its value."""
    return hoisted([composed(word) for word in typed])


def composed(word: str) -> str:
    """Return a word in the one normal form; the name of a file that exists stays as the disk knows it."""
    told = normalize("NFC", word)
    if told == word or _exists(word) or _exists(word.partition("=")[2]):
        return word
    return told


def hoisted(line: Sequence[str]) -> list[str]:
    """Move global flags to the front; everything after `--` stays. Stops when a flag lacks its value."""
    front: list[str] = []
    rest: list[str] = []
    words = iter(line)
    for word in words:
        name, equals, _ = word.partition("=")
        if word == "--":
            rest += [word, *words]
        elif word in ALONE or (name in WITH_VALUE and equals) or (word.startswith("-C") and word != "-C"):
            front.append(word)
        elif word in WITH_VALUE:
            front += [word, _next(words, word)]
        else:
            rest.append(word)
    return front + rest


def value_of(line: Sequence[str], flag: str) -> str | None:
    """Return what a line in order says for a global flag, or None; the last one counts."""
    said = None
    for word, after in zip(line, [*line[1:], None], strict=True):
        if word == "--":
            break
        if word == flag:
            said = after
        elif word.startswith(f"{flag}="):
            said = word.partition("=")[2]
        elif flag == "-C" and word.startswith("-C"):
            said = word[2:]
    return said


def _next(words: Iterator[str], flag: str) -> str:
    value = next(words, None)
    if value is None:
        raise Stop(say("{flag} needs a value", flag=flag), Exit.USAGE)
    return value


def _exists(text: str) -> bool:
    try:
        return bool(text) and Path(text).exists()
    except (OSError, ValueError):
        return False
