"""Writes the file of a release, with the code of that release: `python -m tests.engine.stores.releases.make`."""

import sqlite3
import sys
import tempfile
from pathlib import Path

from engine.commands import MACHINE, ClaimWork, PauseCase, RecordBreach, ReleaseWork, ResumeCase, WithdrawCase
from engine.stores.sql import SqlStore
from tests.engine.house import Office, at, purchase

NOW = at(2, 8)


def played(store: SqlStore) -> None:
    """Cases in which everything happens that this release knows."""
    given = Office.with_(purchase(), store=store)
    first, second = given.examined(NOW), given.ordered(NOW)
    given.do(first, "xem xét", "dung", at(3, 9), "Yêu cầu làm rõ", reason="giá cũ")
    given.give(ClaimWork(id="k1", actor="binh", case=second, item=2), at(3, 9))
    given.give(RecordBreach(id="b1", actor=MACHINE, case=second, item=2, breach="late_step"), at(3, 9))
    given.give(ReleaseWork(id="r1", actor="binh", case=second, item=2), at(3, 9, 30))
    ended = given.ordered(NOW, "180 triệu")
    given.do(ended, "kiểm tra", "binh", at(3, 9), "Không thuộc phạm vi")
    paused = given.ordered(at(3, 8))
    given.do(paused, "kiểm tra", "giang", at(3, 10), "Thiếu hoặc sai", reason="thiếu báo giá")
    given.give(PauseCase(id="p1", actor="an", case=paused, reason="chờ dự toán"), at(4, 8))
    given.give(ResumeCase(id="p2", actor="an", case=paused), at(5, 8))
    withdrawn = given.open(at(4, 8))
    given.give(WithdrawCase(id="w1", actor="an", case=withdrawn, reason="không mua nữa"), at(5, 9))
    signed = given.examined(at(4, 8), "180 triệu")
    given.do(signed, "xem xét", "dung", at(5, 8), "Đồng ý")
    given.do(signed, "phê duyệt", "em", at(5, 10), "Phê duyệt")


def main() -> None:
    """Write the database as text: its tables with all their rows."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        store = SqlStore(path)
        played(store)
        store.close()
        connection = sqlite3.connect(path)  # for its `iterdump`, which pysqlite3 has not; it only reads
        sys.stdout.writelines(f"{line}\n" for line in connection.iterdump())
        connection.close()


if __name__ == "__main__":
    main()
