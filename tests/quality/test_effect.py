from dataclasses import replace

from quality.effect import effect, effect_of
from quality.nonconformity import register
from quality.sweep import sweep
from tests.quality.agency import agency, at, declared
from tests.quality.rows import CALENDAR, case, facts, item

BEFORE = [case(f"B{n}", at(2), at(5 if n else 3), at(4)) for n in range(4)]
AFTER = [case(f"A{n}", at(16), at(17), at(18), issue=2) for n in range(2)]


def test_the_same_rate_is_shown_before_and_after_with_the_counts_and_issues() -> None:
    seen = effect(facts([*BEFORE, *AFTER]), CALENDAR, "QT-TT-01", "late_case", at(10))
    assert seen is not None
    assert (seen.before.value, seen.before.count) == (0.25, 4)
    assert (seen.after.value, seen.after.count) == (1.0, 2)
    assert seen.change == 0.75
    assert [dict(figure.scope)["issue"] for figure in (seen.before, seen.after)] == ["1", "2"]


def test_without_cases_after_the_change_nothing_is_claimed() -> None:
    seen = effect(facts(BEFORE), CALENDAR, "QT-TT-01", "late_case", at(10))
    assert seen is not None
    assert (seen.after.value, seen.change) == (None, None)
    assert effect(facts(BEFORE), CALENDAR, "QT-XX-99", "late_case", at(10)) is None


def test_only_so_many_days_on_each_side_are_looked_at() -> None:
    seen = effect(facts([*BEFORE, *AFTER]), CALENDAR, "QT-TT-01", "late_case", at(10), days=3)
    assert seen is not None
    assert (seen.before.count, seen.after.count) == (0, 0)


def test_a_late_step_is_judged_at_that_step() -> None:
    items = (
        item("B0", 1, "duyệt", at(2), at(3), due=at(4)),
        item("B1", 1, "duyệt", at(2), at(5), due=at(4)),
        item("B1", 2, "kiểm tra", at(2), at(5), due=at(9)),
        item("A0", 1, "duyệt", at(16), at(17), due=at(18)),
    )
    seen = effect(facts([*BEFORE, *AFTER], items), CALENDAR, "QT-TT-01", "late_step", at(10), step="duyệt")
    assert seen is not None
    assert [(figure.value, figure.count) for figure in (seen.before, seen.after)] == [(0.5, 2), (1.0, 1)]


def test_a_nonconformity_says_itself_what_to_look_at_once_its_action_is_done() -> None:
    office = agency(declared())
    office.open(at(2, 8))
    sweep(office.store, office, at(9))
    with office.store.reading() as reader:
        [one] = register(reader)
    known = facts([*BEFORE, *AFTER])
    assert effect_of(one, known, CALENDAR) is None
    seen = effect_of(replace(one, acted_at=at(10)), known, CALENDAR)
    assert seen is not None
    assert seen.before.key == "case.on_time"
    assert effect_of(replace(one, acted_at=at(10), rule="thiếu hồ sơ"), known, CALENDAR) is None
