"""One tick over an agency's folder."""

from datetime import UTC, datetime

import pytest

from engine.agency import Agency, Unusable
from quality.sweep import Swept
from tests.workflows.conftest import OPENED
from workflows.tick import look

LATER = datetime(2026, 3, 9, 2, tzinfo=UTC)


def test_nothing_is_late_on_the_day_a_case_is_opened(overdue: Agency) -> None:
    assert look(overdue.root, OPENED) == Swept()


def test_what_is_overdue_is_recorded_once_however_often_the_tick_comes(overdue: Agency) -> None:
    first = look(overdue.root, LATER)
    assert (first.late_steps, first.late_cases) == (1, 1)
    assert look(overdue.root, LATER) == Swept()


def test_a_folder_with_faults_is_told_not_passed_over(overdue: Agency) -> None:
    (overdue.root / "organisation.d" / "người dùng.yaml").write_text("an.nv: [", encoding="utf-8")
    with pytest.raises(Unusable):
        look(overdue.root, LATER)
