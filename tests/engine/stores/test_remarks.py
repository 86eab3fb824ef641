"""Remarks in both databases: taken down once, in order, kept through a copy, and judged by the wording they are of."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from engine.refusals.entering import NotWritable
from engine.refusals.life import CommandReused
from engine.refusals.remarks import NoStepToRemarkOn, RemarkTooLong, RemarkWithoutWords
from engine.remarks import LONGEST, Remark, objection, standing
from engine.stores.copying import copy_in, copy_out
from engine.stores.remarks import Remarks
from engine.stores.sql import SqlStore
from tests import postgres
from tests.quality.agency import declared

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
ONE = Remark("c1", "QT-TT-01", 1, "sha256:a", "an", "agree", "", NOW)


@pytest.fixture(params=["sqlite", "postgresql"])
def remarks(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Remarks]:
    store = postgres.fresh_store() if request.param == "postgresql" else SqlStore(tmp_path / "a.db", durable=False)
    yield Remarks(store)
    store.close()


def test_a_remark_is_taken_down_once_in_order_and_is_in_every_backup(remarks: Remarks, tmp_path: Path) -> None:
    other = replace(ONE, command="c2", stance="disagree", text="chậm quá", step="kiểm tra")
    for one in (ONE, ONE, other, replace(ONE, command="c3", code="QT-TT-02")):
        remarks.take_down(one)
    assert remarks.about("QT-TT-01") == [ONE, other]
    copy_out(remarks.store, tmp_path / "copy.db")
    restored = SqlStore(tmp_path / "restored.db", durable=False)
    copy_in(tmp_path / "copy.db", restored)
    assert Remarks(restored).about("QT-TT-01") == [ONE, other]
    restored.close()


def test_a_form_that_is_sent_again_with_other_words_is_told_not_swallowed(remarks: Remarks) -> None:
    assert remarks.take_down(ONE) is None
    assert remarks.take_down(replace(ONE, at=NOW.replace(hour=2))) is None, "the same one, sent twice"
    assert remarks.take_down(replace(ONE, stance="remark", text="thêm mẫu")) == CommandReused("c1")
    assert remarks.about("QT-TT-01") == [ONE]


def test_what_somebody_said_last_of_a_wording_counts_and_nothing_said_of_another() -> None:
    said = [
        ONE,
        replace(ONE, command="c2", stance="disagree", text="chậm"),
        replace(ONE, command="c3", stance="remark", text="thêm mẫu"),
        replace(ONE, command="c4", person="binh", hash="sha256:b"),
    ]
    assert {person: one.stance for person, one in standing(said, "sha256:a").items()} == {"an": "disagree"}


def test_what_cannot_be_taken_down_says_why() -> None:
    procedure = declared()
    assert objection(ONE, procedure) is None
    assert objection(replace(ONE, stance="remark"), procedure) == RemarkWithoutWords()
    assert objection(replace(ONE, step="không có"), procedure) == NoStepToRemarkOn("QT-TT-01", "không có")
    assert objection(replace(ONE, text="x" * (LONGEST + 1)), procedure) == RemarkTooLong(LONGEST)
    assert objection(replace(ONE, text="\x00"), procedure) == NotWritable()
