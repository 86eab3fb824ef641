"""A case is found by its codes and the words of its subject, however they are typed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.case import Case
from engine.commands import OpenCase
from engine.finding import answers, words_asked, words_of
from engine.handle import Done
from tests.engine.house import Office, at, purchase


def called(title: str) -> Case:
    office = Office.with_(purchase())
    done = office.give(OpenCase(id="t", actor="an", procedure="QT-VP-05", title=title), at(2, 8))
    assert isinstance(done, Done), done
    with office.store.reading() as reader:
        held = reader.held(done.case)
    assert held is not None
    return held.case


def found(title: str, text: str) -> bool:
    return answers(called(title), words_asked(text))


@pytest.mark.parametrize(
    "text",
    [
        "máy in",
        "may in",
        "MÁY IN",
        unicodedata.normalize("NFD", "máy in"),
        "in máy",
        "hoà binh",
        "hòa bình",
        "duong",
        "Đường",
        "05/BNV",
        "05 vp",
        "bnv-vp",
        "HS-2026-00",
        "hs-2026-0001",
        "2026-0001",
        "0001",
        "1",
        "“giấy”",
        "",
        " ... ",
    ],
)
def test_it_is_found_without_accents_in_any_order_and_by_part_of_a_code(text: str) -> None:
    assert found("Mua máy in, “giấy” cho đường Hoà Bình theo 05/BNV-VP", text)


@pytest.mark.parametrize("text", ["máy ảnh", "áy", "hs-2027", "0002", "máy in xx", "05/BNVX"])
def test_a_word_that_begins_none_of_its_words_does_not_find_it(text: str) -> None:
    assert not found("Mua máy in, “giấy” cho đường Hoà Bình theo 05/BNV-VP", text)


SYLLABLES = st.text(st.characters(categories=["L", "N", "P", "Z", "M"]), max_size=50)


@given(st.lists(SYLLABLES, min_size=1, max_size=4), st.integers(0, 50))
def test_a_subject_is_found_by_any_of_its_words_begun(parts: list[str], length: int) -> None:
    case = CALLED.but(title=" ".join(parts))
    for part in parts:
        assert answers(case, words_asked(part))
        assert answers(case, words_asked(unicodedata.normalize("NFD", part)))
        assert answers(case, tuple(word[:length] for word in words_asked(part)))


CALLED = called("x")


def test_what_a_case_is_found_by_is_short_and_bare() -> None:
    words = words_of(called("A" * 900 + " — ·· x_y"))
    assert max(map(len, words)) == 40
    assert all(word == word.lower() and word[0].isalnum() for word in words)
    assert len(set(words)) == len(words)
