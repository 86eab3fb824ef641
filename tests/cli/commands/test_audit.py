"""Is the record whole, and can it be proved later that it still is."""

import re
import sqlite3
from pathlib import Path

import pytest

from tests.cli.commands.test_cases import filled, opened
from tests.cli.office import Answer, Office


@pytest.fixture
def kept(office: Office) -> Office:
    assert filled(office, opened(office)).code == 0
    assert filled(office, opened(office)).code == 0
    return office


def altered(office: Office, target: Path, statement: str) -> Answer:
    """Alter a copy of the record behind the program's back, then audit it."""
    copy = office.copy(target)
    with sqlite3.connect(copy.root / "quytrinh.db") as database:
        for (name,) in database.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            database.execute(f"drop trigger {name}")
        assert database.execute(statement).rowcount == 1
    database.close()
    return copy.say("audit", "verify")


def test_a_whole_record_is_told_with_its_hash(kept: Office) -> None:
    answer = kept.say("audit", "verify")
    assert answer.code == 0
    assert len(answer.out.strip()) == 64
    assert answer.err.startswith("10 sự kiện của 2 hồ sơ: chuỗi băm, hồ sơ dựng lại và các bảng đều khớp\nchưa có mốc")
    told = kept.told("audit", "verify")
    assert (told["ok"], told["root"], told["faults"]) == (True, answer.out.strip(), [])


@pytest.mark.parametrize(
    ("statement", "place"),
    [
        ("update event set body = cast(body || 'x' as blob) where case_id = 'HS-2026-0002' and first_seq = 4", "HS-2026-0002: sự kiện số 4"),  # noqa: E501
        ("update event set actor = 'ha.dt' where case_id = 'HS-2026-0001' and first_seq = 4", "HS-2026-0001: sự kiện số 4"),  # noqa: E501
        ("update event set at = at + 1 where case_id = 'HS-2026-0001' and first_seq = 1", "HS-2026-0001: sự kiện số 1"),
        ("delete from event where case_id = 'HS-2026-0001' and first_seq = 1", "HS-2026-0001: sự kiện số 1"),
        ("update work_item set assignee = 'ha.dt' where case_id = 'HS-2026-0001' and number = 1", "HS-2026-0001: bảng “work_item”"),  # noqa: E501
        ("update case_file set status = 'ended' where id = 'HS-2026-0002'", "HS-2026-0002: bảng “case_file”"),
        ("update entered_value set value = '99000000' where case_id = 'HS-2026-0001' and name = 'tổng tiền'", "HS-2026-0001: thông tin đã nhập “tổng tiền”"),  # noqa: E501
    ],
)  # fmt: skip
def test_a_change_behind_our_back_is_found_and_named(kept: Office, tmp_path: Path, statement: str, place: str) -> None:
    answer = altered(kept, tmp_path / "bản sao", statement)
    assert answer.code == 1
    assert place in answer.out
    assert "nhật ký không còn nguyên vẹn" in answer.err


def test_however_many_cases_there_are_they_are_never_held_all_at_once(
    kept: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def all_at_once(*_: object, **__: object) -> object:
        raise AssertionError("all cases were asked for")

    monkeypatch.setattr("engine.stores.sql.SqlReader.cases", all_at_once)
    assert kept.say("audit", "verify").code == 0


def test_one_byte_of_the_file_is_enough(kept: Office, tmp_path: Path) -> None:
    copy = kept.copy(tmp_path / "bản sao")
    with sqlite3.connect(copy.root / "quytrinh.db") as database:
        database.execute("pragma journal_mode = delete")  # everything into the one file
        (body,) = database.execute("select body from event where case_id = 'HS-2026-0002' and first_seq = 1").fetchone()
    database.close()
    path = copy.root / "quytrinh.db"
    content = path.read_bytes()
    place = content.rindex(body) + len(body) // 2
    path.write_bytes(content[:place] + bytes((content[place] ^ 1,)) + content[place + 1 :])
    answer = copy.say("audit", "verify", "--format", "json")
    assert answer.code == 1
    assert answer.json["ok"] is False
    assert any(fault["case"].startswith("HS-2026-000") for fault in answer.json["faults"])


def test_an_altered_release_is_named(kept: Office) -> None:
    path = kept.root / "releases" / "QT-VP-05@3.json"
    path.write_text(path.read_text("utf-8").replace("Khảo sát giá", "Khảo giá"), encoding="utf-8")
    answer = kept.say("audit", "verify")
    assert answer.code == 1
    assert "QT-VP-05@3" in answer.out


def test_a_release_that_cases_run_under_is_missed(kept: Office) -> None:
    (kept.root / "releases" / "QT-VP-05@3.json").unlink()
    answer = kept.say("audit", "verify")
    assert answer.code == 1
    assert "thiếu bản ban hành QT-VP-05@3" in answer.out


def test_a_case_of_which_nothing_is_left_is_missed(kept: Office, tmp_path: Path) -> None:
    gone = kept.copy(tmp_path / "gone")
    assert filled(gone, opened(gone)).code == 0
    kept_in = (("event", "case_id"), ("case_file", "id"), *((name, "case_id") for name in ("case_word", "work_item")))
    with sqlite3.connect(gone.root / "quytrinh.db") as database:
        database.execute("drop trigger event_no_delete")
        for table, key in (*kept_in, ("work_holder", "case_id"), ("breach", "case_id"), ("entered_value", "case_id")):
            database.execute(f"delete from {table} where {key} = 'HS-2026-0002'")
    database.close()
    answer = gone.say("audit", "verify")
    assert answer.code == 1
    assert "HS-2026-0002: " in answer.out


def test_a_checkpoint_is_made_told_in_one_line_and_taken_away(kept: Office, tmp_path: Path) -> None:
    taken = tmp_path / "moc.txt"
    made = kept.say("audit", "checkpoint", "--out", taken, at="2026-03-02T17:00")
    assert made.code == 0
    assert re.fullmatch(r"mốc 1 · 02/03/2026 17:00 · 2 hồ sơ · 10 sự kiện · ([0-9A-F]{4}-){5}[0-9A-F]{4}\n", made.out)
    key = kept.root / "signing-key.pem"
    assert key.stat().st_mode & 0o777 == 0o600
    public = kept.say("audit", "key").out.strip()
    assert re.fullmatch("[0-9a-f]{64}", public)
    assert filled(kept, opened(kept)).code == 0
    whole = kept.say("audit", "verify", "--since", taken, "--key", public)
    assert whole.code == 0
    assert f"không có gì bị thay đổi kể từ: {made.out.strip()}" in whole.err
    assert "HS-2026-0003, sự kiện số 1: ghi ngày trước mốc nhưng khi lập mốc thì chưa có" in whole.err
    assert [one["case"] for one in kept.told("audit", "verify", "--since", taken)["backdated"]] == ["HS-2026-0003"]
    assert kept.say("audit", "checkpoints").out == made.out
    other = kept.say("audit", "verify", "--since", taken, "--key", "0" * 64)
    assert other.code == 1
    assert "do khoá khác ký" in other.err


def test_the_newest_case_taken_out_is_seen_by_the_newest_checkpoint(kept: Office) -> None:
    assert "chưa có mốc" in kept.say("audit", "verify").err
    kept.say("audit", "checkpoint")
    with sqlite3.connect(kept.root / "quytrinh.db") as database:
        guard = database.execute("select sql from sqlite_master where name = 'event_no_delete'").fetchone()[0]
        database.execute("drop trigger event_no_delete")
        for table, key in (("event", "case_id"), ("case_file", "id"), ("work_item", "case_id")):
            database.execute(f"delete from {table} where {key} = 'HS-2026-0002'")
        for table in ("case_word", "work_holder", "entered_value", "written_text"):
            database.execute(f"delete from {table} where case_id = 'HS-2026-0002'")
        database.execute(guard)
    database.close()
    answer = kept.say("audit", "verify")
    assert answer.code == 1
    assert answer.out == "HS-2026-0002: hồ sơ có lúc lập mốc, nay không còn\n"
    told = kept.say("audit", "verify", "--format", "json").json
    assert told["since"]["number"] == 1
    assert [fault["case"] for fault in told["faults"]] == ["HS-2026-0002"]
    refused = kept.say("audit", "checkpoint")
    assert refused.code == 1
    assert "không lập được mốc: nhật ký của HS-2026-0002" in refused.err


def test_what_is_no_checkpoint_is_told(kept: Office, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("x", encoding="utf-8")
    answer = kept.say("audit", "verify", "--since", tmp_path / "x.txt")
    assert answer.code == 1
    assert answer.err == "x.txt không phải là tệp mốc\n"
