"""Nothing is destroyed before its time; what is erased is gone, is known to be erased, and the log still verifies."""

from dataclasses import replace
from pathlib import Path

import pytest
from pysqlite3 import dbapi2
from sqlalchemy import text

from engine.audit import chain_fault
from engine.calls import follow
from engine.carry_out import called_in_all, carry_out, finish_erasures
from engine.commands import MACHINE, CorrectRecord, EraseValues, FinishWork, OpenCase, WithdrawCase
from engine.evolve import fold
from engine.files import FileShelf
from engine.handle import HALF, Done, command_digest, handle
from engine.refusal import Refusal
from engine.refusals.entering import ReasonNeeded
from engine.refusals.keeping import (
    AlreadyDestroyed,
    BasisNeeded,
    KeepingNotDeclared,
    KeptForEver,
    KeptUntil,
    MayNotErase,
    NoTextToErase,
    NothingToErase,
    NotOverYet,
)
from engine.refusals.life import CommandReused
from engine.retention import Kept
from engine.retention import kept as of_cases
from engine.store import Store
from engine.stores.audit import verify
from engine.stores.memory import MemoryStore
from engine.stores.sql import SqlStore
from engine.stores.sqlite import copied
from engine.texts import ERASED
from procedures.model import Procedure, Record
from procedures.several import Several
from tests.engine.house import Office, at, people, purchase
from tests.engine.test_calls import agency as calling
from tests.engine.test_together import opinions

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


def test_what_each_of_several_entered_is_erased_by_its_own_name(store: Store) -> None:
    made = opinions(Several(each="unit", field="đâu"), collect=("ý kiến",))
    given = headed(store, made)
    case = given.open(NOW, procedure="QT-01")
    given.do(case, "dự thảo", "an", NOW, fields={"đâu": "Văn phòng; Phòng Kế hoạch"}, salt="s")
    for number, who in ((2, "binh"), (3, "an")):
        assert isinstance(given.finish(case, number, who, NOW, fields={"ý kiến": who}, salt=who), Done)
    given.give(WithdrawCase(id="w", actor="an", case=case, reason="thôi"), NOW)
    one = "ý kiến · Văn phòng"
    assert isinstance(given.give(erasing(case, one), NOW), Done)
    assert kept(given, case) == {"đâu": "Văn phòng; Phòng Kế hoạch", "ý kiến · Phòng Kế hoạch": "an"}
    assert given.give(erasing(case, one, id="again"), NOW) == NothingToErase(case, one)
    assert given.give(erasing(case, "ý kiến"), NOW) == NothingToErase(case, "ý kiến")
    assert not isinstance(store, SqlStore) or verify(store).sound


NAME = "Nguyễn Thị Bình xin nghỉ việc"


def told(given: Office) -> tuple[str, Done]:
    """A case that has ended, with a name in its title and in the reason of its return."""
    opened = given.give(OpenCase(id="o", actor="an", procedure="QT-VP-05", title=NAME, salt="a"), NOW)
    assert isinstance(opened, Done)
    case = opened.case
    given.do(case, "lập phiếu", "an", NOW, fields={"nội dung": "Máy in", "tổng tiền": AMOUNT}, salt="s")
    given.do(case, "kiểm tra", "binh", NOW, "Không thuộc phạm vi", reason=f"{NAME}: không có trong kế hoạch")
    return case, opened


def wording(case: str, *places: str, **changed: str) -> EraseValues:
    return erasing(case, **{"id": f"t/{case}/{places}", **changed}).model_copy(update={"texts": places})


def places(given: Office, case: str) -> dict[str, str]:
    return {one.place: one.text for record in given.log(case) for one in record.texts}


def test_a_title_is_erased_alone_and_the_case_is_known_by_its_number(given: Office) -> None:
    case, _ = told(given)
    title, reason = places(given, case)
    assert title == "1.title"
    done = given.give(wording(case, title), NOW)
    assert isinstance(done, Done)
    assert given.case(case).title == ERASED
    assert list(places(given, case)) == [reason]
    assert chain_fault(case, given.log(case)) is None
    with given.store.reading() as reader:
        assert [one.id for one in reader.cases(search="nguyễn")] == []
        assert [one.id for one in reader.cases(search="xoá")] == []
        assert [one.id for one in reader.cases(search=case)] == [case]
    assert given.give(wording(case, title, id="again"), NOW) == NoTextToErase(case, title)
    assert given.give(wording(case, "99.title", id="nowhere"), NOW) == NoTextToErase(case, "99.title")


def test_a_record_that_is_destroyed_has_no_text_left(given: Office) -> None:
    case, _ = told(given)
    assert isinstance(given.give(erasing(case), LATER), Done)
    assert places(given, case) == {}
    assert NAME not in repr(given.log(case)) + repr(given.case(case))
    assert given.case(case) == fold(given.log(case))


def test_what_is_added_to_a_destroyed_record_is_a_record_again_and_is_destroyed_again(given: Office) -> None:
    case, _ = told(given)
    given.give(erasing(case), LATER)
    assert not [one for one in kept_until(given) if one.due(LATER.date())]
    added = CorrectRecord(id="c", actor="em", case=case, event=1, says=NAME, reason="nhầm người")
    assert isinstance(given.give(added, LATER), Done)
    assert [one.case.id for one in kept_until(given) if one.due(LATER.date())] == [case]
    assert isinstance(given.give(erasing(case, id="again"), LATER), Done)
    assert NAME not in repr(given.log(case)) + repr(given.case(case))
    assert not [one for one in kept_until(given) if one.due(LATER.date())]
    assert given.give(erasing(case, id="once more"), LATER) == AlreadyDestroyed(case, LATER)
    assert given.case(case) == fold(given.log(case))


def kept_until(given: Office) -> list[Kept]:
    with given.store.reading() as reader:
        return list(of_cases(reader.cases(), given))


def test_texts_are_erased_by_whoever_may_erase_values(given: Office) -> None:
    running = given.ordered(NOW)
    assert given.give(wording(running, "1.title"), NOW) == NotOverYet(running)
    case, _ = told(given)
    assert isinstance(given.give(wording(case, "1.title", by="binh"), NOW), MayNotErase)
    assert isinstance(given.give(wording(case, "1.title", by=MACHINE), NOW), MayNotErase)
    assert given.give(wording(case, "1.title", basis=" "), NOW) == BasisNeeded()
    assert given.case(case).title == NAME


def test_a_command_whose_text_was_erased_is_still_known(given: Office) -> None:
    case, opened = told(given)
    asked = OpenCase(id="o", actor="an", procedure="QT-VP-05", title=NAME, salt="another")
    again = given.give(asked, NOW)
    assert isinstance(again, Done)
    assert (again.repeated, again.records) == (True, opened.records)
    assert given.give(asked.model_copy(update={"title": "Khác"}), NOW) == CommandReused("o")
    given.give(wording(case, "1.title"), NOW)
    again = given.give(asked, NOW)
    assert isinstance(again, Done)
    assert again.repeated
    assert [record.hash for record in again.records] == [record.hash for record in opened.records]
    assert given.give(asked.model_copy(update={"unit": "Văn phòng"}), NOW) == CommandReused("o")


def test_the_digest_of_a_command_does_not_give_a_text_away(given: Office) -> None:
    """What somebody might guess is hashed with what nobody can: two who say the same do not look the same."""
    titles = [OpenCase(id=f"o{n}", actor="an", procedure="QT-VP-05", title=NAME, again="khác") for n in range(2)]
    digests = []
    for command in titles:
        done = handle(command, store=given.store, ground=given, now=NOW)
        assert isinstance(done, Done)
        digests.append((done.records[0].digest, done.records[0].body))
    assert digests[0][0][:HALF] == digests[1][0][:HALF]
    assert digests[0][0][HALF:] != digests[1][0][HALF:]
    assert digests[0][1] != digests[1][1]
    assert command_digest(titles[0])[:HALF] == command_digest(titles[0].model_copy(update={"title": "x"}))[:HALF]


def test_audit_tells_a_text_that_was_erased_from_one_that_was_altered_or_deleted(tmp_path: Path) -> None:
    store = SqlStore(tmp_path / "a.db")
    given = headed(store)
    erased, other = told(given)[0], over(given)
    given.give(wording(erased, "1.title"), NOW)
    assert verify(store).sound

    def found(*statements: str) -> set[tuple[str, int | None, str]]:
        """What is found in a copy that was changed behind the program's back."""
        copy = copied(tmp_path / "a.db", tmp_path / "b.db")
        changed = SqlStore(copy)
        with changed.writing() as writer:
            for statement in statements:
                assert writer.connection.execute(text(statement)).rowcount
        faults = verify(changed).faults
        changed.close()
        return {(one.case, one.seq, str(one.words)) for one in faults if "text" in str(one.words)}

    at_title = f"WHERE case_id = '{other}' AND field = 'title'"
    assert found(f"UPDATE written_text SET text = 'Mua xe' {at_title}") == {
        (other, 1, "the text “1.title” was altered")
    }
    assert found(f"DELETE FROM written_text {at_title}") == {
        (other, 1, "the text “1.title” is gone, and no event says it was erased")
    }
    back = f"INSERT INTO written_text SELECT '{erased}', seq, field, text, salt FROM written_text {at_title}"
    assert found(back) == {(erased, 1, "the text “1.title” was erased and is there again")}
    strange = f"INSERT INTO written_text SELECT '{erased}', 2, field, text, salt FROM written_text {at_title}"
    assert found(strange) == {(erased, None, "the text “2.title” is told by no event")}
    store.close()


def having_called(folder: Path) -> tuple[SqlStore, Office, str, str]:
    """A store, an office with files, a case about somebody, and the case that it has called."""
    store = SqlStore(folder / "a.db")
    given = Office.with_(*calling(), store=store)
    given.organisation = headed(store).organisation
    vars(given)["files"] = FileShelf(folder / "files")
    done = given.give(OpenCase(id="o", actor="an", procedure="QT-01", title=NAME), NOW)
    assert isinstance(done, Done)
    given.do(done.case, "nhận", "an", NOW)
    follow(store, given, NOW, {})
    with store.reading() as reader:
        (child,) = reader.called_by(done.case)
    return store, given, done.case, child


def test_the_titles_that_called_cases_repeat_go_with_the_one_of_the_case_that_called(tmp_path: Path) -> None:
    store, given, case, child = having_called(tmp_path)
    assert NAME in given.case(child).title
    with store.reading() as reader:
        assert called_in_all(reader, case) == [child]
    given.give(WithdrawCase(id="w", actor="an", case=case, reason="thôi"), NOW)
    command = wording(case, "1.title")
    assert isinstance(carry_out(given, command, NOW), Done)  # type: ignore[arg-type]
    assert given.case(child).title == ERASED
    assert NAME not in repr([given.log(child), given.log(case)])
    files = b"".join(path.read_bytes() for path in sorted(tmp_path.glob("a.db*")))
    assert NAME.encode() not in files, "nothing is left in the journal beside the file either"
    assert isinstance(carry_out(given, command, NOW), Done)  # type: ignore[arg-type]
    assert verify(store).sound
    assert finish_erasures(given, NOW) == []  # type: ignore[arg-type]
    store.close()


def test_a_title_that_a_fall_of_the_program_has_left_in_a_called_case_goes_at_night(tmp_path: Path) -> None:
    store, given, case, child = having_called(tmp_path)
    other = given.give(OpenCase(id="p", actor="an", procedure="QT-01", title=ERASED), NOW)
    assert isinstance(other, Done)
    given.do(other.case, "nhận", "an", NOW)
    follow(store, given, NOW, {})
    given.give(WithdrawCase(id="w", actor="an", case=case, reason="thôi"), NOW)
    assert finish_erasures(given, NOW) == []  # type: ignore[arg-type]
    command = wording(case, "1.title")
    assert isinstance(given.give(command, NOW), Done), "and here the program falls"
    assert NAME in given.case(child).title
    assert finish_erasures(given, NOW) == [child]  # type: ignore[arg-type]
    assert given.case(child).title == ERASED
    assert given.log(child)[-1].command == f"{command.id}/{child}", "as if it had never fallen"
    assert finish_erasures(given, NOW) == []  # type: ignore[arg-type]
    store.close()
