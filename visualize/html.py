"""A paper as one self-contained HTML page that prints on A4; for reading, the DOCX is the legal form."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from visualize.dateline import so
from visualize.document import (
    END_MARK,
    Block,
    Document,
    Figure,
    Paragraph,
    Signatures,
    Table,
    ended,
    figure_caption,
    grounds_line,
    recipient_lines,
    table_caption,
)
from visualize.docx_head import COUNTRY, MOTTO, dateline


@dataclass(frozen=True, slots=True)
class _Part:
    """A block with what the template cannot know: its kind, numbered caption, text with the end mark, and picture."""

    kind: str
    block: Block | None
    caption: str = ""
    text: str = ""
    svg: str = ""
    twin: str = ""
    twin_caption: str = ""


def to_html(document: Document) -> str:
    """Return the paper as an HTML document without any outside resource or script."""
    head, parts = document.letterhead, list(_parts(document))
    return (
        _environment()
        .get_template("document.html")
        .render(
            document=document,
            parts=parts[: len(parts) - len(document.annexes)],
            annexes=parts[len(parts) - len(document.annexes) :],
            country=COUNTRY,
            motto=MOTTO,
            number=so(head.number, head.symbol) if head else "",
            dateline=dateline(head) if head else "",
            grounds=[grounds_line(number, document) for number in range(len(document.grounds))],
            recipients=recipient_lines(document),
        )
    )


def _parts(document: Document) -> Iterator[_Part]:
    tables = figures = 0
    last = (
        -1
        if document.form
        else max((n for n, block in enumerate(document.blocks) if not isinstance(block, Signatures)), default=-1)
    )
    for number, block in enumerate((*document.blocks, *document.annexes)):
        kind = type(block).__name__
        if isinstance(block, Table):
            tables += bool(block.caption)
            yield _Part(kind, block, table_caption(tables, block.caption, document.lang) if block.caption else "")
        elif isinstance(block, Figure):
            figures += 1
            tables += isinstance(block.twin, Table)
            yield _figure(block, figures, tables, document.lang)
        elif isinstance(block, Paragraph):
            yield _Part(kind, block, text=ended(block.text) if number == last else block.text)
        else:
            yield _Part(kind, block)
        if number == last and not isinstance(block, Paragraph):
            yield _Part("End", None, text=END_MARK)


def _figure(block: Figure, figures: int, tables: int, lang: str) -> _Part:
    twin = table_caption(tables, block.twin.caption, lang) if isinstance(block.twin, Table) else ""
    # The SVG is ours: written by lxml from words it escaped itself.
    picture = Markup(block.svg.decode())  # noqa: S704
    caption = figure_caption(figures, block.caption, lang)
    return _Part("Figure", block, caption, svg=picture, twin=type(block.twin).__name__, twin_caption=twin)


@cache
def _environment() -> Environment:
    folder = Path(__file__).parent / "templates"
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=False,
        lstrip_blocks=False,
    )
