"""Telling other systems what happened: each event once asked for, at least once sent, under one id, without values."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.commands import OpenCase, WithdrawCase
from engine.errands.drain import Drain, Drained
from engine.errands.errand import Errand, Status
from engine.errands.task import Hopeless
from engine.errands.world import KINDS, read_world, subscriptions
from engine.handle import Done, handle
from engine.stores.errands import TELLING
from engine.stores.sql import SqlStore
from engine.within import Within
from procedures.model import FieldSpec, FieldType
from tests import postgres
from tests.engine.errands.bureau import Bureau
from tests.engine.errands.conftest import System

SECRET = b"bi mat"
PERSONAL = FieldSpec(name="họ tên", type=FieldType.TEXT)


def declare(folder: Path, port: int, events: list[str], allow: str = '["127.0.0.0/8"]') -> None:
    (folder / "kho.secret").write_bytes(SECRET)
    told = f'[webhooks]\nallow = {allow}\n[webhooks.kho]\nurl = "http://127.0.0.1:{port}/nhan"\n'
    told += f'secret_file = "kho.secret"\nevents = {json.dumps(events)}\n'
    (folder / "quytrinh.toml").write_text(told, encoding="utf-8")


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path, system: System) -> Iterator[Bureau]:
    store = postgres.fresh_store() if request.param == "postgresql" else None
    declare(tmp_path, system.port, ["CaseOpened", "WorkFinished", "CaseEnded"])
    made = Bureau(tmp_path, fields=(PERSONAL,), store=store)
    asked(made)
    yield made
    made.agency.store.close()


def asked(bureau: Bureau) -> None:
    """Open the agency anew, as every program does when it starts."""
    bureau.agency.store.tells = subscriptions(bureau.root)


def waiting(bureau: Bureau) -> list[Errand]:
    return [one for one in bureau.errands() if one.task == TELLING]


def drained(bureau: Bureau) -> Drained:
    return Drain(bureau.agency, "w", clock=lambda: bureau.now, only=TELLING).all(1)


def opened(bureau: Bureau, title: str = "Đơn của bà Nguyễn Thị Bình") -> str:
    command = OpenCase(id=bureau.office.id(), actor="an", procedure="QT-01", title=title)
    done = bureau.office.give(command, bureau.now)
    assert isinstance(done, Done), done
    return done.case


def finish(bureau: Bureau, case: str) -> None:
    bureau.office.do(case, "mở", "an", bureau.now, fields={"họ tên": "Nguyễn Thị Bình"}, salt="s")


def kinds(bureau: Bureau, case: str) -> list[tuple[str, int]]:
    with bureau.agency.store.reading() as reader:
        return [(one.event.kind, one.seq) for one in reader.log(case)]


def test_a_system_hears_of_each_event_that_it_asked_for_and_of_no_other(office: Bureau, system: System) -> None:
    case = opened(office)
    finish(office, case)
    wanted = {(kind, seq) for kind, seq in kinds(office, case) if kind in {"CaseOpened", "WorkFinished", "CaseEnded"}}
    assert len(wanted) == len(waiting(office)) == 2
    assert drained(office) == Drained(done=2)
    heard = [json.loads(body) for _, _, body in system.told]
    assert {(one["type"], one["data"]["seq"]) for one in heard} == wanted
    assert {one["data"]["case"] for one in heard} == {case}
    done = next(one for one in heard if one["type"] == "WorkFinished")
    assert (done["data"]["step"], done["data"]["item"], done["data"]["procedure"]) == ("mở", 1, "QT-01")
    assert drained(office) == Drained()


def test_nothing_that_anybody_entered_leaves_the_house(office: Bureau, system: System) -> None:
    declare(office.root, system.port, sorted(KINDS))
    asked(office)
    case = opened(office)
    finish(office, case)
    withdraw = WithdrawCase(id=office.office.id(), actor="an", case=case, reason="bà Bình đổi ý")
    assert isinstance(office.office.give(withdraw, office.now), Done)
    drained(office)
    assert len(system.told) == len(kinds(office, case))
    for _, _, body in system.told:
        told = json.loads(body)
        assert set(told) == {"type", "timestamp", "data"}
        assert set(told["data"]) <= {"case", "seq", "procedure", "issue", "item", "step"}
        assert "Bình" not in body.decode()


def test_what_is_rolled_back_is_told_to_nobody_and_what_is_repeated_is_told_once(office: Bureau) -> None:
    store, command = office.agency.store, OpenCase(id="một", actor="an", procedure="QT-01", title="x")

    def cut() -> None:
        """Give the command, and lose the power before the commit."""
        with store.writing() as writer:
            told = handle(command, store=Within(store, writer), ground=office.agency, now=office.now)
            assert isinstance(told, Done)
            raise ConnectionAbortedError

    with pytest.raises(ConnectionAbortedError):
        cut()
    assert waiting(office) == []
    for _ in range(3):
        assert isinstance(handle(command, store=store, ground=office.agency, now=office.now), Done)
    assert [one.key for one in waiting(office)] == ["báo sự việc/kho/HS-2026-0001/1"]


def test_a_system_that_is_away_is_told_again_under_the_same_id_and_then_parked(office: Bureau, system: System) -> None:
    opened(office)
    system.status = 503
    assert drained(office) == Drained(again=1)
    office.later(hours=1)
    system.status = 200
    assert drained(office) == Drained(done=1)
    (_, first, _), (_, second, body) = system.told
    assert first["webhook-id"] == second["webhook-id"]
    signed = f"{second['webhook-id']}.{second['webhook-timestamp']}.".encode() + body
    mac = base64.b64encode(hmac.new(SECRET, signed, hashlib.sha256).digest()).decode()
    assert second["webhook-signature"] == f"v1,{mac}"
    assert int(second["webhook-timestamp"]) == int(office.now.timestamp())
    system.status = 503
    opened(office, "Khác")
    for _ in range(6):
        drained(office)
        office.later(hours=7)
    parked = [one for one in waiting(office) if one.status is Status.PARKED]
    assert len(parked) == 1
    assert "503" in (parked[0].fault or "")


def test_an_address_within_the_house_is_refused_unless_it_is_allowed(office: Bureau, system: System) -> None:
    declare(office.root, system.port, ["CaseOpened"], allow="[]")
    opened(office)
    assert drained(office) == Drained(parked=1)
    assert system.told == []


def test_a_system_that_no_longer_asks_is_told_nothing(office: Bureau, system: System) -> None:
    opened(office)
    declare(office.root, system.port, ["CaseEnded"])
    assert drained(office) == Drained(done=1)
    assert system.told == []


def test_two_systems_are_told_each_by_itself(office: Bureau, system: System) -> None:
    with (office.root / "quytrinh.toml").open("a", encoding="utf-8") as file:
        file.write(f'[webhooks.luu]\nurl = "http://127.0.0.1:{system.port}/luu"\nevents = ["CaseOpened"]\n')
    asked(office)
    opened(office)
    assert drained(office) == Drained(done=2)
    assert sorted(path for path, _, _ in system.told) == ["/luu", "/nhan"]
    assert len({headers["webhook-id"] for _, headers, _ in system.told}) == 2


@pytest.mark.parametrize("events", [["Nothing"], ["CaseOpened", "*"]])
def test_a_kind_that_does_not_exist_is_a_fault_of_the_settings(
    tmp_path: Path, events: list[str], system: System
) -> None:
    declare(tmp_path, system.port, events)
    with pytest.raises(Hopeless, match="kho"):
        read_world(tmp_path)
    assert subscriptions(tmp_path) == {}


def test_without_subscriptions_nothing_more_is_written(tmp_path: Path) -> None:
    made = Bureau(tmp_path)
    assert isinstance(made.agency.store, SqlStore)
    opened(made)
    assert waiting(made) == []
