"""Commands about what is on record: it is corrected by what is added, a case is opened again, units change."""

from pydantic import Field

from engine.commands.base import OnCase
from engine.texts import Text


class CorrectValues(OnCase):
    """Correct entered values, with a reason; what was entered before stays in the log."""

    fields: dict[str, str] = Field(min_length=1)
    reason: Text


class CorrectRecord(OnCase):
    """Say what event number `event` should have said, with a reason; the event itself stays."""

    event: int
    says: Text
    reason: Text


class ReopenCase(OnCase):
    """Open a case again that has ended, with a reason: it goes on before its last step."""

    reason: Text


class RehomeCase(OnCase):
    """Move the open work of a case from units that have ended to those that took over."""
