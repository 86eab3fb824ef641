"""Every command and flag has its help in Vietnamese and stands in the reference page, which is up to date."""

import re
from pathlib import Path
from typing import Any

import pytest

from cli.exits import MEANING, Exit
from cli.helping import command_tree, walked
from cli.main import app
from cli.reference import page
from tests.cli.office import said

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "cli.md"
COMMANDS = dict(walked(command_tree(app, "vi")))
#: A letter that only Vietnamese has, or one of the few help texts that are nothing but names.
VIETNAMESE = re.compile(r"[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]", re.IGNORECASE)
NAMES_ONLY = re.compile(r"[\w-]+( \| [\w-]+)+\.")


def flags(command: Any) -> list[Any]:
    return [parameter for parameter in command.params if parameter.name != "help"]


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == page(app), "write it again: python -m cli.reference"


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_and_its_flags_are_described(name: str) -> None:
    text = PAGE.read_text("utf-8")
    section = text.partition(f"## `{name}`\n")[2].partition("\n## ")[0]
    assert VIETNAMESE.search(COMMANDS[name].help or ""), name
    for parameter in flags(COMMANDS[name]):
        assert parameter.help, (name, parameter.name)
        assert VIETNAMESE.search(parameter.help) or NAMES_ONLY.fullmatch(parameter.help), parameter.help
        for word in parameter.opts if parameter.param_type_name == "option" else ():
            assert f"`{word}`" in section, (name, word)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_vietnamese_and_cuts_nothing_off(name: str) -> None:
    answer = said(*name.split()[1:], "--help")
    assert answer.code == 0
    assert "..." not in answer.out.replace("]...", "")
    assert not re.search(r"Usage|Options|Commands|Arguments|required|default|Show this|<\w*str|env var", answer.out)


@pytest.mark.parametrize("name", [name for name, command in COMMANDS.items() if hasattr(command, "commands")])
def test_a_list_of_commands_in_english_cuts_nothing_off(name: str) -> None:
    answer = said("--lang", "en", *name.split()[1:], "--help")
    assert answer.code == 0
    assert "..." not in answer.out.replace("]...", "")


def test_every_exit_code_is_told() -> None:
    text = PAGE.read_text("utf-8")
    assert MEANING.keys() == set(Exit)
    assert all(f"| {int(code)} | " in text for code in Exit)
