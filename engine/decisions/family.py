"""The family of decisions: one function a command, registered beside the commands it is about."""

from functools import singledispatch

from engine.commands import CaseCommand
from engine.draft import Draft
from engine.refusal import Refusal


@singledispatch
def decide_on(command: CaseCommand, draft: Draft) -> Refusal | None:  # noqa: ARG001 - the signature of the family
    """Add to the draft what a command makes happen, or return why it is refused."""
    raise TypeError(type(command).__name__)
