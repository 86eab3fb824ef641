"""`quytrinh case …` about what is on record: correcting, opening again; `quytrinh organisation …`: new homes."""

from typing import Annotated

import typer

from cli.commands.case_people import Why
from cli.commands.cases import CaseId, CommandId, IfVersion, give, group
from cli.desk import Desk
from cli.reading import pairs
from procedures.words import say

#: Where other modules hang their commands on the organisation.
organisation_group = _organisation = typer.Typer(
    help="Tổ chức: đơn vị, người, thay thế và ủy quyền.", no_args_is_help=True
)


def register(app: typer.Typer) -> None:
    """Hang the group of the organisation on the root; the others hang on the group of cases already."""
    app.add_typer(_organisation, name="organisation")


@group.command()
def correct(
    context: typer.Context,
    case: CaseId,
    reason: Why,
    given: Annotated[list[str] | None, typer.Option("--set", help="Giá trị đúng: “tên=giá trị”, lặp lại được.")] = None,
    event: Annotated[int | None, typer.Option("--event", "--su-kien", help="Số của sự kiện ghi sai.")] = None,
    says: Annotated[str | None, typer.Option("--says", "--noi-dung", help="Nội dung đúng của sự kiện đó.")] = None,
    if_version: IfVersion = None,
    command_id: CommandId = None,
) -> None:
    """Đính chính thông tin đã nhập, hoặc một sự kiện đã ghi; bản ghi cũ vẫn giữ nguyên."""
    from engine.commands import CorrectRecord, CorrectValues
    from engine.salts import fresh_salt

    desk: Desk = context.obj
    fields = pairs("--set", given or ())
    if bool(fields) == (event is not None):
        desk.stop(say("say what is wrong: either --set “name=value”, or --event NUMBER with --says"))
    if event is not None:
        give(context, CorrectRecord, case, command_id, if_version, event=event, says=says or "", reason=reason)
        return
    salt = fresh_salt()
    give(context, CorrectValues, case, command_id, if_version, fields=fields, reason=reason, salt=salt)


@group.command()
def reopen(
    context: typer.Context, case: CaseId, reason: Why, if_version: IfVersion = None, command_id: CommandId = None
) -> None:
    """Mở lại hồ sơ đã kết thúc; chỉ người đứng đầu đơn vị chủ trì quy trình, trong 30 ngày."""
    from engine.commands import ReopenCase

    give(context, ReopenCase, case, command_id, if_version, reason=reason)


@_organisation.command()
def rehome(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ liệt kê, không chuyển.")] = False,
) -> None:
    """Chuyển việc đang mở của đơn vị cũ sang đơn vị nhận. Dùng sau sáp nhập, đổi tên."""
    from engine.rehoming import moved, rehomings
    from quality.together import carry_out as all_of

    desk: Desk = context.obj
    homes = moved(desk.agency.organisation, desk.now.astimezone(desk.agency.calendar.zone).date())
    with desk.agency.store.reading() as reader:
        commands = rehomings(reader, desk.agency.organisation, homes)
    cases = [command.case for command in commands]
    if not dry_run:
        done = all_of(commands, store=desk.agency.store, ground=desk.agency, now=desk.now)
        cases = [one.case for one in done]
    if desk.json:
        desk.put_json({"units": dict(homes), "cases": cases, "moved": not dry_run})
        return
    for old, new in homes.items():
        desk.tell(f"{old} → {new}")
    desk.put("\n".join(cases))
    desk.tell(say("{count} cases", count=len(cases)))


@_organisation.command()
def acting(context: typer.Context) -> None:
    """Ai đang làm thay ai hôm nay. Gồm thay thế khi vắng mặt và thừa ủy quyền."""
    from cli.case_view import name_of
    from cli.tables import table
    from procedures.vietnamese import day

    desk: Desk = context.obj
    today = desk.now.astimezone(desk.agency.calendar.zone).date()
    lasting = [one for one in desk.agency.organisation.mandates if one.lasts(today)]
    if desk.json:
        told = [
            {"decision": one.decision, "manner": one.manner, "principal": one.principal, "agent": one.agent}
            for one in lasting
        ]
        desk.put_json({"mandates": told})
        return
    manners = {"substitution": say("substitution"), "delegation": say("delegation")}
    rows = [
        [
            one.decision,
            desk.text(manners[one.manner]),
            name_of(desk, one.principal),
            name_of(desk, one.agent),
            "; ".join(f"{post.position}, {post.unit}" for post in one.posts) or "—",
            day(one.until) if one.until is not None else "—",
        ]
        for one in lasting
    ]
    heads = [say("decision"), say("manner"), say("on behalf of"), say("acts"), say("posts"), say("until")]
    desk.put(table(desk, heads, rows))
    desk.tell(say("{count} act for another today", count=len(rows)))
