"""The reference page of the command line, written from the commands themselves so that it cannot fall behind."""

import inspect
from collections.abc import Iterator
from typing import Any

import typer
import typer.main

from cli.exits import MEANING
from cli.helping import walked

_HEAD = """# Dòng lệnh `quytrinh`

Trang này viết từ chính các lệnh (`cli/reference.py`); sửa câu chữ ở lệnh rồi chạy `python -m cli.reference`.

Cờ chung đứng ở đâu trên dòng lệnh cũng được. Dữ liệu in ra đầu ra chuẩn, lời nhắn in ra đầu ra lỗi.
Với `--format json`, câu trả lời là một đối tượng có `format_version`; khi bị từ chối là
`{"refused": {"code": …, "message": …}}` và mã thoát 4; khi dùng sai thì đầu ra chuẩn để trống.
"""


def page(app: typer.Typer) -> str:
    """Return the page: exit codes, then every command with its arguments and flags, in the order of help."""
    root = typer.main.get_command(app)
    parts = [_HEAD, *_exit_codes()]
    parts += [line for name, command in walked(root) for line in _command(name, command)]
    return "\n".join(parts).rstrip() + "\n"


def _exit_codes() -> Iterator[str]:
    yield "## Mã thoát\n\n| Mã | Nghĩa |\n|---|---|"
    yield from (f"| {int(code)} | {meaning} |" for code, meaning in MEANING.items())
    yield ""


def _command(name: str, command: Any) -> Iterator[str]:
    yield f"## `{name}`\n"
    yield f"{inspect.cleandoc(command.help or '')}\n"
    rows = [row for parameter in command.params if (row := _row(parameter)) is not None]
    if rows:
        yield "| Tham số, cờ | Nghĩa |\n|---|---|"
        yield from rows
        yield ""


def _row(parameter: Any) -> str | None:
    if parameter.name == "help":
        return None
    names = [parameter.metavar or parameter.name]
    if parameter.param_type_name == "option":
        names = [*parameter.opts, *parameter.secondary_opts]
    shown = ", ".join(f"`{name}`".replace("|", "\\|") for name in names)
    default = f" Mặc định: `{parameter.default}`." if _telling(parameter.default) else ""
    needed = " Bắt buộc." if parameter.required else ""
    return f"| {shown} | {(parameter.help or '').replace('|', chr(92) + '|')}{default}{needed} |"


def _telling(default: object) -> bool:
    return isinstance(default, str | int) and not isinstance(default, bool) and default != ""


if __name__ == "__main__":
    from pathlib import Path

    from cli.main import app

    (Path(__file__).resolve().parents[1] / "docs" / "reference" / "cli.md").write_text(page(app), encoding="utf-8")
