"""What comes in by a form: texts in one normal form, and the proof that it was one of our own forms."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from secrets import compare_digest, token_hex
from typing import BinaryIO, Literal

from starlette.datastructures import UploadFile

from engine.refusal import Refusal
from engine.refusals.life import CommandReused
from procedures.text import nfc
from web.visit import Visit

#: Names of fields that every form has: the key of the visit, the id of the command, the version that was seen.
KEY, COMMAND, VERSION = "khoa", "lenh", "phien-ban"
#: What the id of a command that a form brings back may be. Without a slash it is none that machines and programs go by:
#: under such a one a step of theirs would count as done.
_BROUGHT = re.compile("[0-9A-Za-z_-]{1,64}")


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was sent with a form; `content` can be read from the beginning more than once.

    `under` is the name of the field that it was chosen at.
    """

    name: str
    content: BinaryIO
    under: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A form that was sent: each name with its texts, in order."""

    fields: Mapping[str, tuple[str, ...]]
    files: tuple[Sent, ...] = ()

    def one(self, name: str) -> str:
        """Return the text under a name, without blanks around it; empty when there is none."""
        return next(iter(self.fields.get(name, ())), "").strip()

    def all(self, name: str) -> tuple[str, ...]:
        """Return every text under a name."""
        return tuple(one.strip() for one in self.fields.get(name, ()))

    def after(self, prefix: str) -> dict[str, str]:
        """Return the texts that were filled in whose names begin so, by the rest of the name."""
        return {
            name.removeprefix(prefix): text
            for name in self.fields
            if name.startswith(prefix) and (text := self.one(name))
        }

    def ours(self, visit: Visit) -> bool:
        """Tell whether the form was made for this visit."""
        return compare_digest(self.one(KEY).encode(), visit.form_key.encode())

    @property
    def command(self) -> str:
        """The id of the command: sent twice, it is done once."""
        told = self.one(COMMAND)
        return told if _BROUGHT.fullmatch(told) else new_command()

    @property
    def version(self) -> int | None:
        """The version of the case that whoever filled the form had before their eyes."""
        told = self.one(VERSION)
        return int(told) if told.isascii() and told.isdigit() and len(told) < len(str(2**31)) else None


def read_form(pairs: Iterable[tuple[str, str | UploadFile]]) -> Form:
    """Return what was sent, in NFC, with lines ended as we end them; a file that was not chosen is none."""
    sent = list(pairs)
    texts = [(name, text) for name, text in sent if isinstance(text, str)]
    uploads = ((nfc(name), one) for name, one in sent if isinstance(one, UploadFile))
    files = [Sent(nfc(one.filename), one.file, name) for name, one in uploads if one.filename]
    return Form(_texts(texts), tuple(files))


def _texts(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    told: dict[str, list[str]] = {}
    for name, text in pairs:
        told.setdefault(nfc(name), []).append(nfc(text).replace("\r\n", "\n"))
    return {name: tuple(texts) for name, texts in told.items()}


def new_command() -> str:
    """Return a fresh id for a command."""
    return token_hex(16)


def sent_again_under(form: Form, refusal: Refusal | None) -> str:
    """Return the id under which a form is sent again: a fresh one where its own has done something else.

    So it is when somebody goes back a page and changes what they had sent: told of it, they may mean it.
    """
    return new_command() if isinstance(refusal, CommandReused) else form.command


@dataclass(frozen=True, slots=True)
class Input:
    """A field of a form: how it is called, what kind it is, what stands in it, and what is wrong with that.

    Of `rows` each entry of `chosen` stands in a row of its own, and `choices` are offered for each.
    """

    name: str
    label: str
    kind: Literal["line", "text", "password", "choice", "radio", "check", "rows"] = "line"
    value: str = ""
    required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    fault: str = ""
    numeric: bool = False
    fill: str = ""
    chosen: tuple[str, ...] = field(default=())
