"""A one-stop form of a case as a paper: 01 to 06 and the line of 07, in the layout of NĐ 30/2020."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from engine.case import is_late
from procedures.calendar import Timeliness
from procedures.words import Words, say
from visualize.case_words import name_of
from visualize.dateline import place_of
from visualize.document import Block, Bullets, Document, Letterhead, Paragraph, Signatures, Table
from visualize.onestop.book import Entry, book_table
from visualize.onestop.handovers import Handover, handovers
from visualize.onestop.sheets import Sheet, lines, sheets
from visualize.onestop.told import BLANK, Told, filled


def form(told: Told, number: str) -> Document | Words:
    """Return a form of a case, or why there is none; raises KeyError for a number that no form has."""
    sheet, (on, missing) = sheets()[number], _OCCASIONS[number]
    day = on(told)
    if day is None:
        return missing(told)
    return paper(told, sheet, day, tuple(_blocks(told, sheet)))


def due(told: Told) -> Iterator[str]:
    """Yield the numbers of the forms that a case has come to."""
    return (number for number, (on, _) in _OCCASIONS.items() if on(told) is not None)


def paper(told: Told, sheet: Sheet, on: datetime, blocks: tuple[Block, ...]) -> Document:
    """Return blocks as a paper of the unit that has the case, dated on the local day of an instant."""
    agency = told.reading.agency
    units = {unit.name for unit in agency.organisation.units}
    above = agency.organisation.parent(told.unit) if told.unit in units else None
    place = place_of(agency, told.unit)
    return Document(
        kind=sheet.name(told.reading.lang),
        about="",
        letterhead=Letterhead(told.unit, sheet.symbol, place, told.local(on).date(), above.name if above else ""),
        blocks=blocks,
        lang=told.reading.lang,
        form=True,
        landscape=sheet.paper == "landscape",
    )


def _blocks(told: Told, sheet: Sheet) -> Iterator[Block]:
    for line in lines(sheet.number):
        label, known = line.name(told.reading.lang), filled(told, line.place)
        if isinstance(known, str):
            yield Paragraph(f"{label}: {known or BLANK}", indent=False)
        else:
            yield Paragraph(f"{label}:", indent=False)
            yield Bullets(known or (BLANK, BLANK, BLANK), ordered=True)
    if sheet.number == "06":
        yield _slip(told)
    if sheet.number == "07":
        yield book_table([Entry.of(told)], told.reading.lang)
    signs = sheet.signs(told.reading.lang)
    if signs:
        yield Signatures(tuple((role, _signer(told, role, sheet)) for role in signs))


def _signer(told: Told, role: str, sheet: Sheet) -> str:
    """Return who is known to sign: whoever took the dossier in, whoever asked for the supplement."""
    if role != sheet.signs(told.reading.lang)[-1]:
        return ""
    if sheet.number == "02" and told.supplement is not None:
        return name_of(told.reading, told.supplement.by)
    first = next(iter(told.case.attempts(told.procedure.start.key)), None)
    return name_of(told.reading, first.assignee) if sheet.number == "01" and first and first.assignee else ""


def _slip(told: Told) -> Table:
    """Return the table of hand-overs: who gave, who received, when, and how the work stood with its time."""
    heads = (
        say("Unit (1. gives / 2. receives)"),
        say("Time of giving and receiving; giver | receiver"),
        say("Result (early / on time / overdue)"),
        say("Note"),
    )
    lang = told.reading.lang
    given = handovers(told.case, told.log, told.reading.agency.calendar)
    rows = tuple(_slip_row(told, one) for one in given)
    return Table("", tuple(head.into(lang) for head in heads), rows, (4, 6, 2.4, 3.6))


def _slip_row(told: Told, one: Handover) -> tuple[str, str, str, str]:
    lang = told.reading.lang
    first = one.done is None and one.item is not None and not one.why
    gives = told.applicant or BLANK[:20] if first else _unit(told, one.done, one.giver, one.given_at)
    takes = told.applicant or BLANK[:20] if one.item is None else _unit(told, one.item, one.receiver, one.given_at)
    giver = gives if first else name_of(told.reading, one.giver)
    receiver = takes if one.item is None else name_of(told.reading, one.receiver)
    taken = told.at(one.taken_at) if one.taken_at is not None else BLANK[:20]
    times = f"{told.at(one.given_at)}: {giver}\n{taken}: {receiver}"
    standing = one.standing.words().into(lang) if isinstance(one.standing, Timeliness) else ""
    return f"1. {gives}\n2. {takes}", times, standing[:1].upper() + standing[1:], _note(told, one)


def _note(told: Told, one: Handover) -> str:
    lang = told.reading.lang
    if one.item is None:
        return say("result returned: {result}", result=told.case.result or "—").into(lang)
    item = told.case.item(one.item)
    step = told.procedure.step(item.step).name if item is not None else ""
    return f"{step}. {one.why}" if one.why else step


def _unit(told: Told, number: int | None, account: str | None, on: datetime) -> str:
    """Return the unit in which work is done: its own, or the first unit of whoever does it."""
    item = told.case.item(number) if number is not None else None
    if item is not None and item.unit:
        return item.unit
    posts = told.reading.agency.organisation.units_of(account, told.local(on).date()) if account else ()
    return posts[0] if posts else told.unit


def _late(told: Told) -> datetime | None:
    """Return since when a case is late, or when more time was last asked for."""
    if told.extension is not None:
        return told.extension.asked_at
    due, at = told.case.due, told.case.ended_at or told.reading.now
    return due if due is not None and is_late(at, due) else None


#: On which day each form of a case is dated, None where it has not come to that; and the sentence that then says so.
_OCCASIONS: Mapping[str, tuple[Callable[[Told], datetime | None], Callable[[Told], Words]]] = {
    "01": (lambda told: told.case.opened_at, lambda told: say("{case} was not received", case=told.case.id)),
    "02": (
        lambda told: told.supplement.asked_at if told.supplement is not None else None,
        lambda told: say(
            "{case}: nothing was asked for to complete the dossier, so form 02 is not due", case=told.case.id
        ),
    ),
    "03": (
        lambda told: told.case.ended_at if told.refused else None,
        lambda told: say("{case} was not refused, so form 03 is not due", case=told.case.id),
    ),
    "04": (
        _late,
        lambda told: say("{case} is not late and no more time was asked for, so form 04 is not due", case=told.case.id),
    ),
    "05": (
        lambda told: told.case.ended_at if told.stopped else None,
        lambda told: say("{case} was not stopped, so form 05 is not due", case=told.case.id),
    ),
    "06": (lambda told: told.case.opened_at, lambda told: say("{case} was not received", case=told.case.id)),
    "07": (lambda told: told.case.opened_at, lambda told: say("{case} was not received", case=told.case.id)),
}
