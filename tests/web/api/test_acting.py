"""Commands from a program: done once under a key, at a version if asked, and what is wrong is told as a problem."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import httpx
import pytest

from engine.agency import Agency
from engine.commands.files import NAME
from engine.stores.accounts import Accounts
from engine.stores.tokens import Tokens
from tests import postgres
from tests.web.api.programs import NOW, V1, Program, staffed, token
from tests.web.serving import PATIENCE, served
from web.app import make_app

FINISH = "/cases/{}/commands/finish-work"
PDF = b"%PDF-1.4 small"


def kinds(agency: Agency, case: str) -> list[str]:
    with agency.store.reading() as reader:
        return [record.event.kind for record in reader.log(case)]


def test_a_case_goes_from_opening_to_its_end(agency: Agency) -> None:
    an, binh, chi = (Program(agency, person) for person in ("an", "binh", "chi"))
    case = an.open("Mua mực in")
    whole = an.get(f"/cases/{case}")
    assert whole.headers["etag"] == f'"{whole.json()["version"]}"'
    (first,) = whole.json()["items"]
    assert (first["step"], first["yours"], first["outcomes"]) == ("lập phiếu", True, ["Xong"])
    assert not binh.get(f"/cases/{case}").json().get("items")
    assert an.order(FINISH.format(case), {"item": 1}).status_code == 200
    (work,) = binh.get("/work").json()["work"]
    assert (work["case"], work["item"], work["stands"]) == (case, 2, "near")
    assert binh.order(FINISH.format(case), {"item": 2, "outcome": "Đủ"}).status_code == 200
    ended = chi.order(FINISH.format(case), {"item": 3, "outcome": "Đồng ý"}).json()
    assert [one["kind"] for one in ended["events"]] == ["WorkFinished", "CaseEnded"]
    told = an.get(f"/cases/{case}").json()
    assert (told["status"], told["result"], told["version"]) == ("ended", "hoàn thành", ended["version"])
    log = an.get(f"/cases/{case}/events", lang="en").json()["events"]
    assert [one["seq"] for one in log] == list(range(1, ended["version"] + 1))
    assert "finished “Duyệt”: Đồng ý" in [one["says"] for one in log]


def test_a_command_under_the_same_key_is_done_once_and_answered_as_the_first_time(agency: Agency) -> None:
    an = Program(agency, "an")
    told = {"procedure": "QT-TT-01", "title": "Bút"}
    first, again = (an.order("/cases", told, Idempotency_Key="một-khóa".encode().hex()) for _ in range(2))
    assert first.json() == again.json()
    assert (first.status_code, again.status_code) == (201, 201)
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert len(an.get("/cases").json()["cases"]) == 1
    other = an.order("/cases", told | {"title": "Thước"}, Idempotency_Key="một-khóa".encode().hex())
    assert (other.status_code, other.json()["code"]) == (409, "CommandReused")


def test_what_found_nothing_to_do_still_finds_nothing_when_it_is_repeated(agency: Agency) -> None:
    an = Program(agency, "an")
    case = an.open()
    first, again = (
        an.order(f"/cases/{case}/commands/start-work", {"item": 1}, Idempotency_Key=key) for key in ("one", "two")
    )
    assert [len(answer.json()["events"]) for answer in (first, again)] == [1, 0]
    assert again.json()["version"] == first.json()["version"]


def test_keys_of_different_persons_have_nothing_to_do_with_each_other(agency: Agency) -> None:
    an, duc = Program(agency, "an"), Program(agency, "duc")
    cases = [
        one.order("/cases", {"procedure": "QT-TT-01", "title": one.person}, Idempotency_Key="1") for one in (an, duc)
    ]
    assert [answer.status_code for answer in cases] == [201, 201]
    assert len({answer.json()["case"] for answer in cases}) == 2


def test_a_command_at_a_version_that_has_passed_tells_who_changed_what(agency: Agency) -> None:
    an, duc = Program(agency, "an"), Program(agency, "duc")
    case = an.open()
    seen = an.get(f"/cases/{case}").headers["etag"]
    an.order(f"/cases/{case}/commands/withdraw-case", {"reason": "thôi"}, If_Match=seen)
    answer = an.order(f"/cases/{case}/commands/claim-work", {"item": 1}, If_Match=seen)
    told = answer.json()
    assert (answer.status_code, told["code"]) == (412, "StaleVersion")
    assert ("An", "hồ sơ kết thúc: rút hồ sơ: thôi") in [(one["who"], one["what"]) for one in told["since"]]
    assert answer.headers["etag"] == an.get(f"/cases/{case}").headers["etag"]
    without = an.order(f"/cases/{case}/commands/claim-work", {"item": 1})
    assert (without.status_code, without.json()["code"]) == (409, "CaseIsOver")
    assert duc.person == "duc"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"{", 422),
        (b"[]", 422),
        (b'{"item": true}', 422),
        (b'{"item": "1"}', 422),
        (b'{"item": 1.5}', 422),
        (b'{"item": NaN}', 422),
        (b'{"item": 1e400}', 422),
        (b'{"item": 1, "actor": "em"}', 422),
        (b'{"item": 1, "status": "done"}', 422),
        (b'{"item": 1, "outcome": "\\ud800"}', 422),
        (b'{"item": 1, "reason": "' + b"a" * 20_001 + b'"}', 422),
        ('{"item": 1}'.encode("utf-16"), 422),
        (b'{"item": 1, "reason": "a\\u0000b"}', 422),
        (b'{"item": 99999999999999999999999}', 404),
        (b'{"item": -1}', 404),
        (b" " * 1_000_001, 413),
    ],
)
def test_a_body_that_is_not_as_the_document_says_is_a_problem(agency: Agency, body: bytes, status: int) -> None:
    an = Program(agency, "an")
    path = V1 + FINISH.format(an.open())
    headers = {**an.headers, "Idempotency-Key": "k", "Content-Type": "application/json"}
    answer = an.client.post(path, content=body, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "Traceback" not in answer.text


def test_what_is_wrong_is_told_with_its_place(agency: Agency) -> None:
    an = Program(agency, "an")
    told = an.order("/cases", {"procedure": "QT-TT-01", "titel": "x"}).json()
    assert {one["where"] for one in told["errors"]} == {"body/title", "body/titel"}
    assert told["title"] == "Yêu cầu thiếu hoặc sai"
    an.headers["Accept-Language"] = "en-GB,en;q=0.9"
    assert an.order("/cases", {}).json()["title"] == "The request is incomplete or wrong"


def test_a_command_without_a_key_or_with_another_kind_of_body_is_not_taken(agency: Agency) -> None:
    an = Program(agency, "an")
    path = f"{V1}/cases"
    told = {"procedure": "QT-TT-01", "title": "x"}
    assert an.client.post(path, json=told, headers=an.headers).status_code == 422
    form = an.client.post(path, data=told, headers={**an.headers, "Idempotency-Key": "k"})
    assert (form.status_code, form.json()["code"]) == (415, "UnsupportedBody")
    assert an.client.put(path, json=told, headers=an.headers).json()["code"] == "MethodNotAllowed"
    assert an.client.get(f"{V1}/nothing", headers=an.headers).json()["code"] == "NotFound"


def test_a_file_goes_in_and_comes_out_whole_and_only_for_readers(agency: Agency) -> None:
    an, giang = Program(agency, "an"), Program(agency, "giang")
    case = an.open()
    path, headers = f"{V1}/cases/{case}/items/1/files", {**an.headers, "Idempotency-Key": "tệp".encode().hex()}
    sent = [an.client.post(path, files={"file": ("giấy tờ.pdf", PDF)}, headers=headers) for _ in range(2)]
    assert [answer.status_code for answer in sent] == [201, 201], sent[0].text
    assert sent[0].json() == sent[1].json()
    (file,) = an.get(f"/cases/{case}").json()["files"]
    assert (file["name"], file["type"], file["size"]) == ("giấy tờ.pdf", "application/pdf", len(PDF))
    got = an.get(f"/cases/{case}/files/1")
    assert got.content == PDF
    assert got.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in got.headers["content-security-policy"]
    assert giang.get(f"/cases/{case}/files/1").status_code == 404
    assert file["form"] is None
    other = {**headers, "Idempotency-Key": "khác".encode().hex()}
    refused = an.client.post(path, files={"file": ("a.pdf", PDF)}, data={"form": "BM-01"}, headers=other)
    assert (refused.status_code, refused.json()["code"]) == (422, "FormNotDeclared")
    refused = an.client.post(path, files={"file": ("a.exe", b"MZ")}, headers=headers)
    assert (refused.status_code, refused.json()["code"]) == (422, "FileNotTaken")
    assert an.order(f"/cases/{case}/commands/withdraw-case", {"reason": "thôi"}).status_code == 200
    (digest,) = agency.files.all()
    os.utime(agency.files.path(digest), (0, 0))
    told = {"names": [f"{NAME} 1"], "reason": "theo đơn", "basis": "Luật 91/2025/QH15"}
    erased = Program(agency, "em").order(f"/cases/{case}/commands/erase-values", told)
    assert erased.status_code == 200, erased.text
    assert agency.files.all() == []
    assert an.get(f"/cases/{case}/files/1").status_code == 404


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Agency]]:
    """A real server before each database."""
    store = postgres.fresh_store() if request.param == "postgresql" else None
    agency = staffed(tmp_path, store)
    with served(make_app(agency, now=lambda: NOW)) as address:
        yield address, agency
    agency.store.close()


def test_over_a_real_server_ten_at_once_with_one_key_open_one_case(server: tuple[str, Agency]) -> None:
    address, agency = server
    headers = {"Authorization": f"Bearer {token(agency, 'an')}", "Idempotency-Key": "cùng lúc".encode().hex()}
    with httpx.Client(base_url=address, headers=headers, timeout=PATIENCE) as client, ThreadPoolExecutor(10) as pool:
        told = {"procedure": "QT-TT-01", "title": "Cùng lúc"}
        answers = list(pool.map(lambda _: client.post(f"{V1}/cases", json=told), range(10)))
        assert {answer.status_code for answer in answers} == {201}
        assert len({answer.text for answer in answers}) == 1
        assert len(client.get(f"{V1}/cases").json()["cases"]) == 1
        for text in ("a\x00b", "%", "_", "’; DROP TABLE event; --"):
            answer = client.get(f"{V1}/cases", params={"search": text})
            assert answer.status_code == (422 if "\x00" in text else 200)
            assert "DROP" not in text or answer.json()["cases"] == []
        letters = "".join(sha256(bytes([n])).hexdigest() for n in range(150))  # it cannot be pressed together
        long = client.post(f"{V1}/cases", json=told | {"title": letters}, headers={"Idempotency-Key": "long"})
        assert (long.status_code, long.json()["code"]) == (422, "TitleTooLong")


def test_a_token_is_revoked_expires_and_ends_with_its_account(agency: Agency) -> None:
    an, binh, chi = (Program(agency, person) for person in ("an", "binh", "chi"))
    assert all(one.get("/me").status_code == 200 for one in (an, binh, chi))
    assert Tokens(agency.store).revoke(1, "test", NOW) is None
    assert Accounts(agency.store).disable("binh", "test", NOW) is None
    chi.client = type(chi.client)(make_app(agency, now=lambda: NOW + timedelta(days=31)))
    assert {one.get("/me").json()["code"] for one in (an, binh, chi)} == {"TokenNotGood"}


def test_wrong_tokens_make_an_address_wait_but_never_a_good_one(agency: Agency) -> None:
    an = Program(agency, "an")
    wrong = [an.client.get(f"{V1}/me", headers={"Authorization": f"Bearer qtt_{n}"}) for n in range(52)]
    assert [answer.status_code for answer in wrong] == [401] * 50 + [429] * 2
    assert int(wrong[-1].headers["retry-after"]) > 0
    assert an.get("/me").status_code == 200


def test_a_token_that_asks_too_often_waits_and_others_do_not(agency: Agency) -> None:
    slow = replace(agency, settings=replace(agency.settings, api_per_minute=3))
    an = Program(slow, "an")
    binh = Program(slow, "binh", client=an.client)
    answers = [an.get("/me") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 0 < int(answers[-1].headers["retry-after"]) <= 20
    assert binh.get("/me").status_code == 200
