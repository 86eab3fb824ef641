"""A plan of inspections: everybody by dossier, enough of each kind at headquarters, the longest unvisited first."""

from datetime import date, timedelta
from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from procedures.organisation import OrgUnit
from quality.inspections.planner import plan
from quality.unit_kinds import unit_kinds

DAY = date(2026, 1, 1)
UNITS = tuple(OrgUnit(f"Sở {n}", kind="sở") for n in range(7)) + tuple(
    OrgUnit(f"UBND xã {n}", kind="ủy ban nhân dân xã") for n in range(11)
)


def test_shares_are_rounded_up_kind_by_kind() -> None:
    made = plan(UNITS, {}, unit_kinds())
    assert made.dossier == tuple(unit.name for unit in UNITS)
    assert [(share.kind.kind, share.wanted, len(share.chosen)) for share in made.shares] == [
        ("sở", 3, 3),
        ("ủy ban nhân dân xã", 2, 2),
    ]


def test_units_never_visited_come_before_those_visited_longest_ago() -> None:
    visited = {f"Sở {n}": DAY + timedelta(n) for n in range(7)} | {f"UBND xã {n}": DAY for n in range(11)}
    del visited["Sở 5"]
    assert plan(UNITS, visited, unit_kinds()).shares[0].chosen == ("Sở 5", "Sở 0", "Sở 1")


def test_a_unit_that_is_named_is_visited_whenever_it_was_last() -> None:
    visited = {"Sở 6": DAY + timedelta(900)}
    assert plan(UNITS, visited, unit_kinds(), ("Sở 6",)).shares[0].chosen[0] == "Sở 6"


def test_in_turn_every_unit_is_visited_before_any_is_visited_twice() -> None:
    visited: dict[str, date] = {}
    for year in range(3):
        for unit in plan(UNITS[:7], visited, unit_kinds()).headquarters:
            visited[unit] = DAY + timedelta(365 * year)
        if year < 2:
            assert len(visited) == 3 * (year + 1)
    assert len(visited) == 7


@given(
    kinds=st.lists(st.sampled_from(["sở", "ủy ban nhân dân xã", "phòng"]), max_size=30),
    days=st.dictionaries(st.integers(0, 29), st.integers(0, 2000)),
)
def test_a_plan_never_falls_short_and_nobody_visited_later_goes_before(kinds: list[str], days: dict[int, int]) -> None:
    units = tuple(OrgUnit(f"U{n}", kind=kind) for n, kind in enumerate(kinds))
    visited = {f"U{n}": DAY + timedelta(day) for n, day in days.items()}
    made = plan(units, visited, unit_kinds())
    assert made.dossier == tuple(unit.name for unit in units)
    for share in made.shares:
        mine = [unit.name for unit in units if unit.kind == share.kind.kind]
        assert len(share.chosen) == ceil(share.kind.headquarters_percent * len(mine) / 100)
        left = [visited.get(unit, date.min) for unit in mine if unit not in share.chosen]
        chosen = [visited.get(unit, date.min) for unit in share.chosen]
        assert not left or not chosen or max(chosen) <= min(left)
