"""A nonconformity is opened from the page of a case, by those who may, with what there was to see."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from engine.agency import Agency
from engine.stores.accounts import Accounts
from tests.web.conftest import made
from tests.web.test_giving import NOW, PASSWORD, Visitor


@pytest.fixture
def agency(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Agency]:
    quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr("engine.accounts._hasher", lambda: quick)
    agency = made(tmp_path)
    accounts = Accounts(agency.store)
    for person in ("an", "giang"):
        first = accounts.add(person, "test", NOW)
        assert isinstance(first, str)
        token = accounts.sign_in(person, first, "test", NOW)
        assert isinstance(token, str)
        assert accounts.change_password(person, first, PASSWORD, token, NOW) is None
    object.__setattr__(agency.settings, "read_all", "Quản lý chất lượng")
    yield agency
    agency.store.close()


def test_a_quality_officer_opens_one_from_a_case_and_others_are_not_asked(agency: Agency) -> None:
    asker, officer = Visitor(agency, "an"), Visitor(agency, "giang")
    case = asker.open()
    assert "Mở sự không phù hợp từ hồ sơ này" not in asker.get(f"/ho-so/{case}")
    asker.get(f"/khong-phu-hop/mo/{case}")
    assert asker.answer.status_code == 404
    assert "Mở sự không phù hợp từ hồ sơ này" in officer.get(f"/ho-so/{case}")
    at = f"/khong-phu-hop/mo/{case}"
    assert "Hãy nêu" in officer.send(at) or officer.answer.status_code == 422
    officer.send(at, **{"trich-yeu": "Giao thiếu giấy", "nguon": "Khiếu nại", "buoc": "kiểm tra"})
    assert officer.place == "/ho-so/KPH-2026-0001"
    with agency.store.reading() as reader:
        held = reader.held("KPH-2026-0001")
    assert held is not None
    assert {held.values[name] for name in ("hồ sơ", "nguồn", "bước")} == {case, "Khiếu nại", "kiểm tra"}
    assert held.values["bằng chứng"].startswith(f"{case}#")
