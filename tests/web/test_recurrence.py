"""A nonconformity that came again: its page leads to the one before, and whoever may opens that one again."""

from datetime import datetime

from engine.agency import Agency
from engine.commands import FinishWork
from engine.handle import Done, handle
from quality.nonconformity import by_hand
from tests.quality.agency import at
from tests.web.test_giving import Visitor, agency

__all__ = ["agency"]
WHERE = {"nguồn": "Phát hiện khác", "mô tả": "giao thiếu", "quy trình": "QT-TT-01", "bước": "kiểm tra"}
CAUSE = {"phương pháp phân tích": "5 vì sao", "nhóm nguyên nhân": "Con người", "nguyên nhân": "không đếm lại"}
ACTION = {
    "có ở nơi khác": "không",
    "hành động": "đếm hai lần",
    "người chịu trách nhiệm": "an",
    "hạn hoàn thành": "30/03/2026",
    "chỉ tiêu đo hiệu lực": "Không đo được từ hồ sơ",
}
ENTRIES = ("Đã xem xét và phân tích sự không phù hợp", "Đã tìm xem sự không phù hợp tương tự có tồn tại ở nơi khác")


def found(agency: Agency, name: str, when: datetime) -> str:
    """Open a nonconformity at one step; return its number."""
    opened = handle(by_hand(name, "giang", f"Giao thiếu giấy {name}"), store=agency.store, ground=agency, now=when)
    assert isinstance(opened, Done), opened
    return opened.case


def finish(agency: Agency, case: str, item: int, when: datetime, outcome: str | None = None, **more: object) -> None:
    """Finish a step as whoever may do it."""
    for actor in ("giang", "an", "chi", "ha", "em", "binh"):
        command = FinishWork(id=f"{case}.{item}.{actor}", actor=actor, case=case, item=item, outcome=outcome, **more)
        answer = handle(command, store=agency.store, ground=agency, now=when)
        if isinstance(answer, Done):
            return
    raise AssertionError(answer)


def test_one_that_was_closed_too_early_is_opened_again_from_the_page_of_either(agency: Agency) -> None:
    object.__setattr__(agency.settings, "read_all", "Giám đốc; Văn thư")
    first = found(agency, "k1", at(10))
    finish(agency, first, 1, at(10, 9), "Xác nhận", fields=WHERE, reason="đúng")
    finish(agency, first, 2, at(10, 10), fields={"biện pháp khắc phục": "giao bù"})
    finish(agency, first, 3, at(10, 11), fields=CAUSE | ACTION, checked=ENTRIES)
    finish(agency, first, 4, at(11), fields={"kết quả hành động": "đã làm"})
    finish(agency, first, 5, at(12), "Có hiệu lực", fields={"nhận xét hiệu lực": "tốt"})
    second = found(agency, "k2", at(16))
    finish(agency, second, 1, at(16, 9), "Xác nhận", fields=WHERE, reason="lại thiếu")
    head, officer = Visitor(agency, "em"), Visitor(agency, "binh")
    offer = f"Mở lại {first} vì tái diễn ở {second}"
    for case in (first, second):
        assert offer in head.get(f"/ho-so/{case}")
    assert f"Xem {second}" in officer.get(f"/ho-so/{first}")
    assert offer not in officer.answer.text
    page = head.get(f"/ho-so/{first}/lam/mo-lai?ly-do=sự việc tái diễn ở {second}")
    assert f"sự việc tái diễn ở {second}</textarea>" in page
    head.send(f"/ho-so/{first}/lam/mo-lai", **{"ly-do": f"sự việc tái diễn ở {second}"})
    with agency.store.reading() as reader:
        held = reader.held(first)
    assert held is not None
    assert not held.case.over
    assert offer not in head.get(f"/ho-so/{second}")
