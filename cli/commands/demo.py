"""`quytrinh demo`: a sample agency plays one year, offline, the same from the same seed."""

from pathlib import Path
from typing import Annotated

import typer

from cli.desk import Desk


def register(app: typer.Typer) -> None:
    """Hang the command on the root."""
    app.command("demo")(demo)


def demo(
    context: typer.Context,
    cases: Annotated[int, typer.Option("--cases", min=1, max=20_000, help="Số hồ sơ tác nghiệp trong năm.")] = 400,
    seed: Annotated[int, typer.Option("--seed", help="Mầm ngẫu nhiên: cùng mầm thì cùng một năm.")] = 7,
    year: Annotated[int, typer.Option("--year", min=2026, max=2026, help="Năm được diễn lại.")] = 2026,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Thư mục ghi ra (mặc định: demo).")] = None,
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Mở trang xem ở 127.0.0.1:8000 khi xong.")] = True,
) -> None:
    """Diễn lại một năm của cơ quan mẫu.

    Từ ban hành quy trình đến tài liệu xem xét của lãnh đạo; cùng mầm thì cùng một năm.
    """
    from cli.demo.show import run

    desk: Desk = context.obj
    run(desk, output or desk.root / "demo", cases=cases, seed=seed, year=year, serve=serve)
