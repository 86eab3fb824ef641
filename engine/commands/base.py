"""What every command has: its own identity, who asks, and texts in one form."""

from collections.abc import Iterable

from pydantic import BaseModel

from procedures.base import Model
from procedures.text import nfc

#: The actor of commands that no person gives: sweeps, timers, the opening of nonconformities.
MACHINE = "hệ thống"


def _texts(values: Iterable[object]) -> list[str]:
    found: list[str] = []
    for value in values:
        if isinstance(value, str):
            found.append(value)
        elif not value or isinstance(value, int):  # what says nothing, as most of what a command has
            continue
        elif isinstance(value, dict):
            found += _texts(value)
            found += _texts(value.values())
        elif isinstance(value, tuple | list | frozenset):
            found += _texts(value)
        elif isinstance(value, BaseModel):
            found += _texts(vars(value).values())
    return found


def _in_one_form(value: object) -> object:
    if isinstance(value, str):
        return nfc(value)
    if isinstance(value, dict):
        return {nfc(name): nfc(text) for name, text in value.items()}
    if isinstance(value, tuple):
        return tuple(nfc(one) if isinstance(one, str) else one for one in value)
    return value


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

    def model_post_init(self, _: object) -> None:
        """Keyboards write the same Vietnamese word in two forms; a case knows one."""
        told = vars(self)
        for name in self.__pydantic_fields_set__:
            told[name] = _in_one_form(told[name])

    @property
    def said(self) -> list[str]:
        """Every text of the command."""
        return _texts(vars(self).values())


class OnCase(Command):
    """A request about an existing case."""

    case: str
