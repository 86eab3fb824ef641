"""Secrecy: of what bears a level of state secrecy the register keeps that there is such a thing, and no file."""

from engine.draft import Draft
from engine.rules import Ground
from engine.store import Reader
from procedures.words import Words, say

#: The value that tells the level, and the one that is no secret.
LEVEL, OPEN = "độ mật", "Thường"


def objection(draft: Draft, reader: Reader, ground: Ground) -> Words | None:  # noqa: ARG001 - as all objections are
    """Return what stands against keeping the files of a case that bears a level, whichever of the two came first."""
    level = draft.values.get(LEVEL)
    if not level or level == OPEN or not draft.case.files:
        return None
    return say(
        "{case} is “{level}”; no file of it is kept here, only what the register says; the paper is kept as the law on"
        " state secrets asks",
        case=draft.case_id,
        level=str(level),
    )
