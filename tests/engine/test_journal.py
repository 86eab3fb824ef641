"""What the operator reads: JSON lines that name cases and commands and nobody."""

import io
import json
import logging
from collections.abc import Iterator

import pytest

from engine.journal import LOG, note, warn, write_lines
from tests.engine.house import Office, at, purchase


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    root = logging.getLogger()
    before = root.handlers[:], root.level, LOG.level
    stream = io.StringIO()
    write_lines(stream)
    yield stream
    root.handlers[:], level, own = before
    root.setLevel(level)
    LOG.setLevel(own)


def told(lines: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in lines.getvalue().splitlines()]


def test_each_line_is_an_object_with_its_instant_and_what_it_tells(lines: io.StringIO) -> None:
    note("look", asked=2)
    warn("folder", findings=1)
    first, second = told(lines)
    assert (first["event"], first["level"], first["asked"]) == ("look", "info", 2)
    assert (second["event"], second["level"], second["findings"]) == ("folder", "warning", 1)
    assert str(first["at"]).endswith("+00:00")


def test_an_exception_is_told_by_its_kind_and_not_by_its_text(lines: io.StringIO) -> None:
    try:
        int("Nguyễn Văn An")
    except ValueError:
        logging.getLogger("anything").exception("went wrong")
    (line,) = told(lines)
    assert (line["fault"], line["event"]) == ("ValueError", "went wrong")
    assert "test_journal.py:" in str(line["place"])
    assert "Nguyễn" not in lines.getvalue()


def test_commands_are_told_without_who_gave_them_and_what_was_entered(lines: io.StringIO) -> None:
    given = Office.with_(purchase())
    case = given.ordered(at(2, 8))
    given.finish(case, 2, "an", at(2, 9), "Hợp lệ")
    kinds = [(line["kind"], line["came"]) for line in told(lines)]
    assert kinds == [("OpenCase", "done"), ("FinishWork", "done"), ("FinishWork", "NotYours")]
    assert {line["case"] for line in told(lines)} == {case}
    for word in ('"an"', "Mua máy in", "12000000", "Máy in"):
        assert word not in lines.getvalue()


def test_nothing_is_written_where_nobody_asked(capsys: pytest.CaptureFixture[str]) -> None:
    note("look")
    assert capsys.readouterr() == ("", "")
