"""What people, timers and machines ask of a case: the only ways in which it may change."""

from typing import Literal

from pydantic import Field, field_validator

from procedures.base import Model
from procedures.text import nfc

#: The actor of commands that no person gives: sweeps, timers, the opening of nonconformities.
MACHINE = "hệ thống"

BreachKind = Literal[
    "late_step",
    "late_case",
    "returned",
    "skipped",
    "wrong_performer",
    "missing_record",
    "extended_beyond_cap",
    "bypass",
]


class Command(Model):
    """A request with its own identity: asked twice, it is done once.

    `expected_version` refuses the command when the case has moved on since the asker looked.
    `salt` blinds the digests of entered values; it is kept with the values and erased with them.
    """

    id: str
    actor: str
    expected_version: int | None = None

    @field_validator("*")
    @classmethod
    def _in_one_form(cls, value: object) -> object:
        """Keyboards write the same Vietnamese word in two forms; a case knows one."""
        if isinstance(value, dict):
            return {nfc(name): nfc(text) for name, text in value.items()}
        if isinstance(value, tuple):
            return tuple(nfc(one) if isinstance(one, str) else one for one in value)
        return nfc(value) if isinstance(value, str) else value

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text of the command."""
        said = self.model_dump().values()
        inner = (one for value in said if isinstance(value, dict | tuple) for one in value)
        named = (one for value in said if isinstance(value, dict) for one in value.values())
        return tuple(one for one in (*said, *inner, *named) if isinstance(one, str))


class OpenCase(Command):
    """Open a case of the issue in force; `unit` is the unit that opens it, `series` the prefix of its number."""

    procedure: str
    title: str
    unit: str | None = None
    fields: dict[str, str] = Field(default_factory=dict)
    salt: str = ""
    series: str = "HS"
    parent: tuple[str, int] | None = None


class OnCase(Command):
    """A request about an existing case."""

    case: str


class ClaimWork(OnCase):
    """Take an open item for oneself."""

    item: int


class ReleaseWork(OnCase):
    """Give a claimed item back to all who may do it."""

    item: int


class FinishWork(OnCase):
    """Finish an item with an outcome, the values its step collects, and a reason where one is due."""

    item: int
    outcome: str | None = None
    fields: dict[str, str] = Field(default_factory=dict)
    checked: tuple[str, ...] = ()
    reason: str | None = None
    salt: str = ""


class PauseCase(OnCase):
    """Stop the clock of a case, with a reason and its basis."""

    reason: str
    basis: str | None = None


class ResumeCase(OnCase):
    """Let the clock of a paused case run again."""


class WithdrawCase(OnCase):
    """End a case because it was withdrawn; only while no result exists."""

    reason: str


class FireTimer(OnCase):
    """Pass a delay whose time has come."""

    item: int


class AnswerErrand(OnCase):
    """Finish a step that waited for a machine or for another case, with the values the answer brings."""

    item: int
    outcome: str | None = None
    fields: dict[str, str] = Field(default_factory=dict)
    salt: str = ""


class RecordBreach(OnCase):
    """Record a breach that was seen in the events; `item` is None where the whole case is in breach."""

    item: int | None = None
    breach: BreachKind


class MigrateCase(OnCase):
    """Let a running case go on under a later issue of its procedure, with a reason."""

    issue: int
    reason: str


CaseCommand = (
    ClaimWork
    | ReleaseWork
    | FinishWork
    | PauseCase
    | ResumeCase
    | WithdrawCase
    | FireTimer
    | AnswerErrand
    | RecordBreach
)
AnyCommand = OpenCase | MigrateCase | CaseCommand
