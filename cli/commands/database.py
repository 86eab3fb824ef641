"""`quytrinh db`: the tables in which cases are kept."""

import typer

from cli.desk import Desk
from procedures.words import say


def register(app: typer.Typer) -> None:
    """Hang the commands on the root."""
    group = typer.Typer(no_args_is_help=True, help="Cơ sở dữ liệu của cơ quan.")
    group.command("upgrade")(upgrade)
    app.add_typer(group, name="db")


def upgrade(context: typer.Context) -> None:
    """Nâng cơ sở dữ liệu của bản quytrinh trước lên các bảng của bản này.

    Được tất cả hoặc không gì cả; bị ngắt giữa chừng thì chạy lại. Tệp SQLite được chép lại bên cạnh trước khi nâng;
    trên PostgreSQL hãy tự sao lưu trước (pg_dump).
    """
    from engine.upgrade import upgrade as move_up

    desk: Desk = context.obj
    came = move_up(desk.root)
    if desk.json:
        desk.put_json({"before": came.before, "after": came.after, "kept": str(came.kept) if came.kept else None})
    elif came.before == came.after:
        desk.tell(say("the database already has the tables of this release ({version})", version=came.after))
    elif came.kept is not None:
        desk.tell(
            say(
                "the database went from {before} to {after}; as it was it is kept in {file}",
                before=came.before,
                after=came.after,
                file=came.kept,
            )
        )
    else:
        desk.tell(say("the database has the tables of this release now ({version})", version=came.after))
