"""The list of work comes page by page, and each page says where the next one begins."""

import pytest

from quality import questions_work
from tests.cli.office import ISSUED, Office

AT = "2026-03-02T08:00"


def test_a_long_list_is_read_page_by_page_and_whole_into_a_calendar(office: Office) -> None:
    opened = [
        office.told("case", "open", "QT-VP-05", "--title", f"Mua {n}", by="hung.nm", at=AT)["case"] for n in "abc"
    ]
    first = office.told("work", "--limit", "2", by="hung.nm", at=AT)
    assert ([one["case"] for one in first["work"]], first["total"]) == (opened[:2], 3)
    rest = office.told("work", "--limit", "2", "--after", first["next"], by="hung.nm", at=AT)
    assert ([one["case"] for one in rest["work"]], rest["next"]) == (opened[2:], None)
    told = office.say("work", "--limit", "2", by="hung.nm", at=AT)
    assert told.err == f"2 trong 3 việc cần làm\nxem tiếp:  --after {first['next']}\n"
    assert office.told("work", "--unit", "Văn phòng", "--overdue", by="hung.nm", at=AT)["total"] == 0
    wrong = office.say("work", "--after", "HS-2026-0001", by="hung.nm", at=AT)
    assert (wrong.code, wrong.err) == (2, "--after “HS-2026-0001” không phải một chỗ trong danh sách\n")
    assert office.say("work", "--ical", office.root / "hạn.ics", by="hung.nm", at=AT).code == 0


def test_a_list_without_end_is_not_counted(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    for title in "abc":
        office.told("case", "open", "QT-VP-05", "--title", title, by="hung.nm", at=AT)
    monkeypatch.setattr(questions_work, "MOST", 2)
    told = office.told("work", "--limit", "3", by="hung.nm", at=AT)
    assert (len(told["work"]), told["total"], told["next"]) == (3, None, None)
    assert office.say("work", "--limit", "3", by="hung.nm", at=AT).err == "3 trong hơn 2 việc cần làm\n"


def test_what_is_late_with_others_stands_below_the_work_of_whoever_heads_them(office: Office) -> None:
    assert office.say("publish", "QT-HT-20", *ISSUED).code == 0
    asked = ("case", "open", "QT-HT-20", "--title", "Kế hoạch", "--set", "mốc tính hạn=11/03/2026")
    case = office.told(*asked, by="hung.nm", at=AT)["case"]
    assert office.told("work", at="2026-03-12T08:00")["overseen"] == []
    (late,) = office.told("work", at="2026-03-13T08:00")["overseen"]
    heads = late.pop("heads")
    what = {"case": case, "title": "Kế hoạch", "what": "Thực hiện, đính kèm kết quả", "with": ["hung.nm"]}
    assert late == {**what, "due": "2026-03-12"}
    assert "hung.nm" not in heads
    assert office.told("work", by="hung.nm", at="2026-03-13T08:00")["overseen"] == []
    told = office.say("work", by=heads[0], at="2026-03-13T08:00")
    assert "12/03/2026" in told.out
    assert told.err.endswith("1 việc quá hạn ở người khác, cần đôn đốc\n")
