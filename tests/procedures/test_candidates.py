"""Who may act in a post on a day: the index says what going through everything says."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from procedures.candidates import Candidate, met_by, person_post
from procedures.organisation import Mandate, Organisation, OrgUnit, Person, Post

FIRST = date(2027, 1, 1)
UNITS = ("Phòng A", "Phòng B")
POSITIONS = ("Trưởng phòng", "Chuyên viên")
ACCOUNTS = ("an", "bình", "chi")

days = st.none() | st.integers(0, 12).map(lambda number: FIRST + timedelta(days=number))
posts = st.builds(Post, st.sampled_from(POSITIONS), st.sampled_from(UNITS), days, days)
units = st.tuples(*(st.builds(OrgUnit, st.just(name), since=days, until=days) for name in UNITS))
people = st.tuples(
    *(st.builds(Person, st.just(id_), st.just(id_), st.lists(posts, max_size=3).map(tuple)) for id_ in ACCOUNTS)
)
mandates = st.builds(
    Mandate,
    st.sampled_from(("QĐ 1", "QĐ 2")),
    st.sampled_from(("substitution", "delegation")),
    st.sampled_from(ACCOUNTS),
    st.sampled_from((*ACCOUNTS, "ai đó")),
    st.lists(st.builds(Post, st.sampled_from(POSITIONS), st.sampled_from(UNITS)), max_size=1).map(tuple),
    days,
    days,
)


def by_going_through(agency: Organisation, wanted: str, on: date) -> set[Candidate]:
    """Say who may act in a post, by looking at everybody and every mandate."""
    held = {
        person.id: {f"{p.position}@{p.unit}" for p in person.posts if p.held(on) and agency.unit(p.unit).stands(on)}
        for person in agency.people
    }
    own = {Candidate(who, key) for who, keys in held.items() for key in {*keys, person_post(who)}}
    passed = set()
    for mandate in agency.mandates:
        if not mandate.lasts(on) or mandate.agent not in held:
            continue
        named = {f"{p.position}@{p.unit}" for p in mandate.posts}
        given_ = held[mandate.principal] & named if named else held[mandate.principal]
        if not named and mandate.manner == "substitution":
            given_ = given_ | {person_post(mandate.principal)}
        passed |= {Candidate(mandate.agent, key, mandate.principal, mandate) for key in given_}
    return {one for one in own | passed if wanted in met_by(one.post)}


@settings(max_examples=150, deadline=None)
@given(units, people, st.lists(mandates, max_size=4).map(tuple), st.integers(-1, 14))
def test_the_index_says_what_going_through_everybody_says(
    of: tuple[OrgUnit, ...], who: tuple[Person, ...], by: tuple[Mandate, ...], day: int
) -> None:
    agency, on = Organisation(of, who, by), FIRST + timedelta(days=day)
    places = (*UNITS, "*")
    keys = [*(f"{p}@{u}" for p in POSITIONS for u in places), *map(person_post, ACCOUNTS)]
    for key in keys:
        found = agency.candidates(key, on)
        assert set(found) == by_going_through(agency, key, on), key
        assert len(found) == len(set(found))
    for account in ACCOUNTS:
        every = {one for key in keys for one in by_going_through(agency, key, on) if one.account == account}
        assert set(agency.capacities(account, on)) == every


def test_holders_come_before_those_who_act_for_them_and_nobody_passes_on_what_was_passed_on() -> None:
    agency = Organisation(
        (OrgUnit("Phòng A"),),
        (Person("an", "An", (Post("Trưởng phòng", "Phòng A"),)), Person("bình", "Bình"), Person("chi", "Chi")),
        (
            Mandate("QĐ 1", "delegation", "an", "bình", (Post("Trưởng phòng", "Phòng A"),)),
            Mandate("QĐ 2", "delegation", "bình", "chi", (Post("Trưởng phòng", "Phòng A"),)),
            Mandate("QĐ 3", "substitution", "bình", "chi"),
        ),
    )
    assert [one.account for one in agency.candidates("Trưởng phòng@Phòng A", FIRST)] == ["an", "bình"]
    assert [one.post for one in agency.capacities("chi", FIRST)] == ["person:chi", "person:bình"]


def test_the_last_day_that_can_be_written_is_no_fault() -> None:
    agency = Organisation((OrgUnit("A"),), (Person("an", "An", (Post("Sếp", "A", until=date.max),)),))
    assert agency.candidates("Sếp@A", date.max) == (Candidate("an", "Sếp@A"),)
