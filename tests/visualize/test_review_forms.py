"""The review pack is written once after every quarter."""

from pathlib import Path

from engine.errands.drain import Drain, Drained
from engine.errands.duty import ask_for
from engine.errands.hands import Hands
from tests.engine.errands.bureau import Bureau
from tests.engine.house import at
from visualize.review_forms import FOLDER, QUARTERLY, quarters


def test_a_quarter_is_due_when_it_has_ended_and_not_for_ever(tmp_path: Path) -> None:
    agency = Bureau(tmp_path).agency
    assert list(quarters(agency, at(31, 23, 59))) == []
    assert list(quarters(agency, at(1, 0, month=4))) == ["2026-Q1"]
    assert list(quarters(agency, at(10, 23, month=4))) == ["2026-Q1"]
    assert list(quarters(agency, at(12, 0, month=4))) == []


def test_its_pack_is_written_once_in_three_forms(tmp_path: Path) -> None:
    bureau = Bureau(tmp_path)
    bureau.waiting()
    for hour in (1, 2):
        bureau.now = at(1, hour, month=4)
        asked = ask_for(bureau.agency, bureau.now, {"bộ xem xét": QUARTERLY})
        done = Drain(
            bureau.agency, "w", Hands({"báo tin": bureau.does}, {"bộ xem xét": QUARTERLY.do}), lambda: bureau.now
        ).all(1)
        assert (asked, done) == ((1, Drained(done=2)) if hour == 1 else (0, Drained()))
    written = sorted(path.name for path in (tmp_path / FOLDER).iterdir())
    assert written == [f"xem-xet-cua-lanh-dao-2026-Q1.{ending}" for ending in ("docx", "html", "json")]
