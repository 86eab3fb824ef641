"""A register as a table and as a paper says the same of every case."""

from dataclasses import dataclass, field

import pytest

from quality.registers import Asked, Register, register
from tests.quality import agency as office
from visualize.docx import to_docx
from visualize.register_sheet import register_document, register_sheet


@dataclass
class _Settings(office.Settings):
    read_all: str = ""


@dataclass
class _Agency(office.Agency):
    settings: _Settings = field(default_factory=_Settings)


@pytest.fixture
def found() -> tuple[Register, office.Agency]:
    place = office.agency(office.declared(more="thông tin:\n  tổng tiền: số tiền\n  gấp: có/không\n"))
    for day in (2, 3):
        place.open(office.at(day))
    with place.store.reading() as reader:
        return register(reader, place, Asked("QT-TT-01"), office.at(10)), place


def test_the_table_has_a_column_for_each_declared_value_and_a_row_for_each_case(
    found: tuple[Register, office.Agency],
) -> None:
    told, place = found
    sheet = register_sheet(told, place, "vi")  # type: ignore[arg-type] - a smaller agency
    assert [column.head for column in sheet.columns][-2:] == ["Tổng tiền", "Gấp"]
    assert [column.kind for column in sheet.columns][-2:] == ["money", "text"]
    assert [row[1] for row in sheet.rows] == ["HS-2026-0001", "HS-2026-0002"]
    assert all(len(row) == len(sheet.columns) for row in sheet.rows)
    assert sheet.rows[0][4] == office.at(2).date()


def test_the_paper_lies_across_and_is_the_same_each_time(found: tuple[Register, office.Agency]) -> None:
    told, place = found
    paper = register_document(told, place, "vi")  # type: ignore[arg-type] - a smaller agency
    assert paper.landscape
    assert to_docx(paper) == to_docx(paper)
