"""A procedure as the document that agencies keep: purpose to kept records, flowchart and signatures."""

from collections.abc import Iterator

from procedures.allowance_words import counted_from_words, extension_words, limit_words, supplement_words
from procedures.model import Procedure, Step
from procedures.release import Release
from procedures.vietnamese import day
from procedures.words import Lang, Words, say
from visualize import brief
from visualize.document import Block, Bullets, Document, Figure, Heading, Paragraph, Signatures, Table
from visualize.render import list_twin, pictures, png
from visualize.svg import svg
from visualize.typeset import PRINT


def procedure_document(procedure: Procedure, *, lang: Lang = "vi", issued: Release | None = None) -> Document:
    """Return the printable procedure, signed by those who issued it; may raise DrawingUnavailable."""
    return Document(
        kind=say("Procedure").into(lang),
        about=f"{procedure.code} – {procedure.name}",
        blocks=tuple(_blocks(procedure, issued, lang)),
        footer=say("Uncontrolled when printed").into(lang),
        lang=lang,
    )


def _blocks(procedure: Procedure, issued: Release | None, lang: Lang) -> Iterator[Block]:
    yield Paragraph(_issue(procedure).into(lang), italic=True, indent=False)
    yield from (Paragraph(words.into(lang), indent=False) for words in _time(procedure))
    terms = tuple(f"{term.name}: {term.meaning}" for term in procedure.terms)
    yield from _said(say("1. Purpose"), procedure.purpose, lang)
    yield from _said(say("2. Scope"), procedure.scope, lang)
    yield from _listed(say("3. References"), procedure.references, lang)
    yield from _listed(say("4. Terms and abbreviations"), terms, lang)
    yield Heading(say("5. Content").into(lang))
    yield Heading(say("5.1. Flowchart").into(lang), 2)
    yield from _flowchart(procedure, lang)
    yield Heading(say("5.2. Description of the steps").into(lang), 2)
    yield _steps(procedure, lang)
    yield Paragraph(brief.capital(brief.told_when_late(procedure).into(lang)) + ".")
    yield from _tables(procedure, lang)
    yield from _listed(say("8. Quality indicators"), tuple(one.text for one in procedure.indicators), lang)
    yield from _listed(say("9. Risks and opportunities"), procedure.risks, lang)
    yield Heading(say("10. Changes").into(lang))
    yield _changes(procedure, issued, lang)
    appraised = issued.appraisal if issued is not None else None
    boxes = (
        (say("Written by"), issued.drafted_by if issued is not None else ""),
        (say("Reviewed by"), appraised.unit if appraised is not None else ""),
        (say("Approved by"), issued.approved_by if issued is not None else ""),
    )
    yield Signatures(tuple((box.into(lang), name) for box, name in boxes))


def _said(head: Words, text: str | None, lang: Lang) -> Iterator[Block]:
    # An empty part is printed too: what is not laid down should be seen.
    yield Heading(head.into(lang))
    yield Paragraph(text or say("Not laid down.").into(lang), italic=not text)


def _listed(head: Words, items: tuple[str, ...], lang: Lang) -> Iterator[Block]:
    if not items:
        yield from _said(head, None, lang)
        return
    yield Heading(head.into(lang))
    yield Bullets(items)


def _flowchart(procedure: Procedure, lang: Lang) -> Iterator[Block]:
    pages = pictures(procedure, lang=lang, face=PRINT)
    for number, page in enumerate(pages, 1):
        caption = _drawn(procedure.code, number, len(pages))
        twin = Bullets(list_twin(procedure, lang=lang)) if number == len(pages) else None
        yield Figure(caption.into(lang), svg(page, links=False), twin, png(page))


def _drawn(code: str, page: int, pages: int) -> Words:
    if pages == 1:
        return say("Flowchart of {code}", code=code)
    return say("Flowchart of {code}, page {page} of {pages}", code=code, page=page, pages=pages)


def _issue(procedure: Procedure) -> Words:
    return say(
        "Issue {issue}, in force from {day}. Owner: {unit}. Time limit: {limit}.",
        issue=procedure.issue,
        day=day(procedure.effective_from) if procedure.effective_from else "—",
        unit=procedure.owner_unit,
        limit=limit_words(procedure.within, procedure.variants),
    )


def _time(procedure: Procedure) -> Iterator[Words]:
    """Say what is allowed to be done with the time of a case, where that is declared."""
    silent = type(procedure).model_fields
    if procedure.counted_from != silent["counted_from"].default:
        yield say("The time limit counts {start}.", start=counted_from_words(procedure.counted_from))
    if procedure.supplements != silent["supplements"].default:
        yield say("Supplements: {rule}.", rule=supplement_words(procedure.supplements))
    if procedure.extensions != silent["extensions"].default:
        yield say("Extensions: {rule}.", rule=extension_words(procedure.extensions))
    if procedure.consultation is not None:
        yield say("Opinions: within {time}.", time=procedure.consultation.within.text)


def _steps(procedure: Procedure, lang: Lang) -> Table:
    heads = (say("No."), say("Step"), say("Responsible"), say("Time"), say("Forms / results"), say("Goes on to"))
    rows = tuple(_row(procedure, step, lang) for step in procedure.steps)
    return Table(
        _of(say("Steps of {code}", code=procedure.code), lang),
        _heads(heads, lang),
        rows,
        (1.5, 4.5, 3.2, 2.6, 3.6, 4.6),
    )


def _row(procedure: Procedure, step: Step, lang: Lang) -> tuple[str, ...]:
    return (
        str(procedure.number(step.key)),
        step.name,
        "; ".join(brief.performers(procedure, step, lang)) or "—",
        "; ".join(brief.times(step, lang)) or "—",
        ", ".join((*step.forms, *step.outputs)) or "—",
        "; ".join(brief.ways(procedure, step, lang)),
    )


def _tables(procedure: Procedure, lang: Lang) -> Iterator[Block]:
    forms = tuple((form.code, form.name) for form in procedure.forms)
    records = tuple((one.name, one.place, one.retention) for one in procedure.records)
    parts = (
        (say("6. Forms"), say("Forms of {code}", code=procedure.code), (say("Code"), say("Name")), forms, (1, 3)),
        (
            say("7. Kept records"),
            say("Records of {code}", code=procedure.code),
            (say("Record"), say("Kept at"), say("Kept for")),
            records,
            (2, 2, 1),
        ),
    )
    for head, caption, heads, rows, widths in parts:
        if rows:
            yield Heading(head.into(lang))
            yield Table(_of(caption, lang), _heads(heads, lang), rows, widths)
        else:
            yield from _said(head, None, lang)


def _changes(procedure: Procedure, issued: Release | None, lang: Lang) -> Table:
    heads = (say("Issue"), say("In force from"), say("What changed"))
    begins = issued.effective_from if issued is not None else procedure.effective_from
    caption = _of(say("Changes of {code}", code=procedure.code), lang)
    what = "; ".join(words.into(lang) for words in _record(issued)) if issued is not None else ""
    rows = ((str(procedure.issue), day(begins) if begins else "", what), ("", "", ""))
    return Table(caption, _heads(heads, lang), rows, (1, 1, 3))


def _record(issued: Release) -> Iterator[Words]:
    """Say what the record of an issue holds beside the names of those who sign."""
    if issued.replaces:
        yield say("replaces {code}", code=issued.replaces)
    if issued.appraisal is not None:
        found = issued.appraisal
        yield say("appraised by {number} of {day}", number=found.number, day=day(found.day))
    for acceptance in issued.accepted:
        yield say("accepted, {code}: {reason}", code=acceptance.code, reason=acceptance.reason)


def _heads(heads: tuple[Words, ...], lang: Lang) -> tuple[str, ...]:
    return tuple(head.into(lang) for head in heads)


def _of(caption: Words, lang: Lang) -> str:
    return caption.into(lang)
