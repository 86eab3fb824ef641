"""A plan and how it stands, as files."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from engine.agency import Agency
from procedures.text import slug
from procedures.words import Lang
from quality.programme.board import board, filed
from quality.programme.duties import kept
from quality.programme.plan import Issued
from visualize.docx import to_docx
from visualize.programme_document import board_document, board_sheet, plan_document
from visualize.xlsx import to_xlsx


def write_plan(agency: Agency, issued: Issued, folder: Path, lang: Lang) -> Iterator[Path]:
    """Write an issued plan as a paper."""
    names = agency.settings
    paper = to_docx(plan_document(issued, names.superior, names.place, lang))
    yield _written(folder, f"{slug(issued.plan.code)}.docx", paper)


def write_board(agency: Agency, issued: Issued, now: datetime, folder: Path, lang: Lang) -> Iterator[Path]:
    """Write how a plan stands as a paper and as a sheet."""
    with agency.store.reading() as reader:
        rows = board(reader, agency, issued, now)
    at, name = now.astimezone(agency.calendar.zone), f"{slug(issued.plan.code)}-tien-do"
    asked = filed(rows, issued.plan.code, kept(agency).current())
    sheet = board_sheet(issued, rows, at, lang)
    yield _written(folder, f"{name}.docx", to_docx(board_document(issued, rows, asked, at, lang)))
    yield _written(folder, f"{name}.xlsx", to_xlsx([sheet], sheet.title, issued.plan.unit))


def _written(folder: Path, name: str, content: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(content)
    return path
