"""Reports as files: the paper to be signed, the sheet, every figure with its cases; drafted by themselves."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from engine.agency import Agency
from engine.errands.duty import Duty
from engine.journal import note
from procedures.text import slug
from procedures.words import Lang
from quality.reports.duties import days, kinds_of, to_draft
from quality.reports.owed import Owed
from quality.reports.pack import to_json, unit_report
from visualize.dateline import place_of
from visualize.docx import to_docx
from visualize.report_document import report_document, report_sheet
from visualize.xlsx import to_xlsx

FOLDER = "bao-cao"


def write_report(agency: Agency, owed: Owed, until: date, folder: Path, lang: Lang) -> Iterator[Path]:
    """Build a report once and write its three forms into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with agency.store.reading() as reader:
        report = unit_report(reader, agency, owed, kinds_of(agency).kinds, agency.settings.agency, until)
    above = agency.organisation.parent(owed.unit)
    document = report_document(report, above.name if above is not None else "", place_of(agency, report.unit), lang)
    sheet = report_sheet(report, lang)
    forms = {
        "docx": to_docx(document),
        "xlsx": to_xlsx([sheet], sheet.title, owed.unit),
        "json": to_json(report).encode(),
    }
    for ending, content in forms.items():
        path = folder / f"{owed.kind.code}-{owed.period}-{slug(owed.unit)}.{ending}"
        path.write_bytes(content)
        yield path


def draft(agency: Agency, period: str, now: datetime) -> None:
    """Write the draft of every report whose case is open and whose figures are frozen, unless it is there."""
    lang: Lang = "en" if agency.settings.lang == "en" else "vi"
    for line in to_draft(agency, now):
        owed, until = line.owed, line.owed.cut_off
        there = agency.root / FOLDER / f"{owed.kind.code}-{owed.period}-{slug(owed.unit)}.docx"
        if until is None or there.exists():
            continue
        for path in write_report(agency, owed, until, agency.root / FOLDER, lang):
            note("report", day=period, file=path)


DRAFTS = Duty(days, draft)
