"""What reviewers say of a procedure, in words."""

from collections.abc import Mapping

from engine.remarks import Stance
from procedures.model import Procedure
from procedures.words import Words, say

STANCE: Mapping[Stance, Words] = {
    "agree": say("agrees"),
    "disagree": say("does not agree"),
    "remark": say("remarks"),
}


def step_words(procedure: Procedure, key: str | None) -> str:
    """Return a step with its number; a step that the wording has no more by the name it had, none as nothing."""
    found = next((step for step in procedure.steps if step.key == key), None)
    return f"{procedure.number(found.key)}. {found.name}" if found is not None else key or ""
