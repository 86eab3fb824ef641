"""Every page is there, in both languages, with its headers, and with nothing from elsewhere."""

import re
from urllib.parse import unquote, urlsplit

import pytest

from engine.stores.sql import SqlStore
from engine.trouble import Busy, DiskFull, Gone, Trouble
from tests.web.conftest import HOSTILE, NOW, Played, made
from tests.web.reading import Reading
from tests.web.visitor import TestClient
from web.app import PAGES, make_app
from web.labels import LABELS

PATHS = (
    "/dieu-hanh",
    "/dieu-hanh?ky=2026-Q1&don-vi=V%C4%83n+ph%C3%B2ng",
    "/viec",
    "/ho-so",
    "/tra-cuu?tim=giay&tinh-trang=ended&tu=01/03/2026",
    "/ho-so/HS-2026-0001",
    "/ho-so/HS-2026-0004",
    "/ho-so/KPH-2026-0001",
    "/quy-trinh",
    "/quy-trinh/QT-TT-01",
    "/quy-trinh/QT-TT-01?ve=lan-boi",
    "/quy-trinh/QT-TT-01/so-sanh",
    "/chi-tieu",
    "/chi-tieu?quy-trinh=QT-TT-01&ky=2026-Q1",
    "/phan-tich/QT-TT-01",
    "/phan-tich/QT-TT-01?do=cham&ky=2026-Q1",
    "/khong-phu-hop",
    "/bao-cao",
    "/bao-cao?ky=2026-Q1",
    "/khong-phu-hop/phan-tich?theo=quy-trinh",
    "/so",
    "/so/QT-TT-01",
    "/he-thong",
    "/xem-xet",
    "/xem-xet/2026-Q1",
    "/tro-giup",
    "/dang-nhap",
)
EXPECTED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
NONE = ("default-src", "frame-ancestors", "base-uri", "object-src")
SELF = ("script-src", "style-src", "font-src", "connect-src", "form-action")
CONTENT = dict.fromkeys(NONE, "'none'") | dict.fromkeys(SELF, "'self'") | {"img-src": "'self' data:"}
WORDS = {name: (words.into("vi"), words.into("en")) for name, words in LABELS.items()}


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_there_in_its_language_and_no_other(played: Played, path: str, lang: str) -> None:
    page = Reading(played.get(path, lang))
    other = {pair[lang == "vi"] for pair in WORDS.values() if pair[0] != pair[1]}
    assert not other & (set(page.texts) - page.foreign)
    assert not [text for text in page.texts if "⟦" in text or re.search(r"\{\w+\}", text)]
    assert ("html", {"lang": lang}) in page.tags


@pytest.mark.parametrize("path", PATHS)
def test_a_page_can_be_walked_without_seeing_it(played: Played, path: str) -> None:
    page = Reading(played.get(path))
    assert page.count("h1") == 1
    assert (page.count("main"), page.count("header")) == (1, 1)
    assert page.links[0] == ("Tới nội dung", "#trang")
    assert page.count("caption") == page.count("table")
    assert all(told.get("scope") in {"col", "row"} for tag, told in page.tags if tag == "th")
    ids = list(page.attributes("id"))
    assert len(ids) == len(set(ids))
    inside = {href[1:] for _, href in page.links if href.startswith("#")}
    assert inside <= set(ids)


@pytest.mark.parametrize("path", [*PATHS, "/site.css", "/nowhere"])
def test_every_answer_has_its_headers_and_nothing_comes_from_elsewhere(played: Played, path: str) -> None:
    answer = played.visitor.get(path)
    for name, value in EXPECTED.items():
        assert answer.headers[name] == value
    assert answer.headers["Cache-Control"] == ("no-cache" if path == "/site.css" else "no-store")
    allowed = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
    assert allowed == CONTENT
    elsewhere = set(re.findall(r"https?://[^\s\"'<>]+", answer.text)) - {"http://www.w3.org/2000/svg"}
    assert not elsewhere
    assert "<script" not in answer.text
    assert " style=" not in answer.text


def test_every_link_of_every_page_leads_somewhere(played: Played) -> None:
    found = {href.split("#")[0] for path in PATHS for _, href in Reading(played.get(path)).links}
    broken = {href for href in found - {""} if played.visitor.get(href).status_code != 200}
    assert len(found) > 60
    assert not broken


@pytest.mark.parametrize(
    "path",
    [
        "/ho-so/HS-2026-9999",
        "/quy-trinh/QT-XX-99",
        "/quy-trinh/QT-TT-01?lan=7",
        "/quy-trinh/QT-TT-01?ve=tròn",
        "/ho-so?tinh-trang=lạ",
        "/ho-so?trang=99",
        "/ho-so?trang=-1",
        "/ho-so?so-lieu=volume.nothing",
        "/chi-tieu?quy-trinh=QT-XX-99",
        "/phan-tich/QT-XX-99",
        "/phan-tich/QT-TT-01?do=nong",
        "/phan-tich/QT-TT-01?lan=9",
        "/chi-tieu?ky=hôm+nay",
        "/xem-xet/2031",
        "/xem-xet/2031.docx",
        "/docs",
        "/openapi.json",
        "/%00",
    ],
)
def test_what_is_not_there_is_said_so(played: Played, path: str) -> None:
    answer = played.visitor.get(path)
    assert answer.status_code == 404
    assert "Không có gì ở địa chỉ này" in answer.text


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
@pytest.mark.parametrize("path", ["/", "/ho-so/HS-2026-0001", "/nowhere"])
def test_nothing_but_reading_and_sending_forms_is_possible(played: Played, method: str, path: str) -> None:
    answer = played.visitor.request(method, path)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "GET, HEAD, POST"


@pytest.mark.parametrize("path", ["/", "/viec", "/ho-so/HS-2026-0001"])
def test_a_page_without_a_form_takes_none(played: Played, path: str) -> None:
    answer = played.visitor.post(path)
    assert answer.status_code == 405
    assert "Không làm được ở đây" in answer.text


def test_the_head_of_a_page_can_be_asked_for(played: Played) -> None:
    assert all(played.visitor.head(path).status_code == 200 for path in PATHS)


def test_markup_in_a_title_is_only_text(played: Played) -> None:
    for path in ("/ho-so", "/viec", f"/ho-so/{played.cases['overdue']}", "/"):
        page = played.get(path)
        assert "&lt;img src=x onerror=alert(1)&gt;" in page
        assert "<img" not in page
        assert any(HOSTILE in text for text in Reading(page).texts)


def test_a_fault_shows_its_number_and_nothing_else(played: Played, caplog: pytest.LogCaptureFixture) -> None:
    app = make_app(played.agency, now=lambda: NOW)

    def broken() -> None:
        raise RuntimeError("a secret of the inside")

    app.add_api_route("/broken", broken)
    answer = TestClient(app).get("/broken")
    assert answer.status_code == 500
    number = re.search(r"Mã lỗi: <strong>([0-9A-F]{8})</strong>", answer.text)
    assert number
    assert number[1] in caplog.text
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_page_of_an_agency_without_cases_says_what_to_do_next(tmp_path: object) -> None:
    agency = made(tmp_path)  # type: ignore[arg-type]
    visitor = TestClient(make_app(agency, now=lambda: NOW))
    for path in ("/dieu-hanh", "/viec", "/ho-so", "/chi-tieu", "/khong-phu-hop", "/xem-xet", "/quy-trinh", "/tro-giup"):
        answer = visitor.get(path)
        assert answer.status_code == 200
        if path in {"/dieu-hanh", "/viec", "/ho-so", "/chi-tieu", "/khong-phu-hop"}:
            empty = answer.text.split('class="empty"')[1].split("</p>")[0]
            assert empty.count("<a ") == 1
    agency.store.close()


def test_the_language_is_kept_from_page_to_page(played: Played) -> None:
    page = Reading(played.get("/ho-so?tinh-trang=open", "en"))
    inner = [href for _, href in page.links if href.startswith("/")]
    other = [href for href in inner if "lang=en" not in href]
    assert other == ["/ho-so?tinh-trang=open"]


def test_a_name_in_another_form_of_unicode_is_the_same_name(played: Played) -> None:
    assert "lan-boi" in played.get("/quy-trinh/QT-TT-01")
    decomposed = "/ho-so?tinh-trang=la%CC%A3"
    assert "“lạ”" in played.visitor.get(decomposed).text


def test_every_page_is_tested() -> None:
    tested = {unquote(urlsplit(path).path) for path in PATHS}
    parts = {"/" + path.strip("/").split("/")[0] for path in tested}
    inside = {
        "/",
        "/quan-tri",
        "/mat-khau",
        "/tra-cuu.csv",
        "/tra-cuu.xlsx",
    }  # only for those who have come in: tests/web/test_giving.py
    assert {"/" + path.strip("/").split("/")[0] for path in PAGES} - inside == parts


@pytest.mark.parametrize(("trouble", "status"), [(Gone("x"), 503), (Busy("x"), 503), (DiskFull("x"), 507)])
def test_a_store_that_cannot_serve_is_told_and_then_serves_again(
    trouble: Trouble, status: int, played: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = TestClient(make_app(played.agency, now=lambda: NOW))

    def broken(self: SqlStore) -> None:
        raise trouble

    with monkeypatch.context() as patched:
        patched.setattr(SqlStore, "reading", broken)
        answer = site.get("/viec")
        assert (answer.status_code, answer.headers["Retry-After"]) == (status, "10")
        assert "Hiện chưa đọc được hồ sơ" in answer.text
        assert "Traceback" not in answer.text
    assert site.get("/viec").status_code == 200
