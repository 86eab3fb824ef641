"""The demonstration from end to end: build, play, draw, measure, review, and say it to a leader in a page."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from cli.demo.build import build
from cli.demo.play import Year
from cli.demo.programme import Programme
from cli.demo.world import World
from cli.desk import Desk
from engine.agency import Agency
from engine.salts import salts_from
from procedures.words import Words, say

if TYPE_CHECKING:
    from collections.abc import Callable

    from quality.periods import Period


@dataclass(frozen=True)
class Shown:
    """What the demonstration made: the year as it was played, and the files."""

    year: Year
    files: tuple[Path, ...]


def run(desk: Desk, folder: Path, *, cases: int, seed: int, year: int, serve: bool) -> None:
    """Run the whole demonstration into `folder` and print its summary; then serve it where the web exists."""
    began = time.monotonic()
    desk.tell(say("checking and issuing every procedure…"))
    agency = build(desk, folder, year)
    played = _play(desk, agency, cases, seed, year)
    agency.store.close()
    there = Desk(root=folder, lang=desk.lang, color=desk.color, ascii=desk.ascii, quiet=desk.quiet)
    files = tuple(_outputs(there, played, folder, year))
    from cli.demo.summary import summary

    text = summary(there, Shown(played, files), year)
    (folder / "tom-tat.txt").write_text(text + "\n", encoding="utf-8")
    if desk.json:
        desk.put_json({"year": year, "folder": str(folder), "files": [str(path) for path in files], "summary": text})
    else:
        desk.put(text)
    desk.tell(say("took {seconds} s", seconds=round(time.monotonic() - began)))
    if serve:
        from cli.serving import serve_folder

        serve_folder(there)


def _play(desk: Desk, agency: Agency, cases: int, seed: int, year: int) -> Year:
    procedures = {one.code: one.procedure for one in agency.shelf.all()}
    world = World(year, cases, Random(seed), agency.organisation, agency.calendar, procedures)  # noqa: S311 - a game
    played = Year(agency, world, programme=Programme(agency, Random(f"programme {seed}"), year))  # noqa: S311
    chance = Random(f"salts {seed}")  # noqa: S311 - the same seed plays the same year to the byte
    progress = _progress(desk, say("playing the year {year}", year=year), len(world.working_days))
    with progress as step, salts_from(lambda: f"{chance.getrandbits(128):032x}"):
        played.play(step)
    return played


def _outputs(desk: Desk, played: Year, folder: Path, year: int) -> Iterator[Path]:
    from cli.demo.books import write_books, write_minutes
    from cli.demo.programme import write
    from cli.demo.report import write_figures
    from cli.demo.system import Reading, write_system
    from cli.procedure_files import draw, render_case
    from visualize.review_forms import write_pack

    releases = desk.agency.shelf.all()
    period = _year(desk, year)
    with _progress(desk, say("drawing, measuring, writing"), len(releases) + 5) as step:
        for release in releases:
            (folder / "luu-do").mkdir(exist_ok=True)
            yield from _renamed(draw(desk, release.procedure, "svg", "luu-do", folder / "luu-do"), "-luu-do")
            yield from draw(desk, release.procedure, "svg", "lan-boi", folder / "luu-do")
            step()
        case = _telling_case(desk)
        if case is not None:
            desk.at = played.world.end
            yield from render_case(desk, case, "luu-do", folder / "ho-so")
        step()
        yield from write_figures(desk, period, folder / "chi-tieu")
        step()
        yield from write_pack(desk.agency, period, period.end, folder / "xem-xet", desk.lang)
        yield from write_minutes(desk, folder / "xem-xet")
        step()
        yield from write_books(desk, period, folder / "so")
        step()
        yield from write(desk.agency, year, period.end - timedelta(minutes=1), folder, desk.lang)
        yield from write_system(Reading(desk.agency, desk.lang, played.world.end), period, folder)
        step()


def _renamed(paths: list[Path], suffix: str) -> Iterator[Path]:
    for path in paths:
        yield path.replace(path.with_stem(f"{path.stem}{suffix}"))


def _telling_case(desk: Desk) -> str | None:
    """Return the case that shows most upon its flowchart: the one with the most attempts."""
    with desk.agency.store.reading() as reader:
        cases = [case for case in reader.cases() if case.series == "HS"]
    return max(cases, key=lambda case: (len(case.items), case.id)).id if cases else None


def _year(desk: Desk, year: int) -> "Period":
    from quality.periods import parse

    return parse(str(year), desk.agency.calendar.zone)


@contextmanager
def _progress(desk: Desk, words: Words, total: int) -> Iterator["Callable[[], None]"]:
    """Show a progress bar on standard error; nothing where nobody looks."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=console, disable=desk.quiet or not console.is_terminal) as progress:
        task = progress.add_task(desk.text(words), total=total)
        if not console.is_terminal:
            desk.tell(f"{desk.text(words)}…")
        yield lambda: progress.advance(task)
