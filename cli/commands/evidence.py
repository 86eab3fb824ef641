"""`quytrinh case evidence`, `quytrinh audit verify-pack`: the proof of one case in one file."""

from pathlib import Path
from typing import Annotated

import typer

from cli.commands.audit import group as audit_group
from cli.commands.cases import CaseId, group, known
from cli.desk import Desk
from cli.exits import Exit, Stop
from procedures.words import say


def register(app: typer.Typer) -> None:  # noqa: ARG001 - hung on the groups of cases and of the audit
    """Hang the commands on their groups."""
    group.command("evidence")(evidence)
    audit_group.command("verify-pack")(verify_pack)


def evidence(
    context: typer.Context,
    case: CaseId,
    out: Annotated[Path, typer.Option("--out", help="Ghi bộ chứng cứ ra tệp ZIP này.")],
) -> None:
    """Đóng bộ chứng cứ của một hồ sơ vào một tệp ZIP.

    Gồm nhật ký, thông tin đã nhập, quy trình, người, lịch, tệp, mốc đã ký và cách kiểm tra không cần mạng. Lập mốc mới.
    """
    from cli.case_view import case_lines
    from cli.timeline import timeline
    from engine.evidence.pack import Subject, pack
    from engine.ledger.folder import CheckpointFolder
    from engine.ledger.keys import signing_key

    desk: Desk = context.obj
    agency = desk.agency
    found = known(desk, case)
    key = signing_key(desk.root / agency.settings.signing_key)
    made = CheckpointFolder(desk.root / agency.settings.checkpoints).add(
        agency.store, key, agency.settings.agency, desk.now
    )
    with agency.store.reading() as reader:
        log = reader.log(case)
    story = "\n".join([*case_lines(desk, found), "", *timeline(desk, found, log), ""])
    pack(agency, Subject(case, tuple(log), story, made), key, desk.now, out)
    desk.put_files([out])
    desk.tell(say("evidence of {case} packed; check it: quytrinh audit verify-pack {file}", case=case, file=str(out)))


def verify_pack(
    context: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="TỆP-ZIP", help="Bộ chứng cứ, hoặc thư mục đã giải nén.")],
    key: Annotated[str | None, typer.Option("--key", help="Khoá công khai phải đã ký (64 chữ số hệ 16).")] = None,
) -> None:
    """Kiểm tra một bộ chứng cứ, ở bất kỳ đâu, không cần thư mục cơ quan."""
    from engine.evidence.standalone import examine

    desk: Desk = context.obj
    if not path.exists():
        desk.stop(say("there is no such file or folder: {path}", path=str(path)))
    found = examine(str(path), key)
    if desk.json:
        told = {name: found.told.get(name) for name in ("case", "events", "made_at", "key", "agency")}
        desk.put_json({"ok": not found.faults, **told, "faults": found.said(desk.lang)})
    else:
        for sentence in found.said(desk.lang):
            desk.put(sentence)
    if found.faults:
        raise Stop(say("the evidence is not whole: {count} faults", count=len(found.faults)), Exit.CONTENT)
    desk.tell(
        say("{events} events of {case} are as they were written", events=found.told["events"], case=found.told["case"])
    )
    if not desk.json:
        desk.put(str(found.told["key"]))
