"""The demonstration is the same year from the same seed, and its summary says what its database holds."""

import ast
import re
import sqlite3
import zipfile
from dataclasses import dataclass
from pathlib import Path

import docx
import pytest

from tests.cli.office import Answer, Office, said
from tests.visualize.nd30 import Asked, faults

ROOT = Path(__file__).resolve().parents[2]

#: The kinds of refusal that real people meet too: two took the same work, a case was paused or over in the meantime.
EXPECTED = {"AlreadyTaken", "AlreadyDone", "CaseIsOver", "CaseIsPaused", "TooManyReturns", "NotWaitingForThis"}


@dataclass(frozen=True)
class Year:
    """A year that was played: its folder, and what the program said."""

    root: Path
    answer: Answer

    def numbers(self, label: str) -> list[int]:
        """Return the whole numbers in the line of the summary that begins with `label`."""
        line = next(line for line in self.answer.out.splitlines() if line.strip().startswith(label))
        found = re.findall(
            r"(?<![\w.,])\d{1,3}(?:\.\d{3})+(?!\d|,\d)|(?<![\w.,])\d+(?!\w|[.,]\d)", line.partition(label)[2]
        )
        return [int(number.replace(".", "")) for number in found]

    def ask(self, question: str) -> list[int]:
        """Return the first row of a plain SQL question to the database."""
        with sqlite3.connect(self.root / "quytrinh.db") as database:
            row = database.execute(question).fetchone()
        database.close()
        return [int(value or 0) for value in row]


def played(root: Path) -> Year:
    return Year(root, said("-C", root.parent, "demo", "--cases", "25", "--seed", "7", "--no-serve", "-o", root))


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Year:
    return played(tmp_path_factory.mktemp("một") / "năm mẫu")


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Year:
    return played(tmp_path_factory.mktemp("hai") / "năm mẫu")


def test_it_ends_well_and_writes_what_it_says(first: Year) -> None:
    assert first.answer.code == 0, first.answer.err
    assert first.answer.out == (first.root / "tom-tat.txt").read_text("utf-8")
    for pattern in ("luu-do/*-luu-do.svg", "ho-so/HS-2026-*.svg", "chi-tieu/*.csv", "xem-xet/*.docx", "xem-xet/*.html"):
        assert list(first.root.glob(pattern)), pattern


def test_the_same_seed_is_the_same_year_to_the_byte(first: Year, second: Year) -> None:
    made = [
        {
            path.relative_to(year.root): path.read_bytes()
            for folder in ("luu-do", "ho-so", "chi-tieu", "xem-xet", "he-thong", "mot-cua", "releases")
            for path in (year.root / folder).iterdir()
            if path.suffix != ".zip"  # what is signed bears the key of its folder
        }
        for year in (first, second)
    ]
    assert made[0].keys() == made[1].keys()
    assert [name for name in made[0] if made[0][name] != made[1][name]] == []
    assert len(made[0]) > 40


def test_the_system_of_the_year_is_declared_audited_and_inspected(first: Year) -> None:
    office, end = Office(first.root), "2026-12-31T17:00"
    programme = office.told("internal-audit", "programme", at=end)["rows"]
    assert {row["Tình trạng"] for row in programme} == {"Đã đánh giá"}
    assert "công bố lại" not in office.say("declaration", "status", at=end).err
    inspected = office.told("inspection", "list", at=end)["rows"]
    assert [row["Đơn vị"] for row in inspected if row["Ngày ký biên bản"]] == ["Sở Nội vụ", "Sở Y tế", "UBND xã B"]
    bodies = office.told("people", "committees", "--history", at=end)["rows"]
    assert [row["Đến ngày"] for row in bodies if row["Tổ chức"] == "Ban Chỉ đạo ISO"] == ["15/07/2026", ""]
    for pattern in ("he-thong/bao-cao-danh-gia-*.docx", "he-thong/bien-ban-*.docx", "mot-cua/mau-06-*.docx"):
        assert list(first.root.glob(pattern)), pattern
    with zipfile.ZipFile(first.root / "he-thong" / "ho-so-kiem-tra.zip") as archive:
        assert len([name for name in archive.namelist() if name.startswith("05-chung-cu/")]) == 2


#: Which files each maker of a paper writes in the sample year, and whether that paper is a form.
MADE = {
    "audit_papers.checklist": ("he-thong/phieu-danh-gia-*.docx", True),
    "audit_papers.report": ("he-thong/bao-cao-danh-gia-*.docx", False),
    "onestop.book.book": ("mot-cua/so-theo-doi-*.docx", True),
    "onestop.forms.form": ("mot-cua/mau-*.docx", True),
    "programme_document.board_document": ("chuong-trinh/*-tien-do.docx", False),
    "programme_document.plan_document": ("chuong-trinh/ct-2026.docx", False),
    "report_document.report_document": ("bao-cao/*.docx", False),
    "review_document.review_document": ("xem-xet/xem-xet-*.docx", False),
    "review_minutes.announcement": ("xem-xet/thong-bao-*.docx", False),
    "review_minutes.minutes": ("xem-xet/bien-ban-*.docx", False),
    "system_papers.declaration_paper": ("he-thong/quyet-dinh-cong-bo-*.docx", False),
    "system_papers.minutes": ("he-thong/bien-ban-kiem-tra-*.docx", True),
    "system_papers.visit_checklist": ("he-thong/phieu-kiem-tra-*.docx", True),
}


def test_every_paper_of_the_year_keeps_the_rules(first: Year) -> None:
    told = {}
    for pattern, form in MADE.values():
        papers = sorted(first.root.glob(pattern))
        assert papers, pattern
        for path in papers:
            lines = [one.text for one in docx.Document(str(path)).paragraphs]
            grounds = sum(line.startswith(("Căn cứ ", "Theo đề nghị")) for line in lines)
            named, annex = not path.name.startswith("mau-"), path.stem.endswith("tien-do")
            asked = Asked(form=form, letterhead=not annex, grounds=grounds, about=named)
            told[path.name] = faults(path.read_bytes(), asked)
    assert {name: found for name, found in told.items() if found} == {}


def test_no_maker_of_papers_is_forgotten() -> None:
    """The makers are read from the code, so that a new one has to be added here or beside the checker."""
    tested_there = {"case_document.case_document", "procedure_document.procedure_document"}
    tested_there |= {"register_sheet.register_document", "onestop.forms.paper"}
    found = set()
    for path in (ROOT / "visualize").rglob("*.py"):
        module = ".".join(path.relative_to(ROOT / "visualize").with_suffix("").parts)
        for one in ast.parse(path.read_text("utf-8")).body:
            if isinstance(one, ast.FunctionDef) and not one.name.startswith("_") and one.returns is not None:
                found |= (
                    {f"{module}.{one.name}"} if "Document" in re.findall(r"\w+", ast.unparse(one.returns)) else set()
                )
    assert found == {*MADE, *tested_there}


def test_the_log_has_the_same_hash(first: Year, second: Year) -> None:
    hashes = [Office(year.root).told("audit", "verify")["root"] for year in (first, second)]
    assert hashes[0] == hashes[1]
    assert hashes[0] in first.answer.out


def test_the_cases_of_the_summary_are_those_of_the_database(first: Year) -> None:
    ours = "from case_file where series like 'HS-%'"
    assert first.numbers("Tiếp nhận") == first.ask(f"select count(*) {ours}")
    assert first.numbers("Đã giải quyết") == first.ask(f"select count(*) {ours} and status = 'ended'")
    assert first.numbers("Đã rút") == first.ask(f"select count(*) {ours} and status = 'withdrawn'")
    assert first.numbers("Đang giải quyết") == first.ask(f"select count(*) {ours} and status in ('open', 'paused')")


def test_the_breaches_of_the_summary_are_those_of_the_database(first: Year) -> None:
    late = "select sum(kind = 'late_step'), sum(kind = 'late_case') from breach"
    assert first.numbers("Vi phạm thời hạn") == first.ask(late)
    assert first.numbers("Đối chiếu") == first.ask(
        "select (select sum(seq - first_seq + 1) from event), (select count(*) from case_file)"
    )


def test_the_nonconformities_of_the_summary_are_those_of_the_database(first: Year) -> None:
    kph = "from case_file where series like 'KPH-%'"
    open_ = f"(select count(*) {kph} and status in ('open', 'paused'))"
    assert first.numbers("Đã ghi nhận") == first.ask(f"select count(*), {open_} {kph}")


def test_the_share_on_time_is_that_of_the_database(first: Year) -> None:
    """Counted here by hand: a case with a limit is late from the minute after it is due."""
    rows = "from case_file where series like 'HS-%' and status = 'ended' and due is not null"
    share, count = first.ask(f"select sum(ended_at < due + 60) * 1000 / count(*), count(*) {rows}")
    line = next(line for line in first.answer.out.splitlines() if "Giải quyết đúng hạn" in line)
    assert f"trong số {count} hồ sơ" in line
    told = re.search(r"(\d+(?:,\d)?) %", line)
    assert told is not None
    assert abs(float(told[1].replace(",", ".")) * 10 - share) <= 1


def test_nobody_was_refused_except_where_people_are(first: Year) -> None:
    """A refused command writes nothing, so what was refused is counted while the year is played again."""
    from random import Random

    from cli.demo.build import build
    from cli.demo.play import Year as Playing
    from cli.demo.world import World
    from cli.desk import Desk

    root = first.root.parent / "lại"
    agency = build(Desk(root=root), root, 2026)
    procedures = {one.code: one.procedure for one in agency.shelf.all()}
    playing = Playing(agency, World(2026, 5, Random(7), agency.organisation, agency.calendar, procedures))  # noqa: S311
    playing.play(lambda: None)
    agency.store.close()
    assert playing.commands > 100
    assert playing.refused.keys() <= EXPECTED
    assert sum(playing.refused.values()) <= playing.commands / 20


def test_another_folder_is_never_cleared(tmp_path: Path) -> None:
    (tmp_path / "luận văn.txt").write_text("quý", encoding="utf-8")
    answer = said("demo", "--cases", "1", "--no-serve", "-o", tmp_path)
    assert answer.code == 2
    assert "đang chứa thứ khác; chọn thư mục khác bằng -o" in answer.err
    assert (tmp_path / "luận văn.txt").read_text("utf-8") == "quý"


def test_an_agency_of_ones_own_is_never_cleared(tmp_path: Path) -> None:
    own = tmp_path / "sở a"
    assert said("init", own).code == 0
    before = sorted(path.relative_to(own) for path in own.rglob("*"))
    assert said("demo", "--no-serve", "-o", own).code == 2
    assert sorted(path.relative_to(own) for path in own.rglob("*")) == before
