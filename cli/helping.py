"""Help pages in two languages: our own texts are Vietnamese, those of the command-line library English."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from gettext import NullTranslations
from inspect import cleandoc
from itertools import pairwise, takewhile
from pathlib import Path
from typing import Any

import typer
import typer.main

from cli.line import WITH_VALUE
from procedures.words import Lang, catalogue

_FIXED = (
    (re.compile(r"^Usage:", re.MULTILINE), "Cách dùng:"),
    (re.compile(r"\[OPTIONS\]"), "[TUỲ CHỌN]"),
    (re.compile(r"COMMAND \[ARGS\]\.\.\."), "LỆNH [THAM SỐ]…"),
    (re.compile(r"^Options:$", re.MULTILINE), "Tuỳ chọn:"),
    (re.compile(r"^Arguments:$", re.MULTILINE), "Tham số:"),
    (re.compile(r"^Commands:$", re.MULTILINE), "Lệnh:"),
    (re.compile(r"\[required\]"), "[bắt buộc]"),
    (re.compile(r"\[default:"), "[mặc định:"),
    (re.compile(r"\[env var:"), "[biến môi trường:"),
    (re.compile(r"\bx>=(\d+)"), r"từ \1"),
    (re.compile(r"Show this message and exit\."), "In trợ giúp này."),
)

#: What a value is, where no name for it was given.
_KINDS = {
    "<str>": "<chữ>",
    "<list[str]>": "<chữ>",
    "<int>": "<số>",
    "<int range>": "<số>",
    "<path>": "<tệp>",
    "<list[Path]>": "<tệp>",
}


def vietnamese(page: str) -> str:
    """Return a help page with the library's own words in Vietnamese."""
    for pattern, words in _FIXED:
        page = pattern.sub(words, page)
    return page


class VietnameseContext(typer.Context):
    """A context whose help is Vietnamese throughout."""

    def get_help(self) -> str:
        """Return the help page of the command of this context."""
        return vietnamese(super().get_help())


def command_tree(app: typer.Typer, lang: Lang) -> Any:
    """Return the root command of an application (a `typer.core.TyperGroup`), every command helping in `lang`."""
    root = typer.main.get_command(app)
    for _, command in walked(root):
        if lang == "en":
            _speak_english(command)
        else:
            command.context_class = VietnameseContext
            for parameter in command.params:
                parameter.display_type = partial(_kind, parameter.display_type)
        command.short_help = _first_sentence(command.help or "")  # the library would cut it off at the width of a line
    return root


def _first_sentence(text: str) -> str:
    return " ".join(cleandoc(text).partition("\n\n")[0].split()).partition(". ")[0].rstrip(".")


def _speak_english(command: Any) -> None:
    """Put the texts of a command and of its parameters into English."""
    command.help = english(command.help)
    for parameter in command.params:
        parameter.help = english(getattr(parameter, "help", None))
        parameter.metavar = english(parameter.metavar)


def english(text: str | None) -> str | None:
    """Return the English of a help text; what has none stays as it is."""
    return _english().gettext(cleandoc(text)) if text else text


@cache
def _english() -> NullTranslations:
    return catalogue(Path(__file__).parent / "locale" / "help.en.po")


def _kind(told: Callable[[Any], str], context: Any) -> str:
    kind = told(context)
    return _KINDS.get(kind, kind)


def asked_help(root: Any, line: Sequence[str]) -> str | None:
    """Return the help page that a line in order asks for; None where it asks for none, or names no command of ours."""
    words = list(takewhile(lambda word: word != "--", line))
    if not {"-h", "--help"} & set(words):
        return None
    command, context = root, root.context_class(root, info_name="quytrinh", **root.context_settings)
    for flag, word in pairwise(["", *words]):
        known = getattr(command, "commands", None)
        if known is None or word.startswith("-") or flag in WITH_VALUE:
            continue
        if word not in known:
            return None
        command = known[word]
        context = command.context_class(command, info_name=word, parent=context, **command.context_settings)
    return str(context.get_help())


def walked(command: Any, name: str = "quytrinh") -> Iterator[tuple[str, Any]]:
    """Yield every command and group below and with `command`, by its full name, in the order of help."""
    yield name, command
    for word, below in getattr(command, "commands", {}).items():
        yield from walked(below, f"{name} {word}")
