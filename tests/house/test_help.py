"""Every text of a command has its English, and the catalogue holds nothing else."""

import re
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path
from typing import Any

import typer.main

from cli import helping
from cli.helping import english, walked
from cli.main import app
from tests.house.test_sentences import pairs

CATALOGUE = Path(helping.__file__).parent / "locale" / "help.en.po"
#: A letter that English has not, and words of the definition language, which are quoted in any language.
VIETNAMESE, QUOTED = re.compile("[À-ỹ]"), re.compile("`.*?`|“.*?”")


def texts() -> Iterator[str]:
    """Every text of every command and parameter, as it is written."""
    for _, command in walked(typer.main.get_command(app)):
        written: list[Any] = [command.help]
        written += [
            text for parameter in command.params for text in (getattr(parameter, "help", None), parameter.metavar)
        ]
        yield from (cleandoc(text) for text in written if text)


def test_every_text_of_a_command_has_its_english() -> None:
    assert sorted({text for text in texts() if VIETNAMESE.search(QUOTED.sub("", english(text) or ""))}) == []


def test_the_catalogue_holds_nothing_that_no_command_says() -> None:
    listed = [vietnamese for _, vietnamese, _ in pairs(CATALOGUE.read_text("utf-8")) if vietnamese]
    assert len(listed) == len(set(listed))
    assert sorted(set(listed) - set(texts())) == []
