"""A paper as data: letterhead, blocks and signature, for the renderers that make DOCX and HTML of it."""

import re
from dataclasses import dataclass
from datetime import date

from procedures.words import say

#: A number as it is shown, a share with it, or the dash that stands for none.
_NUMBER = re.compile("-?[0-9]{1,3}([0-9]*|([.][0-9]{3})*)(,[0-9]+)?( ?%)?|[–—-]")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the largest below the title."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body; `indent` its first line, `lead` are its first words where these alone are bold."""

    text: str
    bold: bool = False
    italic: bool = False
    indent: bool = True
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; `ordered` ones are numbered."""

    items: tuple[str, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table; every row is as long as the header; `widths` are shares of the text width, equal when left out.

    One without a caption bears no number.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()

    @property
    def counts(self) -> tuple[bool, ...]:
        """Tell of each column but the first whether it has numbers alone: these stand at the right."""
        columns = [[row[at] for row in self.rows if row[at]] for at in range(1, len(self.header))]
        return False, *(bool(cells) and all(_NUMBER.fullmatch(cell) for cell in cells) for cells in columns)


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture and its twin in words: SVG for HTML, PNG for DOCX; without PNG the DOCX shows the twin alone.

    The twin may be left out only where another block says the same, as on all but the last page of a flowchart.
    """

    caption: str
    svg: bytes
    twin: Table | Bullets | None
    png: bytes | None = None
    width: float = 160.0  # millimetres


@dataclass(frozen=True, slots=True)
class Answer:
    """Empty lines to be written on by hand, each as long as the text is wide."""

    lines: int = 2


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block begins a new page."""


@dataclass(frozen=True, slots=True)
class Signatures:
    """Signature boxes side by side: what each signs as, and the name if it is known."""

    boxes: tuple[tuple[str, str], ...]

    @property
    def places(self) -> tuple[tuple[str, str], ...]:
        """The boxes from left to right; whoever signs alone signs in the right half, as NĐ 30/2020 has it."""
        return (("", ""), *self.boxes) if len(self.boxes) == 1 else self.boxes


@dataclass(frozen=True, slots=True)
class AnnexTitle:
    """An appendix begins, on a page of its own, with pages numbered anew: how it is called, its title, whose it is."""

    name: str
    title: str
    note: str = ""


Block = Heading | Paragraph | Bullets | Table | Figure | Answer | PageBreak | Signatures | AnnexTitle


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who issues the paper: superior (may be empty), issuer, number (None: not given yet), symbol, place and date."""

    issuer: str
    symbol: str
    place: str
    on: date | None
    superior: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: authority ("KT. GIÁM ĐỐC" is two lines), and the name without academic titles."""

    authority: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Document:
    """A whole paper. `kind` is its type ("Báo cáo"), `about` its trích yếu; `footer` is printed on every page.

    A `form` is filled in, so that nothing marks its end; `landscape` lays a wide table across the page. What belongs
    to the paper and is not signed with it follows in `annexes`, each from its `AnnexTitle` on. `enacts` is whoever
    decides, as a decision has it between its title and its articles.
    """

    kind: str
    about: str
    blocks: tuple[Block, ...]
    letterhead: Letterhead | None = None
    grounds: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    archive: str = ""
    signer: Signer | None = None
    footer: str = ""
    lang: str = "vi"
    form: bool = False
    landscape: bool = False
    annexes: tuple[Block, ...] = ()
    enacts: str = ""

    @property
    def title(self) -> str:
        """Return the name of the paper in one line."""
        return f"{self.kind} {self.about}".strip()


END_MARK = "./."


def table_caption(number: int, caption: str, lang: str) -> str:
    """Return the caption of a table with its number."""
    return say("Table {number}. {caption}", number=number, caption=caption).into("en" if lang == "en" else "vi")


def figure_caption(number: int, caption: str, lang: str) -> str:
    """Return the caption of a figure with its number."""
    return say("Figure {number}. {caption}", number=number, caption=caption).into("en" if lang == "en" else "vi")


def ended(text: str) -> str:
    """Return the last words of the body with the mark that nothing follows."""
    return text.rstrip(" .") + END_MARK


def grounds_line(number: int, document: Document) -> str:
    """Return one line of the grounds: each ends in a semicolon, the last in a full stop."""
    last = number == len(document.grounds) - 1
    return document.grounds[number].rstrip(" ;.") + ("." if last else ";")


def recipient_lines(document: Document) -> tuple[str, ...]:
    """Return the lines of nơi nhận, the archive last."""
    named = tuple(f"- {name.rstrip(' ;.')};" for name in document.recipients)
    return (*named, f"- Lưu: {document.archive.rstrip(' .')}.") if document.archive else named
