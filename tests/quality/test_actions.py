"""An action has a date of its own: its owner hears before it and on it, whoever heads them once it is over."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engine.agency import Agency, Settings
from engine.errands.drain import Drain
from engine.errands.duty import ask_for, duties
from engine.stores.sql import SqlStore
from procedures.load import load_file
from tests.engine.errands.postman import Postman, at_the_post
from tests.quality.agency import ISSUED, ROOT, agency, at, people

DUE = {"nguồn hành động": "Khác", "nội dung hành động": "Viết mẫu dự toán", "người chịu trách nhiệm": "duc",
       "hạn hoàn thành": "20/03/2026"}  # fmt: skip


@pytest.fixture
def there(tmp_path: Path) -> Iterator[tuple[Agency, Postman, str]]:
    """An agency with post, and an action of Đức in Văn phòng that is due on Friday, 20/03/2026."""
    found = load_file(ROOT / "procedures.d" / "QT-HT-07.yaml", ROOT).procedure
    assert found is not None
    office = agency(found.model_copy(update={"effective_from": ISSUED.date()}), path=tmp_path / "quytrinh.db")
    units = tuple(replace(one, heads=("Chánh Văn phòng",) if one.name == "Văn phòng" else ()) for one in people().units)
    addressed = tuple(replace(one, email=f"{one.id}@so-a.vn") for one in people().people)
    office.organisation = replace(people(), units=units, people=addressed)
    case = office.open(at(2, 8), by="ha", procedure="QT-HT-07")
    office.finish(case, 1, "ha", at(2, 9), fields=DUE)
    with at_the_post() as (postman, port):
        mail = f'[mail]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\nsender = "q@so-a.vn"\n'
        (tmp_path / "quytrinh.toml").write_text(mail, encoding="utf-8")
        assert isinstance(office.store, SqlStore)
        yield (
            Agency(tmp_path, Settings(), office.organisation, office.calendars, office.shelf, office.store),  # type: ignore[arg-type]
            postman,
            case,
        )


def letters(there: tuple[Agency, Postman, str], day: int, hour: int = 9) -> dict[str, str]:
    """Beat once, and take the letters out of the box: who got which."""
    office, postman, _ = there
    ask_for(office, at(day, hour), {"nhắc hành động": duties()["nhắc hành động"]})
    Drain(office, "w", clock=lambda: at(day, hour)).all(1)
    found = {to: letter["subject"] for tos, letter in zip(postman.to, postman.letters, strict=True) for to in tos}
    postman.to.clear()
    postman.letters.clear()
    return found


def test_the_owner_hears_before_and_on_the_day_and_the_head_after_it_each_once(
    there: tuple[Agency, Postman, str],
) -> None:
    case = there[2]
    assert letters(there, 10) == {}
    assert letters(there, 17) == {"duc@so-a.vn": f"Hành động của {case} đến hạn 20/03/2026"}
    assert letters(there, 18) == {}
    assert set(letters(there, 20)) == {"duc@so-a.vn"}
    late = f"Hành động của {case} đã quá hạn 20/03/2026"
    assert letters(there, 23) == {"duc@so-a.vn": late, "chi@so-a.vn": late}
    assert letters(there, 24) == {}
