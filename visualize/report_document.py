"""A unit's report as a paper of NĐ 30/2020 and as a sheet: own figures, those from below, the sum, who is missing."""

from collections.abc import Iterator

from procedures.vietnamese import day
from procedures.words import Lang, Words, say
from quality.figure import Figure
from quality.reports.owed import period_words
from quality.reports.pack import UnitReport
from visualize.brief import capital
from visualize.document import Answer, Block, Bullets, Document, Heading, Letterhead, Paragraph, Signer, Table
from visualize.sheet import Cell, Column, Sheet

_HASH = 19


def report_document(report: UnitReport, superior: str, place: str, lang: Lang = "vi") -> Document:
    """Return the report as a paper; its number, day and signature are left to be written."""
    about = report.kind.about or report.kind.name
    return Document(
        kind=say("Report").into(lang),
        about=capital(say("{about}, {period}", about=about, period=period_words(report.period)).into(lang)),
        letterhead=Letterhead(report.unit, "BC", place, None, superior),
        addressees=(report.to,) if report.to else (),
        blocks=tuple(_blocks(report, lang)),
        recipients=(say("As above").into(lang),) if report.to else (),
        archive="VT",
        signer=Signer((say("Head of the unit").into(lang),), ""),
        lang=lang,
    )


def report_sheet(report: UnitReport, lang: Lang = "vi") -> Sheet:
    """Return the report as one table: a row for each unit, a column for each figure, the sum last."""
    heads = (say("no."), say("unit"), say("figures up to"))
    columns = (
        Column(capital(heads[0].into(lang)), "number", 6),
        Column(capital(heads[1].into(lang)), width=34),
        Column(capital(heads[2].into(lang)), "day", 14),
        *(Column(capital(figure.name.into(lang)), "number", 10) for figure in report.own),
    )
    rows: list[tuple[Cell, ...]] = [(1, report.unit, report.until, *_values(report.own))]
    rows += [(number, part.unit, part.until, *_values(part.figures)) for number, part in enumerate(report.parts, 2)]
    rows += [
        (number, say("{unit}: not sent", unit=unit).into(lang), None, *(None for _ in report.own))
        for number, unit in enumerate(report.missing, len(report.parts) + 2)
    ]
    rows.append((None, say("Sum").into(lang), None, *_values(report.total)))
    return Sheet(
        name=report.kind.code,
        title=say(
            "{name} of {unit}, {period}", name=report.kind.name, unit=report.unit, period=period_words(report.period)
        ).into(lang),
        columns=columns,
        rows=tuple(rows),
        issuer=(report.unit.upper(),),
        lines=(_frozen(report).into(lang),),
        notes=tuple(say("{unit}: not sent", unit=unit).into(lang) for unit in report.missing),
        frozen=2,
        lang=lang,
    )


def _blocks(report: UnitReport, lang: Lang) -> Iterator[Block]:
    yield Paragraph(say("{unit} reports the following.", unit=report.unit).into(lang))
    yield Paragraph(_frozen(report).into(lang))
    yield Paragraph(say("Seal of the figures: {digest}", digest=report.digest[:_HASH]).into(lang), italic=True)
    yield Heading(say("1. Results").into(lang))
    yield from _results(report, lang)
    yield Heading(say("2. Units that sent their report").into(lang))
    yield from _parts(report, lang)
    yield Heading(say("3. Difficulties and proposals").into(lang))
    yield Answer(3)


def _results(report: UnitReport, lang: Lang) -> Iterator[Block]:
    header = (say("Figure"), say("Own"), say("From below"), say("Sum"))
    below = [sum(_number(part.figures[place]) for part in report.parts) for place in range(len(report.own))]
    rows = tuple(
        (capital(own.name.into(lang)), str(_number(own)), str(lower), str(_number(both)))
        for own, lower, both in zip(report.own, below, report.total, strict=True)
    )
    yield Table(
        say("Results of the period").into(lang), tuple(head.into(lang) for head in header), rows, (5, 1.5, 1.8, 1.5)
    )
    late, done = _number(report.total[3]), _number(report.total[2])
    if done:
        share = say("{count} of {all} cases that ended were on time.", count=done - late, all=done)
        yield Paragraph(share.into(lang))


def _parts(report: UnitReport, lang: Lang) -> Iterator[Block]:
    if not report.parts and not report.missing:
        yield Paragraph(say("No unit below has to send this report.").into(lang))
        return
    if report.parts:
        header = (
            say("Unit"),
            say("Case"),
            say("Figures up to"),
            say("Taken in"),
            say("Finished"),
            say("Finished late"),
        )
        rows = tuple(
            (part.unit, part.case, day(part.until), *(str(_number(part.figures[place])) for place in (1, 2, 3)))
            for part in report.parts
        )
        caption = say("Reports that were summed up").into(lang)
        yield Table(caption, tuple(head.into(lang) for head in header), rows, (4, 2, 1.8, 1.3, 1.5, 1.3))
    if report.missing:
        told = say("Not sent, and therefore not in the sum ({count} units):", count=len(report.missing))
        yield Paragraph(told.into(lang))
        yield Bullets(report.missing)
    else:
        yield Paragraph(say("All units that had to have sent theirs.").into(lang))


def _frozen(report: UnitReport) -> Words:
    return say(
        "Figures of {period}, up to the end of {day}.", period=period_words(report.period), day=day(report.until)
    )


def _values(figures: tuple[Figure, ...]) -> tuple[Cell, ...]:
    return tuple(_number(figure) for figure in figures)


def _number(figure: Figure) -> int:
    return int(figure.value or 0)
