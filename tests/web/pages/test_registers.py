"""Every procedure has its register as a page, a workbook and a paper."""

from tests.web.conftest import Played


def test_the_register_of_a_procedure_lists_its_cases_and_is_kept_as_files(played: Played) -> None:
    assert "/so/QT-TT-01" in played.get("/so")
    text = played.get("/so/QT-TT-01")
    assert all(case in text for case in played.cases.values())
    for ending in ("xlsx", "docx"):
        answer = played.visitor.get(f"/so/QT-TT-01.{ending}")
        assert answer.status_code == 200
        assert answer.content.startswith(b"PK")
    assert played.visitor.get("/so/QT-XX").status_code == 404
    assert played.visitor.get("/so/QT-TT-01?trang=9").status_code == 404


def test_a_period_holds_what_was_open_in_it(played: Played) -> None:
    assert played.cases["done"] not in played.get("/so/QT-TT-01?ky=2026-02")
