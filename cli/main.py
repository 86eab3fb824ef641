"""The command `quytrinh`: global flags anywhere on the line, commands loaded when they are called, clean endings."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated
from unicodedata import normalize

import typer

from cli.commands import register
from cli.desk import Desk
from cli.ending import ended
from cli.exits import Exit
from cli.helping import asked_help, command_tree
from cli.line import prepared, value_of
from cli.reading import instant, one_of
from procedures.words import Lang

app = typer.Typer(
    name="quytrinh",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
register(app)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"quytrinh {version('quytrinh')}")
        raise typer.Exit


@app.callback()
def _globals(
    context: typer.Context,
    folder: Annotated[Path, typer.Option("-C", metavar="THƯ-MỤC", help="Thư mục của cơ quan.")] = Path(),
    lang: Annotated[str | None, typer.Option("--lang", help="Ngôn ngữ: vi | en.")] = None,
    form: Annotated[str, typer.Option("--format", help="full | concise | json | sarif | github | junit.")] = "full",
    color: Annotated[str, typer.Option("--color", help="auto | always | never.")] = "auto",
    at: Annotated[str | None, typer.Option("--at", help="Coi như bây giờ là, ví dụ 2027-01-15T08:00.")] = None,
    user: Annotated[
        str | None, typer.Option("--user", envvar="QUYTRINH_USER", help="Tài khoản người thực hiện.")
    ] = None,
    ascii_only: Annotated[bool, typer.Option("--ascii", help="Chỉ dùng chữ không dấu và ký tự ASCII.")] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Không in lời nhắn, chỉ in dữ liệu.")] = False,
    no_python: Annotated[bool, typer.Option("--no-python", help="Không đọc quy trình viết bằng Python.")] = False,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="In phiên bản.")] = False,  # noqa: ARG001
) -> None:
    """Khai báo, chứng minh, vận hành, đo lường và cải tiến quy trình nội bộ (TCVN ISO 9001:2015)."""
    context.obj = Desk(
        root=folder,
        lang="en" if one_of("--lang", lang or told_language(["-C", str(folder)]), ("vi", "en")) == "en" else "vi",
        form=one_of("--format", form, ("full", "concise", "json", "sarif", "github", "junit")),
        color=one_of("--color", color, ("auto", "always", "never")),
        ascii=ascii_only or not _speaks_unicode(),
        quiet=quiet,
        at=None if at is None else instant("--at", at),
        user=normalize("NFC", user) if user else None,
        python=not no_python,
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and end the process with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    code = run(sys.argv[1:] if arguments is None else arguments)
    try:
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read the answer has seen enough; the flush at exit must not complain
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(code)


def run(typed: Sequence[str]) -> int:
    """Run one command line and return its exit code; no traceback reaches a user."""
    lang = told_language(typed)
    try:
        line, root = prepared(typed), command_tree(app, lang)
        page = asked_help(root, line)
        if page is not None:
            print(page)
            return Exit.DONE
        code = root.main(line, prog_name="quytrinh", standalone_mode=False)
        if code == Exit.INTERRUPTED:
            raise KeyboardInterrupt  # noqa: TRY301 - the library turns an interruption into its code
    except (BrokenPipeError, SystemExit):  # whoever read the answer has seen enough, and the library leaves for that
        return Exit.DONE
    except BaseException as fault:  # noqa: BLE001 - the last door: every ending has its words and its code
        return ended(fault, typed, lang)
    return int(code or Exit.DONE)


def told_language(typed: Sequence[str]) -> Lang:
    """Return the language of this run: of the flag, or what the agency declares; Vietnamese when nothing does."""
    said = value_of(typed, "--lang")
    if said is None:
        from cli.opening import declared_language

        said = declared_language(Path(value_of(typed, "-C") or "."))
    return "en" if said.lower().startswith("en") else "vi"


def _speaks_unicode() -> bool:
    return "utf" in (getattr(sys.stdout, "encoding", None) or "utf-8").lower()


if __name__ == "__main__":
    main()
