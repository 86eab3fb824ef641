"""Commands about work that people do."""

from pydantic import Field

from engine.commands.base import OnCase
from engine.texts import Text


class ClaimWork(OnCase):
    """Take an open item; `on_behalf_of` says for whom, where one may act for several."""

    item: int
    on_behalf_of: str | None = None


class ReleaseWork(OnCase):
    """Give an item that one has taken, or was given, back to all who may do it."""

    item: int
    reason: Text | None = None


class FinishWork(OnCase):
    """Finish an item with an outcome, the values its step collects, and a reason where one is due."""

    item: int
    outcome: str | None = None
    fields: dict[str, str] = Field(default_factory=dict)
    checked: tuple[str, ...] = ()
    on_behalf_of: str | None = None
    reason: Text | None = None
