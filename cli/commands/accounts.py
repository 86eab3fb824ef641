"""`quytrinh account add, reset, disable, enable, list, log`: who may come in at the web pages."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.desk import Desk
from procedures.words import say
from visualize.access_words import ACCESS

if TYPE_CHECKING:
    from engine.refusal import Refusal
    from engine.stores.accounts import Accounts

_account = typer.Typer(help="Tài khoản đăng nhập trang web.", no_args_is_help=True)
_Person = Annotated[str, typer.Argument(metavar="TÀI-KHOẢN", help="Tài khoản của người trong organisation.d.")]
#: Who is told to have done it when nobody gives --user: whoever keeps the machine.
_KEEPER = "quản trị máy"


def register(app: typer.Typer) -> None:
    """Hang the commands on the root."""
    app.add_typer(_account, name="account")


@_account.callback()
def _group() -> None:
    """Cấp, đóng, mở lại tài khoản; xem nhật ký đăng nhập."""


@_account.command()
def add(context: typer.Context, person: _Person) -> None:
    """Cấp tài khoản và in mật khẩu đầu tiên.

    Mật khẩu chỉ in một lần, không lưu ở đâu; người dùng phải đổi ngay lần đăng nhập đầu.
    """
    desk: Desk = context.obj
    _known(desk, person)
    _give(desk, person, _accounts(desk).add(person, desk.user or _KEEPER, desk.now))


@_account.command()
def reset(context: typer.Context, person: _Person) -> None:
    """Cấp lại mật khẩu đầu tiên và kết thúc mọi phiên đang mở."""
    desk: Desk = context.obj
    _give(desk, person, _accounts(desk).reset(person, desk.user or _KEEPER, desk.now))


@_account.command()
def disable(context: typer.Context, person: _Person) -> None:
    """Đóng tài khoản và kết thúc mọi phiên đang mở."""
    desk: Desk = context.obj
    _done(desk, _accounts(desk).disable(person, desk.user or _KEEPER, desk.now))


@_account.command()
def enable(context: typer.Context, person: _Person) -> None:
    """Mở lại tài khoản đã đóng."""
    desk: Desk = context.obj
    _done(desk, _accounts(desk).enable(person, desk.user or _KEEPER, desk.now))


@_account.command("list")
def list_(context: typer.Context) -> None:
    """Liệt kê tài khoản."""
    desk: Desk = context.obj
    told = _accounts(desk).all()
    if desk.json:
        rows = [{"account": one, "must_change": must, "disabled": closed} for one, must, closed in told]
        desk.put_json({"accounts": rows})
        return
    for person, must, closed in told:
        notes = [ACCESS["disabled"]] * closed + [say("has not changed the first password yet")] * must
        desk.put(" · ".join([person, *(desk.text(note) for note in notes)]))


@_account.command()
def log(
    context: typer.Context, newest: Annotated[int, typer.Option("--newest", min=1, help="Bao nhiêu dòng.")] = 50
) -> None:
    """In nhật ký đăng nhập và quản trị tài khoản, mới nhất trước."""
    from cli.case_view import shown

    desk: Desk = context.obj
    lines = _accounts(desk).log(newest)
    if desk.json:
        names = ("at", "kind", "person", "by", "address")
        desk.put_json({"log": [{name: str(getattr(line, name)) for name in names} for line in lines]})
        return
    for line in lines:
        by = "" if line.by == line.person else f" ({line.by})"
        desk.put(f"{shown(desk, line.at)}  {line.person}  {desk.text(ACCESS[line.kind])}{by}  {line.address}".rstrip())


def _accounts(desk: Desk) -> "Accounts":
    from engine.stores.accounts import Accounts

    return Accounts(desk.agency.store)


def _known(desk: Desk, person: str) -> None:
    from engine.posts import person_of
    from engine.refusals.access import UnknownPerson

    if person_of(desk.agency.organisation, person) is None:
        desk.refuse(UnknownPerson(person))


def _give(desk: Desk, person: str, given: "str | Refusal") -> None:
    if not isinstance(given, str):
        desk.refuse(given)
    if desk.json:
        desk.put_json({"account": person, "password": given})
        return
    desk.tell(say("give {person} this password; it must be changed at the first sign-in:", person=person))
    desk.put(given)


def _done(desk: Desk, refusal: "Refusal | None") -> None:
    if refusal is not None:
        desk.refuse(refusal)
