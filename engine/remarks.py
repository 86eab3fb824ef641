"""What reviewers say of a procedure: a remark, or whether they agree with exactly this wording of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from engine.refusal import Refusal
from engine.refusals.entering import NotWritable
from engine.refusals.remarks import NoStepToRemarkOn, RemarkTooLong, RemarkWithoutWords
from procedures.model import Procedure
from procedures.text import writable

#: Whether somebody agrees with the whole of it, does not, or only remarks on something.
Stance = Literal["agree", "disagree", "remark"]
STANCES: tuple[Stance, ...] = get_args(Stance)
#: Longest remark, in characters.
LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing that a reviewer said; `hash` names the very wording they read, `step` what it is about, if one."""

    command: str
    code: str
    issue: int
    hash: str
    person: str
    stance: Stance
    text: str
    at: datetime
    step: str | None = None


def objection(remark: Remark, procedure: Procedure) -> Refusal | None:
    """Return why a remark cannot be taken down, or None when it can."""
    if remark.step is not None and all(step.key != remark.step for step in procedure.steps):
        return NoStepToRemarkOn(procedure.code, remark.step)
    if not writable(remark.text):
        return NotWritable()
    if remark.stance != "agree" and not remark.text:
        return RemarkWithoutWords()
    return RemarkTooLong(LONGEST) if len(remark.text) > LONGEST else None


def standing(remarks: Iterable[Remark], hash_: str) -> Mapping[str, Remark]:
    """Return by person whether each agrees with exactly this wording, as said last."""
    judged = (one for one in remarks if one.hash == hash_ and one.stance != "remark")
    return {one.person: one for one in judged}
