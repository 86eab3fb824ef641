"""The specimen definition that the tests of this floor start from: a purchase of everyday goods."""

from pathlib import Path

FILE = "procedures.d/QT-VP-05.yaml"


def purchase() -> str:
    """The purchase procedure as an ISO secretary would write it."""
    return (Path(__file__).parent / "specimen.yaml").read_text("utf-8")


def place(text: str, words: str, nth: int = 1) -> tuple[int, int]:
    """The line and column (from 1) of the nth appearance of `words`."""
    at = -1
    for _ in range(nth):
        at = text.index(words, at + 1)
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
