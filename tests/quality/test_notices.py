"""Letters: one a working morning to whoever has something to do, reminders in working time, nothing on a day off."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from engine.agency import Agency, Settings
from engine.errands.drain import Drain
from engine.errands.duty import ask_for, duties
from engine.errands.errand import Status
from engine.stores import errands as queue
from engine.stores.sql import SqlStore
from quality.digest import Digest, digest, letter
from quality.look import look
from tests.engine.errands.postman import Postman, at_the_post
from tests.engine.house import Office, at, people, purchase

NAMES = ("thư sáng", "thư sáng gửi", "nhắc hạn")


@pytest.fixture
def post() -> Iterator[tuple[Postman, int]]:
    with at_the_post() as there:
        yield there


class Morning:
    """An agency whose people have addresses, a clock that the test turns, and the letters that arrive."""

    def __init__(self, root: Path, there: tuple[Postman, int] | None, remind: str = "[]") -> None:
        self.store = SqlStore(root / "quytrinh.db", durable=False)
        self.office = Office.with_(purchase(), store=self.store)
        units = tuple(replace(unit, heads=("Giám đốc",) if unit.name == "Sở A" else ()) for unit in people().units)
        everybody = tuple(replace(one, email=f"{one.id}@so-a.vn") for one in people().people if one.id != "giang")
        giang = tuple(one for one in people().people if one.id == "giang")
        self.office.organisation = replace(people(), units=units, people=everybody + giang)
        if there is not None:
            self.postman, port = there
            mail = f'[mail]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\nsender = "q@so-a.vn"\n'
            mail += f"remind = {remind}\n"
            (root / "quytrinh.toml").write_text(mail, encoding="utf-8")
        self.agency = Agency(
            root, Settings(), self.office.organisation, self.office.calendars, self.office.shelf, self.store
        )

    def beat(self, now: datetime) -> None:
        look(self.store, self.agency, now)
        ask_for(self.agency, now, {name: duties()[name] for name in NAMES})
        Drain(self.agency, "w", clock=lambda: now).all(1)

    def read(self) -> dict[str, str]:
        """Take the letters out of the box: who got which."""
        found = {to[0]: letter.get_content() for to, letter in zip(self.postman.to, self.postman.letters, strict=True)}
        self.postman.to.clear()
        self.postman.letters.clear()
        return found

    def parked(self) -> list[str]:
        with self.store.reading() as reader:
            return [one.key for one in queue.listed(reader.connection, (Status.PARKED, Status.WAITING))]


@pytest.fixture
def morning(tmp_path: Path, post: tuple[Postman, int]) -> Morning:
    return Morning(tmp_path, post)


def test_whoever_has_something_to_do_gets_one_letter_a_working_morning(morning: Morning) -> None:
    case = morning.office.ordered(at(2, 8))  # `kiểm tra` is due on the 3rd at 8:00
    morning.beat(at(2, 6))
    assert morning.read() == {}, "before the first session nobody is written to"
    morning.beat(at(2, 9))
    letters = morning.read()
    assert set(letters) == {"binh@so-a.vn"}
    line = f"- {case} — {morning.office.case(case).title}: kiểm tra, hạn 03/03/2026 08:00"
    assert f"Đến hạn trong ba ngày tới (1 việc):\n{line}" in letters["binh@so-a.vn"].replace("\r\n", "\n")
    morning.beat(at(2, 15))
    assert morning.read() == {}
    morning.beat(at(3, 7, 45))
    assert "Đến hạn hôm nay (1 việc)" in morning.read()["binh@so-a.vn"]
    assert morning.parked() == []


def test_nobody_is_written_to_on_a_day_off(morning: Morning) -> None:
    morning.office.ordered(at(2, 8))
    morning.beat(at(7, 9))  # Saturday
    morning.beat(at(8, 9))  # Sunday
    assert morning.read() == {}


def test_a_head_is_told_of_what_is_late_until_it_is_done(morning: Morning) -> None:
    case = morning.office.ordered(at(2, 8))
    morning.beat(at(3, 9))
    letters = morning.read()
    assert "Đã chậm tiến độ (1 việc)" in letters["binh@so-a.vn"]
    assert "Việc chậm tiến độ cần ông/bà đôn đốc (1 việc)" in letters["em@so-a.vn"]
    assert case in letters["em@so-a.vn"]
    morning.beat(at(4, 9))
    assert "em@so-a.vn" in morning.read(), "what was told since the last working day stands in the letter"
    morning.beat(at(5, 9))
    assert "em@so-a.vn" not in morning.read(), "each lateness is told once"


def test_what_was_done_meanwhile_is_not_brought_before_a_head(morning: Morning) -> None:
    case = morning.office.ordered(at(2, 8))
    look(morning.store, morning.agency, at(3, 8, 30))
    morning.office.do(case, "kiểm tra", "binh", at(3, 8, 40), "Không thuộc phạm vi")
    morning.beat(at(3, 9))
    assert morning.read() == {}


def test_without_a_mail_server_nobody_is_asked_to_write(tmp_path: Path) -> None:
    quiet = Morning(tmp_path, None)
    quiet.office.ordered(at(2, 8))
    quiet.beat(at(2, 9))
    assert quiet.parked() == []


def test_a_reminder_comes_once_in_working_time_before_work_is_due(tmp_path: Path, post: tuple[Postman, int]) -> None:
    morning = Morning(tmp_path, post, '["2 giờ làm việc"]')
    case = morning.office.ordered(at(2, 16))  # due on the 3rd at 16:00
    morning.beat(at(2, 16, 30))
    morning.read()
    morning.beat(at(3, 13, 59))
    assert set(morning.read()) == {"binh@so-a.vn"}  # the letter of the morning
    morning.beat(at(3, 14, 1))
    letters = morning.read()
    assert set(letters) == {"binh@so-a.vn"}
    assert f"{case} — {morning.office.case(case).title}: kiểm tra, hạn 03/03/2026 16:00" in letters["binh@so-a.vn"]
    morning.beat(at(3, 15))
    assert morning.read() == {}


def test_a_reminder_of_monday_morning_does_not_come_on_sunday(tmp_path: Path, post: tuple[Postman, int]) -> None:
    morning = Morning(tmp_path, post, '["4 giờ làm việc"]')
    morning.office.ordered(at(6, 8))  # Friday; due on Monday at 8:00
    for hour in (17, 21):
        morning.beat(at(6, hour, 30))
    morning.read()
    morning.beat(at(8, 20))
    assert morning.read() == {}
    morning.beat(at(9, 7, 45))
    assert morning.read() != {}


def test_a_letter_says_everything_in_the_language_of_the_agency(morning: Morning) -> None:
    found = Digest(late=("a",), today=("b",), soon=("c",), later=2, others=("d",))
    subject, body = letter(morning.agency, "an", found, at(2, 9))
    assert subject == "Việc ngày 02/03/2026: 1 việc chậm tiến độ, 1 việc đến hạn hôm nay"
    assert body.startswith("Kính gửi ông/bà An,\n\nĐã chậm tiến độ (1 việc):\n- a\n\nĐến hạn hôm nay")
    assert "Ngoài ra còn 2 việc" in body
    english = replace(morning.agency, settings=Settings(lang="en"))
    assert letter(english, "an", found, at(2, 9))[0] == "Work on 02/03/2026: 1 late, 1 due today"


def test_paused_work_is_not_pressed_for(morning: Morning) -> None:
    case = morning.office.ordered(at(2, 8))
    morning.office.do(case, "kiểm tra", "binh", at(2, 8), "Hợp lệ")
    assert digest(morning.agency, "chi", at(2, 9)).worth_telling
    with morning.store.writing() as writer:
        writer.connection.exec_driver_sql("UPDATE case_file SET status = 'paused'")
    assert not digest(morning.agency, "chi", at(2, 9)).worth_telling
