"""`quytrinh serve`: the site of an agency, with deadlines kept and errands done in the same program."""

from typing import Annotated

import typer

from cli.desk import Desk
from cli.serving import HOST, PORT


def register(app: typer.Typer) -> None:
    """Hang the command on the root."""
    app.command("serve")(serve)


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
