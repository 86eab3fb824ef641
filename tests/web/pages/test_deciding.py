"""A decision that is entered is in force with the next page, stands in the files and in the log, or is told why not."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from engine.agency import Agency, open_agency
from engine.commands import FinishWork
from engine.handle import Done, handle
from engine.stores.accounts import Accounts
from tests.web.conftest import made
from tests.web.test_giving import NOW, PASSWORD, Visitor

AT = "/quan-tri/quyet-dinh"
UNITS = """\
Sở A:
  người đứng đầu: Giám đốc
Văn phòng:
  thuộc: Sở A
  người đứng đầu: Chánh Văn phòng
Phòng Kế hoạch:
  thuộc: Sở A
"""
PEOPLE = """\
# Danh sách này viết tay.
an:
  tên: An
  chức vụ: Chuyên viên, Phòng Kế hoạch
chi:
  tên: Chi
  chức vụ:
    - Chánh Văn phòng, Văn phòng
binh:
  tên: Bình
  chức vụ:
    - Văn thư, Văn phòng
em:
  tên: Em
  chức vụ:
    - Giám đốc, Sở A
"""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Agency]:
    quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr("engine.accounts._hasher", lambda: quick)
    made(tmp_path).store.close()
    folder = tmp_path / "organisation.d"
    folder.mkdir()
    (folder / "đơn vị.yaml").write_text(UNITS, encoding="utf-8")
    (folder / "người dùng.yaml").write_text(PEOPLE, encoding="utf-8")
    (tmp_path / "calendar.d").symlink_to(Path(__file__).parents[3] / "calendar.d")
    (tmp_path / "quytrinh.toml").write_text('administrators = "Giám đốc"\n', encoding="utf-8")
    agency = open_agency(tmp_path)
    accounts = Accounts(agency.store)
    for person in ("an", "binh", "chi", "em"):
        first = accounts.add(person, "test", NOW)
        assert isinstance(first, str)
        token = accounts.sign_in(person, first, "test", NOW)
        assert isinstance(token, str)
        assert accounts.change_password(person, first, PASSWORD, token, NOW) is None
    yield agency
    agency.store.close()


def decided(**more: str) -> dict[str, str]:
    days = {"tu-ngay": "20/03/2026", "den-ngay": "31/03/2026"}
    return {"so": "12/QĐ-VP", "thay-cho": "chi", "nguoi": "binh", **days, **more}


def test_a_substitution_is_in_force_with_the_next_page_and_stands_in_file_and_log(office: Agency) -> None:
    clerk, director = Visitor(office, "binh"), Visitor(office, "em")
    case = Visitor(office, "an").open()
    for item, actor, outcome in ((1, "an", None), (2, "binh", "Đủ")):
        done = FinishWork(id=f"d{item}", actor=actor, case=case, item=item, outcome=outcome)
        assert isinstance(handle(done, store=office.store, ground=office, now=NOW), Done)
    assert case not in clerk.get("/viec")
    fault = director.send(f"{AT}?loai=thay-the", **decided(**{"den-ngay": "01/03/2026"}))
    assert director.answer.status_code == 422
    assert 'href="#den-ngay"' in fault
    assert '<option value="chi" selected>' in fault
    form = director.hidden() | decided()
    for _ in range(2):
        director.post(f"{AT}?loai=thay-the", **form)
        assert director.answer.status_code == 303
    told = (office.root / "organisation.d" / "ủy quyền.yaml").read_text("utf-8")
    assert told.count("12/QĐ-VP") == 1
    assert case in clerk.get("/viec")
    clerk.send(f"/ho-so/{case}/buoc/3", **{"ket-qua": "Đồng ý"})
    assert clerk.answer.status_code == 303
    assert "12/QĐ-VP" in director.get("/quan-tri")
    assert "ghi nhận thay thế" in director.get("/quan-tri/nhat-ky")
    twice = director.send(f"{AT}?loai=thay-the", **decided(so="13/QĐ-VP"))
    assert director.answer.status_code == 409
    assert "theo 12/QĐ-VP" in twice


def test_what_is_not_held_cannot_be_passed_on_and_nothing_is_written(office: Agency) -> None:
    director = Visitor(office, "em")
    page = director.send(f"{AT}?loai=thua-uy-quyen", **decided(**{"chuc-vu": "Giám đốc, Sở A"}))
    assert director.answer.status_code == 422
    assert "không giữ “Giám đốc, Sở A”" in page
    assert 'href="#chuc-vu"' in page
    assert not (office.root / "organisation.d" / "ủy quyền.yaml").exists()


def test_an_appointment_gives_the_post_at_once_and_leaves_every_other_line(office: Agency) -> None:
    director = Visitor(office, "em")
    new = {"so": "14/QĐ: SA", "nguoi": "an", "vi-tri": "Văn thư", "don-vi": "Văn phòng", "tu-ngay": "20/03/2026"}
    director.send(f"{AT}?loai=bo-nhiem", **new)
    assert director.place == "/quan-tri/nguoi/an"
    assert "Văn thư, Văn phòng" in director.get("/quan-tri/nguoi/an")
    assert "14/QĐ: SA" in director.answer.text
    told = (office.root / "organisation.d" / "người dùng.yaml").read_text("utf-8")
    assert [line for line in PEOPLE.split("\n") if line not in told.split("\n")] == [
        "  chức vụ: Chuyên viên, Phòng Kế hoạch"
    ]
    director.send(f"{AT}?loai=bo-nhiem", **(new | {"so": "15/QĐ-SA"}))
    assert director.answer.status_code == 409


def test_a_head_decides_for_those_of_the_units_below_and_nobody_else_finds_the_page(office: Agency) -> None:
    head, clerk = Visitor(office, "chi"), Visitor(office, "binh")
    for visitor, path in ((clerk, AT), (head, f"{AT}?loai=bo-nhiem"), (Visitor(office, "an"), f"{AT}?loai=thay-the")):
        visitor.get(path)
        assert visitor.answer.status_code == 404
    page = head.get(AT)
    assert '<option value="binh">' in page.partition('id="thay-cho"')[2].partition("</select>")[0]
    assert '<option value="em">' not in page.partition('id="thay-cho"')[2].partition("</select>")[0]
    head.send(AT, **decided(**{"thay-cho": "em"}))
    assert head.answer.status_code == 404
    head.send(AT, **decided(**{"thay-cho": "binh", "nguoi": "an"}))
    assert head.answer.status_code == 303
