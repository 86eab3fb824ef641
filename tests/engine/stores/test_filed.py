"""An attached file that is gone or altered is named by case and event."""

import io
from pathlib import Path

from engine.files import FileShelf, Judged, judge
from engine.stores.filed import file_faults
from engine.stores.sql import SqlStore
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
