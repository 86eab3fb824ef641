"""What a draft is about to enter, as text, for rules of the quality system that look at it."""

from collections.abc import Collection
from datetime import date

from engine.draft import Draft
from procedures.values import to_text


def entered(draft: Draft, names: Collection[str]) -> dict[str, str]:
    """Return every value of the case as text when one of these is being entered; nothing otherwise."""
    if not any(one.name in names for one in draft.entered):
        return {}
    return {name: to_text(value) for name, value in draft.values.items()}


def day_of(draft: Draft) -> date:
    """Return the day of a draft in the zone of the agency."""
    return draft.today
