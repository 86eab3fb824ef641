"""The list of cases as the database counts and pages it is the one that looking at every case gives."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from engine.case import Case, CaseStatus, is_late
from engine.scope import EVERYTHING, Scope, may_read, scope_of
from engine.store import Reader
from engine.stores.sql import SqlReader, SqlStore
from procedures.vietnamese import MINUTES_A_DAY
from quality import questions_cases
from quality.questions_cases import STANDINGS, Standing, Wanted
from tests.engine.house import Office, at, purchase, working_time
from tests.engine.playing import player
from tests.postgres import fresh_store

Opener = Callable[[Path], SqlStore]


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office in which random things were done to random cases; in one case a step is behind for days."""
    store = SqlStore(tmp_path_factory.mktemp("cases") / "a.db") if request.param == "sqlite" else fresh_store()
    played = player(7, Office.with_(store=store))
    for _ in range(150):
        played.step()
    late = Office.with_(purchase(), store=store)
    late.numbers = count(10_000)
    late.ordered(at(2, 8))
    yield played.office
    store.close()


def stands(case: Case, which: Standing, now: datetime) -> bool:
    over = case.status not in {CaseStatus.OPEN, CaseStatus.PAUSED}
    late_end = case.due is not None and case.ended_at is not None and is_late(case.ended_at, case.due)
    if which in {"open", "ended", "withdrawn", "stopped"}:
        return not over if which == "open" else case.status == which
    if which in {"ended_in_time", "ended_late"}:
        return case.status is CaseStatus.ENDED and case.due is not None and late_end == (which == "ended_late")
    return not over and running(case, now) == which


def running(case: Case, now: datetime) -> Standing:
    if case.status is CaseStatus.PAUSED or case.stopped_at is not None:
        return "paused"
    if case.due is not None and is_late(now, case.due):
        return "late"
    if any(item.due is not None and is_late(now, item.due) for item in case.live_items):
        return "slow"
    if case.due is None:
        return "safe"
    fifth = (case.due - now).total_seconds() <= (case.due - case.opened_at).total_seconds() / 5
    return "near" if fifth or working_time().working_minutes(now, case.due) <= MINUTES_A_DAY else "safe"


def wanted(now: datetime, **more: object) -> Wanted:
    return Wanted(now, working_time().add_working_minutes(now, MINUTES_A_DAY + 1), **more)  # type: ignore[arg-type]


def every(reader: Reader) -> list[Case]:
    found = [case for case in reader.cases() if not case.id.startswith("KPH-")]
    return sorted(found, key=lambda case: (case.opened_at, case.id), reverse=True)


def same(reader: SqlReader, asked: Wanted, cases: list[Case]) -> None:
    assert questions_cases.count(reader, asked) == len(cases)
    assert questions_cases.count(reader, asked, 2) == min(2, len(cases))
    pages = [questions_cases.page(reader, asked, skip=skip, size=5) for skip in range(0, len(cases) + 5, 5)]
    assert [case.id for page in pages for case in page] == [case.id for case in cases]


def test_every_standing_has_the_cases_that_stand_so(office: Office) -> None:
    seen: set[str] = set()
    with office.store.reading() as reader:
        assert isinstance(reader, SqlReader)
        cases = every(reader)
        owed = {one.due for case in cases for one in (case, *case.live_items)}
        instants = sorted(due for due in owed if due is not None)
        for due in instants[:: max(1, len(instants) // 12)]:
            for now in (
                due - timedelta(days=2),
                due - timedelta(hours=3),
                due + timedelta(seconds=59),
                due + timedelta(minutes=1),
            ):
                for which in STANDINGS:
                    here = [case for case in cases if stands(case, which, now)]
                    same(reader, wanted(now, standings=(which,)), here)
                    seen |= {which} if here else set()
    assert seen >= {"open", "late", "slow", "near", "safe", "ended", "withdrawn"}


def test_each_filter_leaves_what_it_names_and_all_together_what_meets_them_all(office: Office) -> None:
    now = at(20, 8)
    with office.store.reading() as reader:
        assert isinstance(reader, SqlReader)
        cases = every(reader)
        middle = cases[len(cases) // 2].opened_at
        unit, procedure, opener = cases[0].unit, cases[0].procedure, cases[0].opener
        ended = sorted(case.ended_at for case in cases if case.ended_at is not None)
        assert len(ended) > 2

        def handled(case: Case) -> bool:
            return case.opener == opener or any(opener in {one.assignee, one.on_behalf_of} for one in case.items)

        tests: list[tuple[dict[str, object], Callable[[Case], bool]]] = [
            ({"unit": unit}, lambda case: case.unit == unit),
            ({"procedure": procedure}, lambda case: case.procedure == procedure),
            ({"people": frozenset({opener})}, handled),
            ({"since": middle}, lambda case: case.opened_at >= middle),
            ({"until": middle}, lambda case: case.opened_at < middle),
            ({"words": ("hs", "2026")}, lambda _case: True),
            ({"words": ("nothing",)}, lambda _case: False),
        ]
        for told, meets in tests:
            same(reader, wanted(now, **told), [case for case in cases if meets(case)])
        together = {"unit": unit, "procedure": procedure, "people": frozenset({opener}), "since": middle}
        same(reader, wanted(now, **together), [case for case in cases if all(meets(case) for _, meets in tests[:4])])
        by_end = wanted(now, since=ended[1], until=ended[-1], by_end=True)
        same(reader, by_end, [case for case in cases if case.ended_at and ended[1] <= case.ended_at < ended[-1]])


def test_nobody_is_listed_or_counted_a_case_that_they_may_not_read(office: Office) -> None:
    now, counts = at(20, 8), set()
    with office.store.reading() as reader:
        assert isinstance(reader, SqlReader)
        cases = every(reader)
        scopes = [scope_of(office.organisation, one.id, now.date()) for one in office.organisation.people]
        for scope in [*scopes, Scope("ai.do", frozenset(), frozenset()), EVERYTHING]:
            here = [case for case in cases if may_read(scope, case)]
            same(reader, wanted(now, scope=scope, words=("hs",)), here)
            counts.add(len(here))
    assert len(counts) > 2
