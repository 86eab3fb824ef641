"""A nonconformity is merged into one that exists and is still open."""

import pytest

from engine.commands import FinishWork
from engine.handle import Done
from engine.refusals.entering import NotAccepted
from quality.sweep import sweep
from tests.quality.agency import Agency, agency, at, declared


@pytest.fixture
def office() -> Agency:
    """Two candidates, and one that was dismissed."""
    found = agency(declared())
    for _ in range(3):
        found.open(at(2, 8))
    sweep(found.store, found, at(9))
    found.finish("KPH-2026-0003", 1, "giang", at(9, 9), "Bác bỏ", reason="lịch nghỉ chưa cập nhật")
    return found


def merged(office: Agency, into: str | None) -> object:
    fields = {"gộp vào": into} if into is not None else {}
    told = FinishWork(id=f"m{into}", actor="giang", case="KPH-2026-0001", item=1, outcome="Gộp", fields=fields)
    return office.give(told.model_copy(update={"reason": "cùng nguyên nhân"}), at(10))


@pytest.mark.parametrize(
    ("into", "why"),
    [
        (None, "chưa cho biết gộp vào sự không phù hợp nào; nhập số của nó vào “gộp vào”"),
        ("KPH-2026-0001", "KPH-2026-0001 không gộp được vào chính nó"),
        ("KPH-2026-0009", "không có sự không phù hợp KPH-2026-0009"),
        ("HS-2026-0001", "không có sự không phù hợp HS-2026-0001"),
        (
            "KPH-2026-0003",
            "KPH-2026-0003 đã đóng; gộp vào sự không phù hợp đang xử lý, hoặc xác nhận sự không phù hợp này",
        ),
    ],
)
def test_a_number_that_is_no_open_nonconformity_is_not_accepted(office: Agency, into: str | None, why: str) -> None:
    answer = merged(office, into)
    assert isinstance(answer, NotAccepted)
    assert answer.words.into("vi") == f"Không nhận: {why}."


def test_one_that_is_open_takes_the_other_in(office: Agency) -> None:
    assert isinstance(merged(office, "KPH-2026-0002"), Done)
