"""`quytrinh case …`: everything that happens to a case, by the same rules as everywhere."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any
from uuid import uuid4

import typer

from cli.desk import Desk
from cli.exits import Exit
from cli.reading import one_of, pairs
from procedures.words import say

if TYPE_CHECKING:
    from engine.case import Case, Item
    from engine.commands import AnyCommand
    from engine.handle import Done

_app = typer.Typer(help="Hồ sơ: mở, xem, chuyển bước, trả về, tạm dừng, rút.", no_args_is_help=True)

#: Where other modules hang their commands on a case.
group = _app

CaseId = Annotated[str, typer.Argument(metavar="HỒ-SƠ", help="Mã hồ sơ, ví dụ HS-2026-0001.")]
ItemNumber = Annotated[int | None, typer.Option("--item", help="Số của việc; bỏ trống khi chỉ có một việc.")]
StepKey = Annotated[str | None, typer.Option("--step", help="Tên bước, khi nhiều việc đang mở.")]
Given = Annotated[list[str] | None, typer.Option("--set", help="Giá trị nhập: “tên=giá trị”, lặp lại được.")]
Reason = Annotated[str | None, typer.Option("--reason", "--ly-do", help="Lý do.")]
IfVersion = Annotated[int | None, typer.Option("--if-version", help="Chỉ làm khi hồ sơ còn ở phiên bản này.")]
Behalf = Annotated[str | None, typer.Option("--for", "--thay-cho", help="Làm thay tài khoản này.")]
CommandId = Annotated[str | None, typer.Option("--command-id", help="Mã lệnh; lặp lại cùng mã thì chỉ làm một lần.")]


def register(app: typer.Typer) -> None:
    """Hang the group on the root."""
    app.add_typer(_app, name="case")


@_app.command("open")
def open_(
    context: typer.Context,
    procedure: Annotated[str, typer.Argument(metavar="MÃ", help="Mã quy trình.")],
    title: Annotated[str | None, typer.Option("--title", help="Trích yếu.")] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Đơn vị mở hồ sơ.")] = None,
    given: Given = None,
    again: Annotated[
        str | None, typer.Option("--again", "--ho-so-khac", help="Lý do mở, khi giống một hồ sơ vừa mở.")
    ] = None,
    command_id: CommandId = None,
) -> None:
    """Mở hồ sơ mới theo lần ban hành đang hiệu lực."""
    from engine.commands import OpenCase
    from engine.salts import fresh_salt

    desk: Desk = context.obj
    _issued(desk, procedure)
    command = OpenCase(
        id=command_id or str(uuid4()),
        actor=desk.actor(),
        procedure=procedure,
        title=procedure if title is None else title,
        unit=unit,
        fields=pairs("--set", given or ()),
        salt=fresh_salt(),
        again=again,
    )
    answer(desk, carry_out(desk, command))


@_app.command("list")
def list_(
    context: typer.Context,
    procedure: Annotated[str | None, typer.Option("--procedure", help="Mã quy trình.")] = None,
    status: Annotated[str | None, typer.Option("--status", help="open | paused | ended | withdrawn | stopped.")] = None,
    search: Annotated[
        str, typer.Option("--search", "--tim", help="Một phần mã, từ trong trích yếu; không cần dấu.")
    ] = "",
) -> None:
    """Liệt kê hồ sơ."""
    from cli.case_view import STATUS, case_json
    from cli.tables import table
    from visualize.case_words import dated
    from visualize.due_words import case_left

    desk: Desk = context.obj
    if status is not None:
        one_of("--status", status, ("open", "paused", "ended", "withdrawn", "stopped"))
    with desk.agency.store.reading() as reader:
        cases = reader.cases(procedure=procedure, status=status, search=search)
    if desk.json:
        desk.put_json({"cases": [case_json(desk, case) for case in cases]})
        return
    heads = [say("case"), say("procedure"), say("subject"), say("status"), say("due"), say("time")]
    rows = [
        [
            one.id,
            one.procedure,
            one.title,
            desk.text(STATUS[one.status]),
            desk.text(dated(desk, one.due, one.opened_at)) if one.due else "—",
            desk.text(case_left(desk, one) or "—"),
        ]
        for one in cases
    ]
    desk.put(table(desk, heads, rows))
    desk.tell(say("{count} cases", count=len(cases)))


@_app.command()
def show(
    context: typer.Context,
    case: CaseId,
    explain: Annotated[
        bool, typer.Option("--explain", "--vi-sao", help="Hạn đã hẹn, điều gì làm đổi hạn, tính từng ngày.")
    ] = False,
) -> None:
    """Xem một hồ sơ: đang ở đâu, ai giữ, hạn, và mọi việc đã xảy ra."""
    from cli.case_view import case_json, case_lines, history_json
    from cli.timeline import history, timeline

    desk: Desk = context.obj
    found = known(desk, case)
    with desk.agency.store.reading() as reader:
        log = reader.log(case)
    if desk.json:
        desk.put_json(case_json(desk, found, log, why=explain) | (history_json(desk, found, log) if explain else {}))
        return
    told = history if explain else timeline
    desk.put("\n".join([*case_lines(desk, found, why=explain), "", *told(desk, found, log)]))


@_app.command()
def claim(
    context: typer.Context,
    case: CaseId,
    item: ItemNumber = None,
    step: StepKey = None,
    on_behalf_of: Behalf = None,
    if_version: IfVersion = None,
    command_id: CommandId = None,
) -> None:
    """Nhận việc."""
    from engine.commands import ClaimWork

    number = meant(context, case, item, step)
    give(context, ClaimWork, case, command_id, if_version, item=number, on_behalf_of=on_behalf_of)


@_app.command()
def release(
    context: typer.Context,
    case: CaseId,
    item: ItemNumber = None,
    step: StepKey = None,
    reason: Reason = None,
    if_version: IfVersion = None,
    command_id: CommandId = None,
) -> None:
    """Trả lại việc đã nhận, hoặc được giao, cho những người cùng vai trò."""
    from engine.commands import ReleaseWork

    number = meant(context, case, item, step)
    give(context, ReleaseWork, case, command_id, if_version, item=number, reason=reason)


@_app.command()
def advance(
    context: typer.Context,
    case: CaseId,
    outcome: Annotated[str | None, typer.Option("--choose", "--chon", help="Kết quả của bước.")] = None,
    item: ItemNumber = None,
    step: StepKey = None,
    given: Given = None,
    checked: Annotated[list[str] | None, typer.Option("--check", help="Việc cần làm đã xong.")] = None,
    reason: Reason = None,
    on_behalf_of: Behalf = None,
    if_version: IfVersion = None,
    command_id: CommandId = None,
) -> None:
    """Hoàn thành một bước và chuyển tiếp."""
    from engine.commands import FinishWork
    from engine.salts import fresh_salt

    number = meant(context, case, item or done_before(context.obj, command_id), step)
    said = {"outcome": outcome, "reason": reason, "on_behalf_of": on_behalf_of, "salt": fresh_salt()}
    fields, done = pairs("--set", given or ()), tuple(checked or ())
    give(context, FinishWork, case, command_id, if_version, item=number, fields=fields, checked=done, **said)


@_app.command("return")
def return_(
    context: typer.Context,
    case: CaseId,
    reason: Annotated[str, typer.Option("--reason", "--ly-do", help="Lý do trả về.")],
    to: Annotated[str | None, typer.Option("--to", help="Bước nhận lại, khi có nhiều cách trả về.")] = None,
    item: ItemNumber = None,
    step: StepKey = None,
    if_version: IfVersion = None,
    command_id: CommandId = None,
) -> None:
    """Trả hồ sơ về bước trước, kèm lý do."""
    from engine.commands import FinishWork
    from engine.salts import fresh_salt
    from procedures.model import BackTo

    desk: Desk = context.obj
    found = known(desk, case)
    work = pick(desk, found, item or done_before(desk, command_id), step)
    declared = procedure_of(desk, found).step(work.step)
    ways = [
        outcome.label
        for outcome in declared.choices
        for branch in outcome.branches
        if isinstance(branch.target, BackTo) and to in {None, branch.target.step}
    ]
    if len(ways) != 1:
        choices = ", ".join(ways) or "—"
        desk.stop(say("step “{step}” has {count} ways back: {ways}", step=declared.name, count=len(ways), ways=choices))
    said = {"outcome": ways[0], "reason": reason, "salt": fresh_salt()}
    give(context, FinishWork, case, command_id, if_version, item=work.number, **said)


@_app.command()
def pause(
    context: typer.Context,
    case: CaseId,
    reason: Annotated[str, typer.Option("--reason", "--ly-do", help="Lý do tạm dừng.")],
    basis: Annotated[str | None, typer.Option("--basis", "--can-cu", help="Căn cứ.")] = None,
    if_version: IfVersion = None,
    command_id: CommandId = None,
) -> None:
    """Tạm dừng hồ sơ; thời gian tạm dừng không tính vào thời hạn."""
    from engine.commands import PauseCase

    give(context, PauseCase, case, command_id, if_version, reason=reason, basis=basis)


@_app.command()
def resume(context: typer.Context, case: CaseId, if_version: IfVersion = None, command_id: CommandId = None) -> None:
    """Tiếp tục hồ sơ đang tạm dừng."""
    from engine.commands import ResumeCase

    give(context, ResumeCase, case, command_id, if_version)


@_app.command()
def withdraw(
    context: typer.Context,
    case: CaseId,
    reason: Annotated[str, typer.Option("--reason", "--ly-do", help="Lý do rút hồ sơ.")],
    if_version: IfVersion = None,
    command_id: CommandId = None,
) -> None:
    """Rút hồ sơ khi chưa có kết quả."""
    from engine.commands import WithdrawCase

    give(context, WithdrawCase, case, command_id, if_version, reason=reason)


def give(
    context: typer.Context,
    kind: Callable[..., "AnyCommand"],
    case: str,
    command_id: str | None,
    if_version: int | None,
    **said: object,
) -> None:
    """Give a case a command of this kind, `said` being what it says besides, and answer with the case after it."""
    desk: Desk = context.obj
    named = command_id or str(uuid4())
    answer(desk, carry_out(desk, kind(id=named, actor=desk.actor(), case=case, expected_version=if_version, **said)))


def meant(context: typer.Context, case: str, item: int | None, step: str | None) -> int:
    """Return the number of the work item that is meant by its number, by its step, or as the only one that waits."""
    desk: Desk = context.obj
    return pick(desk, known(desk, case), item, step).number


def _issued(desk: Desk, code: str) -> None:
    """Stop when no issue of a procedure was ever published; one that is not in force yet the engine refuses."""
    from procedures.text import nearest

    known = {one.code for one in desk.agency.shelf.all()}
    if code in known:
        return
    near = nearest(code, sorted(known))
    if near is None:
        desk.stop(say("no issue of a procedure “{code}” was ever published", code=code))
    desk.stop(say("no issue of a procedure “{code}” was ever published; did you mean {near}?", code=code, near=near))


def carry_out(desk: Desk, command: "AnyCommand") -> "Done":
    """Give a command to the engine; a refusal ends this program with its sentence."""
    from engine.carry_out import carry_out as carried_out
    from engine.refusal import Refusal

    done = carried_out(desk.agency, command, desk.now)
    if isinstance(done, Refusal):
        desk.refuse(done)
    return done


def answer(desk: Desk, done: "Done") -> None:
    """Show a case after a command."""
    from cli.case_view import case_json, case_lines

    case = known(desk, done.case)
    if desk.json:
        desk.put_json(case_json(desk, case))
        return
    if done.repeated:
        desk.tell(say("this command was carried out before; nothing was done again"))
    desk.put("\n".join(case_lines(desk, case)))


def known(desk: Desk, case: str) -> "Case":
    """Return a case, or end this program when there is none."""
    with desk.agency.store.reading() as reader:
        held = reader.held(case)
    if held is None:
        desk.stop(say("there is no case {case}", case=case), Exit.USAGE)
    return held.case


def pick(desk: Desk, case: "Case", number: int | None, step: str | None) -> "Item":
    """Return the item that is meant: by number, by step, or the only one that waits."""
    if number is not None:
        found = case.item(number)
        if found is None:
            desk.stop(say("{case} has no work item {item}", case=case.id, item=number))
        return found
    live = [item for item in case.live_items if step in {None, item.step}]
    if not live:
        _nothing_waits(desk, case, step)
    if len(live) > 1:  # of several who do it together, everybody means his own
        live = [item for item in live if item.member == desk.actor()] or live
    if len(live) != 1:
        names = ", ".join(f"{item.number} ({', '.join(filter(None, (item.step, item.member)))})" for item in live)
        desk.stop(
            say(
                "{case} has {count} such items; say which with --item: {names}",
                case=case.id,
                count=len(live),
                names=names,
            )
        )
    return live[0]


def _nothing_waits(desk: Desk, case: "Case", step: str | None) -> None:
    from engine.refusals.life import CaseIsOver

    if not case.live_items and case.over:
        desk.refuse(CaseIsOver(case.id))
    names = ", ".join(item.step for item in case.live_items) or "—"
    if step is None:
        desk.stop(say("{case} has no open step", case=case.id))
    desk.stop(say("step “{step}” of {case} is not open; open now: {names}", step=step, case=case.id, names=names))


def done_before(desk: Desk, command_id: str | None) -> int | None:
    """Return the work item that a command id has already finished: repeated, it means the same one."""
    from engine.events import WorkFinished

    if command_id is None:
        return None
    with desk.agency.store.writing() as writer:
        earlier = writer.receipt(command_id)
    events = [record.event for record in earlier.records] if earlier else []
    return next((event.item for event in events if isinstance(event, WorkFinished)), None)


def procedure_of(desk: Desk, case: "Case") -> Any:
    """Return the issue a case runs under."""
    from engine.handle import rules_for

    return rules_for(case, desk.agency).procedure
