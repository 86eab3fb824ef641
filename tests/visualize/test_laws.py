"""Every paper that the product makes keeps the rules of NĐ 30/2020, and the checker sees each that is broken."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import docx.document
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as Lines

from procedures.model import Procedure
from quality.periods import parse
from quality.registers import Asked as OfRegister
from quality.registers import register
from quality.reports.pack import unit_report
from quality.review import review_pack
from tests.engine.errands.bureau import Bureau
from tests.quality.agency import ZONE, agency, at, declared
from tests.quality.living import lived
from tests.quality.reports.sample import KINDS, office, owed
from tests.visualize.nd30 import Asked, faults
from tests.visualize.papers import REPORT
from visualize.case_document import _Reading, case_document
from visualize.document import Document
from visualize.docx import to_docx
from visualize.procedure_document import procedure_document
from visualize.register_sheet import register_document
from visualize.report_document import report_document
from visualize.review_document import review_document


def papers(root: Path, sample: Procedure) -> Iterator[Document]:
    """One of each kind that the product makes."""
    yield REPORT
    there = agency(declared(), path=root / "quytrinh.db")
    lived(there, cases=20)
    yield review_document(review_pack(there, parse("2026-03", ZONE), at(1, 0, month=4)))
    with there.store.reading() as reader:
        yield register_document(register(reader, there, OfRegister("QT-TT-01"), at(28)), there, "vi")  # type: ignore[arg-type]
    yield procedure_document(sample)
    bureau = Bureau(root / "bureau")
    case = bureau.waiting()
    procedure = bureau.office.shelf.current("QT-01", bureau.now.date()).procedure
    reading = _Reading(bureau.agency, "vi", bureau.now)
    yield case_document(reading, procedure, bureau.case(case), bureau.office.log(case))
    reports = office(root / "reports")
    with reports.store.reading() as reader:
        found = unit_report(reader, reports, owed(reports, "Sở A"), KINDS, "Sở A", date(2026, 3, 15))
    yield report_document(found, "UBND tỉnh A", "Tỉnh A")


def test_every_paper_keeps_the_rules(tmp_path: Path, sample: Procedure) -> None:
    (tmp_path / "bureau").mkdir()
    told = {
        paper.title: faults(
            to_docx(paper),
            Asked(form=paper.form, letterhead=paper.letterhead is not None, grounds=len(paper.grounds)),
        )
        for paper in papers(tmp_path, sample)
    }
    assert len(told) == 6
    assert {title: found for title, found in told.items() if found} == {}


Break = Callable[["Opened"], object]


@dataclass(frozen=True)
class Opened:
    """The sample paper opened, to break one rule of it by hand."""

    paper: docx.document.Document

    @property
    def left(self) -> list[Lines]:
        return list(self.paper.tables[0].rows[0].cells[0].paragraphs)

    @property
    def right(self) -> list[Lines]:
        return list(self.paper.tables[0].rows[0].cells[1].paragraphs)

    @property
    def body(self) -> Lines:
        return next(one for one in self.paper.paragraphs if one.paragraph_format.first_line_indent)

    def closing(self, place: int) -> list[Lines]:
        return list(self.paper.tables[-1].rows[0].cells[place].paragraphs)

    def says(self, one: Lines, text: str) -> None:
        one.runs[0].text = text

    def ends(self) -> None:
        for one in self.paper.paragraphs:
            if one.text.endswith("./."):
                one.runs[-1].text = one.runs[-1].text.replace("./.", ".")

    def ground(self) -> Lines:
        return next(one for one in self.paper.paragraphs if one.text.startswith("Căn cứ"))


BREAKS: Mapping[str, Break] = {
    "margin": lambda it: setattr(it.paper.sections[0], "left_margin", Mm(25)),
    "font": lambda it: setattr(it.body.runs[0].font, "name", "Arial"),
    "first page": lambda it: setattr(it.paper.sections[0], "different_first_page_header_footer", False),
    "country": lambda it: it.says(it.right[0], "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    "motto": lambda it: setattr(it.right[1].runs[0], "bold", False),
    "issuer": lambda it: it.says(it.left[1], "Văn phòng"),
    "symbol": lambda it: it.says(it.left[-1], "Số: 5/BC-VP"),
    "month": lambda it: it.says(it.right[-1], "Hà Nội, ngày 09 tháng 03 năm 2026"),
    "upright date": lambda it: setattr(it.right[-1].runs[0], "italic", False),
    "type": lambda it: it.says(it.paper.paragraphs[0], "Báo cáo"),
    "ground": lambda it: it.says(it.ground(), "Căn cứ Quy chế."),
    "ragged": lambda it: setattr(it.body, "alignment", ALIGN.LEFT),
    "tight": lambda it: setattr(it.body.paragraph_format, "space_after", Pt(3)),
    "small": lambda it: setattr(it.body.runs[0].font, "size", Pt(12)),
    "indent": lambda it: setattr(it.body.paragraph_format, "first_line_indent", Mm(20)),
    "end": lambda it: it.ends(),
    "recipients": lambda it: setattr(it.closing(0)[0].runs[0], "italic", False),
    "archive": lambda it: it.says(it.closing(0)[-1], "- VT;"),
    "signer": lambda it: it.says(it.closing(1)[0], "Chánh Văn phòng"),
}


@pytest.mark.parametrize("how", BREAKS)
def test_the_checker_sees_each_rule_broken(how: str) -> None:
    it = Opened(docx.Document(BytesIO(to_docx(REPORT))))
    BREAKS[how](it)
    made = BytesIO()
    it.paper.save(made)
    assert faults(made.getvalue(), Asked(grounds=2)), how
    assert faults(to_docx(REPORT), Asked(grounds=2)) == []


def test_a_form_is_not_ended_by_a_mark_and_a_paper_is() -> None:
    form = replace(REPORT, form=True, signer=None, recipients=(), archive="")
    assert faults(to_docx(form), Asked(form=True, grounds=2)) == []
    assert faults(to_docx(form), Asked(grounds=2)) == ["nothing marks the end of the body"]
