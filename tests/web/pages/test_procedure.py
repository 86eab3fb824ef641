"""The page of a procedure says who made each issue, and when the procedure is over."""

from datetime import UTC, date, datetime
from pathlib import Path

from procedures.appraisal import Appraisal
from procedures.ending import Ending
from procedures.shelf import release
from tests.quality.agency import ISSUED, declared
from tests.web.conftest import NOW, made
from tests.web.reading import Reading
from tests.web.visitor import TestClient
from web.app import make_app


def texts(tmp_path: Path, *endings: Ending) -> list[str]:
    """The texts of the page of a procedure of which one appraised issue more was made, and that may be over."""
    agency = made(tmp_path)
    procedure = declared().model_copy(update={"code": "QT-TT-09", "issue": 1})
    appraisal = Appraisal(number="12/TĐ-VP", day=date(2026, 1, 5), unit="Phòng Tổng hợp")
    agency.shelf.publish(
        release(procedure, drafted_by="Lê Thị Soạn", approved_by="Giám đốc", issued_at=ISSUED, appraisal=appraisal)
    )
    agency.shelf.publish(endings=endings)
    page = TestClient(make_app(agency, now=lambda: NOW)).get("/quy-trinh/QT-TT-09").text
    agency.store.close()
    return Reading(page).texts


def test_who_drafted_appraised_and_approved_an_issue_is_told(tmp_path: Path) -> None:
    said = texts(tmp_path)
    for head, value in (
        ("Soạn thảo", "Lê Thị Soạn"),
        ("Thẩm định", "12/TĐ-VP, 05/01/2026"),
        ("Người phê duyệt", "Giám đốc"),
    ):
        assert head in " ".join(said)
        assert value in said
    assert "Phòng Tổng hợp" in said
    assert "Bãi bỏ" not in said


def test_that_a_procedure_is_over_is_told_with_the_reason_and_what_took_its_place(tmp_path: Path) -> None:
    over = Ending(
        "QT-TT-09", date(2026, 3, 1), "gộp quy trình", "Giám đốc", datetime(2026, 2, 1, tzinfo=UTC), "QT-TT-01"
    )
    said = texts(tmp_path, over)
    assert "Bãi bỏ" in said
    assert "từ 01/03/2026: gộp quy trình" in said
    assert any("người quyết định: Giám đốc; được thay thế bằng QT-TT-01" in text for text in said)
