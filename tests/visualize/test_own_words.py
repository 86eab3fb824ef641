"""What people wrote in a case is listed in words that a secretary understands, and each can be named."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, get_args

from engine.events import CaseOpened, Event, SupplementAsked
from engine.texts import text_fields
from procedures.words import Lang
from tests.engine.house import Office, at, purchase
from visualize.own_words import _FIELDS, field_words, own_words

NOW = at(2, 8)


@dataclass
class Reading:
    agency: Any
    lang: Lang = "vi"
    now: datetime = NOW


def test_every_text_is_told_with_its_day_its_step_and_who_wrote_it() -> None:
    office = Office.with_(purchase())
    case = office.examined(NOW)
    office.do(case, "xem xét", "dung", at(3, 9), "Yêu cầu làm rõ", reason="thiếu báo giá")
    found = list(own_words(Reading(office), office.case(case), office.log(case)))
    assert [one.text for one in found][-1] == "thiếu báo giá"
    assert found[0].what.into("vi") == "trích yếu của hồ sơ ngày 02/03/2026"
    assert found[-1].what.into("vi") == "lý do trả về ngày 03/03/2026 (bước “Chánh Văn phòng xem xét”)"
    assert found[-1].what.into("en") == "reason of the return of 03/03/2026 (step “Chánh Văn phòng xem xét”)"
    assert (found[0].place, found[-1].place) == ("1.title", f"{office.case(case).version - 1}.reason")


def test_every_field_that_people_write_into_has_a_name() -> None:
    fields = {name for kind in get_args(Event) for name in text_fields(kind)}
    assert fields == set(_FIELDS)
    assert text_fields(CaseOpened) == ("title", "again")
    assert text_fields(SupplementAsked) == ("lacking", "reason")


def test_what_was_erased_is_named_by_its_place() -> None:
    assert field_words("7.lacking.2").into("vi") == "phần hồ sơ còn thiếu ở sự kiện số 7"
