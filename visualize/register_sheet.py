"""A register as a table for a spreadsheet, and as a paper to print."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from engine.agency import Agency
from procedures.condition import Value
from procedures.model import FieldSpec, FieldType
from procedures.vietnamese import moment
from procedures.words import Lang, Words, say
from quality.registers import Entry, Register
from visualize.brief import capital
from visualize.case_words import STATUS
from visualize.document import Document, Letterhead, Paragraph, Table
from visualize.sheet import Cell, Column, Kind, Sheet, read

_KINDS: dict[FieldType, Kind] = {
    FieldType.MONEY: "money",
    FieldType.NUMBER: "number",
    FieldType.DATE: "day",
}
_WIDTHS: dict[FieldType, float] = {
    FieldType.LONG_TEXT: 36,
    FieldType.TEXT: 22,
    FieldType.MONEY: 16,
    FieldType.NUMBER: 10,
    FieldType.DATE: 12,
    FieldType.YES_NO: 10,
}


@dataclass(frozen=True, slots=True)
class _Here:
    """Where a register is read: the agency and the language."""

    agency: Agency
    lang: Lang

    def day(self, at: datetime | None) -> date | None:
        return None if at is None else at.astimezone(self.agency.calendar.zone).date()

    def text(self, words: Words) -> str:
        return capital(words.into(self.lang))


def register_sheet(found: Register, agency: Agency, lang: Lang) -> Sheet:
    """Return a register with a column for each declared value, dates and numbers as such."""
    here = _Here(agency, lang)
    return Sheet(
        name=found.code,
        title=title(found, lang),
        columns=(*_columns(here), *(_column(spec) for spec in found.fields)),
        rows=tuple(
            (number, *_standing(here, one), *(_shown(here, one.values.get(spec.name)) for spec in found.fields))
            for number, one in enumerate(found.entries, 1)
        ),
        issuer=tuple(name.upper() for name in (agency.settings.superior, agency.settings.agency) if name),
        lines=tuple(about(found, agency, lang)),
        notes=found.kept,
        frozen=2,
        lang=lang,
    )


def register_document(found: Register, agency: Agency, lang: Lang) -> Document:
    """Return a register as a paper across: what each case holds stands in one column, name by name."""
    here = _Here(agency, lang)
    sheet_columns = _columns(here)
    header = (*(column.head for column in sheet_columns), here.text(say("entered")))
    rows = tuple(
        (
            str(number),
            *(
                read(cell, column.kind, lang)
                for cell, column in zip(_standing(here, one), sheet_columns[1:], strict=True)
            ),
            "\n".join(_told(here, found, one)),
        )
        for number, one in enumerate(found.entries, 1)
    )
    settings = agency.settings
    return Document(
        kind=capital(say("register").into(lang)),
        about=found.name,
        blocks=(
            Paragraph("; ".join(about(found, agency, lang)), italic=True, indent=False),
            Table(title(found, lang), header, rows, (0.75, 1.7, 2.5, 1.9, 1.6, 1.6, 1.5, 1.6, 6)),
            *(Paragraph(note, italic=True, indent=False) for note in found.kept),
        ),
        letterhead=Letterhead(settings.agency, "", settings.place, here.day(found.as_of), settings.superior),
        lang=lang,
        landscape=True,
    )


def title(found: Register, lang: Lang) -> str:
    """Return what a register is called."""
    return say("Register {code}: {name}", code=found.code, name=found.name).into(lang)


def about(found: Register, agency: Agency, lang: Lang) -> Iterator[str]:
    """Yield which cases a register holds, and as of when."""
    if found.period is not None:
        yield capital(found.period.words.into(lang))
    if found.unit is not None:
        yield say("unit {unit}", unit=found.unit).into(lang)
    at = moment(found.as_of.astimezone(agency.calendar.zone), lang)
    yield say("as of {at}; {count} cases", at=at, count=len(found.entries)).into(lang)


def _columns(here: _Here) -> tuple[Column, ...]:
    return (
        Column(here.text(say("no.")), "number", 6),
        Column(here.text(say("case")), width=16),
        Column(here.text(say("subject")), width=36),
        Column(here.text(say("unit")), width=20),
        Column(here.text(say("opened on")), "day", 12),
        Column(here.text(say("due")), "day", 12),
        Column(here.text(say("status")), width=18),
        Column(here.text(say("ended on")), "day", 12),
    )


def _column(spec: FieldSpec) -> Column:
    return Column(capital(spec.name), _KINDS.get(spec.type, "text"), _WIDTHS.get(spec.type, 18))


def _standing(here: _Here, one: Entry) -> tuple[Cell, ...]:
    case = one.case
    stands = capital(case.result) if case.result else here.text(STATUS[case.status])
    ended = case.ended_at if case.over else None
    return (case.id, case.title, case.unit, here.day(case.opened_at), here.day(case.due), stands, here.day(ended))


def _shown(here: _Here, value: Value | None) -> Cell:
    if isinstance(value, bool):
        return (say("yes") if value else say("no")).into(here.lang)
    return value


def _told(here: _Here, found: Register, one: Entry) -> Iterator[str]:
    for spec in found.fields:
        value = one.values.get(spec.name)
        if value is not None:
            said = read(_shown(here, value), _KINDS.get(spec.type, "text"), here.lang)
            yield f"{capital(spec.name)}: {said}"
