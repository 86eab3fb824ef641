"""What is short enough for the body of a review pack, and the annexes that keep the whole of what is not."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from procedures.words import Lang, Words, say
from quality.section import Listing, Topic
from visualize.brief import capital
from visualize.document import AnnexTitle, Block, Paragraph, Table
from visualize.typeset import PRINT, width

#: More tables of figures than this in one section are told as one row each.
FEW = 3
#: A list with more rows than this goes to an annex.
LONG = 15
#: The figures of a process that fit into one row of an overview, by key.
_OVERVIEW = ("case.received", "case.completed", "case.open", "case.on_time", "case.returned")
#: The columns of a long list whose values are counted for the body, by what heads them.
_COUNTED = frozenset({"met", "source", "stands at", "result"})
_NOT_MET = "not met"


#: Of a table on an upright page, in millimetres: how wide it is, what Word keeps free in a cell, how wide the narrowest
#: column is, up to where a word keeps its column whole, and from where more text only makes a row higher.
_TEXT, _PAD, _NARROW, _WORD, _MUCH = 160.0, 4.8, 6.0, 34.0, 70.0
_SIZE = 11.0


@dataclass(slots=True)
class Annex:
    """The annexes so far, and how many they are."""

    blocks: list[Block] = field(default_factory=list)
    count: int = 0

    def keep(self, blocks: Sequence[Block], lang: Lang) -> Paragraph:
        """Put `blocks` into a new annex and return the sentence that sends the reader there."""
        self.count += 1
        name = _name(blocks, lang)
        self.blocks += [AnnexTitle(say("Appendix {number}", number=self.count).into(lang), name), *blocks]
        said = say("All of it, with the cases behind each figure: Appendix {number}.", number=self.count)
        return Paragraph(said.into(lang), italic=True)


def _name(blocks: Sequence[Block], lang: Lang) -> str:
    tables = [block for block in blocks if isinstance(block, Table)]
    if len(tables) == 1 == len(blocks):
        return tables[0].caption[:1].lower() + tables[0].caption[1:]
    charts = any(not isinstance(block, Table) for block in blocks)
    return (say("figures month by month") if charts else say("figures of each procedure")).into(lang)


def overview(topics: Sequence[Topic], rows: Sequence[tuple[str, Mapping[str, str]]], lang: Lang) -> Table:
    """Return one row for each topic with the figures that matter most; `rows` are names and cells by key of figure."""
    names = {figure.key: figure.name for topic in topics for figure in topic.figures}
    keys = [key for key in _OVERVIEW if key in names]
    header = (capital(say("procedure").into(lang)), *(capital(names[key].into(lang)) for key in keys))
    told = tuple((name, *(cells.get(key, "–") for key in keys)) for name, cells in rows)
    return Table(say("Processes in the period").into(lang), header, told, (4.0, *(1.5,) * len(keys)))


def counts(listing: Listing, lang: Lang) -> Iterator[Paragraph]:
    """Say how many rows a long list has, and how many of each kind where a column tells kinds apart."""
    said = say("{list}: {count} rows", list=listing.name, count=len(listing.rows))
    yield Paragraph(capital(said.into(lang)) + ".", indent=False)
    for at, head in enumerate(listing.header):
        if head.template in _COUNTED:
            found = Counter(_text(row[at], lang) for row in listing.rows)
            told = "; ".join(f"{value or '—'} {count}" for value, count in found.most_common())
            yield Paragraph(f"{capital(head.into(lang))}: {told}.", indent=False)


def _text(cell: object, lang: Lang) -> str:
    return cell.into(lang) if isinstance(cell, Words) else str(cell)


def first(listing: Listing) -> list[int]:
    """Return the numbers of the rows that a reader must see: those that were not met."""
    return [
        number
        for number, row in enumerate(listing.rows)
        if any(isinstance(cell, Words) and cell.template == _NOT_MET for cell in row)
    ]


def shares(header: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """Return how wide each column should be, in mm: as its longest word, and more where there is much to read."""
    least, more = [], []
    for at, head in enumerate(header):
        cells = [row[at] for row in rows if row[at]]  # how many are empty says nothing of how wide it must be
        words = {word for cell in cells for word in cell.split()}
        word = max(
            *(width(word, _SIZE, PRINT, bold=True) for word in head.split() or [""]),
            *(width(word, _SIZE, PRINT) for word in words),
            _NARROW,
        )
        much = sum(width(cell, _SIZE, PRINT) for cell in cells) / max(1, len(cells))
        least.append(min(word, _WORD) + _PAD)
        more.append(max(0.0, min(much, _MUCH) + _PAD - least[-1]))
    spare = max(0.0, _TEXT - sum(least))
    return tuple(own + spare * much / (sum(more) or 1.0) for own, much in zip(least, more, strict=True))
