"""The table of obligations has every row, and every command, page, procedure and test that it names exists."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
import typer.main

from cli.helping import walked
from cli.main import app
from tests.house.tree import ROOT, said
from web.app import PAGES

TABLE = ROOT / "docs" / "obligations.md"
COUNT = 143
ROW = re.compile(r"\| (\d+) \| (.+?) \| (.+?) \| (.+?) \|")
QUOTED = re.compile(r"`([^`]+)`")


def rows(text: str) -> list[tuple[int, str, str, str]]:
    return [(int(found[1]), found[2], found[3], found[4]) for found in map(ROW.fullmatch, text.splitlines()) if found]


@cache
def commands() -> set[str]:
    return {name for name, _ in walked(typer.main.get_command(app))}


def faults(number: int, served: str, proved: str) -> Iterator[str]:
    """What a row names and that is not there; a row without a test must say that it is not served."""
    known = commands()
    for name in QUOTED.findall(served):
        words = name.split()
        if words[0] == "quytrinh":
            command = " ".join(word for word in words if not word.startswith("-") and not re.match("[A-ZĐ]", word))
            if not any(command in {one, f"quytrinh {one}".strip()} for one in known):
                yield f"{number}: there is no command {command}"
        elif name.startswith("/") and name not in PAGES:
            yield f"{number}: there is no page {name}"
        for code in re.findall(r"QT-[A-Z]+-\d+", name):
            if not (ROOT / "procedures.d" / f"{code}.yaml").exists():
                yield f"{number}: there is no procedure {code}"
    tests = QUOTED.findall(proved)
    if not tests and served != "not served":
        yield f"{number}: nothing proves it"
    for test in tests:
        path, _, name = test.partition("::")
        file = ROOT / path
        if not file.exists() or f"def {name}(" not in file.read_text("utf-8"):
            yield f"{number}: there is no test {test}"


def test_every_obligation_has_its_row_in_order() -> None:
    assert [number for number, *_ in rows(TABLE.read_text("utf-8"))] == list(range(1, COUNT + 1))


def test_whatever_serves_or_proves_an_obligation_exists() -> None:
    found = rows(TABLE.read_text("utf-8"))
    said(fault for number, _, served, proved in found for fault in faults(number, served, proved))


@pytest.mark.parametrize(
    ("served", "proved"),
    [
        ("`quytrinh fly`", "`tests/house/test_obligations.py::test_every_obligation_has_its_row_in_order`"),
        ("page `/nowhere`", "`tests/house/test_obligations.py::test_every_obligation_has_its_row_in_order`"),
        ("`QT-HT-99`", "`tests/house/test_obligations.py::test_every_obligation_has_its_row_in_order`"),
        ("`quytrinh doctor`", "`tests/house/test_obligations.py::test_that_there_is_none`"),
        ("`quytrinh doctor`", "—"),
    ],
)
def test_a_name_that_leads_nowhere_is_seen(served: str, proved: str) -> None:
    assert len(list(faults(1, served, proved))) == 1
