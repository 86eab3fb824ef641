"""What pages are made of, as plain data in the reader's language: tags, cells, tables, and the page itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Tag:
    """How something stands with its time: a look (`safe near slow late paused plain bold`), a word, and more words."""

    look: str
    word: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: text, where it leads, a tag before it, a note below it; `vi` text stays Vietnamese in every language.

    What has `rows` shows them one below the other in the place of the text.
    Where `pick` is something, the cell can be ticked, and that is what is sent for it; `picked` is ticked already.
    """

    text: str = ""
    href: str = ""
    tag: Tag | None = None
    note: str = ""
    vi: bool = False
    pick: str = ""
    picked: bool = False
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column; `number` columns stand to the right."""

    text: str
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; the first cell of a row names it; `anchors` are ids of rows, as many as rows or none."""

    caption: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere; `here` marks the one that is shown now, `live` names the count that follows it."""

    text: str
    href: str
    here: bool = False
    live: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One of the choices of a field: its words, what is sent for it, and whether it is chosen."""

    text: str
    value: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its template, its title, what the template shows, and the HTTP status."""

    template: str
    title: str
    shows: Mapping[str, object] = field(default_factory=dict)
    status: int = 200


@dataclass(frozen=True, slots=True)
class File:
    """A file to keep; its content, or where that lies."""

    name: str
    kind: str
    content: bytes | Path
