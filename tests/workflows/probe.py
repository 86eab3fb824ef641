"""A flow whose runs can be counted without asking Prefect: each writes a line."""

from pathlib import Path

from prefect import flow


@flow(name="probe")
async def probe(file: str) -> None:
    with Path(file).open("a", encoding="utf-8") as lines:  # noqa: ASYNC230 - one short line
        lines.write("ran\n")
