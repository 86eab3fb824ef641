import re
from pathlib import Path

from procedures import codes
from procedures.finding import Severity

SOURCES = Path(codes.__file__).parent


def test_every_code_is_explained_in_both_languages_with_wrong_and_right() -> None:
    for code in codes.codes().values():
        assert re.fullmatch(r"QT\d{3}", code.code)
        assert all([code.title("vi"), code.title("en"), code.why("vi"), code.why("en")]), code.code
        assert code.wrong != code.right, code.code


def test_every_code_that_a_reader_reports_is_explained() -> None:
    said = {
        code
        for path in [*SOURCES.glob("*.py"), *SOURCES.glob("reading/*.py")]
        for code in re.findall(r'"(QT\d{3})"', path.read_text("utf-8"))
    }
    assert said
    assert sorted(said - codes.codes().keys()) == []


def test_a_code_is_found_with_its_weight() -> None:
    found = codes.find("QT201")
    assert found is not None
    assert found.severity is Severity.ERROR
    assert codes.find("QT999") is None


def test_codes_come_in_order() -> None:
    assert list(codes.codes()) == sorted(codes.codes())
