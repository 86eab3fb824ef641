"""A post that turns out to have ended: whoever acted in it afterwards is recorded as a wrong performer, once."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from procedures.organisation import Mandate, Organisation, Person, Post
from quality.questions_performers import lapsed
from quality.sweep import Swept, sweep
from tests.quality.agency import Agency, agency, at, declared


@pytest.fixture(params=["memory", "sql"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Agency:
    return agency(declared(), path=tmp_path / "quytrinh.db" if request.param == "sql" else None)


def told_later(given: Agency, account: str, *posts: Post) -> None:
    """Enter a decision that took effect in the past."""
    people = tuple(replace(one, posts=posts) if one.id == account else one for one in given.organisation.people)
    given.organisation = Organisation(given.organisation.units, people, given.organisation.mandates)


def wrong(given: Agency) -> list[tuple[str, int]]:
    with given.store.reading() as reader:
        return lapsed(reader, given)


def test_work_done_after_a_post_had_ended_is_seen_once_when_the_decision_is_entered(office: Agency) -> None:
    case = office.open(at(2, 8))
    office.finish(case, 1, "an", at(3, 9))
    assert wrong(office) == []
    told_later(office, "an", Post("Chuyên viên", "Phòng Kế hoạch", until=date(2026, 3, 2)))
    assert wrong(office) == [(case, 1)]
    assert sweep(office.store, office, at(3, 10)) == Swept(wrong_performers=1)
    assert wrong(office) == []
    assert sweep(office.store, office, at(3, 10)) == Swept()


@pytest.mark.parametrize(
    ("since", "until", "seen"),
    [
        (None, date(2026, 3, 3), False),
        (None, date(2026, 3, 2), True),
        (date(2026, 3, 3), None, False),
        (date(2026, 3, 4), None, True),
        (None, None, False),
    ],
)
def test_the_first_and_the_last_day_of_a_post_count(
    office: Agency, since: date | None, until: date | None, *, seen: bool
) -> None:
    case = office.open(at(3, 8))
    office.finish(case, 1, "an", at(3, 9))
    told_later(office, "an", Post("Chuyên viên", "Phòng Kế hoạch", since, until))
    assert wrong(office) == ([(case, 1)] if seen else [])


def test_a_post_that_was_held_twice_is_held_in_both_terms(office: Agency) -> None:
    case = office.open(at(9, 8))
    office.finish(case, 1, "an", at(9, 9))
    first, again = (None, date(2026, 3, 2)), (date(2026, 3, 9), date(2026, 3, 31))
    told_later(office, "an", *(Post("Chuyên viên", "Phòng Kế hoạch", *term) for term in (first, again)))
    assert wrong(office) == []


def test_a_mandate_that_turns_out_shorter_is_seen_too(office: Agency) -> None:
    given = Mandate("QĐ 1", "substitution", "an", "binh", since=date(2026, 3, 1), until=date(2026, 3, 9))
    office.organisation = Organisation(office.organisation.units, office.organisation.people, (given,))
    case = office.open(at(3, 8))
    office.finish(case, 1, "an", at(3, 9))
    second = office.open(at(3, 8))
    from engine.commands import ReleaseWork

    office.give(ReleaseWork(id="r", actor="an", case=second, item=1), at(3, 8))
    office.finish(second, 1, "binh", at(5, 9))
    shorter = replace(given, until=date(2026, 3, 4))
    office.organisation = Organisation(office.organisation.units, office.organisation.people, (shorter,))
    assert wrong(office) == [(second, 1)]


def test_somebody_whose_right_never_ends_is_not_asked_about(office: Agency) -> None:
    office.open(at(3, 8))
    assert Person("x", "X") not in office.organisation.people
    assert wrong(office) == []
