"""An attached file that is gone or altered is named by case and event, and one that no case has is let go."""

import hashlib
import io
import os
from pathlib import Path

from engine.commands import EraseValues
from engine.files import FileShelf, Judged, judge
from engine.handle import Done
from engine.stores.filed import file_faults, let_go
from engine.stores.sql import SqlStore
from tests.engine.decisions.test_keeping import headed
from tests.engine.house import Office, at, purchase
from tests.engine.test_files import PDF, attach

NOW = at(2, 9)


def test_a_file_that_is_gone_or_altered_is_told(tmp_path: Path) -> None:
    store, shelf = SqlStore(tmp_path / "a.db", durable=False), FileShelf(tmp_path / "tệp")
    office = Office.with_(purchase(), store=store)
    case = office.open(NOW)
    attach(office, case)
    judged = judge("a.pdf", io.BytesIO(PDF))
    assert isinstance(judged, Judged)
    attach(office, case, digest=judged.digest)
    shelf.put(io.BytesIO(PDF), judged.digest)
    (gone,) = file_faults(store, shelf)
    assert (gone.case, str(gone.words.into("vi"))) == (case, "tệp số 1 bị mất hoặc đã bị sửa")
    shelf.path(judged.digest).write_bytes(PDF + b"x")
    assert len(list(file_faults(store, shelf))) == 2
    store.close()


def put(shelf: FileShelf, content: bytes) -> str:
    """Put a file in as if it had been there for two days."""
    digest = hashlib.sha256(content).hexdigest()
    shelf.put(io.BytesIO(content), digest)
    os.utime(shelf.path(digest), (0, 0))
    return digest


def test_what_no_case_has_is_let_go_a_day_later_and_what_is_put_in_again_stays(tmp_path: Path) -> None:
    store, shelf = SqlStore(tmp_path / "a.db", durable=False), FileShelf(tmp_path / "tệp")
    given = headed(store)
    mine, other = given.open(NOW), given.open(NOW)
    shared, own, stray, wanted = (put(shelf, PDF + name) for name in (b"1", b"2", b"3", b"4"))
    for case, digest in ((mine, shared), (mine, own), (other, shared)):
        assert isinstance(attach(given, case, digest=digest), Done)
    shelf.put(io.BytesIO(PDF + b"4"), wanted)  # whoever sends it again is about to attach it
    assert let_go(store, shelf) == [stray]
    assert set(shelf.all()) == {shared, own, wanted}
    given.do(mine, "lập phiếu", "an", NOW, fields={"nội dung": "x", "tổng tiền": "12 triệu"}, salt="s")
    given.do(mine, "kiểm tra", "binh", NOW, "Không thuộc phạm vi")
    erased = EraseValues(id="e", actor="em", case=mine, reason="hết thời gian lưu", basis="QĐ 12")
    assert isinstance(given.give(erased, at(1, 8, month=1, year=2037)), Done)
    assert let_go(store, shelf, {shared}) == []
    assert let_go(store, shelf) == [own]
    assert {fault.case for fault in file_faults(store, shelf)} == set()
    store.close()
