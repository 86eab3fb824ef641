"""Coming in by a provider, over real HTTP: once, in the browser that began, and only as who one is proven to be."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc.jwk import OctKey, RSAKey

from engine.agency import Agency
from engine.stores.accounts import Accounts
from tests import postgres
from tests.web.api.programs import staffed
from tests.web.conftest import NOW
from tests.web.oidc.house import SECRET, House, opened, settings
from tests.web.serving import PATIENCE, served
from web.app import make_app


@dataclass
class Site:
    """A site, its provider, and a browser."""

    agency: Agency
    house: House
    address: str
    browser: httpx.Client

    def declare(self, **more: object) -> None:
        (self.agency.root / "quytrinh.toml").write_text(settings(self.house, self.address, **more), "utf-8")

    def away(self, wanted: str = "") -> str:
        """Begin; returns where the provider sends the browser back to."""
        answer = self.browser.get(f"{self.address}/dang-nhap/oidc", params={"tiep": wanted} if wanted else {})
        assert answer.status_code == 303, answer.text
        return self.browser.get(answer.headers["location"]).headers["location"]

    def come(self, wanted: str = "") -> httpx.Response:
        """Go all the way; returns the answer of the site."""
        return self.browser.get(self.away(wanted))

    def who(self) -> str | None:
        """Whose name stands on the page of passwords, which only those see who are in."""
        page = self.browser.get(f"{self.address}/mat-khau")
        return page.text if page.status_code == 200 else None

    def log(self) -> list[tuple[str, str, str]]:
        return [(line.kind, line.person, line.by) for line in Accounts(self.agency.store).log(20)]


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    agency = staffed(tmp_path, postgres.fresh_store() if request.param == "postgresql" else None)
    yield from standing(agency)


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Site]:
    yield from standing(staffed(tmp_path))


def standing(agency: Agency) -> Iterator[Site]:
    (agency.root / "oidc-secret").write_text(SECRET, "utf-8")
    with (
        opened(NOW) as house,
        served(make_app(agency, now=lambda: house.now)) as address,
        httpx.Client(timeout=PATIENCE) as browser,
    ):
        found = Site(agency, house, address, browser)
        found.declare()
        yield found
    agency.store.close()


def test_who_the_provider_names_comes_in_and_sees_what_they_wanted(site: Site) -> None:
    page = site.browser.get(f"{site.address}/dang-nhap").text
    assert "Đăng nhập bằng OpenID Connect" in page
    came = site.come("/ho-so?tinh-trang=open")
    assert (came.status_code, came.headers["location"]) == (303, "/ho-so?tinh-trang=open")
    assert "An" in (site.who() or "")
    assert site.log()[0] == ("signed_in", "an", "oidc")
    asked = site.house.asked[0]
    assert asked["redirect_uri"] == f"{site.address}/dang-nhap/oidc/ve"
    assert set(asked["scope"].split()) >= {"openid"}
    assert len(asked["nonce"]) == len(asked["code_challenge"]) + 21 == 64


def test_an_answer_is_good_once_and_in_the_browser_that_began(small: Site) -> None:
    back = small.away()
    with httpx.Client(timeout=PATIENCE) as other:
        stolen = other.get(back)
        assert stolen.status_code == 403
        assert "không thuộc trình duyệt này" in stolen.text
        assert other.get(f"{small.address}/mat-khau").status_code == 303
    assert small.browser.get(back).status_code == 303
    small.browser.cookies.set("luot", parse_qs(urlsplit(back).query)["state"][0])
    again = small.browser.get(back)
    assert again.status_code == 403
    assert "đã dùng rồi" in again.text


def test_an_answer_that_comes_too_late_is_none(small: Site) -> None:
    back = small.away()
    small.house.now += timedelta(minutes=11)
    assert "đến quá muộn" in small.browser.get(back).text
    assert small.who() is None


LIES: dict[str, dict[str, object]] = {
    "another issuer": {"iss": "https://khac.example"},
    "no issuer": {"iss": None},
    "another nonce": {"nonce": "của người khác"},
    "no nonce": {"nonce": None},
    "another audience": {"aud": "trang khác"},
    "several audiences, meant for another": {"aud": ["quytrinh", "trang khác"], "azp": "trang khác"},
    "expired": {"exp": int(NOW.timestamp()) - 61},
    "no end": {"exp": None},
    "of tomorrow": {"nbf": int(NOW.timestamp()) + 86_400},
    "a text where an instant should be": {"exp": "mai"},
    "nobody": {"sub": None},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_token_that_does_not_prove_who_somebody_is_lets_nobody_in(small: Site, lie: str) -> None:
    small.house.claims = LIES[lie]
    answer = small.come()
    assert (answer.status_code, small.who()) == (403, None), answer.text
    assert "Lỗi" in answer.text
    assert "Traceback" not in answer.text


def test_a_token_must_be_signed_by_a_key_of_the_provider_and_by_nothing_we_both_have(small: Site) -> None:
    small.house.signs_with = RSAKey.generate_key(2048, {"kid": "một"})
    assert small.come().status_code == 403
    small.house.signs_with, small.house.algorithm = OctKey.import_key(SECRET), "HS256"
    assert small.come().status_code == 403
    assert small.who() is None


def test_a_provider_may_change_its_keys(small: Site) -> None:
    assert small.come().status_code == 303
    small.house.key = RSAKey.generate_key(2048, {"kid": "hai", "use": "sig"})
    assert small.come().status_code == 303


def test_a_provider_that_calls_itself_another_is_not_gone_to(small: Site) -> None:
    small.house.issuer = "https://khac.example"
    answer = small.browser.get(f"{small.address}/dang-nhap/oidc")
    assert answer.status_code == 503
    assert "không phải là nơi xác thực đã khai báo" in answer.text


def test_an_answer_of_another_provider_and_a_refusal_let_nobody_in(small: Site) -> None:
    back = small.away()
    assert small.browser.get(back.replace("iss=http", "iss=https")).status_code == 403
    small.house.refuses = True
    assert "không cho đăng nhập" in small.come().text
    assert small.browser.get(f"{small.address}/dang-nhap/oidc/ve").status_code == 403
    assert small.browser.get(f"{small.address}/dang-nhap/oidc/ve?state=&code=x").status_code == 403


def test_a_code_belongs_to_the_turn_that_asked_for_it(small: Site) -> None:
    first, second = small.away(), small.away()
    code = parse_qs(urlsplit(first).query)["code"][0]
    mixed = second.replace(parse_qs(urlsplit(second).query)["code"][0], code)
    assert small.browser.get(mixed).status_code == 403
    assert small.who() is None


def test_who_has_no_account_is_told_and_gets_none(small: Site) -> None:
    small.house.account = "người lạ"
    answer = small.come()
    assert answer.status_code == 403
    assert "chưa có tài khoản ở đây" in answer.text
    assert small.log()[0] == ("provider_refused", "người lạ", "oidc")
    Accounts(small.agency.store).disable("an", "test", NOW)
    small.house.account = "an"
    assert small.come().status_code == 403
    assert len(Accounts(small.agency.store).all()) == 8


def test_only_somebody_of_the_organisation_gets_an_account_where_that_is_declared(small: Site) -> None:
    with small.agency.store.writing() as writer:
        writer.connection.exec_driver_sql("DELETE FROM account WHERE person IN ('an', 'em')")
    small.declare(create=True, name="Tài khoản tỉnh B")
    assert "Đăng nhập bằng Tài khoản tỉnh B" in small.browser.get(f"{small.address}/dang-nhap").text
    assert small.come().status_code == 303
    assert ("added", "an", "oidc") in small.log()
    assert not isinstance(Accounts(small.agency.store).sign_in("an", "-", "x", NOW), str)
    small.house.account = "người lạ"
    assert small.come().status_code == 403


def test_an_address_names_somebody_only_when_the_provider_has_checked_it(small: Site) -> None:
    people = tuple(replace(one, email=f"{one.id}@so-a.example") for one in small.agency.organisation.people)
    agency = replace(small.agency, organisation=replace(small.agency.organisation, people=people))
    with served(make_app(agency, now=lambda: NOW)) as address:
        small.address = address
        small.declare(claim="email")
        small.house.more = {"email": "CHI@so-a.example", "email_verified": False}
        assert small.come().status_code == 403
        small.house.more = {"email": "CHI@so-a.example", "email_verified": True}
        assert small.come().status_code == 303
        assert small.log()[0] == ("signed_in", "chi", "oidc")


def test_a_new_visit_takes_the_place_of_the_old_one_and_signing_out_ends_it(small: Site) -> None:
    assert small.come().status_code == 303
    old = small.browser.cookies["phien"]
    assert small.come().status_code == 303
    assert small.browser.cookies["phien"] != old
    with httpx.Client(cookies={"phien": old}, timeout=PATIENCE) as other:
        assert other.get(f"{small.address}/mat-khau").status_code == 303
    key = (small.who() or "").split('name="khoa" value="')[1].partition('"')[0]
    assert small.browser.post(f"{small.address}/dang-xuat", data={"khoa": key}).status_code == 303
    assert small.who() is None


def test_who_comes_in_by_the_provider_need_not_change_a_first_password(small: Site) -> None:
    accounts = Accounts(small.agency.store)
    first = accounts.reset("an", "test", NOW)
    assert isinstance(first, str)
    assert small.come().status_code == 303
    assert small.browser.get(f"{small.address}/viec").status_code == 200
    token = accounts.sign_in("an", first, "x", NOW)
    assert isinstance(token, str)
    seen = accounts.visitor(token, NOW)
    assert seen is not None
    assert seen.must_change


def test_without_a_provider_or_with_one_that_is_away_people_come_in_by_their_password(small: Site) -> None:
    (small.agency.root / "quytrinh.toml").write_text('[oidc]\nissuer = "http://khac.example"\n', "utf-8")
    assert "OpenID" not in small.browser.get(f"{small.address}/dang-nhap").text
    assert small.browser.get(f"{small.address}/dang-nhap/oidc").status_code == 404
    (small.agency.root / "quytrinh.toml").write_text("", "utf-8")
    assert small.browser.get(f"{small.address}/dang-nhap/oidc").status_code == 404
    small.declare(issuer="http://127.0.0.1:9")
    away = small.browser.get(f"{small.address}/dang-nhap/oidc")
    assert away.status_code == 503
    assert "không trả lời" in away.text
    assert 'name="mat-khau"' in away.text
