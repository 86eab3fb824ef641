"""A new calendar or an ended unit reaches running cases by itself, once for each change."""

from datetime import date
from pathlib import Path

from engine.agency import Agency, reread
from engine.errands.drain import Drain
from engine.errands.duty import ask_for, duties
from quality.programme.opening import open_due
from tests.quality.programme.sample import at, folder, issued, sample


def beat(agency: Agency, day: int, month: int = 1) -> int:
    now = at(day, month, 7)
    asked = ask_for(agency, now, {"tính lại": duties()["tính lại"]})
    Drain(agency, "w", clock=lambda: now).all(1)
    return asked


def due(agency: Agency) -> set[object]:
    with agency.store.reading() as reader:
        return {case.due for case in reader.cases(procedure="QT-HT-20") if "II.1" in case.title}


def test_a_new_calendar_moves_what_is_due_without_anybody_asking(tmp_path: Path) -> None:
    agency = folder(tmp_path)
    open_due(agency.store, agency, [issued(sample())], at(3, 1))
    assert due(agency) == {at(2, 2, 17)}
    assert beat(agency, 5) == 0, "there has been one calendar only"
    file = agency.root / "calendar.d" / "2026.yaml"
    closure = '  02/02/2026: {lý do: Mất điện, văn bản: "1/TB"}\n'
    text = file.read_text(encoding="utf-8")
    there = "đóng cửa:\n" in text
    file.write_text(
        text.replace("đóng cửa:\n", f"đóng cửa:\n{closure}") if there else f"{text}đóng cửa:\n{closure}",
        encoding="utf-8",
    )
    assert beat(reread(agency), 5) == 1
    assert due(agency) == {at(3, 2, 17)}
    assert beat(reread(agency), 5) == 0, "nothing has changed since, on this day"


def test_work_of_a_unit_that_ended_moves_to_whoever_took_over(tmp_path: Path) -> None:
    agency = folder(tmp_path)
    open_due(agency.store, agency, [issued(sample())], at(3, 1))
    file = agency.root / "organisation.d" / "đơn vị.yaml"
    text = file.read_text(encoding="utf-8")
    ended = "Phòng Nghiệp vụ:\n  đến ngày: 10/01/2026\n  nhập vào: Văn phòng\n"
    file.write_text(text.replace("Phòng Nghiệp vụ:\n", ended), encoding="utf-8")
    agency = reread(agency)
    assert agency.organisation.standing("Phòng Nghiệp vụ", date(2026, 1, 12)) == "Văn phòng"
    beat(agency, 12)
    with agency.store.reading() as reader:
        posts = {post for case in reader.cases(procedure="QT-HT-20") for item in case.live_items for post in item.posts}
    assert not [post for post in posts if post.endswith("@Phòng Nghiệp vụ")]
