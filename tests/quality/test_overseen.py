"""What is late in the quality system stands with whoever heads the one who is late, with its day, until it is done."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event

from engine.agency import Agency, Settings
from engine.commands import OpenCase
from engine.stores.sql import SqlStore
from procedures.load import load_file
from procedures.model import Procedure
from quality.attention import attention
from quality.overseen import overseen
from quality.questions_overseen import being_done, late_work
from tests.quality.agency import ISSUED, ROOT, agency, at, loaded, people
from tests.quality.agency import Agency as Office
from tests.quality.agency import declared as small

ACTION = {"nguồn hành động": "Khác", "nội dung hành động": "Viết mẫu dự toán", "người chịu trách nhiệm": "duc",
          "hạn hoàn thành": "20/03/2026"}  # fmt: skip
TASK = {"nội dung công việc": "Ban hành kế hoạch", "mốc tính hạn": "11/03/2026", "kết quả đạt được": "Kế hoạch"}
#: A plan of the quality system as small as it can be; its own step has no limit, so only its date can be over.
PLAN = """\
quy trình:
  mã: {code}
  tên: Kế hoạch
  loại: quy trình hệ thống
  hiệu lực từ: 01/12/2025
  đơn vị chủ trì: Văn phòng
  thời hạn: 90 ngày làm việc
vai trò: {{ người làm: "Chuyên viên, Văn phòng" }}
thông tin: {{ {what}: văn bản, người chịu trách nhiệm: danh sách người, hạn hoàn thành: ngày }}
các bước:
  lập:
    tên: Lập
    trách nhiệm: người làm
    nhập: [{what}, người chịu trách nhiệm, hạn hoàn thành]
    đến: {step}
  {step}:
    tên: Làm
    trách nhiệm: người làm
    thời hạn: 80 ngày làm việc
    đến: kết thúc xong
"""


def declared(code: str) -> Procedure:
    found = load_file(ROOT / "procedures.d" / f"{code}.yaml", ROOT).procedure
    assert found is not None
    return found.model_copy(update={"effective_from": ISSUED.date()})


def whole(folder: Path, *procedures: Procedure) -> tuple[Office, Agency]:
    office = agency(*procedures, path=folder / "quytrinh.db", handled=False)
    units = tuple(replace(one, heads=("Chánh Văn phòng",) if one.name == "Văn phòng" else ()) for one in people().units)
    office.organisation = replace(people(), units=units)
    assert isinstance(office.store, SqlStore)
    there = Agency(folder, Settings(), office.organisation, office.calendars, office.shelf, office.store)  # type: ignore[arg-type]
    return office, there


def of(whole: Agency, day: int, account: str | None = None) -> list[tuple[str, str, tuple[str, ...], int]]:
    return [(one.case, one.what, one.owners, one.due.day) for one in overseen(whole, at(day), account)]


def test_an_action_stands_with_the_head_of_its_owner_from_the_day_after_its_date_until_it_is_done(
    tmp_path: Path,
) -> None:
    office, there = whole(tmp_path, declared("QT-HT-07"))
    case = office.open(at(2, 8), by="ha", procedure="QT-HT-07")
    office.finish(case, 1, "ha", at(2, 9), fields=ACTION)
    late = (case, "Viết mẫu dự toán", ("duc",), 20)
    assert [of(there, day, "chi") for day in (20, 21, 30)] == [[], [late], [late]]
    assert of(there, 30, "duc") == of(there, 30, "an") == []
    (told,) = [words.into("vi") for words in attention(there, at(21)) if case in words.into("vi")]
    assert told == f"{case}: Duc lẽ ra hoàn thành ngày 20/03/2026: Viết mẫu dự toán"
    office.finish(case, 2, "duc", at(30, 9), fields={"kết quả thực hiện": "xong"})
    assert of(there, 30, "chi") == []


@pytest.mark.parametrize(
    ("code", "step", "what"),
    [
        ("QT-HT-04", "hành động", "hành động"),
        ("QT-HT-05", "thực hiện", "biện pháp"),
        ("QT-HT-09", "thực hiện", "hành động thực hiện"),
    ],
)
def test_so_do_the_actions_of_nonconformities_risks_and_objectives(
    tmp_path: Path, code: str, step: str, what: str
) -> None:
    office, there = whole(tmp_path, loaded(PLAN.format(code=code, step=step, what=what)))
    case = office.open(at(2, 8), by="duc", procedure=code)
    told = {what: "Tập huấn", "người chịu trách nhiệm": "duc", "hạn hoàn thành": "16/03/2026"}
    office.finish(case, 1, "duc", at(2, 9), fields=told)
    assert of(there, 16, "chi") == []
    assert of(there, 17, "chi") == [(case, "Tập huấn", ("duc",), 16)]


def test_a_task_of_the_programme_stands_there_since_its_last_day(tmp_path: Path) -> None:
    office, there = whole(tmp_path, declared("QT-HT-20"))
    asked = OpenCase(id="m", actor="duc", procedure="QT-HT-20", title="Kế hoạch", fields=TASK, salt="s")
    case = str(getattr(office.give(asked, at(2, 8)), "case", ""))
    assert of(there, 12, "chi") == []
    assert of(there, 13, "chi") == [(case, "Thực hiện, đính kèm kết quả", ("duc",), 12)]
    assert [one[0] for one in of(there, 16)] == [case]  # asked for nobody, everything
    assert of(there, 16, "duc") == []


def test_what_is_late_in_other_work_stands_in_the_list_of_the_unit_and_not_here(tmp_path: Path) -> None:
    office, there = whole(tmp_path, small())
    office.open(at(2, 8), by="duc")
    assert of(there, 30) == []


def test_it_is_looked_for_by_procedure_however_many_other_cases_are_open(tmp_path: Path) -> None:
    office, _ = whole(tmp_path, small())
    asked: list[tuple[str, tuple[object, ...]]] = []
    assert isinstance(office.store, SqlStore)
    with office.store.reading() as reader:

        def hear(*told: object) -> None:
            asked.append((str(told[2]), told[3]))  # type: ignore[arg-type] - statement and parameters

        event.listen(reader.connection.engine, "before_cursor_execute", hear)
        late_work(reader, {"QT-HT-20", "QT-HT-21"}, at(30))
        being_done(reader, {"QT-HT-07": "thực hiện"}, {"hạn hoàn thành"})
        plans = [
            [row[-1] for row in reader.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
            for statement, values in list(asked)
            if statement.startswith("SELECT")
        ]
    assert len(plans) == 2
    for plan in plans:
        assert any("case_file USING INDEX case_title (procedure=?)" in line for line in plan), plan


def test_whoever_heads_nobody_and_is_named_nowhere_is_asked_nothing(tmp_path: Path) -> None:
    office, there = whole(tmp_path, declared("QT-HT-07"))
    case = office.open(at(2, 8), by="ha", procedure="QT-HT-07")
    office.finish(case, 1, "ha", at(2, 9), fields={**ACTION, "hạn hoàn thành": "31/12/2026"})
    late = at(1, 8, month=9)  # the limit of the step is over, and its procedure names the leaders of the agency
    assert [one.case for one in overseen(there, late, "em")] == [case]
    assert overseen(there, late, "an") == []
