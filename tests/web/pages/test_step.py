"""A field that holds several is entered row by row, without a script, and nothing that was typed is lost."""

import re

from engine.agency import Agency
from procedures.shelf import release
from tests.quality.agency import DECLARED, ISSUED, loaded
from tests.web.test_giving import Visitor

AT = "/ho-so/HS-2026-0001/buoc/1"
#: The field of the form, as a browser names it.
WHO = "f:người nhận"


def rows(page: str) -> list[str]:
    return re.findall(rf'<input type="text" name="{WHO}" value="([^"]*)"', page)


def test_a_list_is_entered_row_by_row_and_stands_in_rows_on_the_case(agency: Agency) -> None:
    fields = "thông tin:\n  người nhận: danh sách người, bắt buộc\n  số lượng: số, bắt buộc\n"
    text = DECLARED.replace("lần ban hành: 1", "lần ban hành: 2").replace(
        "    đến: kiểm tra\n", "    nhập: [người nhận, số lượng]\n    đến: kiểm tra\n", 1
    )
    agency.shelf.publish(release(loaded(text + fields), approved_by="Giám đốc", issued_at=ISSUED))
    clerk = Visitor(agency, "an")
    assert clerk.open() == "HS-2026-0001"
    assert rows(clerk.get(AT)) == [""]
    for count, names in enumerate((["Binh"], ["Binh", "chi"]), 2):
        clerk.send(AT, **{WHO: names, "f:số lượng": "3", "them": WHO})
        assert clerk.place == f"{AT}#{WHO}"
        assert rows(clerk.get(AT)) == [*names, ""]
        assert len(rows(clerk.answer.text)) == count
        assert 'value="3"' in clerk.answer.text
    clerk.send(AT, **{WHO: ["Binh", ""], "them": WHO})
    assert rows(clerk.get(AT)) == ["Binh", "", ""]
    page = clerk.send(AT, **{WHO: ["Binh", "", "chi"], "f:số lượng": "ba", "nut": "chuyen"})
    assert clerk.answer.status_code == 422
    assert rows(page) == ["Binh", "", "chi", ""]
    clerk.send(AT, **{WHO: ["Binh", "", "chi"], "f:số lượng": "3", "nut": "chuyen"})
    assert clerk.answer.status_code == 303
    with agency.store.reading() as reader:
        held = reader.held("HS-2026-0001")
    assert held is not None
    assert held.values["người nhận"] == "binh; chi"
    assert "<li>Binh</li><li>Chi</li>" in clerk.get("/ho-so/HS-2026-0001")
