"""The page of a case tells what happened to it, and whether its log is what was written."""

import re

from engine.packing import pack, unpack
from tests.web.conftest import Played
from tests.web.reading import Reading


def test_the_drawing_and_its_list_tell_the_same_steps(played: Played) -> None:
    page = played.get(f"/ho-so/{played.cases['returned']}")
    drawn = re.findall(r'<a href="#buoc-(\d+)"', page)
    listed = re.findall(r'<li id="buoc-(\d+)"', page)
    assert drawn == listed == ["1", "2", "3"]


def test_the_timeline_goes_back_from_the_last_event_to_the_first(played: Played) -> None:
    texts = Reading(played.get(f"/ho-so/{played.cases['returned']}")).texts
    said = next(place for place, text in enumerate(texts) if text.startswith("trả về từ “Kiểm tra” tới “Lập phiếu”"))
    opened = next(place for place, text in enumerate(texts) if text.startswith("mở hồ sơ, hạn"))
    assert said < opened


def test_a_whole_log_is_marked_whole(played: Played) -> None:
    assert "Chuỗi nhật ký khớp" in played.get(f"/ho-so/{played.cases['done']}")


def test_an_altered_log_is_seen(played: Played) -> None:
    case = played.cases["withdrawn"]
    where = f"case_id = '{case}' AND first_seq = 1"
    with played.agency.store.writing() as writer:
        raw = writer.connection
        was = raw.exec_driver_sql(f"SELECT body FROM event WHERE {where}").scalar_one()
        triggers = list(raw.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
        for name, _ in triggers:
            raw.exec_driver_sql(f"DROP TRIGGER {name}")
        forged = pack(unpack(was).replace(b'"opener":"', b'"opener":"x'))
        raw.exec_driver_sql(f"UPDATE event SET body = ? WHERE {where}", (forged,))
    try:
        page = played.get(f"/ho-so/{case}")
        assert "Nhật ký đã bị sửa" in page
        assert "Chuỗi nhật ký khớp" not in page
    finally:
        with played.agency.store.writing() as writer:
            writer.connection.exec_driver_sql(f"UPDATE event SET body = ? WHERE {where}", (was,))
            for _, text in triggers:
                writer.connection.exec_driver_sql(text)


def test_a_title_altered_where_it_lies_beside_the_log_is_seen(played: Played) -> None:
    case = played.cases["withdrawn"]
    put = f"UPDATE written_text SET text = ? WHERE case_id = '{case}' AND field = 'title'"
    with played.agency.store.writing() as writer:
        raw = writer.connection
        was = raw.exec_driver_sql(put.replace("UPDATE", "SELECT text FROM").replace(" SET text = ?", "")).scalar_one()
        raw.exec_driver_sql(put, ("Kẹp bướm",))
    try:
        assert "Nhật ký đã bị sửa" in played.get(f"/ho-so/{case}")
    finally:
        with played.agency.store.writing() as writer:
            writer.connection.exec_driver_sql(put, (was,))
    assert "Chuỗi nhật ký khớp" in played.get(f"/ho-so/{case}")


def test_the_pack_of_a_review_can_be_kept(played: Played) -> None:
    answer = played.visitor.get("/xem-xet/2026-Q1.docx")
    assert answer.status_code == 200
    assert answer.content.startswith(b"PK")
    assert "xem-xet-cua-lanh-dao-2026-Q1.docx" in answer.headers["Content-Disposition"]
