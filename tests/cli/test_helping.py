"""Help speaks the language that is asked for, whichever command it is of."""

import re
from collections.abc import Iterator
from inspect import cleandoc
from typing import Any

import typer.main

from cli import helping
from cli.helping import english, walked
from cli.main import app
from tests.cli.office import said
from tests.house.test_sentences import pairs

CATALOGUE = helping.Path(helping.__file__).parent / "locale" / "help.en.po"
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


def test_help_is_english_or_vietnamese_throughout() -> None:
    told = said("check", "--help", "--lang", "en").out
    assert "Draw the way to each fault upon the flowchart" in told
    assert not VIETNAMESE.search(told)
    assert "Vẽ đường đi dẫn tới lỗi" in said("check", "--help").out
    assert not VIETNAMESE.search(said("--lang", "en", "case", "advance", "--help").out)
