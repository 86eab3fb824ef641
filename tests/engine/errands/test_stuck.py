"""A case whose machine step was parked or dropped says so, and what can be done."""

from pathlib import Path

from engine.errands.drain import Drain
from engine.errands.hands import Hands
from engine.errands.stuck import stuck
from engine.handle import rules_for
from engine.stores import errands as queue
from tests.engine.errands.bureau import Bureau


def said(bureau: Bureau, case: str) -> list[str]:
    with bureau.agency.store.reading() as reader:
        held = reader.held(case)
        assert held is not None
        procedure = rules_for(held.case, bureau.agency).procedure
        return [words.into("vi") for _, words in stuck(reader, held.case, procedure)]


def test_a_parked_step_and_a_dropped_one_are_told_with_their_remedy(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    case = bureau.waiting()
    key = bureau.errand(case).key
    assert said(bureau, case) == [], "it only waits"
    Drain(bureau.agency, "w", Hands(), clock=lambda: bureau.now).all(1)
    (parked,) = said(bureau, case)
    assert f"sửa nguyên nhân rồi  quytrinh errand retry {key}" in parked
    with bureau.agency.store.writing() as writer:
        assert queue.drop(writer.connection, key, bureau.now, "an: thôi")
    (dropped,) = said(bureau, case)
    assert "đã bỏ, an: thôi" in dropped
    with bureau.agency.store.writing() as writer:
        assert queue.renew(writer.connection, key, bureau.now)
    assert said(bureau, case) == []
