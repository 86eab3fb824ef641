"""Procedures of other agencies stand in a section of their own, and their page is only read."""

import pytest

from engine.agency import Agency
from procedures.reference import FOLDER
from tests.quality.agency import DECLARED, ROOT
from tests.web.reading import Reading
from tests.web.test_giving import Visitor

AT = "/quy-trinh/tra-cuu/UBND tỉnh A"


@pytest.fixture
def looking(agency: Agency) -> Agency:
    """An agency that looks up at another, which has a procedure of the same code as one of its own."""
    folder = agency.root / FOLDER / "UBND tỉnh A"
    folder.mkdir(parents=True)
    theirs = (ROOT / FOLDER / folder.name / "QT-UB-01.yaml").read_text("utf-8")
    (folder / "QT-UB-01.yaml").write_text(theirs, "utf-8")
    (folder / "QT-TT-01.yaml").write_text(DECLARED, "utf-8")
    (folder / "hỏng.yaml").write_text("quy trình: x\n", "utf-8")
    return agency


def test_the_catalogue_names_them_with_their_agency_and_tells_whoever_is_in_what_is_bad(looking: Agency) -> None:
    page = Reading(Visitor(looking).get("/quy-trinh"))
    assert "Quy trình của cấp trên, để tra cứu" in page.texts
    assert "2 quy trình đã ban hành" in page.texts
    assert [words for words, href in page.links if "tra-cuu/UBND" in href] == ["QT-TT-01", "QT-UB-01"]
    assert not any("hỏng.yaml" in text for text in page.texts)
    seen = " ".join(Reading(Visitor(looking, "em").get("/quy-trinh")).texts)
    assert (
        "reference.d/UBND tỉnh A/hỏng.yaml:1:1 một bản khai báo phải có mục “các bước”; thêm một dòng: các bước: …"
        in seen
    )


def test_one_is_read_whole_and_nothing_can_be_done_with_it(looking: Agency) -> None:
    visitor = Visitor(looking, "em")
    page = Reading(visitor.get(f"{AT}/QT-UB-01"))
    for said in ("UBND tỉnh A", "BM-UB-01-02", "4. Xem xét phiếu trình", "5 ngày làm việc", "Lưu đồ"):
        assert said in page.texts
    assert any("chỉ để tra cứu; không mở hồ sơ" in one for one in page.texts)
    assert page.count("svg") >= 1
    assert not [href for _, href in page.links if href.startswith(("/ho-so?", "/phan-tich/", "/quy-trinh/QT-"))]
    assert not [href for _, href in page.links if href.endswith(("gop-y", "so-sanh"))]
    lanes = visitor.get(f"{AT}/QT-UB-01?ve=lan-boi&lang=en")
    assert visitor.answer.status_code == 200
    assert "A procedure of UBND tỉnh A, only to look up" in lanes
    assert "QT-UB-01" not in Visitor(looking, "an").get("/ho-so/moi")


@pytest.mark.parametrize("path", [f"{AT}/QT-XX-01", "/quy-trinh/tra-cuu/Bộ B/QT-UB-01", "/quy-trinh/QT-UB-01"])
def test_what_is_not_there_is_said(looking: Agency, path: str) -> None:
    visitor = Visitor(looking)
    assert "QT-" in visitor.get(path)
    assert visitor.answer.status_code == 404
