"""How long a record is kept."""

from datetime import date

import pytest

from engine.retention import Term, read_term, term_of
from procedures.model import Record
from tests.engine.house import purchase


@pytest.mark.parametrize(
    ("said", "years"),
    [("10 năm", 10), ("05 năm", 5), (" 5  NĂM ", 5), ("05 (năm) năm", 5), ("ít nhất 70 năm", 70), ("1 year", 1)],
)
def test_years_are_read_as_people_write_them(said: str, years: int) -> None:
    assert read_term(said) == Term(years)


@pytest.mark.parametrize("said", ["vĩnh viễn", "Vĩnh  viễn", "permanent"])
def test_for_ever_is_for_ever(said: str) -> None:
    assert read_term(said) == Term(None)
    assert Term(None).until(date(2026, 3, 2)) is None


@pytest.mark.parametrize("said", ["", "lâu", "theo quy định", "10 tháng", "năm", "10"])
def test_other_words_are_no_time(said: str) -> None:
    assert read_term(said) is None


def test_years_count_from_the_end_of_the_year_in_which_the_case_was_over() -> None:
    assert Term(10).until(date(2026, 1, 1)) == date(2036, 12, 31)
    assert Term(10).until(date(2026, 12, 31)) == date(2036, 12, 31)
    assert Term(999).until(date(9990, 1, 1)) is None


@pytest.mark.parametrize(
    ("said", "term"),
    [
        (("5 năm", "10 năm"), Term(10)),
        (("5 năm", "vĩnh viễn", "70 năm"), Term(None)),
        (("5 năm", "theo quy định"), None),
        ((), None),
    ],
)
def test_the_longest_time_counts_and_one_unknown_time_makes_it_unknown(
    said: tuple[str, ...], term: Term | None
) -> None:
    records = tuple(Record(name=str(n), place="Kho", retention=words) for n, words in enumerate(said))
    assert term_of(purchase().model_copy(update={"records": records})) == term
