"""A document touches what names it, and what it touches has three months."""

from datetime import UTC, date, datetime

import pytest

from procedures.documents import Document
from procedures.shelf import release
from quality.declarations.law import Change, affected, unseen, until
from tests.quality.agency import DECLARED, ISSUED, loaded

NAMING = loaded(
    DECLARED.replace("các bước:", "các bước:").replace(
        "  thời hạn: 3", "  căn cứ:\n    - Nghị định 61/2018/NĐ-CP, Điều 19\n  thời hạn: 3"
    )
)
ONE = release(NAMING, approved_by="Giám đốc", issued_at=ISSUED)
CEASED = Document("61/2018/NĐ-CP", "Nghị định", ceased=date(2026, 1, 31), replaced_by="118/2025/NĐ-CP")


@pytest.mark.parametrize(
    ("effect", "by"),
    [
        (date(2026, 1, 1), date(2026, 4, 1)),
        (date(2025, 11, 30), date(2026, 2, 28)),
        (date(2026, 12, 15), date(2027, 3, 15)),
    ],
)
def test_three_months_end_on_the_same_day_or_at_the_end_of_a_shorter_month(effect: date, by: date) -> None:
    assert until(effect) == by


def test_a_document_touches_the_procedures_that_name_it_and_no_others() -> None:
    assert affected([ONE], ["61/2018/nđ-cp"]) == [ONE]
    assert affected([ONE], ["118/2025/NĐ-CP", ""]) == []


def test_a_document_out_of_force_that_is_still_named_is_told_until_a_case_follows_it() -> None:
    (words,) = unseen([CEASED], [ONE], [], date(2026, 2, 1))
    assert words.into("vi").startswith("61/2018/NĐ-CP hết hiệu lực từ 31/01/2026 mà QT-TT-01 vẫn căn cứ")
    assert unseen([CEASED], [ONE], [], date(2026, 1, 30)) == []
    followed = Change(
        "HS-1", "118/2025/NĐ-CP", "61/2018/NĐ-CP", None, (), None, "cập nhật", "", datetime(2026, 1, 5, tzinfo=UTC)
    )
    assert unseen([CEASED], [ONE], [followed], date(2026, 2, 1)) == []
