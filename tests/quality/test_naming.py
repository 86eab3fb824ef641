"""A pack is written with the names of the day of its cut-off, whatever the files say of later days."""

from datetime import date

from engine.agency import Settings
from procedures.organisation import Organisation, OrgUnit, Person
from quality.naming import named_on

MARCH, JUNE = date(2026, 3, 31), date(2026, 6, 1)
HEAD = Settings(agency="Sở Mới")


def test_a_person_is_called_by_the_name_of_the_day() -> None:
    twice = Person("b", "Ba", former=((date(2026, 3, 31), "Một"), (date(2026, 5, 31), "Hai")))
    named = [named_on(HEAD, Organisation(people=(twice,)), on) for on in (MARCH, date(2026, 4, 1), JUNE)]
    assert [one.person("b") for one in named] == ["Một", "Hai", "Ba"]


def test_a_unit_that_began_later_is_not_there_and_one_that_ended_later_goes_on() -> None:
    units = (
        OrgUnit("Tổ", kind="bộ phận", parent="Sở", heads=("Tổ trưởng",), until=date(2026, 5, 31), successor="Phòng"),
        OrgUnit("Phòng", parent="Sở", since=JUNE, decision="1/QĐ"),
    )
    before, after = (named_on(HEAD, Organisation(units=units), on).units for on in (MARCH, JUNE))
    assert before == (OrgUnit("Tổ", kind="bộ phận", parent="Sở"),)
    assert [(unit.name, unit.until, unit.successor) for unit in after] == [
        ("Tổ", date(2026, 5, 31), "Phòng"),
        ("Phòng", None, None),
    ]


def test_an_agency_that_was_renamed_is_called_by_its_name_of_then_and_one_that_was_merged_is_not() -> None:
    ended = {"until": date(2026, 5, 31), "successor": "Sở Mới"}
    renamed = Organisation(units=(OrgUnit("Sở Cũ", **ended), OrgUnit("Sở Mới", since=JUNE)))
    assert [named_on(HEAD, renamed, on).agency for on in (MARCH, JUNE)] == ["Sở Cũ", "Sở Mới"]
    merged = Organisation(units=(*renamed.units, OrgUnit("Sở Kia", **ended)))
    assert named_on(HEAD, merged, MARCH).agency == "Sở Mới"
