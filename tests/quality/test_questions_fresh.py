"""Given cases of several series, when their rows are read part by part, then the columns are those of the logs."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from engine import handle
from engine.stores.sql import SqlStore
from quality import questions_fresh
from quality.questions_fresh import Fresh, Run, read
from quality.sweep import sweep
from tests.postgres import server
from tests.quality.agency import Agency, agency, at, declared
from tests.quality.living import lived
from tests.quality.rows import plain
from tests.quality.test_questions_snapshot import POLICY, fresh

RUNS: list[Run] = [("HS-2026", 0, 499), ("KPH-2026", 0, 4), ("KPH-2026", 10, 14)]


@pytest.fixture(params=["sqlite", "postgres"])
def office(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Agency]:
    """An agency in which a case of ten comes before one of nine by its id, and of which little is read at a time."""
    monkeypatch.setattr(handle, "_DIGITS", 1)
    monkeypatch.setattr(questions_fresh, "_AT_A_TIME", 3)
    store = SqlStore(server().database() if request.param == "postgres" else tmp_path / "quytrinh.db")
    made = replace(agency(declared(POLICY)), store=store)
    lived(made, cases=25)
    sweep(store, made, at(25))
    yield made
    store.close()


def found(office: Agency, runs: list[Run] = RUNS) -> Fresh:
    with office.store.reading() as reader:
        return read(reader, runs)  # type: ignore[arg-type]


def change(office: Agency, statement: str, **values: object) -> None:
    with office.store.writing() as writer:
        writer.connection.execute(text(statement), values)  # type: ignore[attr-defined]


def test_columns_are_those_of_the_logs_in_the_order_of_ids(office: Agency) -> None:
    facts = found(office).facts
    assert len(facts.breaches) > 3
    assert facts.ids.tolist() == sorted(facts.ids.tolist())
    assert facts.ids.tolist().index(b"HS-2026-10") < facts.ids.tolist().index(b"HS-2026-9")
    assert plain(facts) == plain(fresh(office))


def test_each_case_has_its_series_its_number_and_its_last_instant(office: Agency) -> None:
    told = found(office)
    last = {case: log[-1].at.timestamp() for case, log in office.store.all_logs()}
    for name, series, number, moved in zip(
        told.facts.ids.tolist(), told.series.codes.tolist(), told.number.tolist(), told.moved_at.tolist(), strict=True
    ):
        assert (f"{told.series.name(series)}-{number}", moved) == (name.decode(), last[name.decode()])


def test_only_the_stretches_asked_for_are_read(office: Agency) -> None:
    told = found(office, [("HS-2026", 4, 5), ("HS-2026", 7, 11)])
    assert told.facts.ids.tolist() == [b"HS-2026-10", b"HS-2026-11", *(b"HS-2026-%d" % one for one in (4, 5, 7, 8, 9))]
    assert len(found(office, []).facts.ids) == len(found(office, [("XX-2026", 0, 9)]).facts.ids) == 0


def test_a_text_is_what_it_is_whatever_it_holds(office: Agency) -> None:
    said = 'Phòng "A\\1", {b} \x1f [null] — Ấ'
    change(office, "UPDATE work_item SET unit = :said WHERE case_id = 'HS-2026-9' AND number = 1", said=said)
    items = found(office).facts.items
    assert items.unit.are(said).sum() == 1


def test_a_case_without_its_last_record_is_left_out_with_all_that_is_behind_it(office: Agency) -> None:
    before = found(office).facts
    change(office, "UPDATE case_file SET version = version + 5 WHERE id = 'HS-2026-9'")
    after = found(office).facts
    gone = before.ids.tolist().index(b"HS-2026-9")
    assert len(after.ids) == len(before.ids) - 1
    assert len(after.items) == len(before.items) - (before.items.case == gone).sum() < len(before.items)
    kept = before.of_cases(before.cases.place != gone)
    assert after.items.finished_at.tolist() == kept.items.finished_at.tolist()
