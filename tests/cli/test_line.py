"""Global flags stand anywhere on the line; letters typed apart are put together."""

from pathlib import Path
from unicodedata import normalize

import pytest

from cli.exits import Exit, Stop
from cli.line import composed, hoisted, value_of


@pytest.mark.parametrize(
    ("typed", "ordered"),
    [
        (["work", "--user", "an"], ["--user", "an", "work"]),
        (["case", "list", "--format=json", "-q"], ["--format=json", "-q", "case", "list"]),
        (["-C", "x", "work", "--ascii"], ["-C", "x", "--ascii", "work"]),
        (["work", "-Cx"], ["-Cx", "work"]),
        (["metrics", "--by", "buoc"], ["metrics", "--by", "buoc"]),
        (["case", "open", "--", "--user", "an"], ["case", "open", "--", "--user", "an"]),
        (["check", "--lang", "en", "--at", "2026-01-05"], ["--lang", "en", "--at", "2026-01-05", "check"]),
    ],
)
def test_global_flags_come_first_and_the_rest_keeps_its_order(typed: list[str], ordered: list[str]) -> None:
    assert hoisted(typed) == ordered


@pytest.mark.parametrize("flag", ["--user", "--at", "-C", "--format"])
def test_a_global_flag_at_the_end_lacks_its_value(flag: str) -> None:
    with pytest.raises(Stop) as stop:
        hoisted(["case", "list", flag])
    assert stop.value.code is Exit.USAGE
    assert stop.value.words is not None
    assert stop.value.words.into("vi") == f"{flag} cần một giá trị"


def test_letters_typed_apart_are_put_together() -> None:
    assert composed(normalize("NFD", "tổng tiền=12 triệu")) == "tổng tiền=12 triệu"


def test_a_file_is_named_as_the_disk_names_it(tmp_path: Path) -> None:
    apart = tmp_path / normalize("NFD", "hồ sơ.yaml")
    apart.touch()
    assert composed(str(apart)) == str(apart)
    assert composed(f"--output={apart}") == f"--output={apart}"


def test_the_last_value_of_a_flag_counts() -> None:
    assert value_of(["--lang", "vi", "work", "--lang=en"], "--lang") == "en"
    assert value_of(["work", "-Cthư mục"], "-C") == "thư mục"
    assert value_of(["work", "--", "--lang", "en"], "--lang") is None
