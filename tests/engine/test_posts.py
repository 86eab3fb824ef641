"""Posts: positions in fixed units, in units told by the case, and the opener in person."""

from datetime import date
from typing import Literal

import pytest

from engine.posts import name_of, posts_for, posts_of, unit_shown
from procedures.model import Holder, Role
from procedures.organisation import Organisation, Person, Post
from tests.engine.house import people
from tests.procedures.building import end, procedure, work

ON = date(2026, 3, 2)
Relative = Literal["opener_unit", "parent_of_opener_unit", "owner_unit"]


def posts(*holders: Holder, unit: str | None = "Phòng Kế hoạch", owner: str = "Văn phòng") -> tuple[str, ...]:
    declared = procedure(
        work("mở", end(), role="vai"), roles=(Role(name="vai", holders=holders, text="vai"),), owner_unit=owner
    )
    return posts_for(declared.steps[0], declared, people(), opener="an", unit=unit, on=ON)


@pytest.mark.parametrize(
    ("relative", "expected"),
    [
        ("opener_unit", "Chuyên viên@Phòng Kế hoạch"),
        ("parent_of_opener_unit", "Chuyên viên@Sở A"),
        ("owner_unit", "Chuyên viên@Văn phòng"),
        (None, "Chuyên viên@*"),
    ],
)
def test_a_unit_told_by_the_case_is_found(relative: Relative | None, expected: str) -> None:
    assert posts(Holder(position="Chuyên viên", relative=relative)) == (expected,)


def test_a_fixed_unit_is_what_it_says_and_the_opener_is_a_person() -> None:
    assert posts(Holder(position="Kế toán", unit="Văn phòng"), Holder(opener=True)) == (
        "Kế toán@Văn phòng",
        "person:an",
    )


def test_nobody_above_the_top_and_nobody_in_no_unit() -> None:
    above = Holder(position="Giám đốc", relative="parent_of_opener_unit")
    assert posts(above, unit="Sở A") == ()
    assert posts(above, Holder(position="Chuyên viên", relative="opener_unit"), unit=None) == ()


def test_the_same_post_is_named_once() -> None:
    twice = (Holder(position="Kế toán"), Holder(position="Kế toán"))
    assert posts(*twice) == ("Kế toán@*",)


def test_a_person_holds_each_post_in_its_unit_and_anywhere() -> None:
    assert posts_of(people(), "chi", ON) == {
        "person:chi",
        "Kế toán@Văn phòng",
        "Kế toán@*",
        "Chánh Văn phòng@Văn phòng",
        "Chánh Văn phòng@*",
    }


@pytest.mark.parametrize(
    ("since", "until", "held"),
    [
        (None, None, True),
        (date(2026, 3, 2), None, True),
        (date(2026, 3, 3), None, False),
        (None, date(2026, 3, 1), False),
    ],
)
def test_a_post_counts_from_its_first_day_until_it_ends(since: date | None, until: date | None, *, held: bool) -> None:
    one = Person("x", "X", (Post("Kế toán", "Văn phòng", since, until),))
    assert ("Kế toán@*" in posts_of(Organisation(people=(one,)), "x", ON)) is held


def test_a_position_in_one_unit_is_not_the_same_position_in_another() -> None:
    assert not posts_of(people(), "dung", ON) & set(posts(Holder(position="Chuyên viên", relative="opener_unit")))


def test_names_are_shown_and_accounts_that_are_gone_stay_accounts() -> None:
    assert name_of(people(), "an") == "An"
    assert name_of(people(), "gone") == "gone"
    assert name_of(people(), None) == ""


@pytest.mark.parametrize(
    ("keys", "unit"),
    [(("Kế toán@Văn phòng", "x@y"), "Văn phòng"), (("Kế toán@*",), None), (("person:an",), None), ((), None)],
)
def test_the_unit_of_the_first_post_is_shown(keys: tuple[str, ...], unit: str | None) -> None:
    assert unit_shown(keys) == unit
