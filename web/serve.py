"""Serving an agency's folder: `python -m web.serve FOLDER`."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from datetime import datetime
from pathlib import Path

import uvicorn

from engine.agency import SETTINGS, Agency, Unusable, open_agency
from engine.journal import write_lines
from procedures.words import Lang
from quality.clockwork import Clockwork
from web.app import make_app

#: How many seconds what has begun may still take when the site is ended.
_PATIENCE = 5


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until interrupted; returns 2 for a folder that cannot be served."""
    asked = _parser().parse_args(arguments)
    lang: Lang = "en" if asked.lang == "en" else "vi"
    at: datetime | None = asked.at
    if not (asked.folder / SETTINGS).exists():
        sys.stderr.write(f"{asked.folder}: no {SETTINGS}\n")
        return 2
    try:
        agency = open_agency(asked.folder)
    except Unusable as fault:
        sys.stderr.writelines(f"{finding.message.into(lang)}\n" for finding in fault.findings)
        return 2
    write_lines()
    app = make_app(agency, lang, (lambda: at) if at is not None else None)
    with suppress(KeyboardInterrupt), _kept_going(agency) if asked.clockwork else nullcontext():
        uvicorn.run(
            app,
            host=asked.host,
            port=asked.port,
            log_config=None,
            server_header=False,
            timeout_graceful_shutdown=_PATIENCE,  # streams of counts would never end by themselves
        )
    return 0


@contextmanager
def _kept_going(agency: Agency) -> Iterator[None]:
    """Keep deadlines and do errands beside the site, in this very program."""
    clockwork = Clockwork(agency)
    clockwork.start()
    try:
        yield
    finally:
        clockwork.stop(_PATIENCE)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m web.serve", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--lang", choices=("vi", "en"), default="vi")
    parser.add_argument("--clockwork", action="store_true", help="keep deadlines and do errands besides")
    parser.add_argument("--at", type=_instant, default=None, help="the instant that counts as now, with its zone")
    return parser


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text} has no time zone")
    return at


if __name__ == "__main__":
    sys.exit(main())
