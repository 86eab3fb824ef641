"""What the sample agency enters that only live data can tell: scopes, samples, plans; and the papers of its system."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from engine.agency import Agency
from procedures.words import Lang
from quality.audits.audit import audits, findings_of
from quality.audits.programme import programme
from quality.audits.sample import Wanted, draw, redraw
from quality.covered import below, covered
from quality.declarations.declared import declarations, list_text
from quality.declarations.in_force import in_force, owned
from quality.declarations.law import affected, changes
from quality.declarations.mandatory import coverage, mandatory
from quality.inspections.inspection import inspections, visited
from quality.inspections.planner import InspectionPlan, plan
from quality.nonconformity import register
from quality.periods import Period
from quality.staff.committees import committees
from quality.unit_kinds import keepers, unit_kinds

FOLDER, FORMS = "he-thong", "mot-cua"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a value is computed from: the agency, the instant, the case that asks, and what is already entered in it."""

    agency: Agency
    now: datetime
    case: str
    values: Mapping[str, str]

    @property
    def today(self) -> date:
        """The day in the agency's zone."""
        return self.now.astimezone(self.agency.calendar.zone).date()


def computed(told: str, asked: Asked) -> str:
    """Return a written value; one that begins with “=” is looked up in live data."""
    if not told.startswith("="):
        return told
    found = next((name for name in _LIVE if told[1:].startswith(name)), None)
    if found is None:
        raise KeyError(told)
    return _LIVE[found](asked, told[1:].removeprefix(found).strip())


def _scope(asked: Asked, more: str) -> str:
    left_out = more.removeprefix("trừ").strip()
    unit = asked.agency.settings.agency
    releases = owned(in_force(asked.agency.shelf, asked.today), asked.agency.organisation, unit, asked.today)
    return list_text([one for one in releases if one.code != left_out])


def _sample(asked: Asked, more: str) -> str:
    units = tuple(part.strip() for part in asked.values["đơn vị được đánh giá"].split(";"))
    codes = tuple(part.strip() for part in asked.values["quy trình được đánh giá"].split(";"))
    begin = datetime(asked.today.year, 1, 1, tzinfo=asked.agency.calendar.zone)
    wanted = Wanted(below(asked.agency.organisation, units), codes, begin, asked.now, int(more), asked.case)
    with asked.agency.store.reading() as reader:
        return draw(reader, wanted).record


def _touched(asked: Asked, more: str) -> str:
    return "; ".join(one.code for one in affected(in_force(asked.agency.shelf, asked.today), [more])) or "không"


def _issue(asked: Asked, more: str) -> str:
    return asked.agency.shelf.current(more, asked.today).name


def _plan(agency: Agency, on: date) -> InspectionPlan:
    with agency.store.reading() as reader:
        last = visited(inspections(reader))
    units = [one for one in keepers(agency.organisation, on) if one.name != agency.settings.agency]
    return plan(units, last, unit_kinds(), ("Sở Y tế", "UBND xã B"))


_LIVE: Mapping[str, Callable[[Asked, str], str]] = {
    "danh mục": _scope,
    "mẫu": _sample,
    "quy trình căn cứ": _touched,
    "bản": _issue,
    "đơn vị kiểm tra": lambda asked, _: "; ".join(_plan(asked.agency, asked.today).dossier),
    "đơn vị đến trụ sở": lambda asked, _: "; ".join(_plan(asked.agency, asked.today).headquarters),
}


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads the papers of the year, and when: after it has ended."""

    agency: Agency
    lang: Lang
    now: datetime


def write_system(reading: Reading, period: Period, folder: Path) -> Iterator[Path]:
    """Write the tables and papers of the system, the package of an inspection, and the one-stop forms of a case."""
    from visualize.inspection_package import Packing, package

    (folder / FOLDER).mkdir(exist_ok=True)
    (folder / FORMS).mkdir(exist_ok=True)
    packing = Packing(reading.agency, reading.lang, reading.now, period, 2)
    for name, content in (*_tables(reading, period), *_papers(reading, period)):
        yield _written(folder / FOLDER / name, content)
    yield _written(folder / FOLDER / "ho-so-kiem-tra.zip", package(packing))
    for name, content in _forms(reading, period):
        yield _written(folder / FORMS / name, content)


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def _tables(reading: Reading, period: Period) -> Iterator[tuple[str, bytes]]:
    from visualize.audit_sheets import programme_sheet
    from visualize.staff_sheets import committees_sheet
    from visualize.system_sheets import declared_sheet, inspections_sheet, law_sheet, matrix_sheet, scope_sheet
    from visualize.xlsx import to_xlsx

    agency, lang, year = reading.agency, reading.lang, period.start.year
    last, unit = date(year, 12, 31), agency.settings.agency
    releases = in_force(agency.shelf, last)
    with agency.store.reading() as reader:
        audited, declared, visits = audits(reader), declarations(reader), inspections(reader)
        law, bodies = changes(reader), committees(reader)
    lines = programme(covered(agency.organisation, unit, last), audited, agency, year, last)
    keeping = keepers(agency.organisation, last)
    matrix = coverage(mandatory(agency.root), keeping, releases, declared, agency.organisation, last)
    sheets = {
        "chuong-trinh-danh-gia.xlsx": programme_sheet(lines, agency, year, lang),
        "pham-vi.xlsx": scope_sheet(owned(releases, agency.organisation, unit, last), unit, agency, lang),
        "cong-bo.xlsx": declared_sheet(declared, agency, lang),
        "ma-tran-bat-buoc.xlsx": matrix_sheet(matrix, agency, lang),
        "thay-doi-van-ban.xlsx": law_sheet(law, last, agency, lang),
        "kiem-tra.xlsx": inspections_sheet(visits, last, agency, lang),
        "ban-to-doan.xlsx": committees_sheet(bodies, agency, lang),
    }
    for name, sheet in sheets.items():
        yield name, to_xlsx([sheet], sheet.title, unit)


def _papers(reading: Reading, period: Period) -> Iterator[tuple[str, bytes]]:
    from visualize.audit_papers import Dossier, checklist, report
    from visualize.docx import to_docx
    from visualize.system_papers import Visit, declaration_paper, minutes, visit_checklist

    agency = reading.agency
    with agency.store.reading() as reader:
        opened = register(reader, reading.now)
        audited, declared = audits(reader, period.start.year), declarations(reader)
        visits = inspections(reader, period.start.year)
        samples = {one.id: redraw(reader, one.sample) for one in audited if one.sample}
        behind = {one.id: findings_of(reader, one.id, opened) for one in audited}
        behind |= {one.id: findings_of(reader, one.id, opened) for one in visits}
    for one in audited:
        dossier = Dossier(reading, one, samples.get(one.id), behind[one.id])
        yield f"phieu-danh-gia-{one.id}.docx", to_docx(checklist(dossier))
        yield f"bao-cao-danh-gia-{one.id}.docx", to_docx(report(dossier))
    for declaration in declared:
        yield (
            f"quyet-dinh-cong-bo-{declaration.id}.docx",
            to_docx(declaration_paper(reading, declaration, agency.shelf.all())),
        )
    for visit in visits:
        told = Visit(reading, visit, behind[visit.id])
        yield f"phieu-kiem-tra-{visit.id}.docx", to_docx(visit_checklist(told))
        yield f"bien-ban-kiem-tra-{visit.id}.docx", to_docx(minutes(told))


def _forms(reading: Reading, period: Period) -> Iterator[tuple[str, bytes]]:
    """Yield every form that some case of the year has come to, each once, and the register of the first quarter."""
    from quality.periods import parse
    from visualize.document import Document
    from visualize.docx import to_docx
    from visualize.onestop.book import book, entries
    from visualize.onestop.forms import due, form
    from visualize.onestop.told import Told

    found: set[str] = set()
    with reading.agency.store.reading() as reader:
        told = (
            Told(reading, held, reader.log(case.id))
            for case in reader.cases()
            if case.series == "HS" and (held := reader.held(case.id))
        )
        for one in told:
            for number in due(one):
                made = form(one, number) if number not in found else None
                if isinstance(made, Document):
                    found.add(number)
                    yield f"mau-{number}-{one.case.id}.docx", to_docx(made)
    quarter = parse(f"{period.start.year}-Q1", reading.agency.calendar.zone)
    yield "so-theo-doi-quy-1.docx", to_docx(book(reading, quarter, list(entries(reading, quarter))))
