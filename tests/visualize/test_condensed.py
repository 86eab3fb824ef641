"""A long list of a review pack: what was not met stands in the body, the whole of it in an annex."""

from procedures.words import say
from quality.section import Listing
from visualize.condensed import Annex, counts, first, shares
from visualize.document import AnnexTitle, Table

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
    number, told = shares(("Số", "Nội dung"), [("KPH-2026-0005", "một câu dài " * 9)])
    assert number == len("KPH-2026-0005") + 4
    assert told > number
