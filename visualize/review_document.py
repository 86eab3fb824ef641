"""A review pack as a paper: the inputs 9.3.2 in order, each figure with its count and cases, and blank places."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from engine.posts import ANY_UNIT
from procedures.vietnamese import day, moment, number
from procedures.words import Lang, Words, say
from quality.figure import Figure
from quality.periods import Period
from quality.review import ReviewPack
from quality.section import Asked, Cell, Listing, Section, Series, Topic
from quality.shown import shown
from visualize import charts, condensed
from visualize.brief import capital
from visualize.condensed import FEW, LONG, Annex, shares
from visualize.document import (
    AnnexTitle,
    Answer,
    Block,
    Bullets,
    Document,
    Heading,
    Letterhead,
    Paragraph,
    Signatures,
    Table,
)
from visualize.document import Figure as Drawn
from visualize.drawing import DrawingUnavailable, draw
from visualize.svg import svg

_HASH = 19
#: A longer set of cases, or list of seals, makes a paper that nobody reads or prints: it stands in the JSON beside it.
MOST_LISTED, _MOST_SEALS = 200, 1_000
#: What of the scope of a figure its name does not say.
_ABOUT = ("step", "unit", "target")


@dataclass(slots=True)
class _Behind:
    """The sets of cases behind the figures: each distinct set is printed once and has a name, H1 and on."""

    sets: dict[str, Sequence[str]] = field(default_factory=dict)
    definitions: dict[str, str] = field(default_factory=dict)
    alike: dict[tuple[int, str, str], list[str]] = field(default_factory=dict)

    def name(self, cases: Sequence[str]) -> str:
        if not cases:
            return ""
        # To hash a set would name all its cases; of as many with the same ends there are few others.
        alike = self.alike.setdefault((len(cases), cases[0], cases[-1]), [])
        known = next((name for name in alike if self.sets[name] == cases), None)
        if known is None:
            known = f"H{len(self.sets) + 1}"
            self.sets[known] = cases
            alike.append(known)
        return known


def review_document(pack: ReviewPack, lang: Lang = "vi") -> Document:
    """Return the printable pack of inputs of a management review."""
    behind, annex = _Behind(), Annex()
    body = _body(pack, annex, behind, lang)
    return Document(
        kind=say("Report").into(lang),
        about=say("inputs of the management review, {period}", period=pack.period.words).into(lang),
        letterhead=Letterhead(pack.agency, "BC", pack.place, pack.cut_off.date(), pack.superior),
        grounds=(say("{edition}, clause 9.3", edition=pack.edition).into(lang),),
        blocks=(
            *_frozen(pack, lang),
            *body,
            *_outputs(pack, lang),
            _signed(lang),
        ),
        annexes=(*annex.blocks, *_appendix(pack, annex, behind, lang)),
        archive="VT",
        lang=lang,
    )


def sets_of(pack: ReviewPack) -> dict[str, Sequence[str]]:
    """Return the cases of each set by the name that the paper gives it."""
    behind = _Behind()
    _body(pack, Annex(), behind, "vi")
    return behind.sets


def _body(pack: ReviewPack, annex: Annex, behind: _Behind, lang: Lang) -> list[Block]:
    return [block for section in pack.sections for block in _section(section, annex, behind, lang)]


def _frozen(pack: ReviewPack, lang: Lang) -> Iterator[Block]:
    said = say(
        "Figures of {period}, from what was recorded before {cut_off}; built again, they and the seal are the same"
        " unless something behind them was erased.",
        period=pack.period.words,
        cut_off=moment(pack.cut_off, lang),
    )
    yield Paragraph(said.into(lang), italic=True)
    yield Paragraph(say("Seal {digest}", digest=pack.digest).into(lang), italic=True, indent=False)
    told = say("A name such as H1 beside a figure is the set of cases behind it, listed in the last appendix.")
    yield Paragraph(told.into(lang), italic=True)


def _section(section: Section, annex: Annex, behind: _Behind, lang: Lang) -> Iterator[Block]:
    yield Heading(f"{section.clause.clause} {section.clause.name(lang)}")
    topics = [part for part in section.parts if isinstance(part, Topic)]
    many = len(topics) > FEW
    if many:
        rows = [
            (capital(topic.name.into(lang)), {f.key: _cell(f, behind, lang) for f in topic.figures}) for topic in topics
        ]
        yield condensed.overview(topics, rows, lang)
        yield annex.keep([_topic(topic, behind, lang) for topic in topics], lang)
    aside: list[Block] = []
    for part in section.parts:
        match part:
            case Topic() if not many:
                yield _topic(part, behind, lang)
            case Listing():
                yield from _listing(part, annex, behind, lang)
            case Series():
                # A chart without limits says little more than the summary of its process.
                drawn = list(_series(part, behind, lang))
                aside += [] if _limited(part) else drawn
                yield from drawn if _limited(part) else ()
            case _:
                pass
    if aside:
        yield annex.keep(aside, lang)
    yield from _asked(section.asked, lang)


def _limited(series: Series) -> bool:
    return series.chart is not None and series.chart.notice is None


def _topic(topic: Topic, behind: _Behind, lang: Lang) -> Block:
    caption = capital(topic.name.into(lang))
    if not topic.figures:
        return Paragraph(f"{caption}: {say('nothing to measure').into(lang)}")
    header = (say("Figure"), say("Value"), say("Cases"), say("Set"))
    mixed = len({figure.scope[:1] for figure in topic.figures}) > 1
    shown_of = ("procedure", *_ABOUT) if mixed else _ABOUT
    rows = tuple(_row(figure, behind, lang, shown_of) for figure in topic.figures)
    return Table(caption, tuple(word.into(lang) for word in header), rows, (5, 3, 1, 1))


def _row(figure: Figure, behind: _Behind, lang: Lang, shown_of: Sequence[str] = ()) -> tuple[str, ...]:
    name = capital(figure.name.into(lang))
    behind.definitions.setdefault(name, figure.definition.into(lang))
    about = [_unit(value, lang) for key, value in figure.scope if key in shown_of and value]
    return " – ".join([name, *about]), shown(figure, lang), str(figure.count), behind.name(figure.cases)


def _unit(name: str, lang: Lang) -> str:
    return say("several units").into(lang) if name == ANY_UNIT else name


def _listing(listing: Listing, annex: Annex, behind: _Behind, lang: Lang) -> Iterator[Block]:
    caption = capital(listing.name.into(lang))
    if not listing.rows:
        yield Paragraph(f"{caption}: {listing.empty.into(lang)}")
        return
    header = tuple(capital(word.into(lang)) for word in listing.header)
    rows = [tuple(_cell(cell, behind, lang) for cell in row) for row in listing.rows]
    whole = Table(caption, header, tuple(rows), shares(header, rows))
    if len(rows) <= LONG:
        yield whole
        return
    yield from condensed.counts(listing, lang)
    told = condensed.first(listing)
    if told:
        few = tuple(rows[number] for number in told)
        name = say("{list}: not met", list=listing.name).into(lang)
        yield Table(capital(name), header, few, shares(header, few))
    yield annex.keep([whole], lang)


def _cell(cell: Cell, behind: _Behind, lang: Lang) -> str:
    if isinstance(cell, Figure):
        _, value, _, name = _row(cell, behind, lang)
        return f"{value} ({name})" if name else value
    return cell.into(lang) if isinstance(cell, Words) else cell


def _series(series: Series, behind: _Behind, lang: Lang) -> Iterator[Block]:
    caption = capital(series.name.into(lang))
    header = (say("Period"), say("Value"), say("Cases"), say("Set"))
    told = tuple((_month(key), *_row(figure, behind, lang)[1:]) for key, figure in series.points)
    table = Table(caption, tuple(word.into(lang) for word in header), told)
    rows = [(_month(key), 100 * figure.value) for key, figure in series.points if figure.value is not None]
    chart = series.chart
    if chart is None:
        yield table
        return
    if chart.notice is None:
        limits = charts.Limits(chart.mean, chart.upper, chart.lower)
        yield _drawn(caption, charts.xmr(caption, "%", rows, limits, lang=lang), table)
    else:
        yield _drawn(caption, charts.line(caption, "%", rows, lang=lang), table)
        yield Paragraph(capital(chart.notice.into(lang)), italic=True)


def _drawn(caption: str, chart: charts.Chart, twin: Table) -> Block:
    try:
        return Drawn(caption, svg(chart.picture, links=False), twin, draw(chart.picture, "png"))
    except DrawingUnavailable:
        return twin


def _month(key: str) -> str:
    """Return the month of a point as people write it: 03/2026."""
    year, _, month = key.partition("-")
    return f"{month}/{year}"


def _asked(asked: Asked, lang: Lang) -> Iterator[Block]:
    what = asked.clause.ask(lang)
    if not asked.answers:
        said = say("asked from {role}, by {day}: {what}", role=asked.role, day=day(asked.by), what=what)
        yield Paragraph(capital(said.into(lang)), italic=True)
        yield Answer()
    for one in asked.answers:
        by = day(one.by) if one.by is not None else "—"
        said = say("asked from {who} in {case}, by {day}: {what}", who=one.who, case=one.case, day=by, what=what)
        yield Paragraph(capital(said.into(lang)), italic=True)
        yield Paragraph(one.text) if one.text else Answer()


def _outputs(pack: ReviewPack, lang: Lang) -> Iterator[Block]:
    yield Heading(say("Conclusions of the review").into(lang))
    for clause in pack.outputs:
        yield Paragraph(f"{clause.clause} {clause.name(lang)}", bold=True, indent=False)
        yield Answer()


def _appendix(pack: ReviewPack, annex: Annex, behind: _Behind, lang: Lang) -> Iterator[Block]:
    about = say("definitions, and the cases behind the figures")
    yield AnnexTitle(say("Appendix {number}", number=annex.count + 1).into(lang), about.into(lang))
    if behind.definitions:
        yield Bullets(tuple(f"{name}: {told}" for name, told in behind.definitions.items()))
    if behind.sets:
        header = (say("Set").into(lang), say("Cases").into(lang), say("Numbers of the cases").into(lang))
        rows = tuple((name, number(len(cases), lang, 0), _listed(cases)) for name, cases in behind.sets.items())
        yield Table(say("Cases behind the figures").into(lang), header, rows, (1, 1, 8))
        if any(len(cases) > MOST_LISTED for cases in behind.sets.values()):
            yield Paragraph(_elsewhere(pack).into(lang), italic=True)
    if len(pack.evidence) > _MOST_SEALS:
        yield Paragraph(_sealed(pack, lang).into(lang), italic=True)
    elif pack.evidence:
        yield _evidence(pack.evidence, lang)
    yield Paragraph(say("Calendar {hash}", hash=pack.calendar).into(lang), italic=True)


def _listed(cases: Sequence[str]) -> str:
    return ", ".join(cases) if len(cases) <= MOST_LISTED else f"{cases[0]}, {cases[1]}, …, {cases[-1]}"


def _elsewhere(pack: ReviewPack) -> Words:
    return say(
        "Of a set of more than {most} cases the first and the last are named; all of them are in the file {file}.",
        most=MOST_LISTED,
        file=f"{pack_name(pack.period)}.json",
    )


def _sealed(pack: ReviewPack, lang: Lang) -> Words:
    return say(
        "What the logs of {count} cases said before the cut-off, with the seal of each, is in the file {file}.",
        count=number(len(pack.evidence), lang, 0),
        file=f"{pack_name(pack.period)}.json",
    )


def pack_name(period: Period) -> str:
    """Return what the files of a pack are called, without their ending."""
    return f"xem-xet-cua-lanh-dao-{period.key}"


def _evidence(evidence: Sequence[tuple[str, int, str]], lang: Lang) -> Table:
    header = (say("Case"), say("Events before the cut-off"), say("Seal of the last event"))
    rows = tuple((case, str(seq), head[:_HASH]) for case, seq, head in evidence)
    caption = say("What the log of each case said before the cut-off").into(lang)
    return Table(caption, tuple(word.into(lang) for word in header), rows)


def _signed(lang: Lang) -> Block:
    boxes = (say("Written by"), say("Reviewed by"), say("Approved by"))
    return Signatures(tuple((box.into(lang), "") for box in boxes))
