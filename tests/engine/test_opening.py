"""Given an organisation, when a case is opened, then who, where, which issue and which number."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from engine.commands import MACHINE, OpenCase, WithdrawCase
from engine.handle import Done
from engine.opening import LONGEST_TITLE, SAME_WITHIN
from engine.refusal import Refusal
from engine.refusals.access import NotYoursToOpen, UnknownPerson, UnknownUnit
from engine.refusals.entering import ValueWrong
from engine.refusals.issues import UnknownProcedure
from engine.refusals.records import OpenedAlready, TitleNeeded, TitleTooLong
from engine.stores.sql import SqlStore
from procedures.shelf import release
from tests.engine.house import ISSUED, Office, at, purchase
from tests.procedures.building import end, procedure, role, work

NOW = at(2, 8)


def opened(given: Office, by: str = "an", **more: object) -> Done | Refusal:
    command = OpenCase(id=given.id(), actor=by, procedure="QT-VP-05", title="Mua máy in", **more)  # type: ignore[arg-type]
    return given.give(command, NOW)


def test_a_case_is_opened_in_the_unit_whose_post_allows_it() -> None:
    given = Office.with_(purchase())
    assert given.case(given.open(NOW, by="an")).unit == "Phòng Kế hoạch"
    assert given.case(given.open(NOW, by="dung")).unit == "Văn phòng"
    assert opened(given, "an", unit="Văn phòng") == UnknownUnit("An", "Văn phòng")


def test_whoever_does_not_hold_the_first_step_may_not_open() -> None:
    given = Office.with_(purchase())
    assert opened(given, "em") == NotYoursToOpen("Em", "QT-VP-05", "người đề nghị")
    assert opened(given, "nobody") == UnknownPerson("nobody")
    with given.store.reading() as reader:
        assert reader.case_ids() == []


def test_a_procedure_that_is_not_in_force_opens_no_case() -> None:
    given = Office.with_(purchase())
    early = OpenCase(id="e", actor="an", procedure="QT-VP-05", title="Sớm")
    assert given.give(early, at(4, 23, month=1)) == UnknownProcedure("QT-VP-05")
    assert given.give(early.model_copy(update={"procedure": "QT-99"}), NOW) == UnknownProcedure("QT-99")


def test_a_title_is_one_line_of_a_list_and_no_longer() -> None:
    given = Office.with_(purchase())
    long = OpenCase(id="l", actor="an", procedure="QT-VP-05", title="a" * (LONGEST_TITLE + 1))
    assert given.give(long, NOW) == TitleTooLong(LONGEST_TITLE, LONGEST_TITLE + 1)
    assert isinstance(given.give(long.model_copy(update={"title": "ữ" * LONGEST_TITLE}), NOW), Done)


def test_cases_are_numbered_by_series_and_year_without_gaps() -> None:
    given = Office.with_(procedure(work("mở", end())))
    assert [given.open(NOW, procedure="QT-01") for _ in range(3)] == ["HS-2026-0001", "HS-2026-0002", "HS-2026-0003"]
    refused = OpenCase(id="x", actor="em", procedure="QT-01", title="Khác")
    assert isinstance(given.give(refused, NOW), NotYoursToOpen)
    other = OpenCase(id="k", actor=MACHINE, procedure="QT-01", title="Khác", series="KPH")
    answer = given.give(other, NOW)
    assert isinstance(answer, Done)
    assert answer.case == "KPH-2026-0001"
    assert given.open(NOW, procedure="QT-01") == "HS-2026-0004"
    assert given.open(at(2, 8, year=2027), procedure="QT-01") == "HS-2027-0001"


def test_the_year_of_a_number_is_the_agencys_own() -> None:
    given = Office.with_(procedure(work("mở", end())))
    new_year = at(31, 17, month=12).replace(hour=23, minute=59)
    assert given.open(new_year, procedure="QT-01") == "HS-2026-0001"
    assert given.open(at(1, 0, month=1, year=2027), procedure="QT-01") == "HS-2027-0001"


def test_a_running_case_keeps_the_issue_it_was_opened_under() -> None:
    old = procedure(work("mở", end("cũ")))
    given = Office.with_(old)
    case = given.open(NOW, procedure="QT-01")
    new = procedure(work("mở", end("mới")), issue=2, effective_from=date(2026, 3, 2))
    given.shelf.publish(release(new, approved_by="Giám đốc", issued_at=ISSUED))
    later = given.open(NOW, procedure="QT-01")
    given.do(case, "mở", "an", NOW)
    given.do(later, "mở", "an", NOW)
    assert [given.case(one).result for one in (case, later)] == ["cũ", "mới"]
    assert [given.case(one).issue for one in (case, later)] == [1, 2]


def test_an_issue_that_was_altered_on_the_shelf_moves_no_case() -> None:
    given = Office.with_(procedure(work("mở", end("thật"))))
    case = given.open(NOW, procedure="QT-01")
    given.shelf = Office.with_(procedure(work("mở", end("giả")))).shelf
    answer = given.refuse(case, "mở", "an", NOW)
    assert answer.words.into("vi") == (
        "Lần ban hành 1 của QT-01 không còn là bản mà hồ sơ HS-2026-0001 được mở theo; kho bản ban hành đã bị sửa."
    )


def test_values_may_be_given_while_opening() -> None:
    given = Office.with_(purchase())
    done = opened(given, fields={"tổng tiền": "12 triệu"}, salt="s")
    assert isinstance(done, Done)
    assert [said.name for said in done.records[0].event.entered] == ["tổng tiền"]  # type: ignore[union-attr]
    assert isinstance(opened(given, fields={"tổng tiền": "nhiều"}), ValueWrong)


def test_the_opener_alone_does_what_is_for_the_opener() -> None:
    given = Office.with_(
        procedure(work("mở", end(), role="tôi"), roles=(role("tôi", opener=True), role("cán bộ", "Chuyên viên")))
    )
    case = given.open(NOW, by="an", procedure="QT-01")
    assert given.live(case)["mở"].posts == ("person:an",)
    given.refuse(case, "mở", "dung", NOW)
    given.do(case, "mở", "an", NOW)


def opening(given: Office, by: str = "an", title: str = "Mua máy in", **more: object) -> object:
    return given.give(OpenCase(id=given.id(), actor=by, procedure="QT-VP-05", title=title, **more), NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize("title", ["", "   ", "\n\t"])
def test_a_case_without_a_title_is_not_opened(title: str) -> None:
    assert opening(Office.with_(purchase()), title=title) == TitleNeeded()


def test_a_title_is_one_line_without_blanks_around_it() -> None:
    given = Office.with_(purchase())
    opened = opening(given, title="  Mua  máy in\n cho phòng ")
    assert isinstance(opened, Done)
    assert given.case(opened.case).title == "Mua máy in cho phòng"


@pytest.mark.parametrize("store", ["memory", "sql"])
def test_the_same_is_not_opened_twice_by_mistake(store: str, tmp_path: Path) -> None:
    given = Office.with_(purchase(), store=SqlStore(tmp_path / "a.db") if store == "sql" else None)
    first = opening(given)
    assert isinstance(first, Done)
    twin = OpenedAlready("An", first.case, "Mua máy in", NOW)
    assert opening(given) == twin
    assert opening(given, again=" ") == twin
    assert isinstance(opening(given, title="Mua máy chiếu"), Done)
    other = opening(given, again="máy thứ hai, phòng khác")
    assert isinstance(other, Done)
    assert other.case > first.case
    assert given.log(other.case)[0].event.again == "máy thứ hai, phòng khác"  # type: ignore[union-attr]


@pytest.mark.parametrize("store", ["memory", "sql"])
def test_the_same_values_are_the_same_case_whatever_its_title(store: str, tmp_path: Path) -> None:
    given = Office.with_(purchase(), store=SqlStore(tmp_path / "a.db") if store == "sql" else None)
    told = {"nội dung": "Máy in", "tổng tiền": "12 triệu"}
    first = opening(given, title="Một", fields=told)
    assert isinstance(first, Done)
    assert isinstance(opening(given, title="Hai", fields=told | {"tổng tiền": "12.000.000"}), OpenedAlready)
    assert isinstance(opening(given, title="Ba", fields=told | {"tổng tiền": "13 triệu"}), Done)


def test_what_was_withdrawn_or_opened_long_ago_or_by_the_system_stands_in_nobodys_way() -> None:
    given = Office.with_(purchase())
    first = opening(given)
    assert isinstance(first, Done)
    given.give(WithdrawCase(id="w", actor="an", case=first.case, reason="thôi"), NOW)
    second = opening(given)
    assert isinstance(second, Done)
    later = OpenCase(id="l", actor="an", procedure="QT-VP-05", title="Mua máy in")
    assert isinstance(given.give(later, NOW + SAME_WITHIN + timedelta(seconds=1)), Done)
    machine = OpenCase(id="m", actor=MACHINE, procedure="QT-VP-05", title="Mua máy in")
    assert isinstance(given.give(machine, NOW), Done)
