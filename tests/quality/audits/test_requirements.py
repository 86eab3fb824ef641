"""The gap assessment reads what is entered, and says which clause or judgement there is none of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.values import ValueSaid
from quality.audits.requirements import JUDGEMENTS, judged, requirements, written


def test_clauses_are_judged_as_entered() -> None:
    assert judged("4.3 = đạt; 7.2 = ĐẠT MỘT PHẦN\n10.2 = not met") == {"4.3": "met", "7.2": "partly", "10.2": "not_met"}
    assert judged("") == {}


@pytest.mark.parametrize("text", ["4.3", "4.3 = tốt", "99 = đạt"])
def test_what_there_is_none_of_is_told(text: str) -> None:
    with pytest.raises(ValueSaid):
        judged(text)


@given(st.dictionaries(st.sampled_from([one.clause for one in requirements()]), st.sampled_from(sorted(JUDGEMENTS))))
def test_what_is_written_is_read_back(found: dict[str, str]) -> None:
    assert judged(written(found)) == found  # type: ignore[arg-type]


def test_every_clause_is_asked_about_once_in_both_languages() -> None:
    clauses = [one.clause for one in requirements()]
    assert len(clauses) == len(set(clauses))
    assert all(one.vi and one.en for one in requirements())
