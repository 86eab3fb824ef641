"""Form 07, the register of dossiers: one line a case of a period, in the columns of the form."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from engine.agency import Agency
from engine.store import Held
from procedures.model import Kind as ProcedureKind
from procedures.words import Lang, say
from quality import questions
from quality.periods import Period
from visualize.case_words import Reading
from visualize.document import Document, Letterhead, Table
from visualize.onestop.sheets import sheets
from visualize.onestop.told import Told
from visualize.sheet import Cell, Column, Kind, Sheet, read

HEADS = (
    say("No."),
    say("Dossier number"),
    say("Procedure"),
    say("Organisation, person"),
    say("Address, telephone"),
    say("Unit that settles it"),
    say("Received"),
    say("Promised"),
    say("Returned"),
    say("How the result is received"),
    say("Signed for"),
    say("Note"),
)
_TEXT: Kind = "text"
_KINDS: tuple[Kind, ...] = ("number", *[_TEXT] * 5, "day", "day", "day", *[_TEXT] * 3)
_WIDTHS = (1.2, 4.0, 6.2, 3.2, 2.2, 3.2, 3.4, 3.4, 3.4, 2.2, 1.6, 2.2)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the register, as text; what is not known is empty."""

    case: str
    procedure: str
    applicant: str
    where: str
    unit: str
    received: date
    promised: date | None
    returned: date | None
    return_by: str
    note: str

    @staticmethod
    def of(told: Told) -> "Entry":
        """Return the line of a case."""
        case = told.case
        where = "; ".join(filter(None, (told.entered("address"), told.entered("phone"))))
        taker = told.procedure.owner_unit
        return Entry(
            case=case.id,
            procedure=f"{told.procedure.code} {told.procedure.name}",
            applicant=told.applicant,
            where=where,
            unit=taker,
            received=told.local(case.opened_at).date(),
            promised=told.local(case.promised).date() if case.promised is not None else None,
            returned=told.local(case.ended_at).date() if case.ended_at is not None else None,
            return_by=told.entered("return_by"),
            note=case.result or "",
        )

    def cells(self, number: int) -> tuple[Cell, ...]:
        """Return the line in the columns of the form; nobody has signed for a result on paper that is not printed."""
        where, settled = (self.applicant, self.where), (self.received, self.promised, self.returned)
        return (number, self.case, self.procedure, *where, self.unit, *settled, self.return_by, "", self.note)


def entries(reading: Reading, period: Period, unit: str | None = None, procedure: str | None = None) -> Iterator[Entry]:
    """Yield the lines of the cases received in a period, of one unit or procedure or all, in the order they came.

    Cases of system procedures are the agency's own and no dossiers.
    """
    agency: Agency = reading.agency
    values: dict[str, dict[str, dict[str, str]]] = {}
    with agency.store.reading() as reader:
        for case in reader.cases(procedure=procedure):
            if case.series != "HS" or not period.has(int(case.opened_at.timestamp())) or unit not in {None, case.unit}:
                continue
            if case.procedure not in values:
                values[case.procedure] = questions.entered(reader, case.procedure)
            held = Held(case, "", values[case.procedure].get(case.id, {}))
            told = Told(reading, held, ())
            if told.procedure.kind is not ProcedureKind.SYSTEM:
                yield Entry.of(told)


def book_table(found: Sequence[Entry], lang: Lang) -> Table:
    """Return lines as the table of the form."""
    heads = tuple(head.into(lang) for head in HEADS)
    rows = (entry.cells(number) for number, entry in enumerate(found, 1))
    lines = tuple(tuple(read(cell, kind, lang) for cell, kind in zip(row, _KINDS, strict=True)) for row in rows)
    return Table("", heads, lines, _WIDTHS)


def book_sheet(reading: Reading, period: Period, found: Sequence[Entry], unit: str | None = None) -> Sheet:
    """Return the register of a period as a table for a spreadsheet, its days as days."""
    form, settings, lang = sheets()["07"], reading.agency.settings, reading.lang
    superior = settings.agency if unit is not None else settings.superior
    heads = zip(HEADS, _KINDS, _WIDTHS, strict=True)
    return Sheet(
        name="07",
        title=form.name(lang),
        columns=tuple(Column(head.into(lang), kind, 6 * width) for head, kind, width in heads),
        rows=tuple(entry.cells(number) for number, entry in enumerate(found, 1)),
        issuer=tuple(name.upper() for name in (superior, unit or settings.agency) if name),
        lines=(say("{period}: {count} dossiers", period=period.words, count=len(found)).into(lang),),
        frozen=2,
        lang=lang,
    )


def book(reading: Reading, period: Period, found: Sequence[Entry], unit: str | None = None) -> Document:
    """Return the register of a period as a paper."""
    sheet, settings = sheets()["07"], reading.agency.settings
    superior = settings.agency if unit is not None else settings.superior
    head = Letterhead(unit or settings.agency, sheet.symbol, settings.place, reading.now.date(), superior)
    return Document(
        kind=sheet.name(reading.lang),
        about=say("{period}: {count} dossiers", period=period.words, count=len(found)).into(reading.lang),
        letterhead=head,
        blocks=(book_table(found, reading.lang),),
        lang=reading.lang,
        form=True,
        landscape=True,
    )
