"""A procedure as the document that agencies keep: purpose, scope, references, flowchart, steps, forms, records."""

from collections.abc import Iterator

from procedures.model import Procedure, Step
from procedures.ways_on import way_on
from procedures.words import Lang, Words, say
from visualize.document import Block, Bullets, Document, Figure, Heading, Paragraph, Signatures, Table
from visualize.render import list_twin, svg_whole


def procedure_document(procedure: Procedure, *, lang: Lang = "vi") -> Document:
    """Return the printable procedure; raises DrawingUnavailable where nothing can be drawn."""
    return Document(
        kind=say("procedure").into(lang),
        about=f"{procedure.code} – {procedure.name}",
        blocks=tuple(_blocks(procedure, lang)),
        footer=say("an uncontrolled copy when printed").into(lang),
        lang=lang,
    )


def _blocks(procedure: Procedure, lang: Lang) -> Iterator[Block]:
    yield Paragraph(_issue(procedure).into(lang), italic=True, indent=False)
    texts = (
        (say("Purpose"), procedure.purpose),
        (say("Scope"), procedure.scope),
        (say("Source"), procedure.source),
    )
    for head, text in texts:
        if text:
            yield Heading(head.into(lang))
            yield Paragraph(text)
    if procedure.references:
        yield Heading(say("References").into(lang))
        yield Bullets(procedure.references)
    yield Heading(say("Flowchart").into(lang))
    figure = svg_whole(procedure, lang=lang)
    yield Figure(f"{procedure.code} – {procedure.name}", figure, Bullets(list_twin(procedure, lang=lang)))
    yield Heading(say("Steps").into(lang))
    yield _steps(procedure, lang)
    yield from _lists(procedure, lang)
    boxes = (say("Written by"), say("Reviewed by"), say("Approved by"))
    yield Signatures(tuple((box.into(lang), "") for box in boxes))


def _lists(procedure: Procedure, lang: Lang) -> Iterator[Block]:
    if procedure.forms:
        yield Heading(say("Forms").into(lang))
        yield Bullets(tuple(f"{form.code}: {form.name}" for form in procedure.forms))
    if procedure.indicators:
        yield Heading(say("Indicators").into(lang))
        yield Bullets(tuple(indicator.text for indicator in procedure.indicators))
    if procedure.risks:
        yield Heading(say("Risks and opportunities").into(lang))
        yield Bullets(procedure.risks)
    if procedure.records:
        yield Heading(say("Kept records").into(lang))
        yield Bullets(tuple(f"{one.name}: {one.place}, {one.retention}" for one in procedure.records))


def _issue(procedure: Procedure) -> Words:
    day = f"{procedure.effective_from:%d/%m/%Y}" if procedure.effective_from else "—"
    limit = procedure.within.text if procedure.within else "—"
    return say(
        "Issue {issue}, in force from {day}. Owner: {unit}. Time limit: {limit}.",
        issue=procedure.issue,
        day=day,
        unit=procedure.owner_unit,
        limit=limit,
    )


def _steps(procedure: Procedure, lang: Lang) -> Table:
    header = (say("No."), say("Step"), say("Responsible"), say("Time"), say("Forms, results"), say("Goes on"))
    rows = tuple(_row(procedure, step, lang) for step in procedure.steps)
    caption = say("Steps of {code}", code=procedure.code).into(lang)
    return Table(caption, tuple(head.into(lang) for head in header), rows)


def _row(procedure: Procedure, step: Step, lang: Lang) -> tuple[str, ...]:
    several = len(step.outcomes) > 1
    ways = (way_on(procedure, o, b, lang, named=several) for o in step.outcomes for b in o.branches)
    return (
        str(procedure.number(step.key)),
        step.name,
        ", ".join(step.responsible) or "—",
        step.norm.within.text if step.norm else "—",
        ", ".join((*step.forms, *step.outputs)) or "—",
        "; ".join(ways),
    )
