"""`quytrinh audit …`: is the record whole, and can it be proved later that it still is."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.desk import Desk
from cli.exits import Exit, Stop
from procedures.words import Words, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.audit import Fault
    from engine.ledger.checkpoint import Checkpoint, Heading
    from engine.ledger.folder import CheckpointFolder
    from engine.stores.audit import Verdict

_audit = typer.Typer(help="Nhật ký còn nguyên vẹn không.", no_args_is_help=True)

#: Where other modules hang their commands on the audit.
group = _audit

Since = Annotated[Path | None, typer.Option("--since", help="Tệp mốc để đối chiếu; bỏ trống thì dùng mốc mới nhất.")]
Key = Annotated[str | None, typer.Option("--key", help="Khoá công khai phải đã ký mốc (64 chữ số hệ 16).")]


def register(app: typer.Typer) -> None:
    """Hang the group on the root."""
    app.add_typer(_audit, name="audit")


@_audit.callback()
def _group() -> None:
    """Kiểm tra nhật ký: chuỗi băm, các bảng, các lần ban hành, các mốc đã ký."""


@_audit.command()
def verify(context: typer.Context, since: Since = None, key: Key = None) -> None:
    """Đối chiếu toàn bộ nhật ký.

    Băm lại mọi chuỗi, dựng lại mọi hồ sơ từ nhật ký, so từng dòng trong bảng và từng bản ban hành. Có mốc đã ký thì còn
    thấy cả hồ sơ bị xoá, nhật ký bị cắt đuôi hoặc bị viết lại.
    """
    from engine.stores.audit import verify as audit
    from engine.stores.filed import file_faults

    desk: Desk = context.obj
    anchor = _anchor(desk, since, key)
    verdict = audit(desk.agency.store, anchor.leaves() if anchor else (), anchor.heading.at if anchor else None)
    if verdict.sound:
        verdict.blame(file_faults(desk.agency.store, desk.agency.files))
    found = _Found(verdict, [fault.words for fault in desk.agency.shelf.altered()], anchor)
    if not found.count:
        found.others += [*_missing(desk), *_calendars(desk)]
    if desk.json:
        desk.put_json(_told(desk, found))
    else:
        for fault in verdict.faults:
            desk.put(f"{fault.case}: {desk.text(fault.words)}" if fault.case else desk.text(fault.words))
        for words in found.others:
            desk.put(desk.text(words))
    for fault in verdict.backdated:
        desk.tell(say("{case}, event {seq}: {what}", case=fault.case, seq=fault.seq, what=desk.text(fault.words)))
    if found.count:
        raise Stop(say("the record is not whole: {count} faults", count=found.count), Exit.CONTENT)
    _praise(desk, found)


@_audit.command()
def checkpoint(
    context: typer.Context,
    out: Annotated[Path | None, typer.Option("--out", help="Chép mốc ra tệp này, để giữ ở nơi khác.")] = None,
) -> None:
    """Lập mốc đã ký trên mọi hồ sơ; in một dòng để ghi vào báo cáo ngày.

    Mốc chứng minh về sau rằng không có gì cũ hơn bị thay đổi. Hãy giữ mốc, hoặc dòng đã in, ở ngoài máy này.
    """
    from engine.ledger.keys import signing_key

    desk: Desk = context.obj
    settings = desk.agency.settings
    key = signing_key(desk.root / settings.signing_key)
    made = _folder(desk).add(desk.agency.store, key, settings.agency, desk.now)
    if out is not None:
        out.write_bytes(made.path.read_bytes())
    if desk.json:
        desk.put_json({"checkpoint": _heading_json(made.heading), "file": str(out or made.path)})
        return
    desk.put(desk.text(line_of(desk, made.heading)))
    desk.tell(say("checkpoint kept in {file}; keep it, or the line, where this machine is not", file=out or made.path))


@_audit.command("checkpoints")
def list_(context: typer.Context) -> None:
    """Liệt kê các mốc đã lập, sau khi kiểm tra chữ ký và sự nối tiếp của chúng."""
    desk: Desk = context.obj
    headings = _folder(desk).headings()
    if desk.json:
        desk.put_json({"checkpoints": [_heading_json(one) for one in headings]})
        return
    for one in headings:
        desk.put(desk.text(line_of(desk, one)))
    desk.tell(say("{count} checkpoints", count=len(headings)))


@_audit.command()
def key(
    context: typer.Context,
    out: Annotated[Path | None, typer.Option("--out", help="Ghi khoá công khai ra tệp này.")] = None,
) -> None:
    """In khoá công khai của cơ quan, để người khác kiểm tra chữ ký; lần đầu thì tạo khoá."""
    from engine.ledger.keys import signing_key

    desk: Desk = context.obj
    public = signing_key(desk.root / desk.agency.settings.signing_key).public
    if out is not None:
        out.write_text(f"{public}\n", encoding="utf-8")
    if desk.json:
        desk.put_json({"key": public})
    else:
        desk.put(public)


def line_of(desk: Desk, heading: "Heading") -> Words:
    """Return the one line of a checkpoint that is printed and compared by eye."""
    from cli.case_view import shown

    return say(
        "checkpoint {number} · {at} · {cases} cases · {events} events · {short}",
        number=heading.number,
        at=shown(desk, heading.at),
        cases=heading.cases,
        events=heading.events,
        short=heading.short,
    )


@dataclass(slots=True)
class _Found:
    """What an audit found: in the store, elsewhere, and against which checkpoint."""

    verdict: "Verdict"
    others: list[Words]
    anchor: "Checkpoint | None"

    @property
    def count(self) -> int:
        return self.verdict.found + len(self.others)


def _folder(desk: Desk) -> "CheckpointFolder":
    from engine.ledger.folder import CheckpointFolder

    return CheckpointFolder(desk.root / desk.agency.settings.checkpoints)


def _anchor(desk: Desk, since: Path | None, key: str | None) -> "Checkpoint | None":
    """Return the checkpoint to hold the record against: the one given, or the newest of our own, signed by our key."""
    from engine.ledger.checkpoint import read
    from engine.ledger.keys import signing_key

    own = desk.root / desk.agency.settings.signing_key
    trusted = key or (signing_key(own).public if own.exists() else None)
    if since is not None:
        return read(since, key=trusted)
    _folder(desk).headings()
    return _folder(desk).newest(key=trusted)


def _praise(desk: Desk, found: _Found) -> None:
    desk.tell(
        say(
            "{events} events of {cases} cases: hash chains, folds and tables agree",
            events=found.verdict.events,
            cases=found.verdict.cases,
        )
    )
    if found.anchor is None:
        desk.tell(
            say("no checkpoint: a log cut off or rewritten whole is not seen; make one: quytrinh audit checkpoint")
        )
    else:
        desk.tell(say("nothing was changed since: {line}", line=line_of(desk, found.anchor.heading)))
    if not desk.json:
        desk.put(found.verdict.root)


def _told(desk: Desk, found: _Found) -> dict[str, object]:
    return {
        "ok": not found.count,
        "cases": found.verdict.cases,
        "events": found.verdict.events,
        "root": found.verdict.root,
        "since": _heading_json(found.anchor.heading) if found.anchor else None,
        "faults": [_fault_json(desk, fault) for fault in found.verdict.faults],
        "backdated": [_fault_json(desk, fault) for fault in found.verdict.backdated],
        "releases": [desk.text(words) for words in found.others],
    }


def _heading_json(heading: "Heading") -> dict[str, object]:
    names = ("number", "cases", "events", "root", "key", "previous", "hash", "short")
    return {"at": heading.at.isoformat(), **{name: getattr(heading, name) for name in names}}


def _missing(desk: Desk) -> list[Words]:
    """Name the releases that cases run under and that are gone from the shelf, or are no longer the same."""
    from engine.stores.lookups import every_case

    there = {(release.code, release.issue): release.hash for release in desk.agency.shelf.all()}
    with desk.agency.store.reading() as reader:
        used = {(one.procedure, one.issue, one.release): one.id for one in every_case(reader.connection)}
    return [
        say("release {code}@{issue}, under which {case} runs, is missing", code=code, issue=issue, case=case)
        for (code, issue, hash_), case in sorted(used.items())
        if there.get((code, issue)) != hash_
    ]


def _calendars(desk: Desk) -> "Iterator[Words]":
    """Name the calendars that cases count by and that are gone, and those that are not what was kept."""
    from engine.standing import calendars_used

    with desk.agency.store.reading() as reader:
        used = calendars_used(reader)
    return desk.agency.kept_calendars.faults(used)


def _fault_json(desk: Desk, fault: "Fault") -> dict[str, object]:
    return {"case": fault.case, "seq": fault.seq, "message": desk.text(fault.words)}
