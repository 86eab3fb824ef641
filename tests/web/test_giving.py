"""Coming in and acting: every form is a command by the same rules as everywhere, and nothing typed is lost."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from argon2 import PasswordHasher

from engine.agency import Agency
from engine.carry_out import carry_out
from engine.commands import ClaimWork, EraseValues, WithdrawCase
from engine.commands.files import NAME
from engine.handle import Done, handle
from engine.stores.accounts import Accounts
from engine.stores.sql import SqlStore
from engine.trouble import Gone
from procedures.organisation import Person, Post
from procedures.shelf import MemoryShelf, release
from tests.quality.agency import DECLARED, ISSUED, at, loaded
from tests.web.conftest import made
from tests.web.reading import Reading
from tests.web.visitor import TestClient
from web.app import make_app
from web.rows import MORE

NOW = at(20, 10)
PASSWORD = "cây đa bến nước"  # noqa: S105 - of people who do not exist
PEOPLE = ("an", "binh", "chi", "em", "ha", "khanh")


class Visitor:
    """Somebody at a browser of their own."""

    def __init__(self, agency: Agency, person: str = "") -> None:
        self.agency, self.person = agency, person
        self.client = TestClient(make_app(agency, now=lambda: NOW), follow_redirects=False)
        self.answer = self.client.get("/dang-nhap")
        if person:
            self.post("/dang-nhap", ten=person, **{"mat-khau": PASSWORD})
            assert self.answer.status_code == 303, self.answer.text

    def get(self, path: str) -> str:
        self.answer = self.client.get(path)
        return self.answer.text

    def post(self, path: str, **fields: str | list[str]) -> str:
        self.answer = self.client.post(path, data=fields)
        return self.answer.text

    def send(self, path: str, **fields: str | list[str]) -> str:
        """Open a page, fill its form in and send it."""
        self.get(path)
        assert self.answer.status_code == 200, (path, self.answer.status_code)
        return self.post(path, **(self.hidden() | fields))

    def hidden(self) -> dict[str, str | list[str]]:
        """What the form that is shown carries by itself."""
        inside = self.answer.text.partition('<form class="form')[2]
        return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', inside))

    @property
    def place(self) -> str:
        """Where the last answer sends the browser."""
        assert self.answer.status_code == 303, self.answer.text
        return unquote(self.answer.headers["location"])

    def open(self, title: str = "Mua giấy in") -> str:
        self.send("/ho-so/moi/QT-TT-01", **{"trich-yeu": title})
        found = re.search(r"/ho-so/([A-Z]+-\d+-\d+)", self.place)
        assert found
        return found[1]


def with_a_second_clerk(agency: Agency) -> Agency:
    clerk = Person("khanh", "Khanh", (Post("Văn thư", "Văn phòng"),))
    units = tuple(replace(one, heads=("Giám đốc",)) if one.name == "Sở A" else one for one in agency.organisation.units)
    people = replace(agency.organisation, units=units, people=(*agency.organisation.people, clerk))
    return replace(agency, organisation=people)


@pytest.fixture
def agency(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Agency]:
    quick = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr("engine.accounts._hasher", lambda: quick)
    agency = with_a_second_clerk(made(tmp_path))
    accounts = Accounts(agency.store)
    for person in PEOPLE:
        first = accounts.add(person, "test", NOW)
        assert isinstance(first, str)
        token = accounts.sign_in(person, first, "test", NOW)
        assert isinstance(token, str)
        assert accounts.change_password(person, first, PASSWORD, token, NOW) is None
    yield agency
    agency.store.close()


def events(agency: Agency, case: str) -> list[str]:
    with agency.store.reading() as reader:
        return [record.event.kind for record in reader.log(case)]


def closed(agency: Agency) -> None:
    object.__setattr__(agency.settings, "guests", "")


def test_without_guests_every_page_asks_to_come_in_and_then_shows_what_was_wanted(agency: Agency) -> None:
    closed(agency)
    stranger = Visitor(agency)
    stranger.get("/ho-so?tinh-trang=open")
    assert stranger.place == "/dang-nhap?tiep=/ho-so?tinh-trang=open"
    stranger.get(stranger.answer.headers["location"])
    hidden = stranger.hidden()
    assert hidden["tiep"] == "/ho-so?tinh-trang=open"
    stranger.post("/dang-nhap", ten="an", **{"mat-khau": PASSWORD, **hidden})
    assert stranger.place == "/ho-so?tinh-trang=open"
    stranger.get("/ho-so")
    assert stranger.answer.status_code == 200


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x", ""]
)
def test_nobody_is_sent_to_another_site(agency: Agency, elsewhere: str) -> None:
    visitor = Visitor(agency)
    visitor.post("/dang-nhap", ten="an", tiep=elsewhere, **{"mat-khau": PASSWORD})
    assert visitor.place == "/viec"


def test_a_wrong_password_is_told_on_the_same_page_with_the_name_kept(agency: Agency) -> None:
    visitor = Visitor(agency)
    page = Reading(visitor.post("/dang-nhap", ten="an", **{"mat-khau": "sai"}))
    assert visitor.answer.status_code == 403
    assert "Lỗi: Đăng nhập – Sở A" in page.texts
    assert any("Còn 4 lần thử" in text for text in page.texts)
    assert ("input", "an") in [(tag, told.get("value")) for tag, told in page.tags]
    assert "sai" not in visitor.answer.text.replace("sai ", "")
    for _ in range(4):
        visitor.post("/dang-nhap", ten="an", **{"mat-khau": "sai"})
    visitor.post("/dang-nhap", ten="an", **{"mat-khau": PASSWORD})
    assert visitor.answer.status_code == 429


def test_the_cookie_cannot_be_read_by_scripts_nor_sent_by_other_sites(agency: Agency) -> None:
    visitor = Visitor(agency)
    visitor.post("/dang-nhap", ten="an", **{"mat-khau": PASSWORD})
    told = visitor.answer.headers["set-cookie"].lower()
    assert "httponly" in told
    assert "samesite=lax" in told
    secure = TestClient(make_app(agency, now=lambda: NOW), base_url="https://testserver", follow_redirects=False)
    told = secure.post("/dang-nhap", data={"ten": "an", "mat-khau": PASSWORD}).headers["set-cookie"]
    assert told.startswith("__Host-phien=")
    assert "secure" in told.lower()


def test_signing_out_ends_the_visit_even_for_whoever_kept_the_cookie(agency: Agency) -> None:
    an = Visitor(agency, "an")
    kept = an.client.cookies["phien"]
    an.get("/viec")
    key = re.search(r'name="khoa" value="([^"]+)"', an.answer.text)
    assert key
    an.post("/dang-xuat", khoa=key[1])
    assert an.place == "/dang-nhap"
    an.client.cookies.set("phien", kept)
    an.get("/mat-khau")
    assert an.place.startswith("/dang-nhap")


def test_a_first_password_must_be_changed_before_anything_else(agency: Agency) -> None:
    accounts = Accounts(agency.store)
    first = accounts.add("dung", "test", NOW)
    assert isinstance(first, str)
    dung = Visitor(agency)
    dung.post("/dang-nhap", ten="dung", **{"mat-khau": first})
    dung.get("/viec")
    assert dung.place == "/mat-khau"
    again = dung.send("/mat-khau", moi=PASSWORD, **{"hien-tai": first, "nhac-lai": "khác"})
    assert "Hai lần nhập mật khẩu mới không giống nhau" in again
    dung.send("/mat-khau", moi=PASSWORD, **{"hien-tai": first, "nhac-lai": PASSWORD})
    assert dung.place == "/viec"
    dung.get("/viec")
    assert dung.answer.status_code == 200


def test_a_case_is_opened_filled_in_and_moved_on_by_the_people_whose_steps_they_are(agency: Agency) -> None:
    an, binh, chi = (Visitor(agency, one) for one in ("an", "binh", "chi"))
    an.get("/ho-so/moi")
    assert "QT-TT-01" in an.answer.text
    case = an.open()
    assert an.place == f"/ho-so/{case}/buoc/1"
    an.send(f"/ho-so/{case}/buoc/1")
    assert an.place.startswith("/viec?da-lam=")
    assert f"{case} nay ở: 2." in an.get(an.answer.headers["location"])
    assert case not in an.get("/viec")
    assert case in binh.get("/viec")
    binh.send(f"/ho-so/{case}/buoc/2", **{"ket-qua": "Đủ"})
    chi.send(f"/ho-so/{case}/buoc/3", **{"ket-qua": "Đồng ý"})
    assert f"{case} đã kết thúc" in chi.get(chi.answer.headers["location"])
    assert events(agency, case)[-1] == "CaseEnded"


def test_what_is_missing_is_told_beside_its_field_and_everything_typed_is_kept(agency: Agency) -> None:
    an, binh = Visitor(agency, "an"), Visitor(agency, "binh")
    case = an.open()
    an.send(f"/ho-so/{case}/buoc/1")
    before = events(agency, case)
    page = binh.send(f"/ho-so/{case}/buoc/2")
    assert binh.answer.status_code == 422
    assert 'href="#ket-qua"' in page
    page = binh.send(f"/ho-so/{case}/buoc/2", **{"ket-qua": "Thiếu"})
    assert binh.answer.status_code == 422
    assert 'aria-invalid="true"' in page
    assert "<title>Lỗi: " in page
    assert re.search(r'value="Thiếu" checked', page)
    assert events(agency, case) == before
    assert re.search(r'value="Thiếu" checked', binh.get(f"/ho-so/{case}/buoc/2"))  # kept for when they come back
    binh.send(f"/ho-so/{case}/buoc/2", **{"ket-qua": "Thiếu", "ly-do": "thiếu chữ ký"})
    assert binh.answer.status_code == 303


def test_a_form_sent_twice_is_done_once(agency: Agency) -> None:
    an = Visitor(agency, "an")
    case = an.open()
    an.get(f"/ho-so/{case}/buoc/1")
    sent = an.hidden()
    an.post(f"/ho-so/{case}/buoc/1", **sent)
    first = (an.place, events(agency, case))
    an.post(f"/ho-so/{case}/buoc/1", **sent)
    assert (an.place, events(agency, case)) == first
    opening = Visitor(agency, "an")
    opening.get("/ho-so/moi/QT-TT-01")
    sent = opening.hidden() | {"trich-yeu": "Một lần"}
    places = set()
    for _ in range(2):
        opening.post("/ho-so/moi/QT-TT-01", **sent)
        places.add(opening.place)
    assert len(places) == 1


def test_a_form_that_is_changed_after_it_was_sent_is_told_and_then_does_something_else(agency: Agency) -> None:
    an = Visitor(agency, "an")
    an.get("/ho-so/moi/QT-TT-01")
    before = an.hidden() | {"trich-yeu": "Một lần"}
    an.post("/ho-so/moi/QT-TT-01", **before)
    first = an.place
    assert "đã dùng cho một yêu cầu khác" in an.post("/ho-so/moi/QT-TT-01", **(before | {"trich-yeu": "Hai lần"}))
    again = an.hidden()
    assert again["lenh"] != before["lenh"]
    an.post("/ho-so/moi/QT-TT-01", **(again | {"trich-yeu": "Hai lần"}))
    assert an.place != first
    case = an.place.split("/")[2]
    an.get(f"/ho-so/{case}/lam/rut")
    wish = an.hidden() | {"ly-do": "không cần nữa"}
    an.post(f"/ho-so/{case}/lam/rut", **wish)
    assert an.place.startswith(f"/ho-so/{case}")
    an.post(f"/ho-so/{case}/lam/rut", **(wish | {"ly-do": "chờ báo giá"}))
    assert "đã dùng cho một yêu cầu khác" in an.answer.text
    assert an.hidden()["lenh"] != wish["lenh"]


def test_the_second_of_two_is_told_who_was_first_and_keeps_what_they_typed(agency: Agency) -> None:
    an, binh, khanh = (Visitor(agency, one) for one in ("an", "binh", "khanh"))
    case = an.open()
    an.send(f"/ho-so/{case}/buoc/1")
    path = f"/ho-so/{case}/buoc/2"
    for one in (binh, khanh):
        one.get(path)
        assert one.answer.status_code == 200
    theirs = khanh.hidden()
    binh.send(path, **{"ket-qua": "Đủ"})
    page = khanh.post(path, **(theirs | {"ket-qua": "Thiếu", "ly-do": "thiếu dấu"}))
    assert khanh.answer.status_code == 409
    assert "Binh" in page
    assert "20/03/2026 10:00" in page
    assert "thiếu dấu" in page


def test_only_what_the_engine_would_take_is_offered(agency: Agency) -> None:
    an, binh, ha = (Visitor(agency, one) for one in ("an", "binh", "ha"))
    case = an.open()
    an.send(f"/ho-so/{case}/buoc/1")
    offered = {
        one.person: set(re.findall(rf"/ho-so/{case}/(\w+/[\w-]+)", one.get(f"/ho-so/{case}"))) for one in (an, binh)
    }
    assert {"lam/rut"} <= offered["an"]
    assert not {"buoc/2", "lam/nhan", "lam/tiep-tuc", "lam/tam-dung", "lam/cho-y-kien"} & offered["an"]
    assert {"buoc/2", "lam/nhan", "lam/rut", "lam/yeu-cau-bo-sung"} <= offered["binh"]
    assert not {"lam/tra-lai", "lam/nhan-bo-sung", "lam/duyet-gia-han"} & offered["binh"]
    ha.get(f"/ho-so/{case}")
    assert ha.answer.status_code == 404  # not opened by her, not in her hands, not of her unit
    binh.send(f"/ho-so/{case}/lam/nhan?so=2")
    assert events(agency, case)[-1] == "WorkClaimed"
    assert "lam/tra-lai" in binh.get(f"/ho-so/{case}")
    page = an.send(f"/ho-so/{case}/lam/rut")
    assert an.answer.status_code == 422
    assert 'aria-invalid="true"' in page
    an.send(f"/ho-so/{case}/lam/rut", **{"ly-do": "không cần nữa"})
    assert events(agency, case)[-1] == "CaseEnded"


def test_a_form_is_kept_without_being_sent(agency: Agency) -> None:
    an, binh = Visitor(agency, "an"), Visitor(agency, "binh")
    case = an.open()
    an.send(f"/ho-so/{case}/buoc/1")
    before = events(agency, case)
    binh.send(f"/ho-so/{case}/buoc/2", nut="nhap", **{"ket-qua": "Thiếu", "ly-do": "xem lại số 12"})
    assert binh.place == f"/ho-so/{case}/buoc/2"
    page = binh.get(f"/ho-so/{case}/buoc/2")
    assert "xem lại số 12" in page
    assert "Đã lưu nháp lúc 20/03/2026 10:00" in page
    assert events(agency, case) == before
    assert "xem lại số 12" not in Visitor(agency, "khanh").get(f"/ho-so/{case}/buoc/2")


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.example"}],
)
def test_another_site_cannot_send_a_form(agency: Agency, headers: dict[str, str]) -> None:
    an = Visitor(agency, "an")
    case = an.open()
    an.get(f"/ho-so/{case}/buoc/1")
    sent, before = an.hidden(), events(agency, case)
    assert an.client.post(f"/ho-so/{case}/buoc/1", data=sent, headers=headers).status_code == 403
    assert events(agency, case) == before


def test_a_form_without_the_key_of_the_visit_is_not_taken(agency: Agency) -> None:
    an, binh = Visitor(agency, "an"), Visitor(agency, "binh")
    case = an.open()
    an.get(f"/ho-so/{case}/buoc/1")
    sent, before = an.hidden(), events(agency, case)
    binh.get("/mat-khau")
    for key in ("", "x", str(binh.hidden()["khoa"])):
        an.post(f"/ho-so/{case}/buoc/1", **(sent | {"khoa": key}))
        assert an.answer.status_code == 403
    assert events(agency, case) == before


def test_too_long_a_form_is_turned_away(agency: Agency) -> None:
    an = Visitor(agency, "an")
    case = an.open()
    an.get(f"/ho-so/{case}/buoc/1")
    an.post(f"/ho-so/{case}/buoc/1", **(an.hidden() | {"ly-do": "x" * 1_000_001}))
    assert an.answer.status_code == 413
    assert "Gửi quá nhiều" in an.answer.text


@pytest.mark.parametrize("path", ["buoc/0", "buoc/99", "buoc/x", "buoc/1e3", "lam/không", "lam/nhan?so=99"])
def test_what_is_no_work_and_no_act_is_said_so(agency: Agency, path: str) -> None:
    an = Visitor(agency, "an")
    case = an.open()
    an.get(f"/ho-so/{case}/{path}")
    assert an.answer.status_code in {404, 200}
    if an.answer.status_code == 200:  # the page asks; the engine has the last word
        an.post(f"/ho-so/{case}/{path}", **an.hidden())
        assert an.answer.status_code == 404


def test_who_has_lost_the_visit_in_the_middle_of_a_form_comes_in_again(agency: Agency) -> None:
    closed(agency)
    an = Visitor(agency, "an")
    case = an.open()
    an.get(f"/ho-so/{case}/buoc/1")
    sent = an.hidden()
    Accounts(agency.store).sign_out_everywhere("an", "test", NOW)
    an.post(f"/ho-so/{case}/buoc/1", **sent)
    assert an.place.startswith("/dang-nhap")
    assert events(agency, case)[-1] != "WorkFinished"


def test_the_list_of_ones_own_work_leaves_out_what_others_hold(agency: Agency) -> None:
    an, binh, khanh = (Visitor(agency, one) for one in ("an", "binh", "khanh"))
    case = an.open()
    an.send(f"/ho-so/{case}/buoc/1")
    assert case in khanh.get("/viec")
    done = handle(ClaimWork(id="k", actor="binh", case=case, item=2), store=agency.store, ground=agency, now=NOW)
    assert isinstance(done, Done)
    assert case not in khanh.get("/viec")
    assert case in khanh.get("/viec?muc=don-vi")
    assert case in binh.get("/viec")


def test_a_form_sent_while_the_database_is_away_is_given_back_and_done_once(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    an = Visitor(agency, "an")
    case = an.open()
    an.get(f"/ho-so/{case}/buoc/1")
    sent, before = an.hidden() | {"ly-do": "giữ lại"}, events(agency, case)

    def away(self: SqlStore) -> None:
        raise Gone("x")

    with monkeypatch.context() as patched:
        patched.setattr(SqlStore, "reading", away)
        page = an.post(f"/ho-so/{case}/buoc/1", **sent)
        assert an.answer.status_code == 503
    assert "Gửi lại" in page
    again = dict(re.findall(r'<textarea name="([^"]+)" hidden>([^<]*)</textarea>', page))
    assert again == sent
    assert events(agency, case) == before
    an.post(f"/ho-so/{case}/buoc/1", **again)
    assert an.answer.status_code == 303
    assert events(agency, case).count("WorkFinished") == 1


def test_a_password_is_never_given_back(agency: Agency, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(self: SqlStore) -> None:
        raise Gone("x")

    visitor = Visitor(agency)
    with monkeypatch.context() as patched:
        patched.setattr(SqlStore, "writing", away)
        page = visitor.post("/dang-nhap", ten="an", **{"mat-khau": PASSWORD})
    assert visitor.answer.status_code == 503
    assert PASSWORD not in page


def test_what_one_may_not_read_is_nowhere(agency: Agency) -> None:
    """The same question on every page that names cases: what `ha` sees of a case that never came to her unit."""
    an, ha, em = (Visitor(agency, one) for one in ("an", "ha", "em"))
    case, title = an.open("Chuyện riêng của phòng"), "Chuyện riêng của phòng"
    an.send(f"/ho-so/{case}/buoc/1")
    lists = ["/", "/viec", "/viec?muc=don-vi", "/ho-so", f"/ho-so?ids={case}", "/ho-so?quy-trinh=QT-TT-01"]
    lists += ["/dieu-hanh", "/quy-trinh/QT-TT-01", "/chi-tieu", "/khong-phu-hop"]
    for path in lists:
        assert f"/ho-so/{case}" not in ha.get(path), path
        assert title not in ha.answer.text, path
    assert case in em.get("/ho-so")
    assert case in an.get("/ho-so")
    for path in (f"/ho-so/{case}", f"/ho-so/{case}/buoc/2", f"/ho-so/{case}/lam/rut"):
        ha.get(path)
        assert ha.answer.status_code == 404, path
        assert title not in ha.answer.text
    ha.get("/xem-xet")
    assert ha.answer.status_code == 404
    em.get("/xem-xet")
    assert em.answer.status_code == 200


def test_the_counts_are_of_what_one_may_read(agency: Agency) -> None:
    an, ha, em = (Visitor(agency, one) for one in ("an", "ha", "em"))
    an.open()
    counts = [re.search(r"(\d+) hồ sơ, mới nhất", one.get("/ho-so")) for one in (an, em)]
    assert [found and found[1] for found in counts] == ["1", "1"]
    assert "1 hồ sơ" not in ha.get("/ho-so")


PDF = b"%PDF-1.7\n%%EOF\n"


def test_a_file_is_attached_with_the_step_listed_and_given_out_inert(agency: Agency) -> None:
    an, binh, ha = (Visitor(agency, one) for one in ("an", "binh", "ha"))
    case = an.open()
    an.get(f"/ho-so/{case}/buoc/1")
    files = [
        ("tep", ("Báo giá số 1.pdf", PDF, "application/pdf")),
        ("tep", ("ảnh.png", b"\x89PNG\r\n\x1a\n", "text/html")),
    ]
    an.answer = an.client.post(f"/ho-so/{case}/buoc/1", data=an.hidden(), files=files)
    assert an.place.startswith("/viec")
    assert events(agency, case).count("FileAttached") == 2
    page = binh.get(f"/ho-so/{case}")
    assert "Báo giá số 1.pdf" in page
    given = binh.client.get(f"/ho-so/{case}/tep/1")
    assert given.content == PDF
    assert given.headers["content-type"] == "application/pdf"
    assert given.headers["content-disposition"].startswith("attachment;")
    assert given.headers["content-security-policy"].startswith("sandbox")
    assert given.headers["x-content-type-options"] == "nosniff"
    for path in ("tep/1", "tep/3", "tep/x"):
        assert (ha if path == "tep/1" else binh).client.get(f"/ho-so/{case}/{path}").status_code == 404
    erased(agency, case, f"{NAME} 1")
    page = binh.get(f"/ho-so/{case}")
    assert "Tệp 1 (đã xoá)" in page
    assert f"/ho-so/{case}/tep/2" in page
    assert f"/ho-so/{case}/tep/1" not in page


def test_each_form_and_result_of_a_step_has_its_place_and_the_file_says_which_it_is(agency: Agency) -> None:
    text = DECLARED.replace("    tên: Lập phiếu\n", "    tên: Lập phiếu\n    biểu mẫu: BM-01\n    kết quả: Tờ trình\n")
    forms = loaded(text.replace("các bước:", "biểu mẫu: {BM-01: Phiếu đề nghị}\ncác bước:"))
    shelf = MemoryShelf()
    shelf.publish(release(forms, approved_by="Giám đốc", issued_at=ISSUED))
    an = Visitor(replace(agency, shelf=shelf), "an")
    case = an.open()
    page = an.get(f"/ho-so/{case}/buoc/1")
    assert re.findall(r'name="(tep[^"]*)"', page) == ["tep:BM-01", "tep:Tờ trình", "tep"]
    assert "BM-01 Phiếu đề nghị" in page
    one = ("a.pdf", PDF, "application/pdf")
    files = [("tep:BM-01", one), ("tep", one), ("tep:Tờ trình", ("b.pdf", PDF + b"%", "application/pdf"))]
    an.answer = an.client.post(f"/ho-so/{case}/buoc/1", data=an.hidden(), files=files)
    assert an.place.startswith("/viec")
    with agency.store.reading() as reader:
        held = reader.held(case)
    assert held is not None
    assert sorted(file.form or "" for file in held.case.files) == ["", "BM-01", "Tờ trình"]
    shown = an.get(f"/ho-so/{case}")
    assert '<span class="note">Tờ trình · 1 KB' in shown
    assert "đính kèm tệp 1 (1 KB): BM-01" in shown


def erased(agency: Agency, case: str, name: str) -> None:
    """Withdraw a case and let whoever heads the owner of its procedure erase something of it."""
    units = tuple(replace(one, heads=("Giám đốc",)) for one in agency.organisation.units)
    headed = replace(agency, organisation=replace(agency.organisation, units=units))
    for command in (
        WithdrawCase(id="rút", actor="an", case=case, reason="thôi"),
        EraseValues(id="xoá", actor="em", case=case, names=(name,), reason="theo đơn", basis="Luật 91/2025"),
    ):
        assert isinstance(carry_out(headed, command, NOW), Done)


def test_a_file_that_is_not_taken_is_told_and_the_step_is_not_done(agency: Agency) -> None:
    an = Visitor(agency, "an")
    case = an.open()
    an.get(f"/ho-so/{case}/buoc/1")
    before, sent = events(agency, case), an.hidden()
    files = [("tep", ("giá.pdf", PDF, "application/pdf")), ("tep", ("trang.html", b"<script>", "application/pdf"))]
    an.answer = an.client.post(f"/ho-so/{case}/buoc/1", data=sent, files=files)
    assert an.answer.status_code == 422
    assert "Không nhận tệp “trang.html”" in an.answer.text
    assert events(agency, case) == before
    files = [("tep", ("giá.pdf", PDF, "application/pdf"))]
    for _ in range(2):  # the same form sent twice
        an.answer = an.client.post(f"/ho-so/{case}/buoc/1", data=sent, files=files)
        assert an.answer.status_code == 303
    assert events(agency, case).count("FileAttached") == 1


def test_a_file_that_was_altered_on_the_disk_is_not_given_out(agency: Agency) -> None:
    an = Visitor(agency, "an")
    case = an.open()
    an.get(f"/ho-so/{case}/buoc/1")
    files = [("tep", ("giá.pdf", PDF, "application/pdf"))]
    an.answer = an.client.post(f"/ho-so/{case}/buoc/1", data=an.hidden() | {"nut": "nhap"}, files=files)
    (digest,) = agency.files.all()
    agency.files.path(digest).write_bytes(b"%PDF-other")
    assert an.client.get(f"/ho-so/{case}/tep/1").status_code == 404


def test_a_dossier_is_supplemented_and_the_work_waits_for_it(agency: Agency) -> None:
    an, binh = Visitor(agency, "an"), Visitor(agency, "binh")
    case = an.open()
    an.send(f"/ho-so/{case}/buoc/1")
    binh.send(
        f"/ho-so/{case}/lam/yeu-cau-bo-sung?so=2", **{"con-thieu": "Báo giá\nBản cam kết", "ly-do": "theo quy chế"}
    )
    assert binh.place.startswith(f"/ho-so/{case}?da-lam=")
    assert f"/ho-so/{case}/buoc/2" not in binh.get(f"/ho-so/{case}")
    page = binh.get(f"/ho-so/{case}/lam/nhan-bo-sung")
    assert "Báo giá; Bản cam kết" in page
    binh.send(f"/ho-so/{case}/lam/nhan-bo-sung", **{"day-du": "co"})
    assert f"/ho-so/{case}/buoc/2" in binh.get(f"/ho-so/{case}")


def test_an_opinion_is_asked_seen_by_whom_it_is_asked_of_and_given(agency: Agency) -> None:
    an, binh, ha = (Visitor(agency, one) for one in ("an", "binh", "ha"))
    case = an.open()
    an.send(f"/ho-so/{case}/buoc/1")
    told = {"hoi": "ha", "noi-dung": "Có trùng mã không?", "trong": "1 ngày làm việc", "cho": "khong"}
    binh.send(f"/ho-so/{case}/lam/lay-y-kien?so=2", **(told | {"hoi": "ai.do"}))
    assert binh.answer.status_code in {403, 404, 422}
    assert "Có trùng mã không?" in binh.answer.text
    binh.send(f"/ho-so/{case}/lam/lay-y-kien?so=2", **told)
    page = ha.get("/viec")
    assert "Có trùng mã không?" in page
    assert case in ha.get("/ho-so")
    ha.send(f"/ho-so/{case}/lam/cho-y-kien?so=1", **{"y-kien": "Không trùng."})
    assert "Không trùng." in binh.get(f"/ho-so/{case}")
    assert "Có trùng mã không?" not in ha.get("/viec")


def test_an_extension_is_asked_for_by_one_and_granted_by_another(agency: Agency) -> None:
    an, em = Visitor(agency, "an"), Visitor(agency, "em")
    case = an.open()
    told = {"them": "2 ngày làm việc", "ly-do": "chờ báo giá", "xin-loi": "Mong thông cảm."}
    page = an.send(f"/ho-so/{case}/lam/xin-gia-han", **(told | {"them": "hai ngày"}))
    assert an.answer.status_code == 422
    assert "chờ báo giá" in page
    an.send(f"/ho-so/{case}/lam/xin-gia-han", **told)
    assert an.answer.status_code == 303
    assert "lam/duyet-gia-han" not in an.get(f"/ho-so/{case}")  # nobody grants what they asked for
    assert "lam/duyet-gia-han" in em.get(f"/ho-so/{case}")
    page = em.get(f"/ho-so/{case}/lam/duyet-gia-han?so=1")
    assert "2 ngày làm việc" in page
    assert "Mong thông cảm." in page
    em.send(f"/ho-so/{case}/lam/duyet-gia-han?so=1", **{"quyet-dinh": "co"})
    assert events(agency, case)[-1] in {"ExtensionGranted", "ClockStarted"}


def test_what_was_sent_on_is_called_back_until_the_receiver_has_acted(agency: Agency) -> None:
    an, binh = Visitor(agency, "an"), Visitor(agency, "binh")
    case = an.open()
    an.send(f"/ho-so/{case}/buoc/1")
    assert f"/ho-so/{case}/lam/thu-hoi?so=1" in an.get(f"/ho-so/{case}")
    an.send(f"/ho-so/{case}/lam/thu-hoi?so=1", **{"ly-do": "gửi nhầm"})
    assert "buoc/" in an.get(f"/ho-so/{case}")
    step = re.search(rf"/ho-so/{case}/buoc/(\d+)", an.answer.text)
    assert step
    an.send(f"/ho-so/{case}/buoc/{step[1]}")
    work = re.search(rf"/ho-so/{case}/buoc/(\d+)", binh.get("/viec"))
    assert work
    binh.send(f"/ho-so/{case}/lam/nhan?so={work[1]}")
    assert "lam/thu-hoi" not in an.get(f"/ho-so/{case}")


def test_a_further_task_holds_the_step_until_it_is_done(agency: Agency) -> None:
    an, binh, ha = (Visitor(agency, one) for one in ("an", "binh", "ha"))
    case = an.open()
    an.send(f"/ho-so/{case}/buoc/1")
    binh.send(f"/ho-so/{case}/lam/nhan?so=2")
    binh.send(f"/ho-so/{case}/lam/giao-them?so=2", cho="ha", viec="Đối chiếu mã số")
    assert binh.answer.status_code == 303
    binh.send(f"/ho-so/{case}/buoc/2", **{"ket-qua": "Đủ"})
    assert binh.answer.status_code in {403, 409, 422}
    task = re.search(rf"/ho-so/{case}/lam/xong-viec-giao-them\?so=(\d+)", ha.get(f"/ho-so/{case}"))
    assert task
    assert "Đối chiếu mã số" in ha.get(f"/ho-so/{case}/lam/xong-viec-giao-them?so={task[1]}")
    ha.send(f"/ho-so/{case}/lam/xong-viec-giao-them?so={task[1]}", **{"ket-qua": "Khớp"})
    assert ha.answer.status_code == 303
    binh.send(f"/ho-so/{case}/buoc/2", **{"ket-qua": "Đủ"})
    assert binh.answer.status_code == 303


def test_the_same_is_not_opened_twice_without_saying_why(agency: Agency) -> None:
    an = Visitor(agency, "an")
    an.open("Mua mực")
    page = an.send("/ho-so/moi/QT-TT-01", **{"trich-yeu": "Mua mực"})
    assert an.answer.status_code == 409
    assert 'name="mo-them"' in page
    an.post("/ho-so/moi/QT-TT-01", **(an.hidden() | {"trich-yeu": "Mua mực", "mo-them": "đợt hai"}))
    assert an.place.endswith("/buoc/1")


def withdrawn(agency: Agency) -> tuple[Agency, str]:
    """Return an agency whose units the director heads, and a case there that names somebody and is over."""
    units = tuple(replace(one, heads=("Giám đốc",)) for one in agency.organisation.units)
    headed = replace(agency, organisation=replace(agency.organisation, units=units))
    case = Visitor(headed, "an").open("Đơn của Nguyễn Thị Bình")
    gone = WithdrawCase(id="rút", actor="an", case=case, reason="thôi")
    assert isinstance(carry_out(headed, gone, NOW), Done)
    return headed, case


def test_whoever_heads_the_owner_erases_a_title_and_no_page_has_it_any_more(agency: Agency) -> None:
    headed, case = withdrawn(agency)
    em, form = Visitor(headed, "em"), f"/ho-so/{case}/lam/xoa"
    assert form not in Visitor(headed, "an").get(f"/ho-so/{case}")
    assert form in em.get(f"/ho-so/{case}")
    page = em.get(form)
    assert "trích yếu của hồ sơ ngày 20/03/2026: Đơn của Nguyễn Thị Bình" in page
    assert "lý do kết thúc ngày 20/03/2026: thôi" in page
    em.send(form, **{"dieu-can-xoa": "lời văn:1.title", "ly-do": "theo đơn", "can-cu": "Luật 91/2025"})
    assert em.answer.status_code == 303, em.answer.text
    for path in (f"/ho-so/{case}", "/ho-so", form):
        assert "Nguyễn Thị Bình" not in em.get(path)
    assert "(đã xoá)" in em.get(f"/ho-so/{case}")


def test_nothing_is_chosen_for_whoever_is_about_to_erase(agency: Agency) -> None:
    headed, case = withdrawn(agency)
    em, form = Visitor(headed, "em"), f"/ho-so/{case}/lam/xoa"
    assert "checked" not in em.get(form)
    em.send(form, **{"ly-do": "theo đơn", "can-cu": "Luật 91/2025"})
    assert em.answer.status_code == 422
    assert "Nguyễn Thị Bình" in em.get(f"/ho-so/{case}")


def test_a_form_left_open_keeps_nothing_of_a_case_that_is_over(agency: Agency) -> None:
    an, binh = Visitor(agency, "an"), Visitor(agency, "binh")
    case = an.open()
    an.send(f"/ho-so/{case}/buoc/1")
    path = f"/ho-so/{case}/buoc/2"
    binh.get(path)
    theirs = binh.hidden() | {"ket-qua": "Thiếu", "ly-do": "đơn của Nguyễn Thị Bình"}
    assert isinstance(carry_out(agency, WithdrawCase(id="rút", actor="an", case=case, reason="thôi"), NOW), Done)
    for pressed in ({"nut": "nhap"}, {"nut": "nhap-ngam"}, {}, {MORE: "f:gì"}):
        page = binh.post(path, **(theirs | pressed))
        assert binh.answer.status_code == 409
        assert pressed == {"nut": "nhap-ngam"} or "Nguyễn Thị Bình" in page, "who typed it has it before them"
        assert "Nguyễn Thị Bình" not in binh.get(path)


def test_what_cannot_be_erased_is_told_and_what_goes_with_a_title_too(
    agency: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    headed, case = withdrawn(agency)
    em, form = Visitor(headed, "em"), f"/ho-so/{case}/lam/xoa"
    assert "hồ sơ này đã gọi" not in em.get(form)
    monkeypatch.setattr("engine.stores.sql.SqlReader.called_by", lambda _, of: ["HS-2026-0099"] if of == case else [])
    page = em.get(form)
    assert "các hồ sơ mà hồ sơ này đã gọi" in page
    assert "HS-2026-0099" not in page, "not everybody may read it"
    assert "Bản 0.1.0" not in page
    monkeypatch.setattr("engine.handle.apart", lambda *_: {})  # as release 0.1.0 wrote
    old = Visitor(headed, "an").open("Đơn của Lê Văn Tám")
    assert isinstance(carry_out(headed, WithdrawCase(id="r2", actor="an", case=old, reason="thôi"), NOW), Done)
    page = em.get(f"/ho-so/{old}/lam/xoa")
    assert "Bản 0.1.0 đã ghi thẳng vào nhật ký, không xoá được" in page
    assert "trích yếu của hồ sơ ngày 20/03/2026; lý do kết thúc ngày 20/03/2026" in page
    assert "hồ sơ này đã gọi" not in page


def test_whoever_writes_a_basis_is_told_that_it_stays(agency: Agency) -> None:
    an = Visitor(agency, "an")
    case = an.open()
    said = "Chỗ này ở lại trong nhật ký, không xoá được"
    assert said in an.get(f"/ho-so/{case}/lam/tam-dung")
    headed, over = withdrawn(agency)
    assert said in Visitor(headed, "em").get(f"/ho-so/{over}/lam/xoa")


@pytest.mark.parametrize("named", ["breach/HS-2026-0001/case/late_case", "api/binh/1", "timer/HS-2026-0001/1"])
def test_a_form_takes_no_id_that_somebody_else_goes_by(agency: Agency, named: str) -> None:
    an = Visitor(agency, "an")
    an.send("/ho-so/moi/QT-TT-01", **{"trich-yeu": "Mua giấy in", "lenh": named})
    assert an.answer.status_code == 303
    with agency.store.writing() as writer:
        assert writer.receipt(named) is None
