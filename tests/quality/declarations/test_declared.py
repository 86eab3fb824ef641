"""Whether a declaration stands is a matter of two lists: what it named, and what is in force."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from procedures.release import Release
from procedures.shelf import MemoryShelf, release
from quality.declarations.declared import Declaration, difference, last_of, list_text, listed_in, why_again
from quality.declarations.in_force import in_force, owned
from tests.quality.agency import ISSUED, agency, declared, handling

DAY = date(2026, 3, 1)


def issued(*issues: int) -> list[Release]:
    return [release(declared(issue=n), approved_by="Giám đốc", issued_at=ISSUED) for n in issues]


def made(listed: dict[str, int], day: date = DAY, result: str = "đã công bố") -> Declaration:
    return Declaration("HS-1", "Lần đầu", ("Sở A",), "", listed, "01/QĐ", day, "", "", "", result)


def test_a_declared_list_is_read_as_it_is_written() -> None:
    (one,) = issued(1)
    assert list_text([one]) == "QT-TT-01@1"
    assert listed_in("QT-TT-01@1; QT-X-02@3\nlung tung, QT-Y@") == {"QT-TT-01": 1, "QT-X-02": 3}


def test_what_was_added_removed_or_issued_anew_asks_for_another_declaration() -> None:
    scope = issued(2)
    found = difference({"QT-TT-01": 1, "QT-CU-09": 4}, scope)
    assert (found.added, found.removed, found.amended) == ((), ("QT-CU-09",), (("QT-TT-01", 1, 2),))
    assert difference({}, scope).added == ("QT-TT-01",)
    words = why_again("Sở A", made({"QT-TT-01": 1}), difference({"QT-TT-01": 1}, scope))
    assert words is not None
    assert words.into("vi") == "Sở A phải công bố lại: từ lần công bố 01/03/2026 đã thêm 0, bớt 0, sửa 1 quy trình"


def test_a_declaration_of_what_is_in_force_stands() -> None:
    scope = issued(1)
    assert why_again("Sở A", made({"QT-TT-01": 1}), difference({"QT-TT-01": 1}, scope)) is None


def test_a_unit_that_never_declared_has_to() -> None:
    assert why_again("Sở A", None, difference({}, issued(1))) is not None


def test_only_a_declaration_that_was_made_counts_and_the_last_one() -> None:
    first, later = made({"A": 1}), made({"A": 2}, date(2026, 5, 1))
    refused = made({"A": 3}, date(2026, 6, 1), "chưa công bố")
    assert last_of([first, later, refused], "Sở A") == later
    assert last_of([refused], "Sở A") is None
    assert last_of([first], "Sở B") is None


@given(
    st.dictionaries(st.sampled_from("ABCDE"), st.integers(1, 3)),
    st.dictionaries(st.sampled_from("ABCDE"), st.integers(1, 3)),
)
def test_two_lists_differ_exactly_where_they_are_not_the_same(before: dict[str, int], after: dict[str, int]) -> None:
    (sample,) = issued(1)
    scope = [Release(**{**vars(sample), "code": code, "issue": issue}) for code, issue in after.items()]
    found = difference(before, scope)
    assert bool(found) == (before != after)
    assert {*found.added, *found.removed, *(code for code, _, _ in found.amended)} == {
        code for code in "ABCDE" if before.get(code) != after.get(code)
    }


def test_the_issue_in_force_is_the_newest_that_has_taken_effect() -> None:
    shelf = MemoryShelf()
    shelf.publish(*issued(1))
    later = release(declared(issue=2), approved_by="Giám đốc", issued_at=ISSUED, effective_from=date(2026, 6, 1))
    shelf.publish(later)
    assert [one.name for one in in_force(shelf, date(2026, 5, 31))] == ["QT-TT-01@1"]
    assert [one.name for one in in_force(shelf, date(2026, 6, 1))] == ["QT-TT-01@2"]


def test_a_unit_owns_what_it_and_those_below_it_own() -> None:
    office = agency(declared())
    releases = in_force(office.shelf, DAY)
    assert {one.code for one in owned(releases, office.organisation, "Sở A", DAY)} == {"QT-TT-01", handling().code}
    assert owned(releases, office.organisation, "Phòng Kế hoạch", DAY) == []
