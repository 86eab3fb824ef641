"""Given a life of cases, when figures are read from what is kept, then they are those that the logs tell."""

import contextlib
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.evolve import fold
from engine.store import Store
from engine.stores.sql import SqlReader, SqlStore
from quality import questions, questions_snapshot, questions_snapshot_file
from quality.facts import Facts, breach_facts, case_fact, item_facts
from quality.groups import by_issue, by_procedure, by_unit
from quality.indicators import case_figures, measured, on_time
from quality.periods import parse
from quality.policy import HANDLING
from quality.questions_snapshot_file import place
from quality.steps import step_figures
from quality.sweep import sweep
from tests.postgres import server
from tests.quality.agency import ZONE, Agency, agency, at, declared
from tests.quality.living import lived
from tests.quality.oracle import Oracle
from tests.quality.rows import plain

NOW, PERIOD = at(20, month=4), parse("2026-03", ZONE)
POLICY = "bị trả lại ít nhất 2 lần mỗi tháng"


@pytest.fixture(params=["sqlite", "postgres"])
def office(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Agency]:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(questions_snapshot, "BLOCK", 7)
    monkeypatch.setattr(questions_snapshot_file, "WORTH", 1)
    monkeypatch.setattr(questions_snapshot_file, "_ONE_IN", 10**9)
    store = SqlStore(server().database() if request.param == "postgres" else tmp_path / "quytrinh.db")
    made = replace(agency(declared(POLICY)), store=store)
    yield made
    store.close()


def facts(store: Store) -> Facts:
    with store.reading() as reader:
        return questions.facts(reader, NOW)


def fresh(office: Agency) -> Facts:
    """The facts folded from the logs."""
    logs = list(office.store.all_logs())
    told = [(case, log) for _, log in logs if (case := fold(log)) is not None]
    return Facts.of(
        0,
        (case_fact(case) for case, _ in told),
        (item for case, _ in told for item in item_facts(case)),
        (breach for case, log in told for breach in breach_facts(case, log)),
    )


def closing(store: Store) -> AbstractContextManager[SqlStore]:
    """The same database opened by another process."""
    return contextlib.closing(SqlStore(store.where))  # type: ignore[attr-defined]


def test_every_figure_is_the_one_that_the_logs_tell(office: Agency) -> None:
    lived(office, cases=25)
    facts(office.store)
    lived(office, cases=20, seed=11)
    sweep(office.store, office, at(25))
    [group] = [one for one in by_issue(facts(office.store)) if one.procedure != HANDLING]
    logs = [log for _, log in office.store.all_logs() if log[0].case.startswith("HS-")]
    oracle = Oracle(logs, office.calendar, PERIOD, NOW)
    worked = measured(group, office.calendar)
    expected = oracle.figures()
    for figure in case_figures(group, PERIOD, worked):
        value, cases = expected.pop(figure.key)
        assert sorted(figure.cases) == sorted(cases), figure.key
        assert figure.value == pytest.approx(len(cases) if figure.key == "case.open" else value), figure.key
    assert {key for key, told in expected.items() if told[0]} <= set()
    of_steps = oracle.steps()
    for figure in step_figures(group, PERIOD, worked):
        value, cases = of_steps.pop((dict(figure.scope)["step"], figure.key))
        assert list(figure.cases) == cases, figure
        assert figure.value == pytest.approx(value), figure
    assert not of_steps


def test_what_is_kept_follows_every_change_and_is_never_read_whole_again(
    office: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    lived(office, cases=15)
    facts(office.store)
    read: list[int] = []
    real = questions_snapshot._read

    def counted(reader: SqlReader, blocks: list, order: dict) -> tuple:
        read.append(len(blocks))
        return real(reader, blocks, order)

    monkeypatch.setattr(questions_snapshot, "_read", counted)
    case = office.open(at(8, month=4))
    assert plain(facts(office.store)) == plain(fresh(office))
    office.finish(case, 1, "an", at(9, month=4))
    assert plain(facts(office.store)) == plain(fresh(office))
    assert plain(facts(office.store)) == plain(fresh(office))
    assert read == [1, 1]
    sweep(office.store, office, NOW)
    assert plain(facts(office.store)) == plain(fresh(office))


def test_what_is_put_together_stands_in_the_order_of_cases_and_of_what_happened(office: Agency) -> None:
    early = office.open(at(2))
    lived(office, cases=25)
    sweep(office.store, office, NOW)
    facts(office.store)
    office.finish(early, 1, "an", NOW)
    found = facts(office.store)
    items = list(zip(found.items.case.tolist(), found.items.number.tolist(), strict=True))
    assert items == sorted(items)
    assert found.breaches.case.tolist() == sorted(found.breaches.case.tolist())
    assert found.cases.place.tolist() == list(range(len(found.ids)))


def test_another_process_reads_the_file_and_only_what_has_moved(office: Agency) -> None:
    lived(office, cases=15)
    kept = plain(facts(office.store))
    with closing(office.store) as other:
        with other.reading() as reader:
            assert place(reader).exists()
            found = questions_snapshot_file.load(reader)
            assert found is not None
            assert questions_snapshot.brought_up(reader, found)[1] == 0
        assert plain(facts(other)) == kept
        office.open(at(9, month=4))
        with other.reading() as reader:
            assert 1 <= questions_snapshot.brought_up(reader, found)[1] <= 7


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 half of it", None])
def test_a_file_that_is_damaged_or_gone_costs_time_and_nothing_else(office: Agency, damage: bytes | None) -> None:
    lived(office, cases=8)
    kept = plain(facts(office.store))
    with closing(office.store) as other:
        with other.reading() as reader:
            where = place(reader)
        where.unlink() if damage is None else where.write_bytes(damage)
        assert plain(facts(other)) == kept


def test_the_file_of_another_database_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions_snapshot_file, "WORTH", 1)
    offices = [replace(agency(declared(POLICY)), store=SqlStore(tmp_path / f"{name}.db")) for name in "ab"]
    for seed, one in enumerate(offices):
        lived(one, cases=8, seed=seed)
    facts(offices[0].store)
    (tmp_path / "a.db.columns").rename(tmp_path / "b.db.columns")
    with offices[1].store.reading() as reader:
        assert questions_snapshot_file.load(reader) is None
    assert plain(facts(offices[1].store)) == plain(fresh(offices[1]))


def test_units_are_rolled_up_the_tree(office: Agency) -> None:
    lived(office, cases=12)
    [group] = by_procedure(facts(office.store).of_series("HS"))
    parts = dict(by_unit(group, office.organisation.tree))
    assert set(parts) == {"Sở A", "Văn phòng", "Phòng Kế hoạch"}
    count = {unit: len(part.cases) for unit, part in parts.items()}
    assert count["Sở A"] == len(group.cases) == count["Văn phòng"] + count["Phòng Kế hoạch"]
    everything = np.arange(len(group.cases))
    assert on_time(parts["Sở A"], everything, ()).cases == on_time(group, everything, ()).cases
