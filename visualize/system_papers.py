"""The papers of declarations and inspections: a declaration with its annex, the checklist and minutes of a visit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from procedures.release import Release
from procedures.vietnamese import day
from procedures.words import Lang, say
from quality.audits.requirements import JUDGEMENTS
from quality.declarations.declared import Declaration
from quality.inspections.inspection import Inspection, contents
from quality.nonconformity import Nonconformity
from visualize.brief import capital
from visualize.case_words import Reading, name_of
from visualize.document import (
    AnnexTitle,
    Block,
    Document,
    Heading,
    Letterhead,
    Paragraph,
    Signatures,
    Signer,
    Table,
)
from visualize.docx_head import dateline


@dataclass(frozen=True, slots=True)
class Visit:
    """What the papers of one inspection are made from."""

    reading: Reading
    inspection: Inspection
    findings: Sequence[Nonconformity] = ()


def declaration_paper(reading: Reading, one: Declaration, listed: Sequence[Release]) -> Document:
    """Return the decision that declares the system, with the annex of procedures."""
    lang = reading.lang
    number, _, symbol = one.decision.partition("/")
    units = ", ".join(one.units) or reading.agency.settings.agency
    head = replace(_head(reading, symbol or "QĐ", one.day), number=int(number) if number.isdigit() else None)
    about = say(
        "declaring the quality management system of {units} in conformity with {standard}",
        units=units,
        standard=one.standard,
    )
    heads = (say("No."), say("Code"), say("Name"), say("Issue"))
    names = {release.name: release.procedure.name for release in listed}
    rows = tuple(
        (str(place), code, names.get(f"{code}@{issue}", ""), str(issue))
        for place, (code, issue) in enumerate(sorted(one.listed.items()), 1)
    )
    told = (
        say(
            "Article 1. The system of {units} is declared to conform to {standard} for the procedures of the annex.",
            units=units,
            standard=one.standard,
        ),
        say("Article 2. It is announced to the lead agency in writing, posted and published on the web site."),
        say("Article 3. Heads of units and those concerned carry this decision out."),
    )
    return Document(
        kind=say("Decision").into(lang),
        about=about.into(lang),
        letterhead=head,
        enacts=f"{_post(reading)} {head.issuer}",
        grounds=(
            say("by decision 19/2014/QĐ-TTg, article 4").into(lang),
            say("by circular 26/2014/TT-BKHCN").into(lang),
        ),
        blocks=(*(_article(words.into(lang)) for words in told),),
        annexes=(
            AnnexTitle(
                say("Annex").into(lang), say("procedures in the scope of the system").into(lang), _of(head, one, lang)
            ),
            Table("", tuple(word.into(lang) for word in heads), rows, (1, 2.4, 9, 1.2)),
        ),
        signer=Signer((_post(reading),), one.signatory),
        recipients=tuple(filter(None, (one.notified, one.posted))),
        archive="VT",
        lang=lang,
    )


def _article(text: str) -> Paragraph:
    """Return an article with its number in bold: `Điều 1.`."""
    number, _, rest = text.partition(". ")
    return Paragraph(rest, lead=f"{number}.")


def _of(head: Letterhead, one: Declaration, lang: Lang) -> str:
    """Say which decision an annex belongs to."""
    on = dateline(replace(head, place="")).removeprefix(", ") if one.day else "……"
    told = say("(With decision {number} of {unit}, {day})", number=one.decision or "……", unit=head.issuer, day=on)
    return told.into(lang)


def _post(reading: Reading) -> str:
    """Return as what the head of the agency signs."""
    units = {unit.name: unit for unit in reading.agency.organisation.units}
    heads = units[reading.agency.settings.agency].heads if reading.agency.settings.agency in units else ()
    return heads[0] if heads else say("Head of the agency").into(reading.lang)


def visit_checklist(visit: Visit) -> Document:
    """Return the contents of an inspection, to be written on."""
    lang = visit.reading.lang
    return Document(
        kind=say("Contents of the inspection").into(lang),
        about=_about(visit),
        letterhead=_head(visit.reading, "PKT", None),
        grounds=(say("by circular 26/2014/TT-BKHCN, article 36").into(lang),),
        blocks=(*_told(visit), _contents(visit, judged=False, lang=lang)),
        lang=lang,
        form=True,
    )


def minutes(visit: Visit) -> Document:
    """Return the minutes (biên bản): who, when, each content as it was judged, advice, and by when it is put right."""
    lang, one = visit.reading.lang, visit.inspection
    by = one.corrective_by
    boxes = ((say("For the inspected unit").into(lang), ""), (say("Lead inspector").into(lang), _lead(visit)))
    return Document(
        kind=say("Minutes").into(lang),
        about=_about(visit),
        letterhead=_head(visit.reading, "BB", one.signed or one.held),
        grounds=(say("by circular 26/2014/TT-BKHCN, articles 36 and 37").into(lang),),
        blocks=(
            *_told(visit),
            Heading(say("Contents that were looked at").into(lang)),
            _contents(visit, judged=True, lang=lang),
            *_findings(visit),
            Heading(say("Advice").into(lang)),
            Paragraph(one.advice or say("none").into(lang)),
            *(_put_right(by, lang) if by or visit.findings else ()),
            Paragraph(say("Made in two copies of the same value, one for each side.").into(lang)),
            Signatures(boxes),
        ),
        lang=lang,
        form=True,
    )


def _put_right(by: date | None, lang: Lang) -> Iterator[Block]:
    told = say("The unit reports how it put things right by {day}.", day=day(by) if by else "…/…/……")
    yield Paragraph(told.into(lang))


def _head(reading: Reading, symbol: str, on: date | None) -> Letterhead:
    settings = reading.agency.settings
    return Letterhead(settings.agency, symbol, settings.place, on, settings.superior)


def _about(visit: Visit) -> str:
    one = visit.inspection
    return say("inspection of the quality management system of {unit}", unit=one.unit or "—").into(visit.reading.lang)


def _lead(visit: Visit) -> str:
    return name_of(visit.reading, visit.inspection.team[0]) if visit.inspection.team else ""


def _told(visit: Visit) -> Iterator[Block]:
    one, lang = visit.inspection, visit.reading.lang
    names = "; ".join(name_of(visit.reading, account) for account in one.team)
    lines = (
        (say("Inspection"), one.id),
        (say("By decision"), one.decision),
        (say("Manner"), one.manner),
        (say("Together with another inspection"), (say("yes") if one.joint else say("no")).into(lang)),
        (say("Held on"), day(one.held) if one.held else ""),
        (say("Inspectors"), names),
    )
    for label, value in lines:
        yield Paragraph(f"{label.into(lang)}: {value or '…………………………'}", indent=False)


def _contents(visit: Visit, *, judged: bool, lang: Lang) -> Table:
    found = visit.inspection.judged if judged else {}
    heads = (say("Content"), say("What is looked at"), say("Judgement"), say("Note"))
    rows = tuple(
        (one.code, one.name(lang), capital(JUDGEMENTS[found[one.code]].into(lang)) if one.code in found else "", "")
        for one in contents()
    )
    return Table("", tuple(head.into(lang) for head in heads), rows, (1.2, 7, 2, 3))


def _findings(visit: Visit) -> Iterator[Block]:
    lang = visit.reading.lang
    if visit.findings:
        heads = (say("Number"), say("Content"), say("What was found"))
        rows = tuple((one.id, one.rule, one.title) for one in visit.findings)
        yield Table(
            say("Nonconformities of the inspection").into(lang),
            tuple(head.into(lang) for head in heads),
            rows,
            (2, 1.2, 8),
        )
