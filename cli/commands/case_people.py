"""`quytrinh case …` between people: beginning, handing over, calling back, leaving out, further tasks."""

from typing import Annotated

import typer

from cli.commands.cases import (
    Behalf,
    CaseId,
    CommandId,
    IfVersion,
    ItemNumber,
    StepKey,
    give,
    group,
    known,
    meant,
)
from cli.desk import Desk
from cli.reading import instant
from procedures.words import say

Why = Annotated[str, typer.Option("--reason", "--ly-do", help="Lý do.")]
Number = Annotated[int, typer.Option("--task", "--viec", help="Số của việc giao thêm.")]


def register(_app: typer.Typer) -> None:
    """Do nothing more: the commands hang on the group of cases already."""


@group.command()
def start(
    context: typer.Context,
    case: CaseId,
    item: ItemNumber = None,
    step: StepKey = None,
    on_behalf_of: Behalf = None,
    if_version: IfVersion = None,
    command_id: CommandId = None,
) -> None:
    """Bắt đầu làm một việc; chưa nhận thì nhận luôn."""
    from engine.commands import StartWork

    number = meant(context, case, item, step)
    give(context, StartWork, case, command_id, if_version, item=number, on_behalf_of=on_behalf_of)


@group.command()
def reassign(
    context: typer.Context,
    case: CaseId,
    to: Annotated[str, typer.Option("--to", "--cho", help="Tài khoản người nhận việc.")],
    reason: Why,
    item: ItemNumber = None,
    step: StepKey = None,
    if_version: IfVersion = None,
    command_id: CommandId = None,
) -> None:
    """Giao lại việc cho người khác; chỉ người đứng đầu đơn vị được giao lại."""
    from engine.commands import ReassignWork

    number = meant(context, case, item, step)
    give(context, ReassignWork, case, command_id, if_version, item=number, to=to, reason=reason)


@group.command()
def recall(
    context: typer.Context,
    case: CaseId,
    reason: Why,
    item: Annotated[int | None, typer.Option("--item", help="Số của việc đã làm; bỏ trống: việc cuối cùng.")] = None,
    if_version: IfVersion = None,
    command_id: CommandId = None,
) -> None:
    """Thu hồi việc mình vừa chuyển, khi người nhận chưa xử lý."""
    from engine.commands import RecallWork

    desk: Desk = context.obj
    found, who = known(desk, case), desk.actor()
    mine = [one.number for one in found.items if who in {one.assignee, one.on_behalf_of} and one.finished_at]
    if item is None and not mine:
        desk.stop(say("{who} has finished nothing in {case}", who=who, case=case))
    number = item if item is not None else mine[-1]
    give(context, RecallWork, case, command_id, if_version, item=number, reason=reason)


@group.command()
def skip(
    context: typer.Context,
    case: CaseId,
    reason: Why,
    outcome: Annotated[str | None, typer.Option("--choose", "--chon", help="Kết quả coi như đã chọn.")] = None,
    item: ItemNumber = None,
    step: StepKey = None,
    if_version: IfVersion = None,
    command_id: CommandId = None,
) -> None:
    """Bỏ qua một bước khi được phép; luôn ghi nhận là bỏ bước."""
    from engine.commands import SkipWork

    number = meant(context, case, item, step)
    give(context, SkipWork, case, command_id, if_version, item=number, outcome=outcome, reason=reason)


@group.command("task")
def task_(
    context: typer.Context,
    case: CaseId,
    to: Annotated[str, typer.Option("--to", "--cho", help="Tài khoản người được giao.")],
    what: Annotated[str, typer.Option("--what", "--noi-dung", help="Việc phải làm.")],
    by: Annotated[str | None, typer.Option("--by", "--han", help="Hạn, dd/MM/yyyy.")] = None,
    item: ItemNumber = None,
    step: StepKey = None,
    if_version: IfVersion = None,
    command_id: CommandId = None,
) -> None:
    """Giao thêm việc; xong việc này thì bước mới hoàn thành được."""
    from engine.commands import GiveTask

    desk: Desk = context.obj
    number = meant(context, case, item, step)
    day = instant("--by", by, desk.agency.calendar.zone).date() if by is not None else None
    give(context, GiveTask, case, command_id, if_version, item=number, to=to, what=what, by=day)


@group.command("task-done")
def task_done(
    context: typer.Context,
    case: CaseId,
    task: Number,
    report: Annotated[str, typer.Option("--report", "--ket-qua", help="Kết quả đã làm.")],
    item: ItemNumber = None,
    step: StepKey = None,
    if_version: IfVersion = None,
    command_id: CommandId = None,
) -> None:
    """Báo đã xong việc được giao thêm."""
    from engine.commands import FinishTask

    number = meant(context, case, item, step)
    give(context, FinishTask, case, command_id, if_version, item=number, task=task, report=report)


@group.command("task-cancel")
def task_cancel(
    context: typer.Context,
    case: CaseId,
    task: Number,
    reason: Why,
    item: ItemNumber = None,
    step: StepKey = None,
    if_version: IfVersion = None,
    command_id: CommandId = None,
) -> None:
    """Rút lại việc đã giao thêm."""
    from engine.commands import CancelTask

    number = meant(context, case, item, step)
    give(context, CancelTask, case, command_id, if_version, item=number, task=task, reason=reason)
