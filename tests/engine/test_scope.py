"""What somebody may read: their own, their hands', their posts', their units'; nothing else."""

from engine.scope import EVERYTHING, may_read, scope_of
from tests.engine.house import Office, at, people, purchase
from tests.engine.readers import PEOPLE, TODAY, Crowd

NOW = at(2, 9)


def readers(office: Office, case: str) -> set[str]:
    today = NOW.date()
    return {p.id for p in people().people if may_read(scope_of(people(), p.id, today), office.case(case))}


def test_the_opener_the_unit_and_the_agency_above_it_read_a_case() -> None:
    office = Office.with_(purchase())
    assert readers(office, office.open(NOW)) == {"an", "em"}


def test_the_unit_it_has_come_to_reads_it_too() -> None:
    office = Office.with_(purchase())
    case = office.ordered(NOW)
    assert readers(office, case) == {"an", "em", "binh", "giang", "chi", "dung"}  # the clerk's unit is theirs too


def test_a_stranger_reads_nothing_and_the_keeper_of_everything_all() -> None:
    office = Office.with_(purchase())
    case = office.case(office.open(NOW))
    assert not may_read(scope_of(people(), "ai.do", NOW.date()), case)
    assert may_read(EVERYTHING, case)


def test_who_holds_a_position_that_reads_everything_reads_everything() -> None:
    office = Office.with_(purchase())
    case = office.case(office.open(NOW))
    today = NOW.date()
    assert not may_read(scope_of(people(), "chi", today), case)  # it has not come to her unit
    assert may_read(scope_of(people(), "chi", today, ["Kế toán"]), case)


def test_it_is_as_the_rule_says_for_everybody_in_random_agencies() -> None:
    told = set()
    for seed in range(20):
        crowd = Crowd.of(seed, 40)
        for person in (*PEOPLE, "ai.do"):
            scope = scope_of(crowd.organisation, person, TODAY)
            for case in crowd.cases:
                assert may_read(scope, case) == crowd.may_read(person, case), (seed, person, case.id)
            told.add(sum(crowd.may_read(person, case) for case in crowd.cases))
    assert len(told) > 20
