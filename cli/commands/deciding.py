"""`quytrinh organisation substitute, delegate, appoint`: decisions about people, recorded where they are declared."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cli.commands.case_records import organisation_group
from cli.desk import Desk
from procedures.words import say

if TYPE_CHECKING:
    from engine.refusal import Refusal
    from procedures.organisation import Post

Number = Annotated[str, typer.Argument(metavar="SỐ-QUYẾT-ĐỊNH", help="Số, ký hiệu của quyết định, như trên giấy.")]
Whom = Annotated[str, typer.Option("--of", metavar="TÀI-KHOẢN", help="Tài khoản của người được làm thay.")]
Who = Annotated[str, typer.Option("--to", metavar="TÀI-KHOẢN", help="Tài khoản của người nhận.")]
Since = Annotated[str, typer.Option("--from", help="Từ ngày, dd/MM/yyyy.")]
Posts = Annotated[list[str] | None, typer.Option("--post", help="“vị trí, đơn vị”, lặp lại được; bỏ trống: tất cả.")]
Procedures = Annotated[list[str] | None, typer.Option("--procedure", help="Chỉ trong quy trình này; lặp lại được.")]
Until = Annotated[str, typer.Option("--until", help="Đến hết ngày, dd/MM/yyyy.")]
Open = Annotated[str | None, typer.Option("--until", help="Đến hết ngày, dd/MM/yyyy; bỏ trống: không định ngày.")]


def register(_app: typer.Typer) -> None:
    """Hang the commands on the group of the organisation."""
    organisation_group.command("substitute")(substitute)
    organisation_group.command("delegate")(delegate)
    organisation_group.command("appoint")(appoint)


def substitute(
    context: typer.Context,
    number: Number,
    of: Whom,
    to: Who,
    since: Since,
    until: Until,
    post: Posts = None,
    procedure: Procedures = None,
) -> None:
    """Ghi nhận thay thế khi vắng mặt; có hiệu lực ngay từ ngày ghi trong quyết định."""
    _pass_on(context.obj, "substitution", number, (of, to), (since, until), post or [], procedure or [])


def delegate(
    context: typer.Context,
    number: Number,
    of: Whom,
    to: Who,
    since: Since,
    until: Until,
    post: Posts = None,
    procedure: Procedures = None,
) -> None:
    """Ghi nhận thừa ủy quyền có thời hạn; người được ủy quyền không ủy quyền lại."""
    _pass_on(context.obj, "delegation", number, (of, to), (since, until), post or [], procedure or [])


def appoint(
    context: typer.Context,
    number: Number,
    to: Who,
    post: Annotated[str, typer.Option("--post", help="“vị trí, đơn vị”.")],
    since: Since,
    until: Open = None,
) -> None:
    """Ghi nhận bổ nhiệm: ai giữ chức vụ nào, từ ngày nào."""
    from dataclasses import replace

    from engine import organising

    desk: Desk = context.obj
    by = desk.actor()
    stop_unless_known(desk, to)
    held = replace(_post(desk, post), since=_day(desk, since), until=_day(desk, until), decision=number)
    _told(desk, organising.appoint(desk.agency, to, held, by, desk.now), number)


def _pass_on(
    desk: Desk,
    manner: Literal["substitution", "delegation"],
    number: str,
    people: tuple[str, str],
    days: tuple[str, str],
    posts: list[str],
    procedures: list[str],
) -> None:
    from engine import organising
    from procedures.organisation import Mandate

    by = desk.actor()
    for account in people:
        stop_unless_known(desk, account)
    held, (since, until) = tuple(_post(desk, one) for one in posts), (_day(desk, one) for one in days)
    mandate = Mandate(number, manner, *people, held, since, until, tuple(procedures))
    _told(desk, organising.pass_on(desk.agency, mandate, by, desk.now), number)


def stop_unless_known(desk: Desk, account: str) -> None:
    """Stop when nobody has an account."""
    from engine.posts import person_of

    if person_of(desk.agency.organisation, account) is None:
        desk.stop(say("nobody has the account “{account}”", account=account))


def _post(desk: Desk, text: str) -> "Post":
    from procedures.organisation import Post

    position, comma, unit = (part.strip() for part in text.partition(","))
    if not comma or not position or not unit:
        desk.stop(say("--post “{text}”: write it as “position, unit”", text=text))
    return Post(position, unit)


def _day(desk: Desk, text: str | None) -> date | None:
    from procedures.values import ValueSaid, parse_date

    try:
        return parse_date(text) if text is not None else None
    except ValueSaid as fault:
        desk.stop(fault.words)


def _told(desk: Desk, refusal: "Refusal | None", number: str) -> None:
    if refusal is not None:
        desk.refuse(refusal)
    if desk.json:
        desk.put_json({"decision": number})
    else:
        desk.tell(say("decision {number} is recorded and in force from its day", number=number))
