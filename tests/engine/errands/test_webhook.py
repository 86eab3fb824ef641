"""Telling another system, a real one on this machine."""

import base64
import hashlib
import hmac
import json
from pathlib import Path
from threading import Event

import pytest

from engine.errands.drain import Drain, Drained
from engine.errands.errand import Status
from engine.errands.hands import Hands
from engine.errands.webhook import post
from procedures.model import Handling
from tests.engine.errands.bureau import Bureau
from tests.engine.errands.conftest import System

KEY = "HS-2026-0001/báo/1"


def bureau(folder: Path, url: str, allow: str = '["127.0.0.0/8"]', secret: bytes = b"bi mat") -> Bureau:
    (folder / "kho.secret").write_bytes(secret + b"\n")
    told = f'[webhooks]\nallow = {allow}\n[webhooks.kho]\nurl = "{url}"\nsecret_file = "kho.secret"\n'
    (folder / "quytrinh.toml").write_text(told, encoding="utf-8")
    given = (("nơi nhận", "kho"), ("gồm", "tổng tiền"))
    made = Bureau(folder, Handling(given=given, retries=1, pause=60, limit=20))
    made.waiting()
    return made


def drained(bureau: Bureau) -> Drained:
    return Drain(bureau.agency, "w", Hands({"báo tin": post}), clock=lambda: bureau.now).all(1)


def fault(bureau: Bureau) -> str:
    return bureau.errand("HS-2026-0001").fault or ""


@pytest.mark.parametrize("secret", [b"bi mat", b"whsec_" + base64.b64encode(b"bi mat")])
def test_a_system_is_told_once_signed_and_its_answer_is_the_outcome(
    secret: bytes, tmp_path: Path, system: System
) -> None:
    office = bureau(tmp_path, f"http://127.0.0.1:{system.port}/nhan?x=1", secret=secret)
    assert drained(office) == Drained(done=1)
    ((path, headers, body),) = system.told
    assert path == "/nhan?x=1"
    assert json.loads(body)["key"] == KEY
    assert json.loads(body)["values"] == {"tổng tiền": None}
    said = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(b"bi mat", said, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert headers["webhook-id"] == headers["Idempotency-Key"]
    assert int(headers["webhook-timestamp"]) == int(office.now.timestamp())
    assert list(office.office.live("HS-2026-0001")) == ["lưu"]


def test_what_is_told_again_has_the_same_id(tmp_path: Path, system: System) -> None:
    office = bureau(tmp_path, f"http://127.0.0.1:{system.port}/")
    system.status = 503
    assert drained(office) == Drained(again=1)
    system.status = 200
    office.later(minutes=1)
    assert drained(office) == Drained(done=1)
    assert len({headers["webhook-id"] for _, headers, _ in system.told}) == 1
    assert len({headers["webhook-timestamp"] for _, headers, _ in system.told}) == 2


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_system_is_told_again(status: int, tmp_path: Path, system: System) -> None:
    system.status = status
    assert drained(bureau(tmp_path, f"http://127.0.0.1:{system.port}/")) == Drained(again=1)


@pytest.mark.parametrize("status", [400, 401, 404, 410])
def test_a_system_that_says_no_for_good_is_not_told_again(status: int, tmp_path: Path, system: System) -> None:
    system.status = status
    office = bureau(tmp_path, f"http://127.0.0.1:{system.port}/")
    assert drained(office) == Drained(parked=1)
    assert str(status) in fault(office)


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_redirect_is_followed(status: int, tmp_path: Path, system: System) -> None:
    system.status = status
    system.headers = {"Location": f"http://127.0.0.1:{system.port}/khac"}
    assert drained(bureau(tmp_path, f"http://127.0.0.1:{system.port}/")) == Drained(parked=1)
    assert [path for path, _, _ in system.told] == ["/"]


def test_a_long_answer_is_not_read(tmp_path: Path, system: System) -> None:
    system.body = b"x" * (1024 * 1024 + 1)
    office = bureau(tmp_path, f"http://127.0.0.1:{system.port}/")
    assert drained(office) == Drained(parked=1)
    assert "1 MB" in fault(office)


def test_a_system_that_never_answers_is_left(tmp_path: Path, system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.errands.reaching.SECONDS", 0.2)
    system.hold = Event()
    office = bureau(tmp_path, f"http://127.0.0.1:{system.port}/")
    assert drained(office) == Drained(again=1)
    assert "không trả lời" in fault(office)


@pytest.mark.parametrize("body", [b"{", b'{"outcome": 3}', b'{"fields": "x"}'])
def test_an_answer_that_is_not_understood_is_parked(body: bytes, tmp_path: Path, system: System) -> None:
    system.body = body
    assert drained(bureau(tmp_path, f"http://127.0.0.1:{system.port}/")) == Drained(parked=1)


def test_a_system_that_is_not_declared_is_told_nothing(tmp_path: Path, system: System) -> None:
    office = bureau(tmp_path, f"http://127.0.0.1:{system.port}/")
    (tmp_path / "quytrinh.toml").write_text("[webhooks]\n", encoding="utf-8")
    assert drained(office) == Drained(parked=1)
    assert "“kho”" in fault(office)
    assert system.told == []


def test_settings_that_are_not_understood_are_told(tmp_path: Path) -> None:
    office = bureau(tmp_path, "http://127.0.0.1/", allow='["nhà"]')
    assert drained(office) == Drained(parked=1)
    assert "quytrinh.toml" in fault(office)
    assert office.errand("HS-2026-0001").status is Status.PARKED


def test_an_address_within_the_house_is_refused_unless_it_is_named(tmp_path: Path, system: System) -> None:
    office = bureau(tmp_path, f"http://localhost:{system.port}/", allow='["10.0.0.0/8"]')
    assert drained(office) == Drained(parked=1)
    assert "mạng nội bộ" in fault(office)
    assert system.told == []
