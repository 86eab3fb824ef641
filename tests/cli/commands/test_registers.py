"""The register of a procedure on the command line."""

import csv
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.cli.commands.test_cases import ASKER, opened
from tests.cli.office import ISSUED, Office

#: Of the division of quality, through which no purchase comes.
STRANGER = "khanh.pv"


@pytest.fixture
def case(office: Office) -> str:
    return opened(office)


def test_the_registers_there_are_are_listed_with_their_cases(office: Office, case: str) -> None:
    told = {one["procedure"]: one["cases"] for one in office.told("register")["registers"]}
    assert told["QT-VP-05"] == 1
    assert "QT-VP-05" in office.say("register").out


def test_a_register_names_each_case_once(office: Office, case: str) -> None:
    shown = office.say("register", "QT-VP-05", at="2026-03-05T10:00")
    assert shown.out.count(case) == 1
    assert "tính đến 05/03/2026 10:00; 1 hồ sơ" in shown.err
    [one] = office.told("register", "QT-VP-05")["cases"]
    assert one["case"] == case
    assert office.told("register", "QT-VP-05", "--period", "2025")["cases"] == []


def test_with_somebody_it_holds_what_they_may_read(office: Office, case: str) -> None:
    assert len(office.told("register", "QT-VP-05")["cases"]) == 1
    assert len(office.told("register", "QT-VP-05", by=ASKER)["cases"]) == 1
    assert office.told("register", "QT-VP-05", by=STRANGER)["cases"] == []


def test_it_is_written_as_a_workbook_a_paper_and_csv(office: Office, case: str, tmp_path: Path) -> None:
    for name in ("sổ.xlsx", "sổ.docx", "sổ.csv"):
        assert office.say("register", "QT-VP-05", "-o", tmp_path / name, at="2026-03-05T10:00").code == 0
    rows = list(csv.reader((tmp_path / "sổ.csv").read_text("utf-8-sig").splitlines()))
    assert rows[1][1] == case
    with ZipFile(tmp_path / "sổ.xlsx") as book:
        assert case in book.read("xl/sharedStrings.xml").decode()
    with ZipFile(tmp_path / "sổ.docx") as paper:
        assert case in paper.read("word/document.xml").decode()
        assert 'w:orient="landscape"' in paper.read("word/document.xml").decode()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("QT-XX",), "QT-XX chưa được ban hành"),
        (("QT-VP-05", "-o", "x.pdf"), "hãy đặt tên tệp kết thúc bằng .xlsx, .docx hoặc .csv"),
        (("QT-VP-05", "--unit", "Phòng Z"), "không có đơn vị “Phòng Z”"),
    ],
)
def test_what_cannot_be_answered_is_told(office: Office, words: tuple[str, ...], said: str) -> None:
    answer = office.say("register", *words)
    assert answer.code == 2
    assert said in answer.err


def test_a_file_is_taken_in_once_or_not_at_all(office: Office, tmp_path: Path) -> None:
    assert office.say("publish", "QT-HT-17", *ISSUED, "--accept", "QT601=Sổ ghi một bước").code == 0
    good = tmp_path / "sổ.csv"
    good.write_text(
        "trích yếu;năm;hoạt động;nội dung chi;nguồn kinh phí;dự toán\n"
        "Đào tạo;2026;Công bố;Một lớp;Ngân sách đơn vị;20 triệu\n",
        "utf-8-sig",
    )
    for _ in range(2):
        told = office.told("register", "QT-HT-17", "--import", good, by="hai.bv", at="2026-03-02T09:00")
        assert len(told["cases"]) == 1
    [one] = office.told("register", "QT-HT-17")["cases"]
    assert (one["status"], one["values"]["dự toán"]) == ("ended", "20000000")
    bad = tmp_path / "sai.csv"
    bad.write_text("trích yếu,năm\nX,hai nghìn\n", "utf-8")
    answer = office.say("register", "QT-HT-17", "--import", bad, by="hai.bv", at="2026-03-02T09:00")
    assert answer.code == 1
    assert "dòng 2:" in answer.err
    assert len(office.told("register", "QT-HT-17")["cases"]) == 1


def test_lines_are_known_again_by_what_cases_keep_and_not_by_what_was_erased(office: Office, tmp_path: Path) -> None:
    assert office.say("publish", "QT-HT-17", *ISSUED, "--accept", "QT601=Sổ ghi một bước").code == 0
    file = tmp_path / "sổ.csv"
    head = "trích yếu;đơn vị;năm;hoạt động;nội dung chi;nguồn kinh phí;dự toán\n"
    row = "{};{};2026;Công bố;Một lớp;Ngân sách đơn vị;20 triệu\n"
    one, other = row.format("Đào  tạo", ""), row.format("In sổ tay", "Văn phòng").replace("20 triệu", "21.000.000")

    def taken_in(*rows: str, at: str = "2026-03-02T09:00") -> list[str]:
        file.write_text(head + "".join(rows), "utf-8")
        return list(office.told("register", "QT-HT-17", "--import", file, by="hai.bv", at=at)["cases"])

    first, again, second = taken_in(one, one, other)
    assert first == again != second
    assert taken_in(other.replace("21.000.000", "21 triệu"), one, at="2026-06-02T09:00") == [second, first]
    ground = ("--reason", "theo đơn", "--basis", "Luật 91/2025/QH15")
    erasing = office.say("case", "erase", first, "--text", "1.title", *ground, by="an.nv", at="2026-06-03T09:00")
    assert erasing.code == 0, erasing.err
    assert taken_in(one, other, at="2026-06-04T09:00") == ["HS-2026-0003", second]
