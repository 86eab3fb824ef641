"""The evidence of a case verifies where nothing of ours is, and whatever is changed in it is named."""

import hashlib
import io
import json
import shutil
import subprocess
import tracemalloc
import warnings
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest

from engine.agency import open_agency
from engine.commands import AnyCommand, AttachFile, EraseValues, FinishWork, OpenCase
from engine.commands.files import NAME
from engine.evidence import standalone
from engine.evidence.pack import Subject, pack
from engine.evidence.standalone import examine
from engine.handle import Done, handle
from engine.ledger.folder import CheckpointFolder
from engine.ledger.keys import signing_key
from procedures.shelf import release
from tests.engine.house import ISSUED, at, purchase

ROOT = Path(__file__).resolve().parents[3]
NOW = at(2, 8)
CASE = "HS-2026-0002"
#: A word processor parts lines so, and `splitlines` would.
REASON = "ngoài kế hoạch\u2028của năm\x85"
Parts = dict[str, bytes]


@cache
def original() -> tuple[Path, str]:
    """The evidence of the second of three cases, of which values and the title were erased; and the public key."""
    root = Path(mkdtemp(prefix="quytrinh-evidence-"))
    for name in ("organisation.d", "calendar.d"):
        shutil.copytree(ROOT / name, root / name)
    (root / "quytrinh.toml").write_text('agency = "Sở A"\n', encoding="utf-8")
    agency = open_agency(root)
    agency.shelf.publish(release(purchase(), approved_by="Giám đốc", issued_at=ISSUED))

    def give(command: AnyCommand) -> str:
        done = handle(command, store=agency.store, ground=agency, now=NOW)
        assert isinstance(done, Done), done
        return done.case

    for number in range(3):
        case = give(
            OpenCase(id=f"o{number}", actor="hung.nm", procedure="QT-VP-05", title=f"Mua máy {number}", salt="s")
        )
        slip = {"nội dung": "Máy in", "tổng tiền": "12 triệu", "nguồn kinh phí": "Khác"}
        give(FinishWork(id=f"f{number}", actor="hung.nm", case=case, item=1, fields=slip, salt="s"))
    for number, content in enumerate((b"%PDF-1", b"%PDF-2"), 1):
        digest = hashlib.sha256(content).hexdigest()
        agency.files.put(io.BytesIO(content), digest)
        told = {"item": 2, "digest": digest, "size": len(content), "type": "application/pdf", "salt": "s"}
        give(AttachFile(id=f"t{number}", actor="giang.vt", case=CASE, fields={NAME: "giá.pdf"}, **told))
    agency.files.path(hashlib.sha256(b"%PDF-2").hexdigest()).unlink()
    give(FinishWork(id="e", actor="giang.vt", case=CASE, item=2, outcome="Không thuộc phạm vi", reason=REASON))
    ground = {"reason": "theo đơn", "basis": "Luật 91/2025"}
    give(EraseValues(id="x", actor="an.nv", case=CASE, names=("nội dung", f"{NAME} 2"), texts=("1.title",), **ground))
    key = signing_key(root / "signing-key.pem")
    checkpoint = CheckpointFolder(root / "checkpoints").add(agency.store, key, "Sở A", NOW)
    with agency.store.reading() as reader:
        log = tuple(reader.log(CASE))
    pack(agency, Subject(CASE, log, "Diễn biến\n", checkpoint), key, NOW, root / "pack.zip")
    agency.store.close()
    return root / "pack.zip", key.public


def parts() -> Parts:
    return dict(standalone.parts_of(str(original()[0])))


def count() -> int:
    return len(parts()[standalone.EVENTS].splitlines())


def packed(tmp_path: Path, content: Parts) -> str:
    path = tmp_path / "pack.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, one in content.items():
            archive.writestr(name, one)
    return str(path)


def test_the_evidence_is_whole() -> None:
    path, key = original()
    found = examine(str(path), key)
    assert found.said("en") == []
    assert (found.told["case"], found.told["events"], found.told["agency"]) == (CASE, count(), "Sở A")
    names = set(parts())
    assert {"DOC-TRUOC.txt", "dien-bien.txt", "kiem_tra.py", "quy-trinh/QT-VP-05@3.json", "to-chuc.json"} <= names
    assert any(name.startswith("lich/2026") for name in names)
    assert [name for name in names if name.startswith("tep/")] == [f"tep/{hashlib.sha256(b'%PDF-1').hexdigest()}"]
    assert "Máy in" not in parts()[standalone.VALUES].decode()
    assert [json.loads(line)["text"] for line in parts()[standalone.TEXTS].splitlines()] == [REASON]
    assert b"Mua m" not in parts()[standalone.EVENTS] + parts()[standalone.TEXTS]
    assert json.loads(parts()["to-chuc.json"])["hung.nm"]["posts"]


def test_it_is_checked_with_nothing_but_python(tmp_path: Path) -> None:
    path, key = original()
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path)
    command = ["/usr/bin/env", "-i", "PYTHONIOENCODING=utf-8", "/usr/bin/env", "python3", "-S", "kiem_tra.py"]
    whole = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, encoding="utf-8")
    assert (whole.returncode, whole.stderr) == (0, "")
    assert whole.stdout == f"Nguyên vẹn: hồ sơ {CASE}, {count()} sự kiện.\nKhoá đã ký: {key}\n"
    (tmp_path / "dien-bien.txt").write_text("khác", encoding="utf-8")
    torn = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, encoding="utf-8")
    assert (torn.returncode, torn.stdout) == (1, "dien-bien.txt đã bị sửa sau khi ký\n")


def test_every_part_that_is_altered_taken_out_or_put_in_is_named(tmp_path: Path) -> None:
    for name in set(parts()) - {standalone.MANIFEST, standalone.SIGNATURE}:
        content = parts()
        altered = bytearray(content[name])
        altered[len(altered) // 2] ^= 1
        assert ("altered", name) in examine(packed(tmp_path, content | {name: bytes(altered)})).faults
        del content[name]
        assert ("missing", name) in examine(packed(tmp_path, content)).faults
    assert examine(packed(tmp_path, parts() | {"thêm.txt": b""})).faults == [("added", "thêm.txt")]


def test_a_part_that_is_there_twice_is_named_because_others_may_unpack_the_other_one(tmp_path: Path) -> None:
    path = Path(packed(tmp_path, {"dien-bien.txt": "Không có gì\n".encode()}))
    with zipfile.ZipFile(path, "a") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        for name, one in parts().items():
            archive.writestr(name, one)
    assert examine(str(path)).faults == [("twice", "dien-bien.txt")]


def test_nothing_hides_in_an_unpacked_folder(tmp_path: Path) -> None:
    with zipfile.ZipFile(original()[0]) as archive:
        archive.extractall(tmp_path)
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "kiem_tra.cpython-311.pyc").write_bytes(b"")
    assert examine(str(tmp_path)).faults == []
    (tmp_path / "tep" / "__pycache__").mkdir()
    (tmp_path / "tep" / "__pycache__" / "tờ trình.pdf").write_bytes(b"%PDF-")
    assert examine(str(tmp_path)).faults == [("added", "tep/__pycache__/tờ trình.pdf")]


def test_a_part_that_unpacks_to_more_than_it_claims_takes_no_room(tmp_path: Path) -> None:
    path = Path(packed(tmp_path, {}))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"\x00" * 50_000_000)
    content = path.read_bytes()
    path.write_bytes(content.replace((50_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    tracemalloc.start()
    try:
        assert examine(str(path)).faults == [("unreadable", "pack.zip")]
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_a_pack_that_cannot_be_unpacked_or_read_is_told_not_tripped_over(tmp_path: Path) -> None:
    path = Path(packed(tmp_path, {}))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"a" * 1_000)
    torn = bytearray(path.read_bytes())
    torn[31:35] = b"\xff" * 4
    path.write_bytes(torn)
    assert examine(str(path)).faults == [("unreadable", "pack.zip")]
    deep = b"[" * 100_000
    assert examine(packed(tmp_path, {standalone.MANIFEST: deep})).faults == [("unreadable", standalone.MANIFEST)]
    assert ("unreadable", standalone.EVENTS) in examine(packed(tmp_path, parts() | {standalone.EVENTS: deep})).faults


def test_a_manifest_without_its_signature_is_refused(tmp_path: Path) -> None:
    for changed in ({standalone.SIGNATURE: b"00" * 64}, {standalone.MANIFEST: parts()[standalone.MANIFEST] + b" "}):
        assert ("signature", standalone.MANIFEST) in examine(packed(tmp_path, parts() | changed)).faults


def test_who_signs_with_another_key_is_seen_by_whoever_knows_the_key() -> None:
    path, _ = original()
    assert [kind for kind, _ in examine(str(path), "0" * 64).faults] == ["key"]


def lines(content: Parts, name: str, change: Callable[[list[dict[str, Any]]], object]) -> bytes:
    rows = [json.loads(line) for line in content[name].splitlines()]
    change(rows)
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows).encode()


@pytest.mark.parametrize(
    ("name", "change", "fault"),
    [
        (standalone.EVENTS, lambda rows: rows[4].update(actor="ai đó"), ("event", "5")),
        (standalone.EVENTS, lambda rows: rows[4].update(at="2026-03-01T00:00:00Z"), ("event", "5")),
        (standalone.EVENTS, lambda rows: rows.pop(3), ("order", "4")),
        (standalone.EVENTS, lambda rows: rows.insert(2, rows[1]), ("order", "3")),
        (standalone.EVENTS, lambda rows: rows.pop(), ("proof", "1")),
        (standalone.VALUES, lambda rows: rows[0].update(value="1"), ("value", "nguồn kinh phí")),
        (standalone.VALUES, lambda rows: rows.pop(0), ("value gone", "nguồn kinh phí")),
        (standalone.VALUES, lambda rows: rows.append({**rows[0], "seq": 99}), ("value strange", "nguồn kinh phí")),
        (standalone.TEXTS, lambda rows: rows[0].update(text="trong kế hoạch"), ("text", "reason")),
        (standalone.TEXTS, lambda rows: rows.pop(0), ("text gone", "reason")),
        (standalone.TEXTS, lambda rows: rows.append({**rows[0], "seq": 99}), ("text strange", "99.reason")),
    ],
)
def test_even_a_forger_with_the_key_cannot_change_what_is_proved(
    name: str, change: Callable[[list[dict[str, Any]]], object], fault: tuple[str, str], tmp_path: Path
) -> None:
    content = parts()
    content[name] = lines(content, name, change)
    told = json.loads(content[standalone.MANIFEST])
    told["files"][name] = hashlib.sha256(content[name]).hexdigest()
    content[standalone.MANIFEST] = json.dumps(told).encode()
    key = signing_key(original()[0].parent / "signing-key.pem")
    content[standalone.SIGNATURE] = key.sign(content[standalone.MANIFEST]).encode()
    found = [
        (kind, place.removeprefix(f"{_seq_of_the_text()}."))
        for kind, place in examine(packed(tmp_path, content)).faults
    ]
    assert fault in found


def _seq_of_the_text() -> int:
    (text,) = (json.loads(line) for line in parts()[standalone.TEXTS].splitlines())
    return int(text["seq"])


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no zip"])
def test_what_is_no_evidence_is_told(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    assert examine(str(tmp_path / "x.zip")).said("en") == ["x.zip cannot be read"]
    assert examine(packed(tmp_path, {"a": b""})).faults == [("missing", standalone.MANIFEST)]
    for manifest in (b"[]", b"{", b'{"files": 1, "key": 2, "case": 3}'):
        assert examine(packed(tmp_path, {standalone.MANIFEST: manifest})).faults
