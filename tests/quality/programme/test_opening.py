"""Each task of a plan opens one case for each unit and period, on its day and however often one looks."""

from pathlib import Path

from engine.events import CaseOpened
from engine.handle import Done
from engine.refusal import Refusal
from engine.refusals.access import UnknownUnit
from engine.refusals.files import FileNeeded
from quality.programme.occurrences import Occurrence
from quality.programme.opening import Due, open_due, open_one
from tests.quality.programme.sample import at, attach, finish, folder, issued, plan, sample

QUARTERLY = """
1:
  nội dung: Báo cáo tình hình
  cơ quan chủ trì: [Văn phòng, mỗi phòng thuộc Sở A]
  thời gian: trước ngày 25 hàng quý
  kết quả: Báo cáo
"""


def test_tasks_open_for_each_unit_once_and_on_their_day(tmp_path: Path) -> None:
    agency, one = folder(tmp_path), issued(sample())
    first = open_due(agency.store, agency, [one], at(3, 1))
    assert len(first) == 16
    assert open_due(agency.store, agency, [one], at(4, 1)) == []
    assert len(open_due(agency.store, agency, [one], at(1, 4))) == 5  # the second quarter begins
    assert len(open_due(agency.store, agency, [one], at(1, 7))) == 3  # the third, a new post, a unit that is no more
    with agency.store.reading() as reader:
        cases = reader.cases(procedure="QT-HT-20")
        case = next(case for case in cases if case.unit == "Phòng Nghiệp vụ" and "II.1" in case.title)
        held = reader.held(case.id)
    assert case.due == at(2, 2, 17)  # 31/01/2026 is a Saturday
    assert held is not None
    assert held.values["chương trình"] == "CT-2026, 12/KH-SA ngày 02/01/2026"
    assert (held.values["mục"], held.values["kết quả phải có"]) == ("II.1", "Kế hoạch của đơn vị")
    assert case.id.startswith("CT-2026-")


def test_what_comes_back_every_quarter_opens_in_the_month_it_is_due(tmp_path: Path) -> None:
    agency, one = folder(tmp_path), issued(plan(QUARTERLY))
    assert open_due(agency.store, agency, [one], at(28, 2)) == []
    assert len(open_due(agency.store, agency, [one], at(1, 3))) == 5
    assert len(open_due(agency.store, agency, [one], at(31, 12))) == 15  # a machine that was off makes up for it
    with agency.store.reading() as reader:
        log = [reader.log(case.id)[0] for case in reader.cases(procedure="QT-HT-20")]
    assert all(isinstance(record.event, CaseOpened) for record in log)
    assert len({record.command for record in log}) == 20


def test_an_amended_plan_opens_nothing_twice(tmp_path: Path) -> None:
    agency, before = folder(tmp_path), plan(QUARTERLY)
    open_due(agency.store, agency, [issued(before)], at(1, 3))
    after = plan(QUARTERLY.replace("Báo cáo tình hình", "Báo cáo tình hình, kết quả"))
    assert open_due(agency.store, agency, [issued(after, issue=2)], at(2, 3)) == []


def test_a_task_is_not_done_before_its_result_is_attached(tmp_path: Path) -> None:
    agency, one = folder(tmp_path), issued(plan(QUARTERLY))
    case = open_due(agency.store, agency, [one], at(1, 3))[0].case
    assert finish(agency, case, 1, "dung.pt", at(2, 3)) == FileNeeded("Thực hiện, đính kèm kết quả")
    attach(agency, case, "dung.pt", at(2, 3))
    assert isinstance(finish(agency, case, 1, "dung.pt", at(2, 3)), Done)


def test_a_task_for_which_there_is_cause_is_opened_by_hand_by_its_own_unit(tmp_path: Path) -> None:
    agency, one = folder(tmp_path), issued(sample())
    number, part, task = next(iter(one.plan.tasks))

    def opened(unit: str) -> Done | Refusal:
        due = Due(one, number, part, task, unit, Occurrence("2026-05-04", at(4, 5).date(), None))
        return open_one(due, "dung.pt", store=agency.store, ground=agency, now=at(4, 5))

    assert isinstance(opened("Văn phòng"), Done)
    assert isinstance(opened("Phòng Nghiệp vụ"), UnknownUnit)
