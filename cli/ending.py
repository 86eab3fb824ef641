"""How a run ends when it does not end well: the sentence for people, the exit code, and a report for a bug of ours."""

import errno
import sys
from collections.abc import Sequence

import typer

from cli.exits import Exit, Stop
from cli.usage import is_help, usage_words
from procedures.words import Lang, Words, say


def ended(fault: BaseException, typed: Sequence[str], lang: Lang) -> int:
    """Say a fault on standard error and return the exit code of its kind."""
    words, code = _judged(fault)
    if code is Exit.BUG:
        words = say("a fault in quytrinh itself; please send this report: {path}", path=_report(fault, typed))
    if isinstance(fault, typer.TyperException) and is_help(fault):
        print(fault.format_message(), file=sys.stderr)
    elif words is not None:
        said = words.into(lang)
        print(_plain(said) if "--ascii" in typed else said, file=sys.stderr)
    return int(code)


def _judged(fault: BaseException) -> tuple[Words | None, Exit]:
    match fault:
        case Stop():
            return fault.words, fault.code
        case typer.TyperException():
            return say("{fault} — try: quytrinh --help", fault=usage_words(fault)), Exit.USAGE
        case KeyboardInterrupt() | typer.Abort():
            return say("interrupted; nothing is half written"), Exit.INTERRUPTED
        case FileNotFoundError() | IsADirectoryError() | NotADirectoryError() if fault.filename:
            return say("there is no such file or folder: {path}", path=fault.filename), Exit.USAGE
        case OSError():
            return _said_no(fault), Exit.ENVIRONMENT
        case UnicodeDecodeError():
            return say("the file is not UTF-8 text: {fault}", fault=fault), Exit.CONTENT
    return _unavailable(fault) or _refused_by_the_shelf(fault)


def _said_no(fault: OSError) -> Words:
    if fault.errno in {errno.ENOSPC, errno.EDQUOT}:
        return say("the disk is full, not all was written; make room and do it again")
    if isinstance(fault, PermissionError) and fault.filename:
        return say("{path} may not be read or written; run this as who owns the folder", path=fault.filename)
    return say("the machine said no: {fault}", fault=fault)


def _unavailable(fault: BaseException) -> tuple[Words, Exit] | None:
    """Judge what keeps the store from serving: a state of the machine, the disk or the server."""
    if "engine.trouble" in sys.modules:
        from engine.trouble import Trouble

        if isinstance(fault, Trouble):
            return fault.words, Exit.ENVIRONMENT
    return None


def _refused_by_the_shelf(fault: BaseException) -> tuple[Words | None, Exit]:
    """Judge what the shelf says: a release altered behind our back stops every command that needs it."""
    if "procedures.release" in sys.modules:
        from procedures.release import ShelfRefusal

        if isinstance(fault, ShelfRefusal):
            return fault.words, Exit.CONTENT
    if "engine.ledger.refusing" in sys.modules:
        from engine.ledger.refusing import LedgerRefusal

        if isinstance(fault, LedgerRefusal):
            return fault.words, Exit.CONTENT
    return None, Exit.BUG


def _plain(text: str) -> str:
    from procedures.text import to_ascii

    return to_ascii(text)


def masked(typed: Sequence[str]) -> list[str]:
    """Return a command line without the values of its flags: the commands and the names of the flags stay."""
    shown: list[str] = []
    for before, word in zip(["", *typed], typed, strict=False):
        flag = word.startswith("-")
        shown.append(word.partition("=")[0] if flag else "…" if before.startswith("-") else word)
    return shown


def _report(fault: BaseException, typed: Sequence[str]) -> str:
    import tempfile
    import traceback
    from pathlib import Path

    # What people enter may be personal: the report says where it happened and of which kind, not what was typed.
    lines = ["Traceback (most recent call last):\n", *traceback.format_tb(fault.__traceback__), type(fault).__name__]
    told = "".join(lines)
    with tempfile.NamedTemporaryFile("w", prefix="quytrinh-", suffix=".txt", delete=False, encoding="utf-8") as file:
        file.write(f"quytrinh {' '.join(masked(typed))}\n{Path.cwd()}\n\n{told}\n")
        return file.name
