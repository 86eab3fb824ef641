"""What the programme does by itself: cases open once a day, reminders go out in office hours before the last day."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from engine.agency import Agency
from engine.errands.drain import Drain
from engine.errands.duty import ask_for, duties
from tests.engine.errands.postman import Postman, at_the_post
from tests.quality.programme.sample import at, do, folder, issued, programme, sample

NAMES = ("chương trình", "nhắc chương trình")


def beat(agency: Agency, now: datetime) -> int:
    asked = ask_for(agency, now, {name: duties()[name] for name in NAMES})
    Drain(agency, "w", clock=lambda: now).all(1)
    return asked


def cases(agency: Agency) -> list[str]:
    with agency.store.reading() as reader:
        return [case.id for case in reader.cases(procedure="QT-HT-20")]


def with_mail(agency: Agency, there: tuple[Postman, int]) -> Agency:
    with (agency.root / "quytrinh.toml").open("a", encoding="utf-8") as settings:
        settings.write(f'[mail]\nhost = "127.0.0.1"\nport = {there[1]}\nsecurity = "none"\nsender = "q@so-a.vn"\n')
    people = tuple(replace(one, email=f"{one.id}@so-a.vn") for one in agency.organisation.people)
    return replace(agency, organisation=replace(agency.organisation, people=people))


def test_cases_open_from_six_in_the_morning_also_on_a_day_off_and_once_a_day(tmp_path: Path) -> None:
    agency = folder(tmp_path)
    assert beat(agency, at(4, 1, 9)) == 0, "no plan is issued"
    programme(agency).keep(issued(sample()))
    assert beat(agency, at(4, 1, 5)) == 0
    assert beat(agency, at(4, 1, 6)) == 1  # a Sunday
    assert len(cases(agency)) == 16
    assert beat(agency, at(4, 1, 20)) == 0
    assert beat(agency, at(1, 4, 7)) == 1
    assert len(cases(agency)) == 21


def test_whoever_may_do_a_task_is_reminded_once_before_its_last_day_unless_it_is_done(tmp_path: Path) -> None:
    with at_the_post() as there:
        agency = with_mail(folder(tmp_path), there)
        programme(agency).keep(issued(sample()))
        beat(agency, at(5, 1, 6))
        with agency.store.reading() as reader:
            plans = [case for case in reader.cases(procedure="QT-HT-20") if "II.1" in case.title]
        own = next(case.id for case in plans if case.unit == "Văn phòng")
        do(agency, own, "dung.pt", at(20, 1))
        beat(agency, at(23, 1, 9))
        assert there[0].letters == []
        beat(agency, at(26, 1, 20))
        assert there[0].letters == [], "nobody is reminded outside office hours"
        beat(agency, at(27, 1, 9))  # due 02/02; five working days before
        told = [letter["Subject"] for letter in there[0].letters]
        assert told == ["Việc II.1 của CT-2026 đến hạn 02/02/2026 17:00"] * 4
        assert "mai.ht@so-a.vn" in {address for to in there[0].to for address in to}
        assert "dung.pt@so-a.vn" not in {address for to in there[0].to for address in to}
        beat(agency, at(27, 1, 15))
        assert len(there[0].letters) == 4
        beat(agency, at(2, 2, 9))  # one working day before
        assert len(there[0].letters) == 8
