import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.text import fold, name_key, nearest, nfc, slug, sort_key, to_ascii

STEPS = ["lập phiếu", "kiểm tra", "khảo giá", "thẩm định nguồn", "xem xét", "phê duyệt", "mua sắm"]


def test_decomposed_text_becomes_composed() -> None:
    assert nfc(unicodedata.normalize("NFD", "Đường")) == "Đường"
    assert len(nfc(unicodedata.normalize("NFD", "Đường"))) == 5


@pytest.mark.parametrize(
    ("one", "other"),
    [("hoà", "hòa"), ("uỷ ban", "ủy ban"), ("Đề nghị", "de nghi"), ("ĐƯỜNG  SỐ", "duong so"), ("thuý", "thúy")],
)
def test_words_that_differ_only_in_accents_case_or_tone_placing_fold_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other) == fold(unicodedata.normalize("NFD", one))


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("xem xet", "xem xét"),
        ("Xem xét", "xem xét"),
        ("kiểm trra", "kiểm tra"),
        ("kiem rta", "kiểm tra"),
        ("xme xét", "xem xét"),
        ("phê dyệt", "phê duyệt"),
        ("thẩm định", "thẩm định nguồn"),
        ("khảo sát giá", None),
        ("bàn giao", None),
        ("x", None),
        ("", None),
    ],
)
def test_the_name_that_was_meant_is_found_or_none(written: str, meant: str | None) -> None:
    assert nearest(written, STEPS) == meant


def test_of_names_that_differ_only_in_accents_the_one_with_fewest_differences_is_meant() -> None:
    assert nearest("thâm định", ["thẩm đinh", "thẩm định"]) == "thẩm định"


def test_a_part_that_fits_two_names_points_at_neither() -> None:
    assert nearest("phê duyệt", ["phê duyệt lần một", "phê duyệt lần hai"]) is None


def test_a_very_long_word_is_answered_at_once() -> None:
    assert nearest("x" * 100_000, ["y" * 100_000, *STEPS]) is None


def test_words_are_sorted_as_in_a_vietnamese_dictionary() -> None:
    ordered = ["ba", "bà", "bả", "bã", "bá", "bạ", "bán", "bào", "băng", "bâng", "chanh", "dân", "đá", "ê", "ơn", "ưng"]
    shuffled = ordered[9:] + ordered[:9]
    assert sorted(shuffled, key=sort_key) == ordered


def test_numbers_are_sorted_by_their_size() -> None:
    assert sorted(["Bước 10", "Bước 2", "Bước 1"], key=sort_key) == ["Bước 1", "Bước 2", "Bước 10"]


@given(st.lists(st.text(max_size=12), max_size=6))
def test_any_text_has_a_place_in_the_order(texts: list[str]) -> None:
    keys = [sort_key(text) for text in sorted(texts, key=sort_key)]
    assert all(one <= other for one, other in pairwise(keys))


def test_people_are_sorted_by_given_name() -> None:
    people = ["Trần Văn Bình", "Nguyễn Thị Ánh", "Lê Văn An", "Đỗ Văn An"]
    assert sorted(people, key=name_key) == ["Đỗ Văn An", "Lê Văn An", "Nguyễn Thị Ánh", "Trần Văn Bình"]


def test_a_slug_is_plain_and_joined_by_hyphens() -> None:
    assert slug("Thẩm định nguồn (lần 2)") == "tham-dinh-nguon-lan-2"


def test_text_for_an_old_console_is_plain_ascii() -> None:
    assert to_ascii("bước “xem xét” → Đường…") == 'buoc "xem xet" -> Duong...'
    assert to_ascii("漢").isascii()
