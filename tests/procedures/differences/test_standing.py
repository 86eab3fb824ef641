"""Steps that lost their name under running cases (QT702)."""

from procedures.differences.standing import lost_names
from procedures.model import Procedure
from procedures.renames import with_names
from tests.procedures.building import purchase
from tests.procedures.check.telling import places


def called(old: str, new: str, renamed_from: str | None = None) -> Procedure:
    one = with_names(purchase(), {old: new})
    made = (step.model_copy(update={"renamed_from": renamed_from}) if step.key == new else step for step in one.steps)
    return one.model_copy(update={"steps": tuple(made)})


def told(after: Procedure, **standing: int) -> list[str]:
    counts = {key.replace("_", " "): count for key, count in standing.items()}
    return [str(finding.message) for finding in lost_names(purchase(), after, places(after), counts)]


def test_a_silent_rename_under_running_cases_is_told_with_their_count() -> None:
    said = told(called("xem xét", "soát xét"), xem_xét=3)
    assert said == ["3 running cases lose their place: step “xem xét” is now “soát xét”"]


def test_a_declared_rename_is_no_fault() -> None:
    assert told(called("xem xét", "soát xét", "xem xét"), xem_xét=3) == []


def test_a_silent_rename_that_no_case_stands_on_is_no_fault() -> None:
    assert told(called("xem xét", "soát xét"), mua_sắm=3) == []


def test_the_finding_says_how_it_is_mended() -> None:
    after = called("xem xét", "soát xét")
    (finding,) = lost_names(purchase(), after, places(after), {"xem xét": 1})
    assert (finding.code, finding.data) == ("QT702", {"old": "xem xét", "new": "soát xét", "count": 1})
    assert finding.help is not None
    assert finding.help.into("vi") == "thêm  tên cũ: xem xét  vào bước “soát xét”"
