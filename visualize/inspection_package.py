"""Everything that an inspection asks for in one ZIP: lists, registers, papers, and the evidence of some cases."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from engine.agency import Agency
from engine.evidence.pack import Subject, pack
from engine.ledger.folder import CheckpointFolder
from engine.ledger.keys import signing_key
from procedures.shelf import NotOnShelf
from procedures.words import Lang, say
from quality.audits.audit import audits, findings_of
from quality.audits.programme import programme
from quality.audits.sample import Wanted, draw, redraw
from quality.covered import covered
from quality.declarations.declared import declarations, last_of
from quality.declarations.documented import documented
from quality.declarations.in_force import in_force, owned
from quality.declarations.law import changes
from quality.declarations.reviews import kept
from quality.nonconformity import register as nonconformities
from quality.periods import Period
from quality.registers import Asked, register
from visualize.audit_papers import Dossier, report
from visualize.audit_sheets import programme_sheet
from visualize.docx import to_docx
from visualize.register_sheet import register_sheet
from visualize.sheet import Sheet
from visualize.system_papers import declaration_paper
from visualize.system_sheets import declared_sheet, documented_sheet, kept_sheet, law_sheet, scope_sheet
from visualize.timeline import entries
from visualize.xlsx import to_xlsx
from visualize.zipped import same_bytes

#: The registers that are put in: nonconformities, reviews, inspections.
_REGISTERS = ("QT-HT-04", "QT-HT-03", "QT-HT-32")


@dataclass(frozen=True, slots=True)
class Packing:
    """Of which agency, in which language, as of when (aware), of which period, with the evidence of how many cases."""

    agency: Agency
    lang: Lang
    now: datetime
    period: Period
    cases: int

    @property
    def today(self) -> date:
        """The day in the agency's zone."""
        return self.now.astimezone(self.agency.calendar.zone).date()


def package(asked: Packing) -> bytes:
    """Return the package; its list of contents says what is in it."""
    made = dict(_contents(asked))
    told = [say("Package of {agency} for an inspection", agency=asked.agency.settings.agency).into(asked.lang), ""]
    kept_in = BytesIO()
    with zipfile.ZipFile(kept_in, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in made.items():
            archive.writestr(name, content)
        archive.writestr("00-muc-luc.txt", "\n".join([*told, *made, ""]))
    return same_bytes(kept_in.getvalue())


def _contents(asked: Packing) -> Iterator[tuple[str, bytes]]:
    agency = asked.agency
    sheets = list(_sheets(asked))
    yield "01-danh-muc.xlsx", to_xlsx(sheets, sheets[0].title, agency.settings.agency)
    yield from _registers(asked)
    yield from _papers(asked)
    yield from _evidence(asked)


def _sheets(asked: Packing) -> Iterator[Sheet]:
    agency, today, lang = asked.agency, asked.today, asked.lang
    unit = agency.settings.agency
    releases = in_force(agency.shelf, today)
    with agency.store.reading() as reader:
        declared, audited = declarations(reader), audits(reader)
        changed, reviewed = changes(reader), kept(reader, releases, agency.calendar.zone)
        listed = documented(reader, [one.code for one in releases])
    lines = programme(covered(agency.organisation, unit, today), audited, agency, asked.period.start.year, today)
    yield scope_sheet(owned(releases, agency.organisation, unit, today), unit, agency, lang)
    yield declared_sheet(declared, agency, lang)
    yield programme_sheet(lines, agency, asked.period.start.year, lang)
    yield kept_sheet(reviewed, today, agency, lang)
    yield law_sheet(changed, today, agency, lang)
    yield documented_sheet(listed, agency, lang)


def _registers(asked: Packing) -> Iterator[tuple[str, bytes]]:
    agency = asked.agency
    for code in _REGISTERS:
        try:
            with agency.store.reading() as reader:
                found = register(reader, agency, Asked(code, asked.period), asked.now)
        except NotOnShelf:
            continue
        sheet = register_sheet(found, agency, asked.lang)
        yield f"02-so/{code}.xlsx", to_xlsx([sheet], sheet.title, agency.settings.agency)


def _papers(asked: Packing) -> Iterator[tuple[str, bytes]]:
    agency = asked.agency
    with agency.store.reading() as reader:
        last = last_of(declarations(reader), agency.settings.agency)
        found = [one for one in audits(reader, asked.period.start.year) if one.audited_on is not None]
        opened = nonconformities(reader, asked.now)
        samples = {one.id: redraw(reader, one.sample) for one in found if one.sample}
        behind = {one.id: findings_of(reader, one.id, opened) for one in found}
    if last is not None:
        yield f"03-cong-bo/{last.id}.docx", to_docx(declaration_paper(asked, last, agency.shelf.all()))
    for one in found:
        dossier = Dossier(asked, one, samples.get(one.id), behind[one.id])
        yield f"04-danh-gia-noi-bo/{one.id}.docx", to_docx(report(dossier))


def _evidence(asked: Packing) -> Iterator[tuple[str, bytes]]:
    """Yield the evidence of a sample of the cases of the period, drawn by the period's own name."""
    agency = asked.agency
    if not asked.cases:
        return
    wanted = Wanted(frozenset(), (), asked.period.start, asked.now, asked.cases, asked.period.key)
    with agency.store.reading() as reader:
        chosen = draw(reader, wanted).cases[: asked.cases]
    key = signing_key(agency.root / agency.settings.signing_key)
    folder = CheckpointFolder(agency.root / agency.settings.checkpoints)
    made = folder.add(agency.store, key, agency.settings.agency, asked.now)
    with TemporaryDirectory() as place:
        for case in chosen:
            with agency.store.reading() as reader:
                log, held = reader.log(case), reader.held(case)
            if held is None:
                continue
            told = (
                f"{entry.seq} {entry.who}: {entry.what.into(asked.lang)}" for entry in entries(asked, held.case, log)
            )
            path = Path(place) / f"{case}.zip"
            pack(agency, Subject(case, tuple(log), "\n".join([*told, ""]), made), key, asked.now, path)
            yield f"05-chung-cu/{case}.zip", path.read_bytes()
