"""A long list of a review pack: what was not met stands in the body, the whole of it in an annex."""

import pytest

from procedures.words import say
from quality.section import Listing
from visualize.condensed import Annex, counts, first, shares
from visualize.document import AnnexTitle, Table
from visualize.typeset import PRINT, width

TARGETS = Listing(
    say("quality targets"),
    (say("procedure"), say("met")),
    (("QT-01", say("met")), ("QT-02", say("not met")), ("QT-03", say("met"))),
    (),
    say("none"),
)


def test_rows_that_were_not_met_come_first() -> None:
    assert first(TARGETS) == [1]


def test_a_long_list_says_how_many_rows_and_how_many_of_each_kind() -> None:
    told = [paragraph.text for paragraph in counts(TARGETS, "vi")]
    assert told == ["Chỉ tiêu chất lượng: 3 dòng.", "Đạt: đạt 2; không đạt 1."]


def test_an_annex_keeps_the_whole_and_the_body_says_where() -> None:
    annex, whole = Annex(), Table("Chỉ tiêu chất lượng", ("Đạt",), (("đạt",),))
    said = annex.keep([whole], "vi")
    assert said.text.endswith("Phụ lục 1.")
    assert annex.blocks == [AnnexTitle("Phụ lục 1", "chỉ tiêu chất lượng"), whole]


def test_a_column_is_as_wide_as_its_longest_word_needs() -> None:
    head = ("Số", "Nội dung", "Người chịu trách nhiệm", "Kết quả")
    rows = [("KPH-2026-0005", "một câu dài " * 9, "An", ""), ("KPH-2026-0006", "x", "", "đã xong một phần " * 3)]
    found = shares(head, rows)
    assert sum(found) == pytest.approx(160)
    for at, words in enumerate((("KPH-2026-0005",), ("dung",), ("trách", "nhiệm"), ("quả",))):
        assert all(found[at] > width(word, 11, PRINT, bold=at > 0) + 3.8 for word in words)
    assert found[1] > found[3] > found[2]  # what is empty in one row is read in the other


def test_a_table_of_many_columns_keeps_the_widths_of_their_words() -> None:
    found = shares(("Người",) * 20, [("không",) * 20])
    assert set(found) == {max(width("Người", 11, PRINT, bold=True), width("không", 11, PRINT)) + 4.8}
