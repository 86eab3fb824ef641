"""What a run shows in the console of Prefect: the lines it told the operator, as a table, and links to what it made."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from prefect.artifacts import acreate_link_artifact, acreate_table_artifact

from engine.journal import LOG

Line = dict[str, object]
#: A table that somebody reads has no more rows than this.
_ROWS = 200


class _Ear(logging.Handler):
    """Keeps what is noted."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines: list[Line] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line."""
        self.lines.append({"event": record.getMessage(), **getattr(record, "told", {})})


@contextmanager
def told() -> Iterator[list[Line]]:
    """Collect what is noted meanwhile."""
    ear, before = _Ear(), LOG.level
    LOG.addHandler(ear)
    LOG.setLevel(logging.INFO)
    try:
        yield ear.lines
    finally:
        LOG.removeHandler(ear)
        LOG.setLevel(before)


async def shown(key: str, lines: Sequence[Line]) -> None:
    """Make a table of lines, and a link of each file that they name; nothing for no lines."""
    if lines:
        columns = list(dict.fromkeys(name for line in lines for name in line))
        rows = [{name: _cell(line.get(name)) for name in columns} for line in lines[:_ROWS]]
        await acreate_table_artifact(rows, key=key, description=f"{len(lines)} lines")
    for line in lines:
        if "file" in line:
            link, name = _link(str(line["file"]))
            await acreate_link_artifact(link, link_text=name, key=f"{key}-file")


def _link(file: str) -> tuple[str, str]:
    path = Path(file).resolve()
    return path.as_uri(), path.name


def _cell(value: object) -> str:
    return "" if value is None else str(value)
