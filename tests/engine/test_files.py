"""Which files are taken, where they lie, and that a case knows them."""

import io
import zipfile
from pathlib import Path

import pytest

from engine.commands import AttachFile, FinishWork
from engine.commands.files import NAME
from engine.files import KINDS, LARGEST, FileShelf, Judged, judge
from engine.handle import Done
from engine.refusal import Refusal
from engine.refusals.access import NotYours
from engine.refusals.files import (
    FileEmpty,
    FileHasMacros,
    FileNeeded,
    FileNotTaken,
    FileNotWhatItSays,
    FilesTooMany,
    FileTooBig,
    FileUnpacksTooLarge,
)
from engine.refusals.life import CaseIsOver
from tests.engine.house import Office, at, purchase

PDF = b"%PDF-1.7\n%%EOF\n"
NOW = at(2, 9)


def office_document(part: str = "word/document.xml", **parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(part, "<document/>")
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def judged(name: str, content: bytes) -> Judged | Refusal:
    return judge(name, io.BytesIO(content))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Báo giá.pdf", PDF),
        ("tờ trình.DOCX", office_document()),
        ("bảng.xlsx", office_document("xl/workbook.xml")),
        ("ảnh.png", b"\x89PNG\r\n\x1a\n...."),
        ("ảnh.jpg", b"\xff\xd8\xff\xe0...."),
    ],
)
def test_papers_tables_and_pictures_are_taken(name: str, content: bytes) -> None:
    found = judged(name, content)
    assert isinstance(found, Judged)
    assert (found.name, found.size) == (name, len(content))
    assert found.type == KINDS[Path(name).suffix.lower()].type


@pytest.mark.parametrize(
    "name", ["virus.exe", "trang.html", "hình.svg", "bảng.xlsm", "tờ.docm", "không đuôi", "a.pdf.js"]
)
def test_what_runs_or_is_unknown_is_not_taken(name: str) -> None:
    assert isinstance(judged(name, PDF), FileNotTaken)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"<html>"),
        ("a.png", PDF),
        ("a.docx", b"PK\x03\x04 not an archive"),
        ("a.docx", office_document("xl/workbook.xml")),
        ("a.xlsx", office_document()),
        ("a.docx", office_document(**{"../../etc/passwd": b"x"})),
        ("a.docx", office_document(**{"/etc/passwd": b"x"})),
        ("a.docx", office_document(**{"C:\\x": b"x"})),
    ],
)
def test_a_file_that_is_not_what_it_says_is_not_taken(name: str, content: bytes) -> None:
    assert judged(name, content) == FileNotWhatItSays(name)


@pytest.mark.parametrize("part", ["word/vbaProject.bin", "word/embeddings/oleObject1.bin", "x.exe", "more.zip"])
def test_a_document_that_can_do_something_is_not_taken(part: str) -> None:
    assert judged("a.docx", office_document(**{part: b"x"})) == FileHasMacros("a.docx")


def test_an_archive_that_unpacks_to_far_more_is_stopped_in_the_middle() -> None:
    bomb = office_document(**{"word/media/x.bin": bytes(60 * 1024 * 1024)})
    assert len(bomb) < 100_000
    assert judged("a.docx", bomb) == FileUnpacksTooLarge("a.docx")
    many = office_document(**{f"word/{n}.xml": b"" for n in range(2_001)})
    assert judged("a.docx", many) == FileUnpacksTooLarge("a.docx")


def test_empty_and_huge_files_are_not_taken() -> None:
    assert judged("a.pdf", b"") == FileEmpty("a.pdf")
    assert judged("a.pdf", PDF + bytes(LARGEST * 1024 * 1024)) == FileTooBig("a.pdf", LARGEST)


@pytest.mark.parametrize(
    ("said", "kept"),
    [("../../etc/passwd.pdf", "passwd.pdf"), ("C:\\Users\\an\\giá.pdf", "giá.pdf"), ("a\x00b\n.pdf", "ab.pdf")],
)
def test_a_name_has_no_folders_and_nothing_that_cannot_be_seen(said: str, kept: str) -> None:
    found = judged(said, PDF)
    assert isinstance(found, Judged)
    assert found.name == kept


def test_a_file_is_kept_once_under_its_hash_and_an_altered_one_is_seen(tmp_path: Path) -> None:
    shelf, found = FileShelf(tmp_path / "tệp"), judged("a.pdf", PDF)
    assert isinstance(found, Judged)
    for _ in range(2):
        shelf.put(io.BytesIO(PDF), found.digest)
    assert shelf.all() == [found.digest]
    assert shelf.whole(found.digest)
    shelf.path(found.digest).write_bytes(PDF + b"x")
    assert not shelf.whole(found.digest)
    assert not shelf.whole("0" * 64)


def test_nothing_half_written_is_left_behind(tmp_path: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:  # noqa: ARG002
            raise OSError("the disk went away")

    with pytest.raises(OSError, match="went away"):
        FileShelf(tmp_path).put(Broken(PDF), "a" * 64)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def attach(
    office: Office, case: str, by: str = "an", item: int = 1, size: int = 10, digest: str = "ab" * 32
) -> Done | Refusal:
    asked = AttachFile(
        id=office.id(),
        actor=by,
        case=case,
        item=item,
        digest=digest,
        size=size,
        type="application/pdf",
        fields={NAME: "báo giá.pdf"},
        salt="s",
    )
    return office.give(asked, NOW)


def test_a_case_knows_its_files_and_the_log_only_that_they_have_a_name() -> None:
    office = Office.with_(purchase())
    case = office.open(NOW)
    assert isinstance(attach(office, case), Done)
    (file,) = office.case(case).files
    assert (file.number, file.item, file.by, file.at) == (1, 1, "an", NOW)
    with office.store.reading() as reader:
        held = reader.held(case)
    assert held is not None
    assert held.values[file.name] == "báo giá.pdf"
    assert "báo giá" not in office.log(case)[-1].body


def test_only_whoever_may_do_the_work_attaches_to_it_and_only_while_it_is_open() -> None:
    office = Office.with_(purchase())
    case = office.open(NOW)
    assert not isinstance(attach(office, case, by="em"), Done)
    office.do(case, "lập phiếu", "an", NOW, fields={"nội dung": "x", "tổng tiền": "12 triệu"})
    assert isinstance(attach(office, case, by="em", item=2), NotYours)
    office.do(case, "kiểm tra", "binh", NOW, "Không thuộc phạm vi")
    assert attach(office, case, by="binh", item=2) == CaseIsOver(case)


def test_the_files_of_a_case_have_a_limit_together() -> None:
    office = Office.with_(purchase())
    case = office.open(NOW)
    for _ in range(10):
        assert isinstance(attach(office, case, size=20 * 1024 * 1024), Done)
    assert attach(office, case) == FilesTooMany(case, 200)


def test_a_step_that_needs_a_file_goes_on_only_once_one_is_attached() -> None:
    sample = purchase()
    asked = tuple(
        step.model_copy(update={"needs_file": step.key in {"lập phiếu", "kiểm tra"}}) for step in sample.steps
    )
    office = Office.with_(sample.model_copy(update={"steps": asked}))
    case = office.open(NOW)
    given = {"nội dung": "x", "tổng tiền": "12 triệu"}
    said = FinishWork(id=office.id(), actor="an", case=case, item=1, fields=given, salt="s")
    assert office.give(said, NOW) == FileNeeded("Lập phiếu đề nghị")
    assert isinstance(attach(office, case), Done)
    office.do(case, "lập phiếu", "an", NOW, fields=given)
    office.do(case, "kiểm tra", "binh", NOW, "Không thuộc phạm vi")  # what is refused needs no result
    assert office.case(case).over
