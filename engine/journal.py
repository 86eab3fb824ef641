"""What the program tells its operator: one JSON object a line, with ids of cases and commands and no personal data."""

import json
import logging
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import TextIO

LOG = logging.getLogger("quytrinh")


def heard() -> bool:
    """Tell whether somebody has asked for what is noted; where nobody has, it need not be put together."""
    return LOG.isEnabledFor(logging.INFO)


def note(event: str, **what: object) -> None:
    """Write a line, where somebody has asked for them; what is told must not name people or entered values."""
    if heard():
        LOG.info(event, extra={"told": what})


def warn(event: str, **what: object) -> None:
    """Write a line about something that somebody should look at."""
    LOG.warning(event, extra={"told": what})


def relay(level: int, event: str, what: Mapping[str, object]) -> None:
    """Write a line that another process of ours has told."""
    if LOG.isEnabledFor(level):
        LOG.log(level, event, extra={"told": what})


def listen(hear: Callable[[int, str, Mapping[str, object]], None]) -> None:
    """Hand on what is noted in this process, instead of writing it: level, event and what is told of it."""

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            hear(record.levelno, record.getMessage(), _told(record))

    root = logging.getLogger()
    root.handlers[:] = [Ear()]
    root.setLevel(logging.WARNING)
    LOG.setLevel(logging.INFO)


def write_lines(stream: TextIO | None = None) -> None:
    """Let what is noted here, and what libraries warn of, come out as JSON lines."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    LOG.setLevel(logging.INFO)


class JsonLines(logging.Formatter):
    """One record as one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; an exception is told by its kind and place, because its text may quote people."""
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": record.getMessage(),
            **_told(record),
        }
        return json.dumps(told, ensure_ascii=False, default=str)


def _told(record: logging.LogRecord) -> dict[str, object]:
    told: dict[str, object] = {**getattr(record, "told", {})}
    if record.exc_info and record.exc_info[0] is not None:
        told["fault"] = record.exc_info[0].__name__
        told["place"] = _place(record)
    return told


def _place(record: logging.LogRecord) -> str:
    trace = record.exc_info[2] if record.exc_info else None
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace is not None else ""
