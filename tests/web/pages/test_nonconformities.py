"""The register of nonconformities is narrowed, counted, and told more of on the page of each."""

from tests.web.conftest import Played


def test_the_list_is_narrowed_by_what_it_is_about(played: Played) -> None:
    assert "KPH-2026-0001" in played.get("/khong-phu-hop?quy-trinh=QT-TT-01")
    assert "KPH-2026-0001" not in played.get("/khong-phu-hop?quy-trinh=QT-XX")
    assert "KPH-2026-0001" not in played.get("/khong-phu-hop?tinh-trang=recurring")
    assert played.visitor.get("/khong-phu-hop?tinh-trang=x").status_code == 404


def test_the_page_of_one_tells_what_the_record_knows_besides(played: Played) -> None:
    text = played.get("/ho-so/KPH-2026-0001")
    assert "Điều hồ sơ cho biết thêm" in text
    assert "hiệu lực:" in text
    assert "Điều hồ sơ cho biết thêm" not in played.get(f"/ho-so/{played.cases['done']}")
