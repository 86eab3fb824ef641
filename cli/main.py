"""The command `quytrinh`: global flags anywhere on the line, commands loaded when they are called, clean endings."""

import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import click
import typer

from cli.commands import register
from cli.desk import Desk
from cli.exits import Exit, Stop
from procedures.words import Lang, say

#: Global flags may stand anywhere on the line; these take a value, the others do not.
_WITH_VALUE = {"-C", "--lang", "--format", "--color", "--at", "--user", "--by"}
_ALONE = {"--ascii", "-q", "--quiet", "--yes"}
#: The zone of an `--at` that names none.
_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

app = typer.Typer(
    name="quytrinh",
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
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
    folder: Annotated[Path, typer.Option("-C", help="Thư mục của cơ quan.")] = Path(),
    lang: Annotated[str | None, typer.Option("--lang", help="Ngôn ngữ: vi | en.")] = None,
    form: Annotated[str, typer.Option("--format", help="full | concise | json | sarif | github | junit.")] = "full",
    color: Annotated[str, typer.Option("--color", help="auto | always | never.")] = "auto",
    at: Annotated[str | None, typer.Option("--at", help="Coi như bây giờ là, ví dụ 2027-01-15T08:00.")] = None,
    user: Annotated[
        str | None, typer.Option("--user", "--by", envvar="QUYTRINH_USER", help="Tài khoản người thực hiện.")
    ] = None,
    ascii_only: Annotated[bool, typer.Option("--ascii", help="Không dùng ký tự vẽ khung.")] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Không in lời nhắn.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Đồng ý trước với mọi câu hỏi.")] = False,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="In phiên bản.")] = False,  # noqa: ARG001
) -> None:
    """Khai báo, chứng minh, vận hành, đo lường và cải tiến quy trình nội bộ (TCVN ISO 9001:2015)."""
    context.obj = Desk(
        root=folder,
        lang=_language(lang, folder),
        form=_one_of(form, "--format", ("full", "concise", "json", "sarif", "github", "junit")),
        color=_one_of(color, "--color", ("auto", "always", "never")),
        ascii=ascii_only or not _speaks_unicode(),
        quiet=quiet,
        yes=yes,
        at=_instant(at),
        user=user,
    )


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and end the process with its exit code."""
    line = hoisted(list(sys.argv[1:] if arguments is None else arguments))
    _speak_utf8()
    sys.exit(run(line))


def run(line: Sequence[str]) -> int:
    """Run one command line and return its exit code; no traceback reaches a user."""
    lang = _language(_value(line, "--lang"), Path(_value(line, "-C") or "."))
    try:
        return int(app(list(line), standalone_mode=False) or Exit.DONE)
    except Stop as stop:
        if stop.words is not None:
            print(stop.words.into(lang), file=sys.stderr)
        return stop.code
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.UsageError as fault:
        print(say("{fault} Try: quytrinh --help", fault=fault.format_message()).into(lang), file=sys.stderr)
        return Exit.USAGE
    except (KeyboardInterrupt, click.Abort):
        print(say("interrupted; nothing is half written").into(lang), file=sys.stderr)
        return Exit.INTERRUPTED
    except OSError as fault:
        print(say("the machine said no: {fault}", fault=fault).into(lang), file=sys.stderr)
        return Exit.ENVIRONMENT
    except Exception:  # noqa: BLE001 - the last door: a bug ends in a report file, not in a traceback
        print(
            say("a fault in quytrinh itself; please send this report: {path}", path=_report()).into(lang),
            file=sys.stderr,
        )
        return Exit.BUG


def hoisted(line: list[str]) -> list[str]:
    """Move global flags to the front, so that they may be typed after the command too."""
    front: list[str] = []
    rest: list[str] = []
    words = iter(line)
    for word in words:
        name = word.partition("=")[0]
        if word == "--":
            rest += [word, *words]
        elif name in _WITH_VALUE:
            front += [word] if "=" in word else [word, *([value] if (value := next(words, None)) is not None else [])]
        elif word in _ALONE:
            front.append(word)
        else:
            rest.append(word)
    return front + rest


def _value(line: Sequence[str], flag: str) -> str | None:
    for word, after in zip(line, [*line[1:], None], strict=True):
        if word == flag:
            return after
        if word.startswith(f"{flag}="):
            return word.partition("=")[2]
    return None


def _language(said: str | None, folder: Path) -> Lang:
    if said is None:
        from cli.opening import declared_language

        said = declared_language(folder)
    return "en" if (said or "vi").lower().startswith("en") else "vi"


def _one_of(value: str, flag: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise Stop(
            say("{flag}: “{value}” is not one of: {known}", flag=flag, value=value, known=", ".join(known)), Exit.USAGE
        )
    return value


def _instant(said: str | None) -> datetime | None:
    if said is None:
        return None
    try:
        instant = datetime.fromisoformat(said)
    except ValueError:
        raise Stop(
            say("--at: “{said}” is not an instant; write it like 2027-01-15T08:00", said=said), Exit.USAGE
        ) from None
    return instant if instant.tzinfo else instant.replace(tzinfo=_ZONE)


def _speaks_unicode() -> bool:
    return "utf" in (sys.stdout.encoding or "").lower()


def _speak_utf8() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _report() -> str:
    with tempfile.NamedTemporaryFile("w", prefix="quytrinh-", suffix=".txt", delete=False, encoding="utf-8") as file:
        file.write(f"{' '.join(sys.argv)}\n{os.getcwd()}\n\n{traceback.format_exc()}")  # noqa: PTH109 - text, not a path
        return file.name


if __name__ == "__main__":
    main()
