"""An automatic step that nothing installed does is warned of before a case waits there."""

import pytest

from procedures.check import check
from procedures.finding import Finding
from procedures.places import Places, nowhere
from tests.procedures.building import end, go, procedure, route, work


def told(name: str) -> list[Finding]:
    sample = procedure(work("nhận", go("báo tin")), route("báo tin", end(), automatic=name))
    return [finding for finding in check(sample, Places(nowhere("a.yaml"))) if finding.code == "QT617"]


@pytest.mark.parametrize("name", ["gửi thư", "báo hệ thống"])
def test_what_is_installed_is_no_fault(name: str) -> None:
    assert told(name) == []


def test_a_name_that_nothing_answers_to_is_warned_of_with_the_nearest_one() -> None:
    (finding,) = told("gửi thu")
    assert finding.help is not None
    assert "gửi thư" in finding.help.into("vi")
    (other,) = told("gõ mõ")
    assert other.help is not None
    assert "đang cài: báo hệ thống, gửi thư" in other.help.into("vi")
