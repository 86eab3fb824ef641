"""`quytrinh webhook list, test`: which systems are told of what happens, and whether they hear."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.desk import Desk
from cli.exits import Exit
from procedures.words import say

if TYPE_CHECKING:
    from engine.errands.world import World

_webhook = typer.Typer(help="Báo sự việc cho phần mềm khác.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Hang the commands on the root."""
    app.add_typer(_webhook, name="webhook")


@_webhook.callback()
def _group() -> None:
    """Xem nơi nhận đã khai và thử gửi."""


@_webhook.command("list")
def list_(context: typer.Context) -> None:
    """Liệt kê nơi nhận: địa chỉ, loại sự việc, còn bao nhiêu tin chờ gửi hoặc vướng."""
    from engine.stores import errands as queue

    desk: Desk = context.obj
    places = _world(desk).places
    with desk.agency.store.reading() as reader:
        open_now = queue.listed(reader.connection)
    rows = [
        {
            "name": name,
            "url": place.url,
            "signed": bool(place.secret),
            "events": sorted(place.events),
            "waiting": sum(one.status != "parked" for one in open_now if one.key.startswith(_mine(name))),
            "parked": sum(one.status == "parked" for one in open_now if one.key.startswith(_mine(name))),
        }
        for name, place in places.items()
    ]
    if desk.json:
        desk.put_json({"webhooks": rows})
        return
    for row in rows:
        counts = say("{waiting} waiting, {parked} parked", waiting=row["waiting"], parked=row["parked"])
        kinds = ", ".join(sorted(places[str(row["name"])].events)) or desk.text(say("only automatic steps"))
        desk.put(f"{row['name']} · {row['url']} · {kinds} · {desk.text(counts)}")


@_webhook.command()
def test(
    context: typer.Context, name: Annotated[str, typer.Argument(metavar="NƠI-NHẬN", help="Tên khai ở quytrinh.toml.")]
) -> None:
    """Gửi thử một tin loại “test” ngay bây giờ và cho biết nơi nhận trả lời ra sao."""
    from secrets import token_hex

    from engine.errands.task import TryAgain
    from engine.errands.telling import send

    desk: Desk = context.obj
    world = _world(desk)
    place = world.places.get(name)
    if place is None:
        desk.stop(say("no system is called “{name}” in quytrinh.toml", name=name))
    told = {"type": "test", "timestamp": desk.now.isoformat(), "data": {}}
    try:
        send(world, place, f"test/{token_hex(8)}", told, desk.now)
    except TryAgain as fault:
        desk.stop(fault.words, Exit.ENVIRONMENT)
    desk.tell(say("{name} has taken it", name=name))


def _mine(name: str) -> str:
    from engine.stores.errands import TELLING

    return f"{TELLING}/{name}/"


def _world(desk: Desk) -> "World":
    from engine.errands.task import Hopeless
    from engine.errands.world import read_world

    try:
        return read_world(desk.agency.root)
    except Hopeless as fault:
        desk.stop(fault.words, Exit.ENVIRONMENT)
