"""Nothing is destroyed before its time; what is erased is gone, is known to be erased, and the log still verifies."""

from dataclasses import replace
from pathlib import Path

import pytest
from pysqlite3 import dbapi2
from sqlalchemy import text

from engine.commands import EraseValues, FinishWork, WithdrawCase
from engine.handle import Done
from engine.refusal import Refusal
from engine.refusals.entering import ReasonNeeded
from engine.refusals.keeping import (
    AlreadyDestroyed,
    BasisNeeded,
    KeepingNotDeclared,
    KeptForEver,
    KeptUntil,
    MayNotErase,
    NothingToErase,
    NotOverYet,
)
from engine.store import Store
from engine.stores.audit import verify
from engine.stores.memory import MemoryStore
from engine.stores.sql import SqlStore
from procedures.model import Procedure, Record
from tests.engine.house import Office, at, people, purchase

NOW, LATER = at(2, 8), at(1, 8, month=1, year=2037)
AMOUNT = "987654321"


@pytest.fixture(params=["memory", "sql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return MemoryStore() if request.param == "memory" else SqlStore(tmp_path / "a.db")


@pytest.fixture
def given(store: Store) -> Office:
    return headed(store)


def headed(store: Store, procedure: Procedure | None = None) -> Office:
    """An office in which Giám đốc heads the agency, and Chánh Văn phòng the unit that owns the purchase."""
    heads = {"Sở A": ("Giám đốc",), "Văn phòng": ("Chánh Văn phòng",)}
    units = tuple(replace(unit, heads=heads.get(unit.name, ())) for unit in people().units)
    given = Office.with_(procedure or purchase(), store=store)
    given.organisation = replace(people(), units=units)
    return given


def over(given: Office) -> str:
    """A case that has ended in March 2026 and is kept for ten years."""
    case = given.ordered(NOW, AMOUNT)
    given.do(case, "kiểm tra", "binh", NOW, "Không thuộc phạm vi")
    return case


def erasing(case: str, *names: str, by: str = "em", **changed: str) -> EraseValues:
    asked = {"id": f"e/{case}/{names}", "reason": "theo đơn", "basis": "Luật 91/2025/QH15", **changed}
    return EraseValues(actor=by, case=case, names=names, **asked)


def kept(given: Office, case: str) -> dict[str, str]:
    with given.store.reading() as reader:
        held = reader.held(case)
    assert held is not None
    return dict(held.values)


def test_one_value_is_erased_by_name_and_the_others_stay(given: Office) -> None:
    case = over(given)
    done = given.give(erasing(case, "tổng tiền"), NOW)
    assert isinstance(done, Done)
    assert kept(given, case) == {"nội dung": "Máy in"}
    assert '"names":["tổng tiền"]' in done.records[0].body
    assert '"post":"Giám đốc@Sở A"' in done.records[0].body
    assert AMOUNT not in "".join(record.body for record in given.log(case))
    assert given.give(erasing(case, "tổng tiền", id="again"), NOW) == NothingToErase(case, "tổng tiền")


def test_the_same_erasure_again_is_done_once(given: Office) -> None:
    case = over(given)
    first = given.give(erasing(case, "tổng tiền"), NOW)
    again = given.give(erasing(case, "tổng tiền"), LATER)
    assert isinstance(first, Done)
    assert isinstance(again, Done)
    assert again.repeated
    assert again.records == first.records


def test_after_the_erasure_of_one_value_its_command_is_still_known(given: Office) -> None:
    case = given.open(NOW)
    fields = {"nội dung": "Máy in", "tổng tiền": AMOUNT}
    command = FinishWork(id="f", actor="an", case=case, item=1, fields=fields, salt="a")
    first = given.give(command, NOW)
    given.do(case, "kiểm tra", "binh", NOW, "Không thuộc phạm vi")
    given.give(erasing(case, "tổng tiền"), NOW)
    again = given.give(command.model_copy(update={"salt": "b"}), NOW)
    assert isinstance(first, Done)
    assert isinstance(again, Done)
    assert again.records == first.records
    assert isinstance(given.give(command.model_copy(update={"reason": "khác"}), NOW), Refusal)


def test_nothing_is_destroyed_before_the_last_day_of_its_time(given: Office) -> None:
    case = over(given)
    refused = given.give(erasing(case), at(31, 23, 59, month=12, year=2036))
    assert refused == KeptUntil(case, "31/12/2036")
    assert kept(given, case)
    done = given.give(erasing(case), LATER)
    assert isinstance(done, Done)
    assert kept(given, case) == {}
    assert given.case(case).destroyed_at == LATER
    assert isinstance(given.give(erasing(case, id="again"), LATER), AlreadyDestroyed)


@pytest.mark.parametrize(("said", "refusal"), [("vĩnh viễn", KeptForEver), ("theo quy định", KeepingNotDeclared)])
def test_what_is_kept_for_ever_or_for_no_declared_time_is_never_destroyed(
    said: str, refusal: type[Refusal], store: Store
) -> None:
    records = (Record(name="a", place="Văn thư", retention="5 năm"), Record(name="b", place="Kho", retention=said))
    given = headed(store, purchase().model_copy(update={"records": records}))
    case = over(given)
    assert isinstance(given.give(erasing(case), at(1, 8, year=2099)), refusal)
    assert kept(given, case)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"reason": " "}, ReasonNeeded),
        ({"basis": ""}, BasisNeeded),
        ({"by": "binh"}, MayNotErase),
        ({"by": "ai đó"}, MayNotErase),
    ],
)
def test_an_erasure_has_a_reason_a_basis_and_somebody_who_may(
    changed: dict[str, str], refusal: type[Refusal], given: Office
) -> None:
    case = over(given)
    before = given.log(case)
    assert isinstance(given.give(erasing(case, "tổng tiền", **changed), NOW), refusal)
    assert given.log(case) == before
    assert len(kept(given, case)) == 2


def test_the_values_of_a_running_case_are_needed(given: Office) -> None:
    case = given.ordered(NOW)
    assert given.give(erasing(case, "tổng tiền"), NOW) == NotOverYet(case)
    given.give(WithdrawCase(id="w", actor="an", case=case, reason="thôi"), NOW)
    assert isinstance(given.give(erasing(case, "tổng tiền"), NOW), Done)


def test_audit_tells_what_was_erased_from_what_was_deleted(tmp_path: Path) -> None:
    given = headed(SqlStore(tmp_path / "a.db"))
    erased, deleted = over(given), over(given)
    given.give(erasing(erased, "tổng tiền"), NOW)
    store = given.store
    assert isinstance(store, SqlStore)
    assert verify(store).sound
    with store.writing() as writer:
        kept_back = writer.connection.execute(text("SELECT * FROM entered_value")).all()
        writer.connection.execute(text("DELETE FROM entered_value WHERE case_id = :case"), {"case": deleted})
    gone = {(fault.case, fault.seq, str(fault.words)) for fault in verify(store).faults}
    said = "the entered value “{}” is gone, and no event says it was erased"
    assert gone == {(deleted, 4, said.format("tổng tiền")), (deleted, 4, said.format("nội dung"))}
    with store.writing() as writer:
        for row in kept_back[:1]:
            put = text("INSERT INTO entered_value VALUES (:c, 'tổng tiền', :s, :o, '1', 'x')")
            writer.connection.execute(put, {"c": erased, "s": row.seq, "o": row.command})
    back = {(fault.case, str(fault.words)) for fault in verify(store).faults}
    assert (erased, "the entered value “tổng tiền” was erased and is there again") in back


def test_no_byte_of_an_erased_value_is_left_in_the_file(tmp_path: Path) -> None:
    given = headed(SqlStore(tmp_path / "a.db", durable=False))
    amounts = [str(111_222_333_000 + 7 * number) for number in range(40)]
    for amount in amounts:  # enough for pages to be split, which leaves copies behind
        case = given.ordered(NOW, amount)
        given.do(case, "kiểm tra", "binh", NOW, "Không thuộc phạm vi")
        given.give(erasing(case, "tổng tiền"), NOW)
    given.store.close()  # type: ignore[attr-defined]
    connection = dbapi2.connect(tmp_path / "a.db")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    content = (tmp_path / "a.db").read_bytes()
    assert [amount for amount in amounts if amount.encode() in content] == []
