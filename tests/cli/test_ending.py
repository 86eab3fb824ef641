"""How a run ends: a sentence and a code for each kind of fault, a report file for a bug of ours."""

import re
from pathlib import Path

import pytest
from pysqlite3 import dbapi2

from cli.ending import ended
from cli.exits import Exit
from engine.stores.sql import SqlStore
from engine.trouble import Busy


def test_a_bug_ends_in_a_report_and_not_in_a_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="lỗi") as bug:
        int("lỗi")
    assert ended(bug.value, ["work", "--user", "an", "--set=số=0123"], "vi") == 70
    err = capsys.readouterr().err
    assert "Traceback" not in err
    found = re.fullmatch(r"quytrinh gặp lỗi của chính nó; xin gửi tệp báo cáo này: (.*)\n", err)
    assert found is not None
    report = Path(found[1])
    told = report.read_text("utf-8")
    report.unlink()
    assert told.startswith("quytrinh work --user … --set\n")
    assert "0123" not in told
    assert "Traceback (most recent call last)" in told
    assert "ValueError" in told


@pytest.mark.parametrize(
    ("fault", "code", "sentence"),
    [
        (FileNotFoundError(2, "No such file", "a.yaml"), Exit.USAGE, "không có tệp hay thư mục này: a.yaml"),
        (IsADirectoryError(21, "Is a directory", "b"), Exit.USAGE, "không có tệp hay thư mục này: b"),
        (PermissionError(13, "Permission denied", "c"), Exit.ENVIRONMENT, "máy không cho phép"),
        (OSError(5, "Input/output error"), Exit.ENVIRONMENT, "máy không cho phép"),
        (OSError(28, "No space left on device"), Exit.ENVIRONMENT, "đĩa đã đầy, chưa ghi xong; hãy dọn bớt"),
        (PermissionError(13, "denied", "/srv/so-a"), Exit.ENVIRONMENT, "máy không cho phép đọc hay ghi /srv/so-a"),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid"), Exit.CONTENT, "tệp không phải văn bản UTF-8"),
        (KeyboardInterrupt(), Exit.INTERRUPTED, "đã ngắt"),
    ],
)
def test_each_kind_of_fault_has_its_code(
    fault: BaseException, code: Exit, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended(fault, [], "vi") == code
    assert sentence in capsys.readouterr().err


def test_a_database_in_other_hands_is_told_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.stores.sqlite._PRAGMAS", ("busy_timeout=0", "journal_mode=WAL"))
    held = dbapi2.connect(tmp_path / "a.db", isolation_level=None)
    held.execute("begin exclusive")
    with pytest.raises(Busy) as caught:
        SqlStore(tmp_path / "a.db")
    held.close()
    assert ended(caught.value, [], "vi") == Exit.ENVIRONMENT
    assert "chương trình khác đang giữ cơ sở dữ liệu" in capsys.readouterr().err
