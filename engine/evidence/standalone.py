"""Check the evidence of a case with nothing but Python: `python3 kiem_tra.py` beside the files, or with a zip."""

import hashlib
import json
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
EVENTS, VALUES, CHECKPOINT, PROOF = "su-kien.jsonl", "thong-tin.jsonl", "moc.txt", "chung-minh.json"
TEXTS, PROCEDURES, FILES = "loi-van.jsonl", "quy-trinh/", "tep/"
GENESIS = "0" * 64
#: More than any case has; an archive that claims more is not looked into.
_PARTS, _BYTES = 10_000, 1 << 29
#: What a part may be packed with: as it is, or deflated.
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
#: What Python leaves in the folder when this file is imported from it.
_COMPILED = "__pycache__/kiem_tra."
#: What reading a pack that is none, or a part that was made to do harm, may raise.
_UNREADABLE = (OSError, ValueError, KeyError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error)
#: What stands in an event for a text begins with this.
_HIDDEN = "\x00"
#: What each fault is called, in the language of the agency and in English.
SENTENCES = {
    "vi": {
        "unreadable": "không đọc được {place}",
        "missing": "thiếu {place}",
        "added": "{place} không thuộc bộ chứng cứ",
        "twice": "{place} có hai bản trong bộ chứng cứ",
        "altered": "{place} đã bị sửa sau khi ký",
        "signature": "chữ ký của {place} không đúng",
        "key": "bộ chứng cứ do khoá khác ký: {place}",
        "event": "sự kiện số {place} không còn như lúc ghi",
        "order": "sự kiện số {place} bị thiếu hoặc sai thứ tự",
        "value": "thông tin “{place}” đã bị sửa",
        "value gone": "thông tin “{place}” không còn mà không có sự kiện xoá",
        "value strange": "thông tin “{place}” không có trong sự kiện nào",
        "text": "lời văn “{place}” đã bị sửa",
        "text gone": "lời văn “{place}” không còn mà không có sự kiện xoá",
        "text strange": "lời văn “{place}” không có trong sự kiện nào",
        "procedure": "quy trình {place} không phải là bản mà hồ sơ đã theo",
        "file": "tệp {place} không phải là tệp đã gắn vào hồ sơ",
        "proof": "hồ sơ không nằm dưới mốc {place}",
    },
    "en": {
        "unreadable": "{place} cannot be read",
        "missing": "{place} is missing",
        "added": "{place} does not belong to the evidence",
        "twice": "{place} is in the evidence twice",
        "altered": "{place} was altered after it was signed",
        "signature": "the signature of {place} does not hold",
        "key": "the evidence was signed by another key: {place}",
        "event": "event {place} is not what was written",
        "order": "event {place} is missing or out of order",
        "value": "the entered value “{place}” was altered",
        "value gone": "the entered value “{place}” is gone, and no event says it was erased",
        "value strange": "the entered value “{place}” is told by no event",
        "text": "the text “{place}” was altered",
        "text gone": "the text “{place}” is gone, and no event says it was erased",
        "text strange": "the text “{place}” is told by no event",
        "procedure": "procedure {place} is not the issue that the case ran under",
        "file": "file {place} is not the one that was attached",
        "proof": "the case is not under checkpoint {place}",
    },
}


class Evidence:
    """The parts of a pack by name, and what was found wrong: (kind, place)."""

    def __init__(self, parts: Iterable[tuple[str, bytes]]) -> None:
        self.parts: dict[str, bytes] = {}
        self.faults: list[tuple[str, str]] = []
        self.told: dict[str, Any] = {}
        for name, content in parts:
            if name in self.parts:  # whoever unpacks it may read the one, and this program the other
                self.wrong("twice", name)
            self.parts[name] = content

    def wrong(self, kind: str, place: object) -> None:
        """Note a fault."""
        self.faults.append((kind, str(place)))

    def said(self, lang: str = "vi") -> list[str]:
        """Return every fault as a sentence."""
        return [SENTENCES[lang][kind].format(place=place) for kind, place in self.faults]

    def json(self, name: str) -> dict[str, Any]:
        """Return a part as JSON; a fault is noted where it is none."""
        try:
            found = json.loads(self.parts[name].decode())
        except (KeyError, ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            self.wrong("missing" if name not in self.parts else "unreadable", name)
            return {}
        return found

    def lines(self, name: str) -> list[dict[str, Any]]:
        """Return the lines of a part, each as JSON; a fault is noted where one is none."""
        try:
            # what people write may have signs inside that `splitlines` takes for the end of a line
            return [json.loads(line) for line in self.parts[name].decode().split("\n") if line]
        except (KeyError, ValueError, RecursionError):
            self.wrong("missing" if name not in self.parts else "unreadable", name)
            return []


def parts_of(path: str) -> Iterator[tuple[str, bytes]]:
    """Yield the parts of a pack, from the zip or from the folder it was unpacked into."""
    if Path(path).is_dir():
        yield from _in_folder(Path(path))
        return
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
        if len(infos) > _PARTS or sum(info.file_size for info in infos) > _BYTES:
            raise ValueError(path)
        for info in infos:
            if info.compress_type not in _PACKED:
                raise ValueError(info.filename)
            with archive.open(info) as part:
                yield info.filename, part.read(info.file_size + 1)  # never more than it claims


def _in_folder(root: Path) -> Iterator[tuple[str, bytes]]:
    """Yield what lies in a folder; a link to another one, or what is no file, is there with nothing in it."""
    for one in root.rglob("*"):
        name = one.relative_to(root).as_posix()
        if (one.is_symlink() or not one.is_dir()) and not name.startswith(_COMPILED):
            yield name, one.read_bytes() if one.is_file() else b""


def examine(path: str, key: str | None = None) -> Evidence:
    """Check everything; returns the evidence with its faults. `key` is the public key that must have signed it."""
    try:
        evidence = Evidence(parts_of(path))
    except _UNREADABLE:
        evidence = Evidence(())
        evidence.wrong("unreadable", Path(path).name)
        return evidence
    told = evidence.told = evidence.json(MANIFEST)
    if not told:
        return evidence
    try:
        _seal(evidence, told, key)
        events = _events(evidence, told)
        _values(evidence, events)
        _texts(evidence, events)
        _procedures(evidence, events)
        _files(evidence, events)
        _checkpoint(evidence, told, events)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError) as fault:
        evidence.wrong("unreadable", fault)
    return evidence


def _seal(evidence: Evidence, told: dict[str, Any], key: str | None) -> None:
    signature = evidence.parts.get(SIGNATURE, b"").decode("ascii", "replace").strip()
    if key is not None and told["key"] != key:
        evidence.wrong("key", told["key"])
    if not signed(told["key"], evidence.parts[MANIFEST], signature):
        evidence.wrong("signature", MANIFEST)
    for name, hash_ in told["files"].items():
        if name not in evidence.parts:
            evidence.wrong("missing", name)
        elif hashlib.sha256(evidence.parts[name]).hexdigest() != hash_:
            evidence.wrong("altered", name)
    for name in sorted(set(evidence.parts) - set(told["files"]) - {MANIFEST, SIGNATURE}):
        evidence.wrong("added", name)


def _events(evidence: Evidence, told: dict[str, Any]) -> list[dict[str, Any]]:
    """Hash the log again, record by record, up to the first that is not what was written."""
    events: list[dict[str, Any]] = []
    previous = GENESIS
    for number, row in enumerate(evidence.lines(EVENTS), 1):
        if row["seq"] != number or row["case"] != told["case"]:
            evidence.wrong("order", number)
            break
        fields = [row[name] for name in ("case", "seq", "at", "actor", "command", "digest", "body")]
        text = json.dumps([previous, *fields], ensure_ascii=False, separators=(",", ":"))
        if hashlib.sha256(text.encode()).hexdigest() != row["hash"]:
            evidence.wrong("event", number)
            break
        previous = row["hash"]
        events.append({**row, "event": json.loads(row["body"])})
    return events


def _values(evidence: Evidence, events: list[dict[str, Any]]) -> None:
    """Hold every entered value against its digest in the log; what is missing must have been erased by an event."""
    last = {row["command"]: row["seq"] for row in events}
    told: dict[tuple[str, int, str], tuple[int, str]] = {}
    erased: list[tuple[int, bool, list[str]]] = []
    for row in events:
        if row["event"]["kind"] == "ValuesErased":
            erased.append((row["seq"], row["event"].get("whole", False), row["event"]["names"]))
        for said in row["event"].get("entered", []):
            told[said["name"], last[row["command"]], row["command"]] = (row["seq"], said["digest"])
    for value in evidence.lines(VALUES):
        seq, written = told.pop((value["name"], value["seq"], value["command"]), (0, ""))
        text = "\x1f".join((value["salt"], value["name"], value["value"]))
        if not seq:
            evidence.wrong("value strange", value["name"])
        elif hashlib.sha256(text.encode()).hexdigest()[:32] != written:
            evidence.wrong("value", value["name"])
    for (name, _, _), (seq, _) in told.items():
        if not any(seq < at and (whole or name in names) for at, whole, names in erased):
            evidence.wrong("value gone", name)


def _texts(evidence: Evidence, events: list[dict[str, Any]]) -> None:
    """Hold every text against its digest in the log; what is missing must have been erased by an event."""
    told = {(row["seq"], field): digest for row in events for field, digest in _hidden(row["event"])}
    if not told and TEXTS not in evidence.parts:  # of a release that wrote texts into the log
        return
    for text in evidence.lines(TEXTS):
        place = f"{text['seq']}.{text['field']}"
        written = told.pop((text["seq"], text["field"]), None)
        said = "\x1f".join((text["salt"], place, text["text"]))
        if written is None:
            evidence.wrong("text strange", place)
        elif _HIDDEN + hashlib.sha256(said.encode()).hexdigest()[:32] != written:
            evidence.wrong("text", place)
    erased = [(row["seq"], row["event"]) for row in events if row["event"]["kind"] == "ValuesErased"]
    for seq, field in told:
        place = f"{seq}.{field}"
        if not any(seq < at and (event.get("whole") or place in event.get("texts", [])) for at, event in erased):
            evidence.wrong("text gone", place)


def _hidden(event: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the digests that stand in an event for texts, by field; of several in one, with the number of each."""
    for name, said in event.items():
        several = isinstance(said, list)
        for number, one in enumerate(said if several else [said], 1):
            if isinstance(one, str) and one.startswith(_HIDDEN):
                yield f"{name}.{number}" if several else name, one


def _procedures(evidence: Evidence, events: list[dict[str, Any]]) -> None:
    """Hold the issues that the case ran under against the content hashes that the log names."""
    code, issues = "", list[tuple[str, str]]()
    for row in events:
        event = row["event"]
        if event["kind"] in ("CaseOpened", "CaseMigrated"):
            code = event.get("procedure", code)
            issues.append((f"{code}@{event['issue']}", event["release"]))
    for name, hash_ in issues:
        body = evidence.json(f"{PROCEDURES}{name}.json")
        found = json.dumps(body.get("procedure"), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        if f"sha256:{hashlib.sha256(found.encode()).hexdigest()}" != hash_:
            evidence.wrong("procedure", name)


def _files(evidence: Evidence, events: list[dict[str, Any]]) -> None:
    """Hold every file against its digest in the log; what is missing must have been erased by an event."""
    kept: dict[str, str] = {}
    for event in (row["event"] for row in events):
        if event["kind"] == "FileAttached":
            kept[event["entered"][0]["name"]] = event["digest"]
        if event["kind"] == "ValuesErased":
            kept = {} if event.get("whole") else {name: kept[name] for name in kept if name not in event["names"]}
    for digest in kept.values():
        content = evidence.parts.get(FILES + digest)
        if content is None or hashlib.sha256(content).hexdigest() != digest:
            evidence.wrong("file", digest)


def _checkpoint(evidence: Evidence, told: dict[str, Any], events: list[dict[str, Any]]) -> None:
    """Hold the signed checkpoint against the log: its leaf is a record of it, and leads to the root."""
    heading, signature = evidence.parts[CHECKPOINT].decode().splitlines()[:2]
    body, proof = json.loads(heading), evidence.json(PROOF)
    if body["key"] != told["key"] or not signed(body["key"], heading.encode(), signature):
        evidence.wrong("signature", CHECKPOINT)
    line = f"{told['case']}\t{proof['seq']}\t{proof['head']}"
    hash_ = hashlib.sha256(b"\x00" + line.encode()).digest()
    for side, other in proof["path"]:
        pair = (bytes.fromhex(other), hash_) if side == "left" else (hash_, bytes.fromhex(other))
        hash_ = hashlib.sha256(b"\x01" + pair[0] + pair[1]).digest()
    there = [row for row in events if row["seq"] == proof["seq"] and row["hash"] == proof["head"]]
    if not there or hash_.hex() != body["root"]:
        evidence.wrong("proof", body["number"])


# -- Ed25519 (RFC 8032), only to check: nothing secret is in here ---------------------------------------------------

#: A point in extended coordinates: x, y, z and xy/z.
Point = tuple[int, int, int, int]
_P = 2**255 - 19
_KEY, _SIGNATURE = 32, 64
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
_ROOT = pow(2, (_P - 1) // 4, _P)


def _point(y: int, sign: int) -> Point | None:
    """Return the point with this y, or None when there is none."""
    if y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, _P - 2, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _ROOT % _P
    if (x * x - square) % _P or (x == 0 and sign):
        return None
    x = _P - x if x & 1 != sign else x
    return x, y, 1, x * y % _P


def _plus(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % _P
    b = (one[1] + one[0]) * (other[1] + other[0]) % _P
    c = 2 * one[3] * other[3] * _D % _P
    d = 2 * one[2] * other[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(point: Point, factor: int) -> Point:
    result: Point = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            result = _plus(result, point)
        point = _plus(point, point)
        factor >>= 1
    return result


_BASE = _point(4 * pow(5, _P - 2, _P) % _P, 0) or (0, 1, 1, 0)


def _read_point(text: bytes) -> Point | None:
    number = int.from_bytes(text, "little")
    return _point(number & ((1 << 255) - 1), number >> 255)


def signed(key: str, text: bytes, signature: str) -> bool:
    """Tell whether the key with this public half (hexadecimal) signed a text."""
    try:
        public, sign = bytes.fromhex(key), bytes.fromhex(signature)
    except (TypeError, ValueError):
        return False
    if (len(public), len(sign)) != (_KEY, _SIGNATURE):
        return False
    point, commitment, s = _read_point(public), _read_point(sign[:_KEY]), int.from_bytes(sign[_KEY:], "little")
    if point is None or commitment is None or s >= _L:
        return False
    h = int.from_bytes(hashlib.sha512(sign[:_KEY] + public + text).digest(), "little") % _L
    left, right = _times(_BASE, s), _plus(commitment, _times(point, h))
    same_x = (left[0] * right[2] - right[0] * left[2]) % _P == 0
    return same_x and (left[1] * right[2] - right[1] * left[2]) % _P == 0


def main(arguments: list[str]) -> int:
    """Check what the first argument names, or what lies beside this file; the second may name the public key."""
    evidence = examine(*(arguments or [str(Path(__file__).resolve().parent)])[:2])
    for sentence in evidence.said():
        sys.stdout.write(sentence + "\n")
    if not evidence.faults:
        told = evidence.told
        sys.stdout.write(f"Nguyên vẹn: hồ sơ {told['case']}, {told['events']} sự kiện.\nKhoá đã ký: {told['key']}\n")
    return 1 if evidence.faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
