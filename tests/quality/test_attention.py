"""What needs somebody is told of what the agency has a procedure for, and of nothing else."""

from datetime import UTC, datetime
from pathlib import Path

from engine.agency import open_agency
from quality.attention import attention
from tests.cli.office import ISSUED, fresh

NOW = datetime(2026, 9, 1, 8, tzinfo=UTC)


def told(root: Path, *codes: str) -> list[str]:
    office = fresh(root / "Sở A")
    answer = office.say("publish", *codes, *ISSUED)
    assert answer.code == 0, answer.err + answer.out
    return [words.into("vi") for words in attention(open_agency(office.root), NOW)]


def test_an_agency_that_keeps_no_system_is_left_alone(tmp_path: Path) -> None:
    assert told(tmp_path, "QT-VP-05") == []


def test_one_that_declares_audits_and_follows_the_law_is_told_of_each(tmp_path: Path) -> None:
    found = told(tmp_path, "QT-HT-02", "QT-HT-04", "QT-HT-30", "QT-HT-33")
    assert "Phòng Nghiệp vụ chưa được đánh giá trong năm 2026" in found
    assert "Sở A chưa công bố hệ thống quản lý chất lượng" in found
