"""Identifiers of units by QĐ 20/2020: what is one, what is none, and that it goes on from the unit above."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.organisation import load_organisation
from procedures.reading.identifiers import well_formed

GROUP = st.text("0123456789ABCXYZ", min_size=1, max_size=4)


@given(st.sampled_from(["A01", "H61", "Y99"]), st.lists(GROUP, max_size=6))
def test_groups_of_digits_and_capitals_below_a_first_level_are_an_identifier(first: str, groups: list[str]) -> None:
    code = ".".join([first, *groups])
    assert well_formed(code) == (len(code) <= 35)


@pytest.mark.parametrize(
    "code", ["", "H5", "Z01", "H05.", ".H05", "H05..1", "h05.1", "H05-1", "H05.Đ", "H05." + "1" * 32]
)
def test_what_is_none_is_seen_as_none(code: str) -> None:
    assert not well_formed(code)


def codes(folder: Path, above: str, below: str) -> list[str]:
    units = f"Sở A:\n  mã: {above}\nVăn phòng:\n  thuộc: Sở A\n  mã: {below}\n"
    (folder / "đơn vị.yaml").write_text(units, "utf-8")
    (folder / "người dùng.yaml").write_text("an:\n  tên: An\n", "utf-8")
    return [finding.code for finding in load_organisation(folder)[1]]


@pytest.mark.parametrize(
    ("above", "below", "found"),
    [
        ("H05", "H05.1", []),
        ("H05", "H051", ["QT539"]),
        ("H05", "H06.1", ["QT540"]),
        ("H05", "H05", ["QT531"]),
        ("h05", "H05.1", ["QT539"]),
    ],
)
def test_the_file_is_told_where_a_code_is_wrong(tmp_path: Path, above: str, below: str, found: list[str]) -> None:
    assert sorted(codes(tmp_path, above, below)) == found
