"""How parts of a procedure are shown in a difference, and when two of them say the same."""

from collections.abc import Iterator, Sequence

from procedures.differences.change import NOTHING, Part
from procedures.model import Duration, Norm, SubLimit
from procedures.words import Words, say


def amount(within: Duration | None) -> object:
    """Return what a duration says, whatever way it is written."""
    if within is None:
        return None
    return (within.unit, within.amount.normalize() if within.measured else within.text.casefold())


def time(within: Duration | None) -> str:
    """Show a duration as it was written."""
    return within.text if within is not None else NOTHING


def norm(limit: Norm | None) -> str | Words:
    """Show the time of a step."""
    if limit is None or limit.counted or not limit.within.measured:
        return time(limit.within if limit is not None else None)
    return say("{time}, outside the time limit", time=limit.within.text)


def norm_amount(limit: Norm | None) -> object:
    """Return what the time of a step says, whatever way it is written."""
    return limit and (amount(limit.within), limit.counted)


def sublimits(limits: Sequence[SubLimit]) -> tuple[str, ...]:
    """Show limits within a step."""
    return tuple(f"{limit.name}: {limit.within.text}" for limit in limits)


def yes_no(value: object) -> Words:
    """Show a yes or no."""
    return say("yes") if value else say("no")


def texts(kind: str, what: Words, before: Sequence[str], after: Sequence[str]) -> Iterator[Part]:
    """Compare two lists as sets: what went and what came; their order says nothing."""
    gone = [text for text in before if text not in after]
    come = [text for text in after if text not in before]
    if gone or come:
        yield Part(kind, what, ", ".join(gone) or NOTHING, ", ".join(come) or NOTHING)
