"""`quytrinh token create, list, revoke`: which programs may come in at the HTTP API, and under whose name."""

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from cli.desk import Desk
from cli.reading import one_of
from procedures.words import say

if TYPE_CHECKING:
    from engine.stores.tokens import Token, Tokens

_token = typer.Typer(help="Mã truy cập cho phần mềm khác (giao diện lập trình HTTP).", no_args_is_help=True)
#: Who is told to have done it when nobody gives --user: whoever keeps the machine.
_KEEPER = "quản trị máy"
#: A token is good for at most so many days.
_LONGEST = 366


def register(app: typer.Typer) -> None:
    """Hang the commands on the root."""
    app.add_typer(_token, name="token")


#: What a token is good for, in words.
_SCOPES = {"read": say("reads only"), "act": say("reads and acts"), "calendar": say("shows deadlines to a calendar")}


@_token.callback()
def _group() -> None:
    """Cấp, liệt kê, thu hồi mã truy cập; mỗi mã đại diện cho một người và có ngày hết hạn."""


@_token.command()
def create(
    context: typer.Context,
    person: Annotated[str, typer.Argument(metavar="TÀI-KHOẢN", help="Người mà phần mềm đại diện; phải có tài khoản.")],
    name: Annotated[str, typer.Option("--name", help="Tên để nhận ra phần mềm.")],
    scope: Annotated[str, typer.Option("--scope", help="read (chỉ đọc) | act (đọc và làm).")] = "read",
    days: Annotated[int, typer.Option("--days", min=1, max=_LONGEST, help="Có hiệu lực bao nhiêu ngày.")] = 90,
) -> None:
    """Cấp mã truy cập và in ra một lần.

    Mã không lưu ở đâu, chỉ lưu dấu vân của nó. Phần mềm cầm mã được đọc và làm đúng những gì người ấy được phép.
    """
    from engine.refusal import Refusal

    desk: Desk = context.obj
    reach = one_of("--scope", scope, ("read", "act"))
    until = desk.now + timedelta(days=days)
    made = _tokens(desk).create(
        person, name, "act" if reach == "act" else "read", desk.user or _KEEPER, desk.now, until
    )
    if isinstance(made, Refusal):
        desk.refuse(made)
    if desk.json:
        desk.put_json({"token": made, "person": person, "scope": reach, "expires_at": until.isoformat()})
        return
    desk.tell(say("give the program this token; it is shown once and is good until {when}:", when=until))
    desk.put(made)


@_token.command("list")
def list_(context: typer.Context) -> None:
    """Liệt kê mã truy cập: của ai, để làm gì, đến khi nào, dùng lần cuối lúc nào."""
    desk: Desk = context.obj
    found = _tokens(desk).all()
    if desk.json:
        desk.put_json({"tokens": [_told(one) for one in found]})
        return
    for one in found:
        desk.put(" · ".join(_line(desk, one)))


@_token.command()
def revoke(
    context: typer.Context, number: Annotated[int, typer.Argument(metavar="SỐ", help="Số của mã trong danh sách.")]
) -> None:
    """Thu hồi một mã truy cập; có hiệu lực ngay."""
    desk: Desk = context.obj
    refusal = _tokens(desk).revoke(number, desk.user or _KEEPER, desk.now)
    if refusal is not None:
        desk.refuse(refusal)


def _line(desk: Desk, one: "Token") -> list[str]:
    from cli.case_view import shown

    until = say("good until {when}", when=shown(desk, one.expires_at))
    if one.revoked_at is not None:
        until = say("revoked {when}", when=shown(desk, one.revoked_at))
    elif not one.good(desk.now):
        until = say("expired {when}", when=shown(desk, one.expires_at))
    used = say("last used {when}", when=shown(desk, one.used_at)) if one.used_at else say("never used")
    scope = _SCOPES[one.scope]
    return [str(one.number), one.name, one.person, *(desk.text(words) for words in (scope, until, used))]


def _told(one: "Token") -> dict[str, object]:
    told: dict[str, object] = {"number": one.number, "name": one.name, "person": one.person, "scope": one.scope}
    instants = ("made_at", "expires_at", "used_at", "revoked_at")
    return told | {name: at.isoformat() if (at := getattr(one, name)) else None for name in instants}


def _tokens(desk: Desk) -> "Tokens":
    from engine.stores.tokens import Tokens

    return Tokens(desk.agency.store)
