"""A case of the small agency, read for its forms."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from engine.commands import AnyCommand
from engine.handle import Done
from procedures.organisation import Person, Post
from procedures.words import Lang
from tests.quality.agency import DECLARED as PLAIN
from tests.quality.agency import Agency, agency, at, loaded
from visualize.onestop.told import Told

DECLARED = (
    PLAIN.replace(
        "  thời hạn: 3 ngày làm việc\n",
        "  thời hạn: 3 ngày làm việc\n"
        "  bổ sung hồ sơ: không quá 1 lần, tính lại thời hạn, đóng hồ sơ sau 15 ngày làm việc\n",
    )
    .replace("công việc nội bộ", "giải quyết TTHC")
    .replace(
        "các bước:\n",
        "thông tin:\n  người nộp hồ sơ: văn bản\n  địa chỉ: văn bản\n  ngày hẹn: ngày\ncác bước:\n",
    )
    .replace(
        "    trách nhiệm: người đề nghị\n",
        "    trách nhiệm: người đề nghị\n"
        "    nhập: [người nộp hồ sơ, địa chỉ, ngày hẹn]\n"
        "    việc cần làm: [Đơn đề nghị]\n",
    )
)


@dataclass(frozen=True, slots=True)
class Reading:
    agency: Any
    lang: Lang
    now: datetime


def office(text: str = DECLARED) -> Agency:
    """An office in which the chief of the Văn phòng heads it, with one person more."""
    made = agency(loaded(text))
    headed = {"Văn phòng": ("Chánh Văn phòng",)}
    units = tuple(replace(unit, heads=headed.get(unit.name, ())) for unit in made.organisation.units)
    people = (*made.organisation.people, Person("khoa", "Khoa", (Post("Chuyên viên", "Văn phòng"),)))
    return replace(made, organisation=replace(made.organisation, units=units, people=people))


def told(office: Agency, case: str, now: datetime | None = None, lang: Lang = "vi") -> Told:
    with office.store.reading() as reader:
        held, log = reader.held(case), reader.log(case)
    assert held is not None
    return Told(Reading(office, lang, now or at(30)), held, log)


def given(office: Agency, command: AnyCommand, now: datetime) -> None:
    done = office.give(command, now)
    assert isinstance(done, Done), done


def finished(office: Agency) -> str:
    """A case that went its way: opened, checked a day too late, approved in time."""
    case = office.open(at(2))
    entered = {"người nộp hồ sơ": "Nguyễn Văn Thử", "địa chỉ": "Thôn 1, xã B"}
    office.finish(case, 1, "an", at(2, 9), fields=entered, checked=("Đơn đề nghị",))
    office.claim(case, 2, "binh", at(2, 10))
    office.finish(case, 2, "binh", at(4, 9), "Đủ")
    office.claim(case, 3, "chi", at(4, 9, 30))
    office.finish(case, 3, "chi", at(4, 10), "Đồng ý")
    return case
