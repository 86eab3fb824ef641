"""Those whose position says so look after accounts; to everybody else these pages are not there."""

import re
from dataclasses import replace

import pytest

from engine.agency import Agency
from engine.stores.accounts import Accounts
from procedures.organisation import Mandate
from tests.quality.agency import at
from tests.web.reading import Reading
from tests.web.test_giving import Visitor

PATHS = ("/quan-tri", "/quan-tri/nhat-ky", "/quan-tri/lich", "/quan-tri/nguoi/binh")
NOW = at(20, 10)


@pytest.fixture
def ruled(agency: Agency) -> Agency:
    """An agency in which the director administers, and somebody stands in for somebody."""
    mandate = Mandate("12/QĐ-SA", "substitution", "em", "chi", since=NOW.date())
    settings = replace(agency.settings, administrators="Giám đốc")
    return replace(agency, settings=settings, organisation=replace(agency.organisation, mandates=(mandate,)))


def do(visitor: Visitor, person: str, act: str) -> str:
    visitor.get(f"/quan-tri/nguoi/{person}")
    return visitor.post(f"/quan-tri/nguoi/{person}", **(visitor.hidden() | {"lam": act}))


@pytest.mark.parametrize("path", PATHS)
def test_the_pages_are_there_for_whoever_administers_and_for_nobody_else(ruled: Agency, path: str) -> None:
    em = Visitor(ruled, "em")
    for lang in ("vi", "en"):
        page = Reading(em.get(f"{path}?lang={lang}"))
        assert em.answer.status_code == 200
        assert page.count("h1") == 1
        assert not [text for text in page.texts if "⟦" in text]
    assert ("Quản trị", "/quan-tri") in Reading(em.get("/viec")).links
    for other in ("", "an", "binh"):
        visitor = Visitor(ruled, other)
        visitor.get(path)
        assert visitor.answer.status_code == 404 or visitor.place.startswith("/dang-nhap")
        assert "/quan-tri" not in [href for _, href in Reading(visitor.get("/viec")).links]
        if other:
            visitor.get("/mat-khau")
            visitor.post("/quan-tri/nguoi/chi", **(visitor.hidden() | {"lam": "khoa"}))
            assert visitor.answer.status_code == 404
    assert ("chi", False, False) in Accounts(ruled.store).all()


def test_an_account_is_locked_opened_reset_and_signed_out_everywhere(ruled: Agency) -> None:
    em, binh = Visitor(ruled, "em"), Visitor(ruled, "binh")
    do(em, "binh", "khoa")
    assert em.place == "/quan-tri/nguoi/binh"
    binh.get("/mat-khau")
    assert binh.answer.status_code == 303
    do(em, "binh", "mo-khoa")
    again = Visitor(ruled, "binh")
    do(em, "binh", "ra-moi-noi")
    again.get("/mat-khau")
    assert again.answer.status_code == 303
    found = re.search(r'chỉ hiện lần này: <span class="code">([^<]+)<', do(em, "binh", "cap-lai"))
    assert found
    assert isinstance(Accounts(ruled.store).sign_in("binh", found[1], "test", NOW), str)
    kinds = [line.kind for line in Accounts(ruled.store).log(20) if line.person == "binh" and line.by == "em"]
    assert kinds == ["reset", "everywhere", "enabled", "disabled"]
    assert found[1] not in em.get("/quan-tri/nhat-ky")
    assert "cấp lại mật khẩu đầu tiên" in em.answer.text


def test_nobody_locks_themselves_out(ruled: Agency) -> None:
    em = Visitor(ruled, "em")
    assert "Không ai tự khóa" in do(em, "em", "khoa")
    assert em.answer.status_code == 409
    assert do(em, "em", "huy")
    assert em.answer.status_code == 404


def test_who_stands_in_for_whom_is_shown_and_where_it_is_declared(ruled: Agency) -> None:
    texts = Reading(Visitor(ruled, "em").get("/quan-tri")).texts
    assert "12/QĐ-SA" in texts
    assert "hôm nay có hiệu lực" in texts
    assert any("organisation.d" in text for text in texts)
