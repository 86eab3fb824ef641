"""The register of a procedure is a view over its cases."""

from datetime import timedelta
from decimal import Decimal

import pytest

from engine.commands import FinishWork
from engine.handle import Done
from engine.scope import Scope
from procedures.shelf import NotOnShelf
from quality.periods import parse
from quality.questions_registers import counted
from quality.registers import Asked, Register, register
from tests.quality.agency import ZONE, Agency, agency, at, declared

MORE = """\
thông tin:
  tổng tiền: số tiền
  ngày cần: ngày
  người nhận: danh sách người
"""


@pytest.fixture
def office() -> Agency:
    found = agency(declared(more=MORE))
    for number, month in enumerate((1, 2, 3), 1):
        found.open(at(2 + number, month=month))
    found.finish("HS-2026-0001", 1, "an", at(6, month=1))
    return found


def read(office: Agency, asked: Asked = Asked("QT-TT-01"), now=None) -> Register:  # noqa: ANN001, B008
    with office.store.reading() as reader:
        return register(reader, office, asked, now or at(20, month=3))


def test_every_case_of_the_procedure_is_a_line_in_the_order_they_were_opened(office: Agency) -> None:
    found = read(office)
    assert [one.case.id for one in found.entries] == ["HS-2026-0001", "HS-2026-0002", "HS-2026-0003"]
    assert (found.code, found.name) == ("QT-TT-01", "Cấp phát văn phòng phẩm")
    assert [spec.name for spec in found.fields] == ["tổng tiền", "ngày cần", "người nhận"]
    with office.store.reading() as reader:
        assert counted(reader)["QT-TT-01"] == 3


def test_a_period_holds_what_was_open_in_it_as_it_stood_at_its_end(office: Agency) -> None:
    january = parse("2026-01", ZONE)
    found = read(office, Asked("QT-TT-01", january))
    assert [one.case.id for one in found.entries] == ["HS-2026-0001"]
    assert found.as_of == january.end
    later = at(10, month=3)
    office.finish("HS-2026-0001", 2, "binh", later, "Đủ")
    office.finish("HS-2026-0001", 3, "chi", later + timedelta(minutes=5), "Đồng ý")
    assert read(office, Asked("QT-TT-01", january)).entries == found.entries
    [now] = [one for one in read(office).entries if one.case.id == "HS-2026-0001"]
    assert now.case.over
    assert not found.entries[0].case.over


def test_what_ended_before_a_period_is_not_in_it(office: Agency) -> None:
    office.finish("HS-2026-0001", 2, "binh", at(7, month=1), "Đủ")
    office.finish("HS-2026-0001", 3, "chi", at(8, month=1), "Đồng ý")
    found = read(office, Asked("QT-TT-01", parse("2026-02", ZONE)))
    assert [one.case.id for one in found.entries] == ["HS-2026-0002"]


def test_a_unit_brings_those_below_it(office: Agency) -> None:
    assert len(read(office, Asked("QT-TT-01", unit="Phòng Kế hoạch")).entries) == 3
    assert len(read(office, Asked("QT-TT-01", unit="Sở A")).entries) == 3
    assert not read(office, Asked("QT-TT-01", unit="Bộ phận Quản lý chất lượng")).entries


def test_only_what_somebody_may_read_is_in_their_register(office: Agency) -> None:
    assert len(read(office, Asked("QT-TT-01", scope=Scope("an", frozenset(), frozenset()))).entries) == 3
    assert not read(office, Asked("QT-TT-01", scope=Scope("giang", frozenset(), frozenset()))).entries


def test_a_procedure_without_cases_has_an_empty_register_and_an_unknown_one_none(office: Agency) -> None:
    assert read(office, Asked("QT-HT-04")).entries == ()
    with pytest.raises(NotOnShelf):
        read(office, Asked("QT-XX-99"))


def test_values_have_their_types_and_people_their_names() -> None:
    procedure = declared(more=MORE)
    collecting = procedure.start.model_copy(update={"collect": ("tổng tiền", "ngày cần", "người nhận")})
    found = agency(procedure.model_copy(update={"steps": (collecting, *procedure.steps[1:])}))
    case = found.open(at(2))
    fields = {"tổng tiền": "12 triệu", "ngày cần": "05/03/2026", "người nhận": "an; binh"}
    told = FinishWork(id="f", actor="an", case=case, item=1, fields=fields)
    assert isinstance(found.give(told, at(3)), Done)
    [one] = read(found).entries
    assert one.values["tổng tiền"] == Decimal(12_000_000)
    assert one.values["ngày cần"] == at(5, month=3).date()
    assert one.values["người nhận"] == "An, Binh"


def test_every_store_gives_the_same_register(sql_office: Agency) -> None:
    assert [one.case.id for one in read(sql_office, Asked("QT-TT-01", parse("2026-01", ZONE))).entries] == [
        "HS-2026-0001"
    ]


@pytest.fixture
def sql_office(tmp_path) -> Agency:  # noqa: ANN001
    found = agency(declared(more=MORE), path=tmp_path / "q.db")
    for number, month in enumerate((1, 2, 3), 1):
        found.open(at(2 + number, month=month))
    found.finish("HS-2026-0001", 1, "an", at(6, month=2))
    return found
