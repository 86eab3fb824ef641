"""`quytrinh backup, restore`: everything kept twice, and proof that what was kept can be put back."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.desk import Desk
from cli.exits import Exit, Stop
from procedures.words import say

if TYPE_CHECKING:
    from engine.restoring import Checked


def register(app: typer.Typer) -> None:
    """Hang the commands on the root."""
    app.command("backup")(backup)
    app.command("restore")(restore)


def backup(
    context: typer.Context,
    to: Annotated[Path, typer.Argument(metavar="NƠI-LƯU", help="Thư mục mới để ghi bản sao lưu.")],
) -> None:
    """Sao lưu cơ sở dữ liệu và mọi tệp khi vẫn đang làm việc.

    Khoá ký không được sao lưu cùng: hãy giữ riêng.
    """
    from engine.backup import backup as save

    desk: Desk = context.obj
    told = save(desk.agency, to, desk.now)
    if desk.json:
        desk.put_json(
            {"backup": {name: told[name] for name in ("at", "cases", "events", "root", "sound")}, "folder": str(to)}
        )
    else:
        desk.put(str(to))
    desk.tell(
        say(
            "backed up: {events} events of {cases} cases, {files} files; check it: quytrinh restore {folder} --check",
            events=told["events"],
            cases=told["cases"],
            files=len(told["files"]),
            folder=str(to),
        )
    )
    if not told["sound"]:
        raise Stop(say("the record was not whole when it was backed up; run: quytrinh audit verify"), Exit.CONTENT)


def restore(
    context: typer.Context,
    source: Annotated[Path, typer.Argument(metavar="BẢN-SAO-LƯU", help="Thư mục của bản sao lưu.")],
    to: Annotated[Path | None, typer.Argument(metavar="THƯ-MỤC", help="Thư mục trống để đặt lại.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Chỉ thử đặt lại vào nơi tạm và đối chiếu toàn bộ.")] = False,
    database: Annotated[
        str | None, typer.Option("--database", help="Cơ sở dữ liệu nhận: tên tệp, hoặc địa chỉ postgresql://…")
    ] = None,
) -> None:
    """Đặt lại một bản sao lưu vào thư mục trống. Có --check thì chỉ kiểm tra rằng đặt lại được."""
    from engine.restoring import check as examine
    from engine.restoring import restore as put_back

    desk: Desk = context.obj
    if not check and to is None:
        desk.stop(say("say where to restore to, or only check with --check"))
    _put(desk, examine(source))
    if not check and to is not None:
        put_back(source, to, database)
        desk.put_files([to])


def _put(desk: Desk, checked: "Checked") -> None:
    """Tell what the examination of a backup found; end the command when it cannot be restored."""
    faults = [*checked.faults, *(fault.words for fault in checked.verdict.faults)]
    if desk.json:
        found = {"cases": checked.verdict.cases, "events": checked.verdict.events, "root": checked.verdict.root}
        desk.put_json({"sound": checked.sound, **found, "faults": [desk.text(words) for words in faults]})
    else:
        for words in faults:
            desk.put(desk.text(words))
    if not checked.sound:
        raise Stop(say("the backup cannot be relied on: {count} faults", count=len(faults)), Exit.CONTENT)
    desk.tell(
        say(
            "the backup can be restored: {events} events of {cases} cases verify",
            events=checked.verdict.events,
            cases=checked.verdict.cases,
        )
    )
