"""The papers of a review say what its case holds, in the format of the decree."""

from dataclasses import dataclass, field, replace

import pytest

from tests.quality import agency as office
from visualize.document import Document, Paragraph, Signatures
from visualize.docx import to_docx
from visualize.review_minutes import Meeting, announcement, meeting, minutes

VALUES = {
    "kỳ xem xét": "Năm 2026",
    "ngày họp": "2026-12-15",
    "ngày chốt số liệu": "2026-11-30",
    "chủ trì": "em",
    "thư ký": "ha",
    "số biên bản": "27/BB-SA",
    "cơ hội cải tiến": "Nhắn tin báo kết quả",
    "nhận xét hiệu lực hệ thống": "Có hiệu lực",
}


@dataclass
class _Settings(office.Settings):
    read_all: str = ""


@dataclass
class _Agency(office.Agency):
    settings: _Settings = field(default_factory=_Settings)


@pytest.fixture
def of() -> Meeting:
    place = office.agency(office.declared())
    case = place.open(office.at(2))
    with place.store.reading() as reader:
        held = reader.held(case)
    assert held is not None
    return meeting(place, replace(held, values=VALUES))  # type: ignore[arg-type] - a smaller agency


def texts(paper: Document) -> str:
    return "\n".join(block.text for block in paper.blocks if isinstance(block, Paragraph))


def test_the_minutes_name_who_led_and_who_wrote_and_both_sign(of: Meeting) -> None:
    paper = minutes(of)
    assert paper.letterhead is not None
    assert (paper.letterhead.number, paper.letterhead.symbol) == (27, "BB-SA")
    assert "Chủ trì: Em" in texts(paper)
    [signed] = [block for block in paper.blocks if isinstance(block, Signatures)]
    assert [role for role, _ in signed.boxes] == ["THƯ KÝ", "CHỦ TRÌ"]
    assert to_docx(paper) == to_docx(paper)


def test_what_nobody_entered_leaves_room_to_write(of: Meeting) -> None:
    assert "Địa điểm: ……" in texts(minutes(of))
    paper = announcement(of)
    assert paper.letterhead is not None
    assert paper.letterhead.number is None
    assert "Nhắn tin báo kết quả" in texts(paper)
