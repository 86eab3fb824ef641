"""Commands about a case as a whole."""

from pydantic import Field, field_validator

from engine.commands.base import Command, OnCase
from engine.texts import Text


class OpenCase(Command):
    """Open a case of the issue in force; `unit` is the unit that opens it, `series` the prefix of its number.

    `again` says why it is opened although the same seems to have been opened not long ago.
    """

    procedure: str
    title: Text
    unit: str | None = None
    fields: dict[str, str] = Field(default_factory=dict)
    series: str = "HS"
    parent: tuple[str, int] | None = None
    again: Text | None = None

    @field_validator("title")
    @classmethod
    def _in_one_line(cls, title: str) -> str:
        return " ".join(title.split())


class PauseCase(OnCase):
    """Stop the clock of a case, with a reason and its basis."""

    reason: Text
    basis: str | None = None


class ResumeCase(OnCase):
    """Let the clock of a paused case run again."""


class WithdrawCase(OnCase):
    """End a case because it was withdrawn; only while no result exists."""

    reason: Text


class RefuseCase(OnCase):
    """Refuse to settle a case (phiếu từ chối), with the reason; only while no result exists."""

    reason: Text


class StopCase(OnCase):
    """Stop settling a case (thông báo dừng giải quyết), with the reason and its basis; only while no result exists."""

    reason: Text
    basis: str | None = None


class FollowCalendar(OnCase):
    """Let a running case count by the calendar in force; any other command does so too, before what it asks."""


class MigrateCase(OnCase):
    """Let a running case go on under a later issue of its procedure, with a reason."""

    issue: int
    reason: Text
