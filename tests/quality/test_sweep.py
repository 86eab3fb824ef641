from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event

from engine.store import Store
from engine.stores.sql import SqlStore
from quality.policy import HANDLING
from quality.sweep import Swept, sweep
from tests.quality.agency import Agency, agency, at, declared


@pytest.fixture(params=["memory", "sql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | None:
    return tmp_path / "quytrinh.db" if request.param == "sql" else None


def swept(office: Agency, now: datetime) -> Swept:
    return sweep(office.store, office, now)


def breaches(store: Store) -> list[tuple[str, ...]]:
    with store.reading() as reader:
        return sorted((case.id, *case.breaches) for case in reader.cases(procedure="QT-TT-01"))


def candidates(store: Store) -> list[str]:
    with store.reading() as reader:
        return [case.title for case in reader.cases(procedure=HANDLING)]


def test_exactly_at_the_due_minute_nothing_is_late_and_a_minute_later_it_is(place: Path | None) -> None:
    office = agency(declared(), path=place)
    case = office.open(at(2, 8))
    office.finish(case, 1, "an", at(2, 9))
    due = at(3, 9)
    assert swept(office, due) == Swept()
    assert swept(office, due + timedelta(seconds=59)) == Swept()
    assert swept(office, due + timedelta(minutes=1)) == Swept(late_steps=1)
    assert breaches(office.store) == [(case, "late_step/2")]


def test_a_second_sweep_finds_nothing_new(place: Path | None) -> None:
    office = agency(declared(), path=place)
    office.open(at(2, 8))
    assert swept(office, at(9)) == Swept(late_cases=1, candidates=1)
    assert swept(office, at(10)) == Swept()


def test_a_sweep_without_anything_new_looks_once(tmp_path: Path) -> None:
    office = agency(declared(), path=tmp_path / "quytrinh.db")
    office.open(at(2, 8))
    swept(office, at(9))
    assert isinstance(office.store, SqlStore)
    begun: list[object] = []
    for engine in (office.store.database.reading, office.store.database.writing):
        event.listen(engine, "begin", begun.append)
    assert swept(office, at(9, 10)) == Swept()
    assert len(begun) == 1


def test_work_finished_late_before_any_sweep_is_late_all_the_same(place: Path | None) -> None:
    office = agency(declared(), path=place)
    case = office.open(at(2, 8))
    office.finish(case, 1, "an", at(2, 9))
    office.finish(case, 2, "binh", at(3, 10), "Đủ")
    assert swept(office, at(3, 10, 30)).late_steps == 1


def test_a_late_case_opens_one_candidate_with_its_evidence(place: Path | None) -> None:
    office = agency(declared(), path=place)
    case = office.open(at(2, 8))
    swept(office, at(9))
    with office.store.reading() as reader:
        [candidate] = reader.cases(procedure=HANDLING)
        held = reader.held(candidate.id)
    assert held is not None
    assert candidate.id.startswith("KPH-2026-")
    assert candidate.unit == "Văn phòng"
    assert candidate.title == f"QT-TT-01: hồ sơ quá hạn, {case}"
    told = "\n".join(held.values.values())
    assert f"{case}#1" in told
    assert f"{case}#3" in told or f"{case}#4" in told
    assert "3 ngày làm việc" in told
    assert "05/03/2026 17:00" in told
    assert office.calendar.version.hash in told


def test_three_late_steps_of_a_month_open_one_candidate(place: Path | None) -> None:
    office = agency(declared("trễ bước ít nhất 3 lần mỗi tháng"), path=place)
    for day in (2, 3, 4, 5):
        case = office.open(at(day, 8))
        office.finish(case, 1, "an", at(day, 9))
        swept(office, at(day + 1, 10) if day < 5 else at(9, 10))
    assert candidates(office.store) == ["QT-TT-01: bước “Kiểm tra” chậm tiến độ, 3 lần trong tháng 3/2026"]


def test_the_declared_policy_replaces_that_of_the_house(place: Path | None) -> None:
    office = agency(declared("trễ bước ít nhất 3 lần mỗi tháng"), path=place)
    office.open(at(2, 8))
    assert swept(office, at(9)) == Swept(late_cases=1, candidates=0)


def test_returned_more_often_than_the_policy_allows_is_recorded_once(place: Path | None) -> None:
    office = agency(declared("bị trả lại trên 2 lần"), path=place)
    case = office.open(at(2, 8))
    for n in range(4):
        office.finish(case, 2 * n + 1, "an", at(2, 9, n))
        office.finish(case, 2 * n + 2, "binh", at(2, 9, n), "Thiếu")
        assert swept(office, at(2, 9, n)) == (Swept(returned=1, candidates=1) if n == 2 else Swept())
    assert candidates(office.store) == [f"QT-TT-01: bị trả lại quá số lần, {case}"]


def test_each_return_counts_where_a_policy_counts_them_by_the_month(place: Path | None) -> None:
    office = agency(declared("bị trả lại ít nhất 2 lần mỗi tháng"), path=place)
    for day in (2, 3):
        case = office.open(at(day, 8))
        office.finish(case, 1, "an", at(day, 9))
        office.finish(case, 2, "binh", at(day, 10), "Thiếu")
    assert swept(office, at(3, 11)) == Swept(returned=2, candidates=1)
    assert swept(office, at(3, 12)) == Swept()


def test_a_paused_clock_is_not_late_and_a_handled_agency_without_handling_only_records() -> None:
    office = agency(declared(), handled=False)
    office.open(at(2, 8))
    assert swept(office, at(9)) == Swept(late_cases=1, candidates=0)


def test_eight_sweepers_at_once_record_each_breach_and_open_each_candidate_once(tmp_path: Path) -> None:
    office = agency(declared(), path=tmp_path / "quytrinh.db")
    for _ in range(20):
        case = office.open(at(2, 8))
        office.finish(case, 1, "an", at(2, 9))
    with ThreadPoolExecutor(8) as threads:
        results = list(threads.map(lambda _: swept(office, at(9)), range(8)))
    assert sum(one.late_steps for one in results) == 20
    assert sum(one.late_cases for one in results) == 20
    assert sum(one.candidates for one in results) == 21  # each late case, and the step that was late 20 times
    assert [len(found) for found in breaches(office.store)] == [3] * 20
    assert len(candidates(office.store)) == len(set(candidates(office.store))) == 21


def test_a_sweep_that_breaks_off_between_breach_and_candidate_is_made_good_by_the_next() -> None:
    office = agency(declared())
    office.open(at(2, 8))
    without = agency(declared(), handled=False)
    without.store = office.store
    assert swept(without, at(9)) == Swept(late_cases=1)
    assert swept(office, at(10)) == Swept(candidates=1)
