"""A sample is a matter of its seed: drawn again it is the same, and every stratum is looked into."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procedures.values import ValueSaid
from quality.audits.sample import Sample, Wanted, draw, redraw
from tests.quality.agency import Agency, agency, at, declared
from tests.quality.living import lived


@pytest.fixture(scope="module")
def office() -> Agency:
    made = agency(declared())
    lived(made)
    return made


def drawn(office: Agency, *, size: int = 6, seed: str = "HS-1", units: frozenset[str] = frozenset()) -> Sample:
    wanted = Wanted(units, ("QT-TT-01",), at(1, month=1), at(1, month=5), size, seed)
    with office.store.reading() as reader:
        return draw(reader, wanted)


def test_the_same_seed_draws_the_same_cases_and_its_record_draws_them_again(office: Agency) -> None:
    first = drawn(office)
    assert drawn(office) == first
    with office.store.reading() as reader:
        assert redraw(reader, first.record) == first
    assert len(first.cases) >= 6


def test_another_seed_draws_others(office: Agency) -> None:
    assert len({drawn(office, seed=f"s{n}").cases for n in range(6)}) > 1


def test_cases_that_came_or_moved_after_the_cut_off_change_nothing() -> None:
    office = agency(declared())
    lived(office, cases=20)
    first = drawn(office)
    late = office.open(at(4, month=5))
    office.finish(late, 1, "an", at(4, 9, month=5))
    with office.store.reading() as reader:
        assert redraw(reader, first.record) == first


@given(size=st.integers(1, 60), seed=st.text("abc0", min_size=1, max_size=5))
def test_every_stratum_gives_a_case_and_none_gives_what_it_has_not(office: Agency, size: int, seed: str) -> None:
    found = drawn(office, size=size, seed=seed)
    assert found.population == 40
    for stratum in found.strata:
        assert 1 <= len(stratum.drawn) <= len(stratum.cases)
        assert set(stratum.drawn) <= set(stratum.cases)
    assert len(found.cases) >= min(size, found.population)


def test_only_cases_of_the_audited_units_are_drawn_from(office: Agency) -> None:
    found = drawn(office, size=40, units=frozenset({"Phòng Kế hoạch"}))
    with office.store.reading() as reader:
        cases = [case for case in reader.cases() if case.id in found.cases]
    assert cases
    assert all("Phòng Kế hoạch" in {case.unit, *(item.unit for item in case.items)} for case in cases)


def test_what_is_no_record_is_said_to_be_none(office: Agency) -> None:
    with office.store.reading() as reader, pytest.raises(ValueSaid):
        redraw(reader, "mười hồ sơ bất kỳ")
