"""A sheet says what the rows say, and nothing in it is worked out."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.sheet import plain, sheet

CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]))


@given(st.lists(st.tuples(CELLS, CELLS), max_size=5))
def test_what_is_written_is_read_again(rows: list[tuple[str, str]]) -> None:
    text = sheet(("Mã", "Trích yếu"), rows).decode("utf-8-sig")
    heads, *found = csv.reader(StringIO(text, newline=""))
    assert heads == ["Mã", "Trích yếu"]
    assert found == [[plain(cell) for cell in row] for row in rows]
    assert all(cell in {plain(cell), plain(cell)[1:]} for row in rows for cell in row)


@pytest.mark.parametrize("text", ["=1+1", "+84", "-2", "@SUM(A1)", " =1", "\t=1", "＝1", "=cmd|'/c calc'!A0"])
def test_a_text_that_begins_like_a_formula_is_none(text: str) -> None:
    [_, line] = csv.reader(StringIO(sheet(["a"], [[text]]).decode("utf-8-sig"), newline=""))
    assert line == [f"'{text}"]


@pytest.mark.parametrize("text", ["", "HS-2026-0001", "1.234,5", "Mua = bán", "a-b", "“=1”"])
def test_every_other_text_stays_what_it_is(text: str) -> None:
    assert plain(text) == text
