"""An annual plan as a paper with its table, and how it stands as a paper and a sheet: each task of each unit."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from procedures.vietnamese import day, moment
from procedures.words import Lang, Words, say
from quality.programme.board import Filed, Row, Standing, counted
from quality.programme.plan import Issued, Part
from visualize.brief import capital
from visualize.document import Block, Bullets, Document, Heading, Letterhead, Paragraph, Signer, Table
from visualize.sheet import Column, Sheet

_WIDTHS = (1.0, 6, 3.2, 3.2, 2.6, 3.2)


def plan_document(issued: Issued, superior: str, place: str, lang: Lang = "vi") -> Document:
    """Return an issued plan as a paper: grounds, purposes, demands, and a table for each section."""
    plan = issued.plan
    number, _, symbol = issued.number.partition("/")
    name, _, post = (part.strip() for part in issued.signatory.partition(","))
    blocks: list[Block] = []
    for title, texts in ((say("I. Purposes"), plan.purposes), (say("II. Demands"), plan.demands)):
        if texts:
            blocks += [Heading(title.into(lang)), Bullets(texts)]
    blocks.append(Heading(say("III. Tasks").into(lang)))
    blocks += [_table(issued, part, lang) for part in plan.parts]
    told = say("{unit} asks the units to carry out this plan and to attach the results.", unit=plan.unit)
    blocks.append(Paragraph(told.into(lang)))
    return Document(
        kind=say("Plan").into(lang),
        about=plan.name,
        letterhead=Letterhead(
            plan.unit, symbol or "KH", place, issued.day, superior, int(number) if number.isdecimal() else None
        ),
        grounds=tuple(_ground(one, lang) for one in plan.grounds),
        blocks=tuple(blocks),
        recipients=_leads(issued),
        archive="VT",
        signer=Signer((post or say("Head of the agency").into(lang),), name),
        lang=lang,
        landscape=True,
    )


def board_document(
    issued: Issued, rows: Sequence[Row], filed: Sequence[Filed], at: datetime, lang: Lang = "vi"
) -> Document:
    """Return how a plan stands at an instant that is already in the zone to show."""
    plan = issued.plan
    header = (say("Item"), say("Task"), say("Unit"), say("Due"), say("Standing"), say("Case"))
    told = tuple(
        (row.number, row.name, row.unit or "—", _due(row, at.tzinfo), capital(row.standing.words.into(lang)), row.case)
        for row in rows
    )
    blocks: list[Block] = [
        Paragraph(
            say("{number} of {day}; as of {at}.", number=issued.number, day=day(issued.day), at=moment(at, lang)).into(
                lang
            )
        ),
        _counts(rows, lang),
        Table(say("Tasks").into(lang), tuple(head.into(lang) for head in header), told, (1.1, 6, 3, 2.6, 2.2, 2.2)),
    ]
    missing = tuple(one.unit for one in filed if not one.filed)
    if missing:
        blocks += [
            Paragraph(say("Units that have not filed the plan that was asked of them:").into(lang)),
            Bullets(missing),
        ]
    return Document(kind=say("Progress").into(lang), about=plan.name, blocks=tuple(blocks), lang=lang, landscape=True)


def board_sheet(issued: Issued, rows: Sequence[Row], at: datetime, lang: Lang = "vi") -> Sheet:
    """Return how a plan stands as one table, a row for each task of each unit."""
    heads = (say("Item"), say("Task"), say("Unit"), say("Time"), say("What comes of it"), say("Standing"), say("Case"))
    widths = (8, 48, 26, 22, 28, 18, 16)
    columns = [Column(head.into(lang), width=width) for head, width in zip(heads, widths, strict=True)]
    columns.insert(4, Column(say("Due").into(lang), "instant", 17))
    return Sheet(
        name=issued.plan.code,
        title=issued.plan.name,
        columns=tuple(columns),
        rows=tuple(
            (
                row.number,
                row.name,
                row.unit or None,
                row.window,
                row.due.astimezone(at.tzinfo) if row.due is not None else None,
                row.result,
                capital(row.standing.words.into(lang)),
                row.case,
            )
            for row in rows
        ),
        issuer=(issued.plan.unit.upper(),),
        lines=(
            say("{number} of {day}; as of {at}.", number=issued.number, day=day(issued.day), at=moment(at, lang)).into(
                lang
            ),
        ),
        frozen=2,
        lang=lang,
    )


def _leads(issued: Issued) -> tuple[str, ...]:
    """Return whoever has to do something of a plan, each once, in its order."""
    plan = issued.plan
    leads = (unit for part in plan.parts for task in part.tasks for unit in plan.leads_of(part, task))
    return tuple(dict.fromkeys(leads))


def _ground(text: str, lang: Lang) -> str:
    """Return a ground as papers word it: “Căn cứ …”, whether the plan says so or not."""
    if text.lower().startswith(("căn cứ", "thực hiện", "theo", "by ")):
        return text
    named = text[:1] if any(sign.isdigit() and "/" in text for sign in text) else text[:1].lower()
    return say("by {ground}", ground=named + text[1:]).into(lang)


def _table(issued: Issued, part: Part, lang: Lang) -> Table:
    header = (say("no."), say("Task"), say("Lead"), say("Taking part"), say("Time"), say("What comes of it"))
    rows = tuple(
        (
            task.key,
            task.name,
            "; ".join(issued.plan.leads_of(part, task)),
            "; ".join(task.with_),
            task.window.text,
            task.result,
        )
        for task in part.tasks
    )
    name = say("section {key}", key=part.key)
    if part.name:
        name = say("section {key}: {name}", key=part.key, name=part.name)
    return Table(capital(name.into(lang)), tuple(capital(head.into(lang)) for head in header), rows, _WIDTHS)


def _counts(rows: Sequence[Row], lang: Lang) -> Table:
    found = counted(rows)
    standings = [one for one in Standing if any(count[one] for count in found.values())]
    heads: tuple[Words, ...] = (say("Unit"), *(one.words for one in standings))
    told = tuple((unit, *(str(count[one] or "") for one in standings)) for unit, count in found.items())
    widths = (4.0, *(1.6 for _ in standings))
    return Table(say("By unit").into(lang), tuple(capital(head.into(lang)) for head in heads), told, widths)


def _due(row: Row, zone: tzinfo | None) -> str:
    return f"{row.due.astimezone(zone):%d/%m/%Y}" if row.due is not None else row.window
