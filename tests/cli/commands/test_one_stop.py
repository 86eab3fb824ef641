"""`case form` and `case book` write what happened; what did not happen is not made up."""

from datetime import date
from pathlib import Path

from tests.cli.office import Office
from tests.visualize.test_xlsx import cells

OPENED = "2026-03-02T09:00"


def opened(office: Office) -> str:
    told = office.told("case", "open", "QT-VP-05", "--title", "Giấy in", by="hung.nm", at=OPENED)
    return str(told["case"])


def test_a_receipt_a_slip_and_a_line_of_the_register_are_written(office: Office, tmp_path: Path) -> None:
    case = opened(office)
    for number in ("01", "06", "07"):
        path = tmp_path / f"{number}.docx"
        answer = office.say("case", "form", case, number, "-o", path, at=OPENED)
        assert (answer.code, answer.out.strip()) == (0, str(path))
        assert path.read_bytes().startswith(b"PK")


def test_the_register_and_a_line_of_it_are_spreadsheets_too(office: Office, tmp_path: Path) -> None:
    case = opened(office)
    book, line = tmp_path / "so.xlsx", tmp_path / "07.xlsx"
    assert office.say("case", "book", "--period", "2026-03", "-o", book, at="2026-05-04T09:00").code == 0
    assert office.say("case", "form", case, "07", "-o", line, at=OPENED).code == 0
    for path in (book, line):
        told = cells(path.read_bytes())
        assert case in {text for _, text in told.values()}
        assert str((date(2026, 3, 2) - date(1899, 12, 30)).days) in {
            text for kind, text in told.values() if kind != "inlineStr"
        }
    assert office.say("case", "form", case, "06", "-o", line, at=OPENED).code == 2
    assert office.say("case", "book", "-o", tmp_path / "so.csv", at=OPENED).code == 2


def test_a_form_that_is_not_due_is_refused_in_words(office: Office) -> None:
    answer = office.say("case", "form", opened(office), "05", at=OPENED)
    assert answer.code == 4
    assert "không bị dừng giải quyết" in answer.err


def test_there_are_forms_01_to_07_of_cases_that_there_are(office: Office) -> None:
    assert office.say("case", "form", opened(office), "08").code == 2
    assert office.say("case", "form", "HS-2026-9999", "01").code == 2


def test_the_register_counts_the_dossiers_of_its_period(office: Office, tmp_path: Path) -> None:
    opened(office)
    for period, count in (("2026-03", 1), ("2026-04", 0)):
        path = tmp_path / "so.docx"
        answer = office.say("case", "book", "--period", period, "-o", path, at="2026-05-04T09:00")
        assert answer.code == 0
        assert f"{count} hồ sơ trong sổ" in answer.err
        assert path.exists()
