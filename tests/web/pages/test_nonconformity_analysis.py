"""The charts of nonconformities have tables that say the same."""

from tests.web.conftest import Played


def test_bars_and_months_are_drawn_with_their_tables(played: Played) -> None:
    text = played.get("/khong-phu-hop/phan-tich?theo=quy-trinh&ky=2026")
    assert text.count("<svg") == 2
    assert "QT-TT-01" in text
    assert "03/2026" in text


def test_what_nobody_has_found_a_cause_of_is_told_and_what_is_no_trait_is_missing(played: Played) -> None:
    assert "chưa có gì để thống kê" in played.get("/khong-phu-hop/phan-tich?ky=2026")
    assert played.visitor.get("/khong-phu-hop/phan-tich?theo=mau").status_code == 404
