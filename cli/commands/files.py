"""`quytrinh case attach, files, file`: the files of a case."""

from pathlib import Path
from typing import Annotated

import typer

from cli.commands import cases
from cli.desk import Desk
from cli.exits import Exit
from procedures.words import say

_Number = Annotated[int, typer.Argument(metavar="SỐ", help="Số của tệp trong hồ sơ.")]


def register(_app: typer.Typer) -> None:
    """Hang the commands on the group of cases."""
    cases.group.command()(attach)
    cases.group.command()(files)
    cases.group.command()(file)


def attach(
    context: typer.Context,
    case: cases.CaseId,
    path: Annotated[Path, typer.Argument(metavar="TỆP", help="PDF, DOCX, XLSX, PNG hoặc JPG, đến 20 MB.")],
    item: cases.ItemNumber = None,
    step: cases.StepKey = None,
    form: Annotated[
        str | None,
        typer.Option(
            "--form", "--bieu-mau", help="Tệp là biểu mẫu (mã) hay kết quả nào của bước; “khác” nếu không phải."
        ),
    ] = None,
    if_version: cases.IfVersion = None,
    command_id: cases.CommandId = None,
) -> None:
    """Đính kèm tệp vào việc đang làm."""
    from engine.commands import AttachFile
    from engine.commands.files import NAME
    from engine.files import judge
    from engine.refusal import Refusal
    from engine.salts import fresh_salt
    from procedures.text import nfc

    desk: Desk = context.obj
    number = cases.meant(context, case, item, step)
    try:
        content = path.open("rb")
    except OSError as fault:
        desk.stop(say("{path} cannot be read: {fault}", path=path, fault=fault.strerror or fault), Exit.USAGE)
    with content:
        judged = judge(path.name, content)
        if isinstance(judged, Refusal):
            desk.refuse(judged)
        desk.agency.files.put(content, judged.digest)
    kept = {"digest": judged.digest, "size": judged.size, "type": judged.type, "fields": {NAME: judged.name}}
    kept["form"] = None if form is None else nfc(form).strip()
    cases.give(context, AttachFile, case, command_id, if_version, item=number, salt=fresh_salt(), **kept)


def files(context: typer.Context, case: cases.CaseId) -> None:
    """Liệt kê tệp của hồ sơ."""
    from cli.case_view import name_of, shown

    desk: Desk = context.obj
    found = cases.known(desk, case)
    with desk.agency.store.reading() as reader:
        held = reader.held(case)
    names = held.values if held is not None else {}
    if desk.json:
        told = [
            {
                "number": one.number,
                "name": names.get(one.name),
                "form": one.form or None,
                "size": one.size,
                "type": one.type,
                "sha256": one.digest,
            }
            for one in found.files
        ]
        desk.put_json({"files": told})
        return
    for one in found.files:
        name = names.get(one.name) or desk.text(say("(erased)"))
        form = f"  {one.form}" if one.form else ""
        desk.put(
            f"{one.number}. {name}{form}  {-(-one.size // 1024)} KB  {name_of(desk, one.by)}  {shown(desk, one.at)}"
        )


def file(
    context: typer.Context,
    case: cases.CaseId,
    number: _Number,
    output: Annotated[Path, typer.Argument(metavar="RA", help="Ghi ra tệp này.")],
) -> None:
    """Lấy một tệp của hồ sơ ra."""
    desk: Desk = context.obj
    found = next((one for one in cases.known(desk, case).files if one.number == number), None)
    if found is None:
        desk.stop(say("{case} has no file {number}", case=case, number=number))
    if not desk.agency.files.whole(found.digest):
        desk.stop(say("file {number} is missing or was altered", number=number), Exit.CONTENT)
    output.write_bytes(desk.agency.files.path(found.digest).read_bytes())
    desk.put_files([output])
