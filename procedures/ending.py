"""The end of a procedure: a sealed record that from a day on no new case of it can be opened."""

from dataclasses import dataclass
from datetime import date, datetime

from procedures.seal import UNREADABLE, sealed, unsealed

FORMAT_VERSION = "1.0"


@dataclass(frozen=True, slots=True)
class Ending:
    """A procedure is abolished: its running cases finish. `decided_at` is aware; `replaced_by` is a code."""

    code: str
    since: date
    reason: str
    approved_by: str
    decided_at: datetime
    replaced_by: str | None = None


def to_text(one: Ending) -> str:
    """Return the text in which an ending is kept."""
    told = {
        "code": one.code,
        "since": one.since.isoformat(),
        "reason": one.reason,
        "approved_by": one.approved_by,
        "decided_at": one.decided_at.isoformat(),
        "replaced_by": one.replaced_by,
    }
    return sealed({"format_version": FORMAT_VERSION, "ending": told})


def from_text(text: str, code: str) -> Ending | None:
    """Return the ending kept in `text`, or None when it is not what was written for `code`."""
    try:
        body, whole = unsealed(text)
        told = body["ending"]
        since, decided_at = date.fromisoformat(told["since"]), datetime.fromisoformat(told["decided_at"])
        found = Ending(**{**told, "since": since, "decided_at": decided_at})
    except UNREADABLE:
        return None
    return found if whole and found.code == code else None
