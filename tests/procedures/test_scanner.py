import re

from procedures.scanner import Phrases, Scanner


def test_the_longest_phrase_is_taken_and_only_whole_words() -> None:
    phrases = Phrases(["tổng", "tổng tiền"])
    assert Scanner("tổng tiền trên").take(phrases) == "tổng tiền"
    assert Scanner("tổng tiềnn").take(phrases) == "tổng"
    assert Scanner("tổngg").take(phrases) is None


def test_blanks_may_be_wide_and_capitals_matter_only_for_names() -> None:
    assert Scanner("  ÍT \n NHẤT 2").take(Phrases(["ít nhất"])) == "ít nhất"
    assert Scanner("Tổng tiền").take(Phrases(["tổng tiền"], exact=True)) is None


def test_signs_need_no_blanks() -> None:
    scanner = Scanner("a>=2")
    assert scanner.take(Phrases(["a"])) == "a"
    assert scanner.take(Phrases([">", ">="])) == ">="
    assert scanner.until(re.compile(r"$")) == ("2", 3, 4)
    assert scanner.is_done()


def test_no_phrases_take_nothing() -> None:
    assert Scanner("a").take(Phrases([])) is None
    assert Scanner("a").take(Phrases(["", " "])) is None
