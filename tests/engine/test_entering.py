"""Entered values: typed by their declaration, blinded in the log, kept in the one place that can be erased."""

from engine.commands import FinishWork
from engine.draft import EnteredValue
from engine.entering import digest
from engine.handle import Done
from tests.engine.house import Office, at, purchase

NOW = at(2, 8)


def test_the_log_tells_names_and_digests_and_never_a_value() -> None:
    given = Office.with_(purchase())
    case = given.open(NOW)
    written = "Trần Thị Bí Mật"
    given.do(case, "lập phiếu", "an", NOW, fields={"nội dung": written, "tổng tiền": "12 triệu"}, salt="muối")
    bodies = "".join(record.body for record in given.log(case))
    assert "nội dung" in bodies
    assert written not in bodies
    assert "12000000" not in bodies
    assert "muối" not in bodies


def test_the_same_value_with_another_salt_has_another_digest() -> None:
    digests = {digest(EnteredValue("tổng tiền", "12000000", salt)) for salt in ("a", "b", "")}
    assert len(digests) == 3
    assert digest(EnteredValue("a", "b", "c")) != digest(EnteredValue("b", "a", "c"))


def test_values_are_kept_in_one_canonical_form() -> None:
    given = Office.with_(purchase())
    case = given.open(NOW)
    fields = {"nội dung": "Máy in", "tổng tiền": "1,2 tỷ", "nguồn kinh phí": "Khác"}
    done = given.give(FinishWork(id="f", actor="an", case=case, item=1, fields=fields, salt="s"), NOW)
    assert isinstance(done, Done)
    with given.store.reading() as reader:
        held = reader.held(case)
    assert held is not None
    assert held.values == {"nội dung": "Máy in", "tổng tiền": "1200000000", "nguồn kinh phí": "Khác"}
