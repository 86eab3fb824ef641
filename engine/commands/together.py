"""Commands about a step that several do together."""

from engine.commands.base import OnCase
from engine.texts import Text


class RecordAbsence(OnCase):
    """Record that one of several who were called is absent, with a reason; the others decide without him."""

    item: int
    reason: Text
