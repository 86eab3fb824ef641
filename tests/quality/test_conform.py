"""Given finished cases, when they are held against their procedure, then each deviation names its cases."""

import pytest

from engine.store import Store
from engine.stores.memory import MemoryStore
from quality import questions
from quality.columns import Behind
from quality.conform import conformity, figures_of, stray
from quality.groups import Group, by_issue
from quality.indicators import measured
from quality.periods import parse
from quality.sweep import sweep
from tests.quality.agency import ZONE, agency, at, declared
from tests.quality.living import lived
from tests.quality.rows import MARCH, breach, case, clock, group, item

SPRING = parse("2026", ZONE)
PROCEDURE = declared()


def went(of: str, *steps: tuple[str, str | None], day: int = 2) -> tuple:
    """The items of a case that finished these steps one after the other, an hour each."""
    return tuple(
        item(of, n, step, at(day, 8 + n), at(day, 9 + n), outcome=outcome) for n, (step, outcome) in enumerate(steps, 1)
    )


STRAIGHT = (("lập phiếu", None), ("kiểm tra", "Đủ"), ("duyệt", "Đồng ý"))


@pytest.mark.parametrize(
    ("path", "first"),
    [
        (STRAIGHT, None),
        ((("lập phiếu", None), ("kiểm tra", "Thiếu"), *STRAIGHT), None),
        ((("kiểm tra", "Đủ"), ("lập phiếu", None), ("duyệt", "Đồng ý")), "kiểm tra"),
        ((("lập phiếu", None), ("duyệt", "Đồng ý")), "duyệt"),
        (STRAIGHT[:2], ""),
        ((*STRAIGHT, ("duyệt", "Đồng ý")), "duyệt"),
    ],
)
def test_a_way_is_followed_through_the_net_to_its_end(path: tuple, first: str | None) -> None:
    assert stray(PROCEDURE, path) == first


def test_cases_are_told_by_the_way_they_went_and_by_what_differs() -> None:
    cases = [case(name, at(2), at(6), at(9)) for name in "ABCD"] + [case("E", at(2))]
    items = (
        *went("A", *STRAIGHT),
        *went("B", *STRAIGHT),
        *went("C", ("lập phiếu", None), ("duyệt", "Đồng ý")),
        *went("D", *STRAIGHT),
        *went("E", ("lập phiếu", None)),
    )
    seen = group(*cases, items=items, breaches=(breach("D", "skipped", at(2), 2), breach("B", "late_case", at(5))))
    found = conformity(seen, PROCEDURE, MARCH, clock(seen))
    assert (found.rate.value, found.rate.part, found.rate.cases) == (0.25, ("A",), ("A", "B", "C", "D"))
    told = {(one.kind, one.step): one.cases for one in found.deviations}
    assert told == {("skipped", "kiểm tra"): ("D",), ("reordered", "duyệt"): ("C",), ("late_case", None): ("B",)}
    assert [(one.path, one.cases, one.fits) for one in found.variants] == [
        (("lập phiếu", "kiểm tra", "duyệt"), ("A", "B", "D"), True),
        (("lập phiếu", "duyệt"), ("C",), False),
    ]


def test_without_the_issue_nothing_is_said_of_the_ways() -> None:
    seen = group(case("A", at(2), at(3)), items=went("A", ("duyệt", None)))
    found = conformity(seen, None, MARCH, clock(seen))
    assert (found.rate.value, found.deviations) == (1.0, ())


def test_several_answers_to_one_step_are_one_move() -> None:
    items = (
        item("A", 1, "lập phiếu", at(2, 8), at(2, 9)),
        item("A", 2, "kiểm tra", at(2, 9), at(2, 11), outcome="Đủ"),
        item("A", 3, "kiểm tra", at(2, 9), at(2, 10), outcome="Thiếu"),
        item("A", 4, "duyệt", at(2, 11), at(2, 12), outcome="Đồng ý"),
    )
    found = conformity(seen := group(case("A", at(2), at(3)), items=items), PROCEDURE, MARCH, clock(seen))
    assert found.variants[0].path == ("lập phiếu", "kiểm tra", "duyệt")
    assert found.variants[0].fits


def played(store: Store) -> Group:
    office = agency(declared())
    office.store = store
    lived(office, cases=40)
    sweep(store, office, at(25))
    with store.reading() as reader:
        known = questions.facts(reader, at(20, month=4))
    return next(one for one in by_issue(known) if one.procedure == "QT-TT-01")


def test_what_the_engine_has_carried_out_never_strays_and_conforms_unless_a_breach_is_on_record() -> None:
    store = MemoryStore()
    seen = played(store)
    found = conformity(seen, PROCEDURE, SPRING, measured(seen, agency(declared()).calendar))
    assert all(one.fits for one in found.variants)
    assert sum(len(one.cases) for one in found.variants) == found.rate.count > 10
    with store.reading() as reader:
        breached = {one.id for one in reader.cases(procedure="QT-TT-01") if one.breaches}
    assert set(found.rate.part) == set(found.rate.cases) - breached
    assert 0 < len(found.rate.part) < found.rate.count


def test_every_deviation_and_way_is_a_figure_of_its_own() -> None:
    seen = played(MemoryStore())
    found = conformity(seen, PROCEDURE, SPRING, measured(seen, agency(declared()).calendar))
    figures = list(figures_of(seen, found, SPRING))
    assert (
        len({(one.key, one.scope) for one in figures})
        == len(figures)
        == 1 + len(found.deviations) + len(found.variants)
    )
    assert all(isinstance(one.cases, Behind) and one.count for one in figures)
