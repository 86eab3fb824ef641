"""What every command has: its own identity, who asks, and texts in one form."""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from pydantic import BaseModel, field_validator

from procedures.base import Model
from procedures.text import nfc

#: The actor of commands that no person gives: sweeps, timers, the opening of nonconformities.
MACHINE = "hệ thống"


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for pair in value.items() for one in pair for text in _texts(one))
    elif isinstance(value, Sequence | AbstractSet):
        yield from (text for one in value for text in _texts(one))
    elif isinstance(value, BaseModel):
        yield from _texts(vars(value))


class Command(Model):
    """A request with its own identity: asked twice, it is done once.

    `expected_version` refuses the command when the case has moved on since the asker looked.
    `salt` blinds the digests of entered values: what follows from it for each is kept with it and erased with it.
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
        return tuple(_texts(vars(self)))


class OnCase(Command):
    """A request about an existing case."""

    case: str
