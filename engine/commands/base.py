"""What every command has: its own identity, who asks, and texts in one form."""

from collections.abc import Iterable

from pydantic import BaseModel, field_validator

from procedures.base import Model
from procedures.text import nfc

#: The actor of commands that no person gives: sweeps, timers, the opening of nonconformities.
MACHINE = "hệ thống"


def _texts(values: Iterable[object]) -> list[str]:
    found: list[str] = []
    for value in values:
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, dict):
            found += _texts(value)
            found += _texts(value.values())
        elif isinstance(value, tuple | list | frozenset):
            found += _texts(value)
        elif isinstance(value, BaseModel):
            found += _texts(vars(value).values())
    return found


class Command(Model):
    """A request with its own identity: asked twice, it is done once.

    `expected_version` refuses the command when the case has moved on since the asker looked.
    `salt` blinds the digests of entered values and of texts: what follows from it for each is kept with it and erased
    with it. Texts of a command that brings none get one by chance.
    """

    id: str
    actor: str
    expected_version: int | None = None
    salt: str = ""

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
    def said(self) -> list[str]:
        """Every text of the command."""
        return _texts(vars(self).values())


class OnCase(Command):
    """A request about an existing case."""

    case: str
