"""What a written ground names, and which document of the register is meant."""

from datetime import date

import pytest

from procedures.documents import Document, named_in, resolved

REGISTER = (
    Document("TCVN ISO 9001:2015", "Hệ thống quản lý chất lượng"),
    Document("Bộ luật Lao động", "Bộ luật Lao động"),
    Document("30/2020/NĐ-CP", "Nghị định về công tác văn thư"),
    Document("61/2018/NĐ-CP", "Nghị định", ceased=date(2025, 7, 1), replaced_by="118/2025/NĐ-CP"),
)


@pytest.mark.parametrize(
    ("ground", "named"),
    [
        ("Nghị định 30/2020/NĐ-CP, Điều 3", ["30/2020/NĐ-CP"]),
        ("Quyết định 2487/QĐ-UBND năm 2025 của UBND tỉnh Lạng Sơn", ["2487/QĐ-UBND"]),
        ("Thông tư 01/2018/TT-VPCP, Điều 8", ["01/2018/TT-VPCP"]),
        ("TCVN ISO 9001:2015, điều 8.4 và 8.5.1", ["TCVN ISO 9001:2015"]),
        ("ISO/IEC 27001:2022", ["ISO/IEC 27001:2022"]),
        ("QCVN 06:2022/BXD", ["QCVN 06:2022/BXD"]),
        ("Bộ luật Lao động 2019, Điều 113", ["Bộ luật Lao động 2019"]),
        ("Luật Tiếp công dân, Điều 28", ["Luật Tiếp công dân"]),
        (
            "Nghị định 283/2025/NĐ-CP ngày 31/10/2025 sửa đổi một số điều của Nghị định 120/2020/NĐ-CP",
            ["283/2025/NĐ-CP", "120/2020/NĐ-CP"],
        ),
        ("Các quy định hiện hành", []),
        ("Kế hoạch năm 2025, ngày 01/02/2025", []),
        ("theo chỉ đạo của lãnh đạo Sở", []),
    ],
)
def test_numbers_standards_and_laws_are_recognised_and_nothing_else(ground: str, named: list[str]) -> None:
    assert list(named_in(ground)) == named


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("30/2020/NĐ-CP", "30/2020/NĐ-CP"),
        ("30/2020/nđ-cp", "30/2020/NĐ-CP"),
        ("Bộ luật Lao động 2019", "Bộ luật Lao động"),
        ("30/2020/NĐ", None),
        ("Bộ luật Lao", None),
        ("TCVN ISO 9001:2008", None),
    ],
)
def test_a_number_is_found_as_a_whole_and_a_law_by_the_beginning_of_its_name(name: str, number: str | None) -> None:
    found = resolved(name, REGISTER)
    assert (found.number if found else None) == number


def test_a_document_is_in_force_until_the_day_on_which_it_ceases() -> None:
    old = REGISTER[-1]
    assert old.in_force(date(2025, 6, 30))
    assert not old.in_force(date(2025, 7, 1))
    assert REGISTER[0].in_force(date(2099, 1, 1))
