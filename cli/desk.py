"""What every command works with: the folder, the language, the form of output, the clock and who is acting."""

import json
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from cli.exits import Exit, Stop
from procedures.words import Lang, Words, say

if TYPE_CHECKING:
    from engine.agency import Agency
    from engine.refusal import Refusal

#: Version of every JSON answer; the minor number grows when fields are added.
FORMAT_VERSION = "1.0"
#: Signs that a console of plain characters shows as these; letters lose their accents besides.
_SIGNS = str.maketrans({"✓": "[ok]", "✗": "[!!]", "↩": "<-", "⊘": "(x)", "●": "(o)", "◇": "<>", "×": "x"})


@dataclass
class Desk:
    """The global flags, and the few doors that commands share."""

    root: Path = field(default_factory=Path.cwd)
    lang: Lang = "vi"
    form: str = "full"
    color: str = "auto"
    ascii: bool = False
    quiet: bool = False
    at: datetime | None = None
    user: str | None = None
    python: bool = True

    @property
    def now(self) -> datetime:
        """The instant that counts as now: `--at`, or the clock; aware UTC to the second."""
        return (self.at or datetime.now(UTC)).astimezone(UTC).replace(microsecond=0)

    @property
    def json(self) -> bool:
        """Tell whether the answer is wanted as JSON."""
        return self.form == "json"

    @property
    def colored(self) -> bool:
        """Tell whether to colour standard output."""
        if self.color != "auto":
            return self.color == "always"
        return sys.stdout.isatty() and not os.environ.get("NO_COLOR")

    @cached_property
    def agency(self) -> "Agency":
        """The agency whose folder this is; stops with its findings when it cannot be opened."""
        from cli.opening import opened

        return opened(self)

    def text(self, words: Words | str) -> str:
        """Say a sentence in the language of this run; what is a text already stays as it is."""
        return words if isinstance(words, str) else words.into(self.lang)

    def tell(self, words: Words | str) -> None:
        """Print a message for people on standard error, unless asked to be quiet."""
        if not self.quiet:
            print(self.plain(self.text(words)), file=sys.stderr)

    def put(self, text: str) -> None:
        """Print data on standard output; nothing for an empty text."""
        if text:
            print(self.plain(text))

    def put_files(self, paths: Iterable[Path]) -> None:
        """Print the files that were written, one a line as each is made, or as one JSON answer."""
        if self.json:
            self.put_json({"files": [str(path) for path in paths]})
            return
        for path in paths:
            self.put(str(path))

    def put_json(self, told: dict[str, Any]) -> None:
        """Print a JSON answer on standard output."""
        print(json.dumps({"format_version": FORMAT_VERSION, **told}, ensure_ascii=self.ascii, indent=2))

    def stop(self, words: Words, code: Exit = Exit.USAGE) -> NoReturn:
        """End the command with a message and an exit code."""
        raise Stop(words, code)

    def refuse(self, refusal: "Refusal") -> NoReturn:
        """End the command because the engine refused; the sentence goes out in the wanted form."""
        from visualize.case_words import told as told_words

        words = told_words(self, refusal.words)
        if refusal.code == "UnknownCase":
            raise Stop(words, Exit.USAGE)
        if self.json:
            told = {"refused": {"code": refusal.code, "message": self.text(words)}}
            print(json.dumps(told, ensure_ascii=self.ascii))
            raise Stop(None, Exit.REFUSED)
        raise Stop(say("refused: {sentence}", sentence=words), Exit.REFUSED)

    def plain(self, text: str) -> str:
        """Return a text as this console can show it."""
        if not self.ascii:
            return text
        from procedures.text import to_ascii

        return to_ascii(text.translate(_SIGNS))

    def actor(self) -> str:
        """Return who is acting; stops when nobody said so, and refuses an account that no person has.

        The name under which the system itself acts is nobody's account, so it can never be given here.
        """
        if not self.user:
            self.stop(say("who is acting? give --user ACCOUNT, or set QUYTRINH_USER"))
        from engine.commands import MACHINE
        from engine.posts import person_of
        from engine.refusals.access import UnknownPerson

        if self.user == MACHINE or person_of(self.agency.organisation, self.user) is None:
            self.refuse(UnknownPerson(self.user))
        return self.user
