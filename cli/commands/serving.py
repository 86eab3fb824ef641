"""`quytrinh serve, up, deploy`: the site and what runs by itself, in one program, on one or on many machines."""

from typing import Annotated

import typer

from cli.desk import Desk
from cli.serving import HOST, PORT


def register(app: typer.Typer) -> None:
    """Hang the command on the root."""
    app.command("serve")(serve)
    app.command("up")(up)
    app.command("deploy")(deploy)


def serve(
    context: typer.Context,
    host: Annotated[str, typer.Option("--host", help="Địa chỉ nghe; mặc định chỉ máy này.")] = HOST,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Cổng.")] = PORT,
    clockwork: Annotated[
        bool, typer.Option("--clockwork/--no-clockwork", help="Tự giữ thời hạn và làm việc giao cho máy.")
    ] = True,
) -> None:
    """Mở trang của cơ quan trên máy này.

    Trang, thời hạn và việc giao cho máy chạy trong một chương trình; Ctrl-C để dừng tất cả.
    """
    from cli.serving import serve_folder

    desk: Desk = context.obj
    serve_folder(desk, host, port, clockwork=clockwork)


def up(
    context: typer.Context,
    host: Annotated[str, typer.Option("--host", help="Địa chỉ nghe của trang; mặc định chỉ máy này.")] = HOST,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Cổng của trang.")] = PORT,
    console: Annotated[
        int, typer.Option("--console", min=1, max=65535, help="Cổng của bảng điều khiển Prefect.")
    ] = 4200,
) -> None:
    """Mở trang, máy chủ Prefect và tiến trình làm việc.

    Ba chương trình, một nhật ký, một Ctrl-C; chương trình nào ngừng thì được chạy lại. Không có gì ra khỏi máy này.
    """
    from cli.serving import raise_all

    desk: Desk = context.obj
    raise_all(desk, host, port, console)


def deploy(
    context: typer.Context,
    api: Annotated[
        str | None,
        typer.Option(
            "--api", envvar="PREFECT_API_URL", help="Địa chỉ API của máy chủ Prefect; bỏ trống: máy này, cổng 4200."
        ),
    ] = None,
    pool: Annotated[str, typer.Option("--pool", help="Nhóm tiến trình làm việc.")] = "quytrinh",
) -> None:
    """Khai với máy chủ Prefect mọi việc tự chạy.

    Tiến trình làm việc ở máy nào cũng được. Chạy lại bao nhiêu lần cũng được: cái đã có thì được cập nhật.
    """
    from cli.serving import tell_prefect

    desk: Desk = context.obj
    tell_prefect(desk, api or "http://127.0.0.1:4200/api", pool)
