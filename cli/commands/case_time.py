"""`quytrinh case …` about time: supplements, extensions, opinions, parts of steps, refusing and stopping."""

from typing import Annotated

import typer

from cli.commands.cases import CaseId, CommandId, IfVersion, ItemNumber, StepKey, give, group, known, meant
from cli.desk import Desk
from procedures.words import say

Because = Annotated[str, typer.Option("--reason", "--ly-do", help="Lý do.")]


def register(app: typer.Typer) -> None:  # noqa: ARG001 - all of them hang on `case`
    """Hang the commands on `case`."""
    group.command("supplement")(supplement)
    group.command("supplied")(supplied)
    group.command("extend")(extend)
    group.command("decide-extension")(decide_extension)
    group.command("consult")(consult)
    group.command("opinion")(opinion)
    group.command("part")(part)
    group.command("refuse")(refuse)
    group.command("stop")(stop)


def supplement(
    context: typer.Context,
    case: CaseId,
    lacking: Annotated[list[str], typer.Option("--lacking", "--thieu", help="Nội dung còn thiếu; lặp lại được.")],
    reason: Because,
    item: ItemNumber = None,
    step: StepKey = None,
    if_version: IfVersion = None,
    command_id: CommandId = None,
) -> None:
    """Yêu cầu bổ sung hồ sơ: ghi đủ những gì còn thiếu, một lần."""
    from engine.commands import RequestSupplement

    number = meant(context, case, item, step)
    give(context, RequestSupplement, case, command_id, if_version, item=number, lacking=tuple(lacking), reason=reason)


def supplied(
    context: typer.Context,
    case: CaseId,
    still: Annotated[str | None, typer.Option("--still-lacking", "--con-thieu", help="Còn thiếu gì.")] = None,
    note: Annotated[str | None, typer.Option("--note", "--ghi-chu", help="Ghi chú khi đã đủ.")] = None,
    if_version: IfVersion = None,
    command_id: CommandId = None,
) -> None:
    """Ghi nhận bổ sung: đã đủ, hoặc còn thiếu."""
    from engine.commands import AnswerSupplement

    give(context, AnswerSupplement, case, command_id, if_version, full=still is None, note=still or note)


def extend(
    context: typer.Context,
    case: CaseId,
    by: Annotated[str, typer.Option("--by", "--them", help="Thêm bao lâu, ví dụ “5 ngày làm việc”.")],
    reason: Because,
    apology: Annotated[str, typer.Option("--apology", "--xin-loi", help="Lời xin lỗi gửi người nộp hồ sơ.")],
    beyond: Annotated[
        bool, typer.Option("--beyond", "--vuot-muc", help="Biết là vượt mức quy định; nếu được cho sẽ ghi vi phạm.")
    ] = False,
    if_version: IfVersion = None,
    command_id: CommandId = None,
) -> None:
    """Đề nghị gia hạn, kèm lý do và lời xin lỗi; người có quyền quyết định sau."""
    from engine.commands import RequestExtension

    give(context, RequestExtension, case, command_id, if_version, by=by, reason=reason, apology=apology, beyond=beyond)


def decide_extension(
    context: typer.Context,
    case: CaseId,
    grant: Annotated[bool, typer.Option("--grant/--refuse", help="Cho gia hạn, hoặc không.")],
    reason: Annotated[str | None, typer.Option("--reason", "--ly-do", help="Lý do, bắt buộc khi không cho.")] = None,
    number: Annotated[int | None, typer.Option("--number", help="Đề nghị số mấy; bỏ trống: đề nghị đang chờ.")] = None,
    if_version: IfVersion = None,
    command_id: CommandId = None,
) -> None:
    """Quyết định về đề nghị gia hạn đang chờ."""
    from engine.commands import DecideExtension

    desk: Desk = context.obj
    if number is None:
        waiting = [one.number for one in known(desk, case).extensions if one.open]
        if not waiting:
            desk.stop(say("{case} has no request for extension that waits for a decision", case=case))
        number = waiting[0]
    give(context, DecideExtension, case, command_id, if_version, extension=number, grant=grant, reason=reason)


def consult(
    context: typer.Context,
    case: CaseId,
    of: Annotated[str, typer.Option("--of", "--cua", help="Tên đơn vị hoặc tài khoản được xin ý kiến.")],
    question: Annotated[str, typer.Option("--about", "--noi-dung", help="Nội dung xin ý kiến.")],
    within: Annotated[str | None, typer.Option("--within", "--trong", help="Trong bao lâu.")] = None,
    wait: Annotated[bool, typer.Option("--wait/--go-on", help="Chờ ý kiến rồi mới xong bước, hoặc không chờ.")] = False,
    item: ItemNumber = None,
    step: StepKey = None,
    if_version: IfVersion = None,
    command_id: CommandId = None,
) -> None:
    """Xin ý kiến; hồ sơ vẫn ở nguyên bước."""
    from engine.commands import AskOpinion

    number = meant(context, case, item, step)
    give(
        context,
        AskOpinion,
        case,
        command_id,
        if_version,
        item=number,
        of=of,
        question=question,
        within=within,
        waits=wait,
    )


def opinion(
    context: typer.Context,
    case: CaseId,
    text: Annotated[str, typer.Option("--text", "--y-kien", help="Ý kiến.")],
    number: Annotated[int | None, typer.Option("--number", help="Lần xin ý kiến số mấy, khi có nhiều.")] = None,
    if_version: IfVersion = None,
    command_id: CommandId = None,
) -> None:
    """Cho ý kiến đã được xin."""
    from engine.commands import GiveOpinion

    desk: Desk = context.obj
    if number is None:
        asked = [one.number for one in known(desk, case).consultations if one.answerable]
        if len(asked) != 1:
            numbers = ", ".join(map(str, asked)) or "—"
            desk.stop(say("{case} asks for {count} opinions: {numbers}", case=case, count=len(asked), numbers=numbers))
        number = asked[0]
    give(context, GiveOpinion, case, command_id, if_version, consultation=number, opinion=text)


def part(
    context: typer.Context,
    case: CaseId,
    name: Annotated[str, typer.Argument(metavar="PHẦN-VIỆC", help="Phần việc có thời hạn con đã xong.")],
    item: ItemNumber = None,
    step: StepKey = None,
    if_version: IfVersion = None,
    command_id: CommandId = None,
) -> None:
    """Đánh dấu một phần việc có thời hạn con đã xong."""
    from engine.commands import FinishPart

    number = meant(context, case, item, step)
    give(context, FinishPart, case, command_id, if_version, item=number, part=name)


def refuse(
    context: typer.Context, case: CaseId, reason: Because, if_version: IfVersion = None, command_id: CommandId = None
) -> None:
    """Từ chối giải quyết hồ sơ (phiếu từ chối), khi chưa có kết quả."""
    from engine.commands import RefuseCase

    give(context, RefuseCase, case, command_id, if_version, reason=reason)


def stop(
    context: typer.Context,
    case: CaseId,
    reason: Because,
    basis: Annotated[str | None, typer.Option("--basis", "--can-cu", help="Căn cứ.")] = None,
    if_version: IfVersion = None,
    command_id: CommandId = None,
) -> None:
    """Dừng giải quyết hồ sơ (thông báo dừng giải quyết), khi chưa có kết quả."""
    from engine.commands import StopCase

    give(context, StopCase, case, command_id, if_version, reason=reason, basis=basis)
