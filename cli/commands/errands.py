"""`quytrinh errand`: what machines have still to do, what is parked, and doing it now."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from cli.desk import Desk
from cli.exits import Exit, Stop
from procedures.words import Words, say

if TYPE_CHECKING:
    from engine.errands.errand import Errand, Status

_group = typer.Typer(help="Việc giao cho máy: đang chờ, vướng, làm lại, bỏ.", no_args_is_help=True)
_Key = Annotated[str, typer.Argument(metavar="KHÓA", help="Khóa của việc, xem ở errand list.")]


def register(app: typer.Typer) -> None:
    """Hang the commands on the root."""
    app.add_typer(_group, name="errand")


@_group.callback()
def _errands() -> None:
    """Việc giao cho máy: bước tự động của hồ sơ, việc của từng kỳ. Việc vướng chờ người xem, không tự làm lại mãi."""


@_group.command("list")
def list_(
    context: typer.Context,
    every: Annotated[bool, typer.Option("--all", help="Kể cả việc đã xong, đã bỏ.")] = False,
    case: Annotated[str | None, typer.Option("--case", help="Chỉ việc của hồ sơ này.")] = None,
) -> None:
    """Việc đang chờ máy làm, cũ nhất trước."""
    from engine.errands.errand import OPEN, Status
    from engine.stores import errands as queue

    desk: Desk = context.obj
    with desk.agency.store.reading() as reader:
        found = queue.listed(reader.connection, tuple(Status) if every else OPEN, case)
    if desk.json:
        desk.put_json({"errands": [_json(desk, errand) for errand in found]})
        return
    _put(desk, found)


@_group.command()
def retry(context: typer.Context, key: _Key) -> None:
    """Cho máy làm lại từ đầu một việc đang vướng hoặc đã bỏ."""
    from engine.stores import errands as queue

    desk: Desk = context.obj
    desk.actor()
    with desk.agency.store.writing() as writer:
        renewed = queue.renew(writer.connection, key, desk.now)
    if not renewed:
        _refuse(desk, key, say("errand “{key}” is neither parked nor dropped", key=key))
    desk.tell(say("{key} waits to be tried anew", key=key))


@_group.command()
def drop(
    context: typer.Context,
    key: _Key,
    reason: Annotated[str, typer.Option("--reason", help="Vì sao bỏ.")],
) -> None:
    """Bỏ một việc: máy không làm nữa, hồ sơ vẫn đứng ở bước ấy."""
    from engine.stores import errands as queue

    desk: Desk = context.obj
    fault = f"{desk.actor()}: {reason}"
    with desk.agency.store.writing() as writer:
        dropped = queue.drop(writer.connection, key, desk.now, fault)
    if not dropped:
        _refuse(desk, key, say("errand “{key}” is not waiting for anything", key=key))
    desk.tell(say("{key} is dropped; its case goes no further until it is retried or withdrawn", key=key))


@_group.command()
def drain(context: typer.Context) -> None:
    """Làm ngay mọi việc tới lượt, rồi thôi."""
    from dataclasses import asdict

    from engine.errands.drain import Drain

    desk: Desk = context.obj
    came = Drain(desk.agency, "quytrinh errand drain", clock=lambda: desk.now).all()
    if desk.json:
        desk.put_json(asdict(came))
    else:
        desk.tell(say("{done} done, {again} to be tried again, {parked} parked", **asdict(came)))
    if came.parked:
        raise Stop(say("something is parked: quytrinh errand list"), Exit.CONTENT)


def _refuse(desk: Desk, key: str, words: Words) -> None:
    from engine.stores import errands as queue

    with desk.agency.store.reading() as reader:
        there = queue.find(reader.connection, key) is not None
    desk.stop(words if there else say("there is no errand “{key}”", key=key), Exit.USAGE)


def _json(desk: Desk, errand: "Errand") -> dict[str, Any]:
    from cli.case_view import instant

    return {
        "key": errand.key,
        "case": errand.case,
        "item": errand.number,
        "task": errand.task or None,
        "status": errand.status.value,
        "tries": errand.tries,
        "next": instant(desk, errand.run_at),
        "worker": errand.worker,
        "fault": errand.fault,
    }


def _put(desk: Desk, found: "list[Errand]") -> None:
    from cli.case_view import shown
    from cli.tables import table

    if not found:
        desk.tell(say("nothing waits for a machine"))
        return
    heads = [say("errand"), say("state"), say("tries"), say("next try"), say("why not yet")]
    rows = [
        [
            errand.key,
            desk.text(_state(errand.status)),
            str(errand.tries),
            shown(desk, errand.run_at) if errand.status == "waiting" else "—",
            errand.fault or "—",
        ]
        for errand in found
    ]
    desk.put(table(desk, heads, rows))
    parked = sum(errand.status == "parked" for errand in found)
    if parked:
        desk.tell(say("{count} parked: mend the cause, then quytrinh errand retry KEY", count=parked))


def _state(status: "Status") -> Words:
    match status.value:
        case "waiting":
            return say("waits")
        case "running":
            return say("is being done")
        case "done":
            return say("done")
        case "parked":
            return say("parked")
        case "dropped":
            return say("given up")
    return say("no longer needed")
