"""Kinds of reports, their routes and their days are data; what cannot be carried out is told."""

import pytest

from quality.reports.kinds import read_kinds_text, units_on
from tests.quality.programme.sample import ROOT, at
from tests.quality.reports.sample import DECLARED, KINDS, ORGANISATION


def test_a_route_of_territory_and_one_of_a_sector_are_declared_side_by_side() -> None:
    territory, sector = KINDS
    assert (territory.cut_off, sector.cut_off) == (7, 5)
    day = at(1, 3).date()
    assert units_on(territory.legs[0], ORGANISATION, "Sở A", day) == ("UBND xã B", "UBND xã C")
    assert units_on(sector.legs[0], ORGANISATION, "Sở A", day) == (
        "Phòng Tổ chức cán bộ",
        "Phòng Kế hoạch - Tài chính",
        "Phòng Nghiệp vụ",
        "Phòng Công nghệ thông tin",
    )
    assert [leg.to for leg in (*territory.legs, *sector.legs)] == ["Sở A", "UBND tỉnh A", "Văn phòng", "cấp trên"]


def test_the_sample_reports_can_be_carried_out() -> None:
    text = (ROOT / "programme.d" / "báo cáo.yaml").read_text(encoding="utf-8")
    found = read_kinds_text(text, ORGANISATION, "Sở A")
    assert found.findings == ()
    assert [kind.code for kind in found.kinds] == ["BC-QUY", "BC-NGANH", "BC-NAM"]
    assert found.of("BC-NAM") is not None
    assert found.of("BC-X") is None


@pytest.mark.parametrize(
    ("was", "now", "code"),
    [
        ("gửi về: Sở A", "gửi về: Sở Z", "QT921"),
        ("mỗi phòng thuộc Sở A", "mỗi trường thuộc Sở A", "QT921"),
        ("định kỳ 6 tháng", "Thường xuyên", "QT922"),
        ("định kỳ 6 tháng", "lúc rảnh", "QT454"),
        ("7 ngày", "lâu", "QT454"),
        ("BC-NGANH:", "BC/NGANH:", "QT454"),
        ("    tên: Báo cáo theo ngành\n", "", "QT452"),
        ("các cấp", "cac cap", "QT451"),
    ],
)
def test_each_fault_has_its_code_and_nothing_is_owed_meanwhile(was: str, now: str, code: str) -> None:
    found = read_kinds_text(DECLARED.replace(was, now), ORGANISATION, "Sở A")
    assert code in [finding.code for finding in found.findings]
    assert found.kinds == ()


def test_figures_that_are_frozen_above_before_those_below_are_due_are_warned_of() -> None:
    text = DECLARED.replace("trước ngày 25 hàng quý, chốt số liệu trước hạn: 2 ngày", "trước ngày 25 hàng quý")
    found = read_kinds_text(text, ORGANISATION, "Sở A")
    assert [finding.code for finding in found.findings] == ["QT923"]
    assert "18/03" in found.findings[0].message.into("vi")
    assert len(found.kinds) == 2
