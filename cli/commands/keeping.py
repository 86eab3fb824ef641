"""`quytrinh doctor, rebuild`: is the machine well, are the tables what the log draws."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.desk import Desk
from cli.exits import Exit, Stop
from procedures.words import say

if TYPE_CHECKING:
    from visualize.health import Examination


def register(app: typer.Typer) -> None:
    """Hang the commands on the root."""
    app.command("doctor")(doctor)
    app.command("rebuild")(rebuild)


def rebuild(
    context: typer.Context,
    check: Annotated[bool, typer.Option("--check", help="Chỉ so sánh, không sửa gì; thoát 1 khi có sai khác.")] = False,
) -> None:
    """Dựng lại mọi bảng từ nhật ký và so từng byte.

    Không có --check thì thay dòng sai bằng dòng dựng lại.
    """
    from engine.stores.rebuild import compare
    from engine.stores.rebuild import rebuild as put_right

    desk: Desk = context.obj
    told = compare(desk.agency.store) if check else put_right(desk.agency.store)
    if desk.json:
        faults = [{"case": one.case, "message": desk.text(one.words)} for one in told.faults]
        names = ("same", "cases", "rows", "kept", "drawn", "mended")
        desk.put_json({**{name: getattr(told, name) for name in names}, "faults": faults})
    else:
        for fault in told.faults:
            desk.put(f"{fault.case}: {desk.text(fault.words)}")
    left = [fault for fault in told.faults if fault.case not in told.mended]
    if left:
        raise Stop(
            say("{count} cases differ from what their log draws", count=len({one.case for one in left})), Exit.CONTENT
        )
    if told.mended:
        desk.tell(say("{count} cases drawn again from their log", count=len(told.mended)))
        desk.tell(say("start the programs that serve them anew: they may remember these cases as they stood"))
    else:
        desk.tell(
            say("{rows} rows of {cases} cases are, to the byte, what the log draws", rows=told.rows, cases=told.cases)
        )
    if not desk.json:
        desk.put(told.drawn)


def doctor(
    context: typer.Context,
    changes: Annotated[bool, typer.Option("--changes", help="Thoát 3 khi có điều cần làm.")] = False,
) -> None:
    """Khám máy và thư mục: mỗi dòng ✓ hoặc ✗ kèm lệnh sửa."""
    desk: Desk = context.obj
    found = _examinations(desk)
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


def _examinations(desk: Desk) -> "list[Examination]":
    """Look at the machine, and at the agency's folder where it is one."""
    from engine.agency import SETTINGS
    from visualize.health import Examination, of_agency, on_machine

    found = list(on_machine(desk.root))
    if (desk.root / SETTINGS).exists():
        return [*found, *of_agency(desk.agency, desk.now)]
    name = say("{folder} is an agency's folder", folder=desk.root)
    return [*found, Examination(name, well=False, remedy=f"quytrinh init {desk.root}")]
