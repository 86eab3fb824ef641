"""`quytrinh doctor`: is the machine well."""

from typing import Annotated

import typer

from cli.desk import Desk
from cli.exits import Exit, Stop


def register(app: typer.Typer) -> None:
    """Hang the command on the root."""
    app.command("doctor")(doctor)


def doctor(
    context: typer.Context,
    changes: Annotated[bool, typer.Option("--changes", help="Thoát 3 khi có điều cần làm.")] = False,
) -> None:
    """Khám máy và thư mục: mỗi dòng ✓ hoặc ✗ kèm lệnh sửa."""
    from cli.health import examinations

    desk: Desk = context.obj
    found = examinations(desk)
    if desk.json:
        desk.put_json(
            {
                "checks": [
                    {
                        "name": desk.text(one.name),
                        "ok": one.well,
                        "remedy": desk.text(one.remedy) if one.remedy else None,
                    }
                    for one in found
                ]
            }
        )
    else:
        for one in found:
            remedy = "" if one.well or one.remedy is None else f" — {desk.text(one.remedy)}"
            desk.put(f"{'✓' if one.well else '✗'} {desk.text(one.name)}{remedy}")
    if any(not one.well and one.urgent for one in found):
        raise Stop(None, Exit.ENVIRONMENT)
    if changes and any(not one.well for one in found):
        raise Stop(None, Exit.DIFFERENT)
