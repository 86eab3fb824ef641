"""`quytrinh people …`, `quytrinh organisation after, tree`: bodies, focal persons, leavers, and units over time."""

from datetime import date
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

from cli.commands.case_records import organisation_group
from cli.commands.internal_audit import known_units, local_today
from cli.desk import Desk
from cli.first_step import open_with, stop_at
from cli.reading import instant, one_of
from cli.sheets import SheetFile, put_sheet
from procedures.words import say

if TYPE_CHECKING:
    from quality.reorganised import Aftermath
    from quality.staff.leaving import Held, Leaving

_app = typer.Typer(help="Người: ban, tổ, đoàn, đầu mối; người chuyển đi.", no_args_is_help=True)

_BODIES = ("Ban Chỉ đạo ISO", "Tổ giúp việc", "Đoàn đánh giá nội bộ", "Đoàn kiểm tra", "Đầu mối của đơn vị")


def register(app: typer.Typer) -> None:
    """Hang the group on the root; two commands hang on the group of the organisation."""
    app.add_typer(_app, name="people")
    organisation_group.command("after")(after)
    organisation_group.command("tree")(tree)


@_app.command("committees")
def committees(
    context: typer.Context,
    history: Annotated[bool, typer.Option("--history", help="Cả những lần kiện toàn trước.")] = False,
    output: SheetFile = None,
) -> None:
    """Ban Chỉ đạo, Tổ giúp việc, các đoàn, đầu mối. Gồm thành phần, quyết định, lịch sử."""
    from quality.staff.committees import committees as read
    from quality.staff.committees import outdated
    from visualize.staff_sheets import committees_sheet

    desk: Desk = context.obj
    today = local_today(desk)
    with desk.agency.store.reading() as reader:
        found = read(reader)
    shown = [one for one in found if history or one.stands(today)]
    put_sheet(desk, committees_sheet(shown, desk.agency, desk.lang), output)
    for words in outdated(found, desk.agency.organisation, today):
        desk.tell(words)


@_app.command("appoint")
def appoint(
    context: typer.Context,
    body: Annotated[str, typer.Argument(metavar="TỔ-CHỨC", help="Ví dụ “Ban Chỉ đạo ISO” hoặc “Đầu mối của đơn vị”.")],
    unit: Annotated[str, typer.Option("--unit", help="Đơn vị.")],
    chair: Annotated[str, typer.Option("--chair", help="Tài khoản trưởng; của đầu mối là người làm đầu mối.")],
    members: Annotated[list[str] | None, typer.Option("--member", help="Tài khoản thành viên; lặp lại được.")] = None,
    why: Annotated[str, typer.Option("--reason", "--ly-do", help="Lý do kiện toàn.")] = "Thay đổi nhân sự",
) -> None:
    """Mở hồ sơ kiện toàn theo QT-HT-38. Trưởng Ban Chỉ đạo phải là người đứng đầu đơn vị."""
    from quality.staff import committees as bodies

    desk: Desk = context.obj
    one_of("TỔ-CHỨC", body, _BODIES)
    known_units(desk, (unit,))
    named = tuple(members or (chair,))
    stop_at(desk, bodies.objections(desk.agency.organisation, body, unit, chair, named, local_today(desk)))
    told = {
        bodies.BODY: body,
        bodies.UNIT: unit,
        bodies.CHAIR: chair,
        bodies.MEMBERS: "; ".join(named),
        bodies.WHY: why,
    }
    open_with(desk, bodies.CASE, say("{body} of {unit}", body=body, unit=unit), told)


@_app.command("leaving")
def leaving(
    context: typer.Context,
    account: Annotated[str, typer.Argument(metavar="TÀI-KHOẢN", help="Tài khoản người chuyển đi.")],
    to: Annotated[str | None, typer.Option("--to", help="Giao việc đang giữ cho tài khoản này.")] = None,
    why: Annotated[str, typer.Option("--reason", "--ly-do", help="Lý do giao lại.")] = "Chuyển công tác",
    output: SheetFile = None,
) -> None:
    """Người chuyển đi còn giữ những gì. Có --to thì giao lại việc, do người đứng đầu đơn vị (--user)."""
    from quality.staff.leaving import leaving as read
    from visualize.staff_sheets import leaving_sheet

    desk: Desk = context.obj
    with desk.agency.store.reading() as reader:
        try:
            found = read(reader, desk.agency, account, local_today(desk))
        except KeyError:
            desk.stop(say("{who} is nobody's account", who=account))
    put_sheet(desk, leaving_sheet(found, desk.agency, desk.lang), output)
    if to is not None:
        _give(desk, found, to, why)


def after(
    context: typer.Context,
    open_cases: Annotated[
        bool,
        typer.Option(
            "--open",
            help="Mở hồ sơ sắp xếp (QT-HT-37), và hồ sơ rà soát (QT-HT-34) cho từng quy trình còn ghi đơn vị cũ.",
        ),
    ] = False,
    output: SheetFile = None,
) -> None:
    """Những gì còn ở đơn vị đã sáp nhập, đổi tên, giải thể. Gồm hồ sơ, người, quy trình và việc phải ban hành lại."""
    from cli.commands.cases import known
    from quality.reorganised import aftermath, left_behind, open_reviews
    from visualize.staff_sheets import aftermath_sheet

    desk: Desk = context.obj
    with desk.agency.store.reading() as reader:
        found = aftermath(reader, desk.agency, local_today(desk))
    put_sheet(desk, aftermath_sheet(found, desk.agency, desk.lang), output)
    for words in left_behind(found):
        desk.tell(words)
    if open_cases:
        for one in found:
            _open_after(desk, one)
        agency = desk.agency
        for done in open_reviews(found, store=agency.store, ground=agency, now=desk.now):
            desk.tell(say("{case} is opened: {title}", case=done.case, title=known(desk, done.case).title))


def tree(
    context: typer.Context,
    on: Annotated[str | None, typer.Option("--on", help="Ngày, ví dụ 30/06/2025; bỏ trống: hôm nay.")] = None,
    obligation: Annotated[
        str | None,
        typer.Option("--obligation", "--ap-dung", help="bat-buoc | khuyen-khich: chỉ đơn vị phải, hay nên, áp dụng."),
    ] = None,
) -> None:
    """Cây đơn vị của một ngày, kèm mã định danh. Báo cáo cũ giữ theo cây của ngày đó."""
    from quality.unit_kinds import bound

    desk: Desk = context.obj
    day = local_today(desk) if on is None else instant("--on", on, desk.agency.calendar.zone).date()
    if obligation is not None:
        one_of("--obligation", obligation, ("bat-buoc", "khuyen-khich"))
    organisation = desk.agency.organisation
    must, may = bound(organisation, "required", day), bound(organisation, "encouraged", day)
    listed = must if obligation == "bat-buoc" else may
    names = [f"{unit.name} ({unit.code})" if unit.code else unit.name for unit in listed]
    desk.put("\n".join(names if obligation is not None else _branches(desk, None, day, 0)))
    desk.tell(say("the system is required of {must} units and recommended to {may}", must=len(must), may=len(may)))


def _branches(desk: Desk, above: str | None, on: date, depth: int) -> list[str]:
    lines = []
    for unit in desk.agency.organisation.units:
        if unit.parent == above and unit.stands(on):
            code = f" ({unit.code})" if unit.code else ""
            lines += [f"{'  ' * depth}{unit.name}{code}", *_branches(desk, unit.name, on, depth + 1)]
    return lines


def _give(desk: Desk, found: "Leaving", to: str, why: str) -> None:
    """Give every piece of work in hand to another; what may not be given is told, and the others go on."""
    from engine.commands import ReassignWork
    from engine.handle import handle
    from engine.refusal import Refusal
    from visualize.case_words import told

    given = 0
    for held in found.work:
        command = ReassignWork(
            id=str(uuid4()), actor=desk.actor(), case=held.case, item=held.item.number, to=to, reason=why
        )
        answer = handle(command, store=desk.agency.store, ground=desk.agency, now=desk.now)
        if isinstance(answer, Refusal):
            desk.tell(say("{case}: {sentence}", case=_named(held), sentence=told(desk, answer.words)))
        else:
            given += 1
    desk.tell(say("{given} of {count} pieces of work given to {who}", given=given, count=len(found.work), who=to))


def _named(held: "Held") -> str:
    return f"{held.case} [{held.item.number}]"


def _open_after(desk: Desk, one: "Aftermath") -> None:
    from procedures.vietnamese import day
    from quality import reorganised

    home = one.home or desk.agency.settings.agency
    told = {
        reorganised.MANNER: one.manner,
        reorganised.OLD: one.unit,
        reorganised.NEW: home,
        reorganised.DECISION: one.decision or "…",
        reorganised.DAY: day(one.on),
        reorganised.DUTIES: "; ".join(f"{duty.what} (trước {day(duty.by)})" for duty in one.duties) or "Giao lại việc",
    }
    open_with(desk, reorganised.CASE, say("Reorganisation of {unit}", unit=one.unit), told)
