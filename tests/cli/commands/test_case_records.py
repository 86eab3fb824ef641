"""Records on the command line: corrected, opened again; who acts for whom; new homes."""

from cli.exits import Exit
from tests.cli.commands.test_cases import ASKER, MONDAY, filled, opened
from tests.cli.office import Office

HEAD, CLERK = "dung.pt", "giang.vt"
AT = f"{MONDAY}T10:00"


def test_a_value_is_corrected_with_a_reason_and_an_ended_case_opened_again(office: Office) -> None:
    case = opened(office)
    assert filled(office, case).code == 0
    both = office.say("case", "correct", case, "--reason", "gõ nhầm", by=ASKER, at=AT)
    assert both.code == Exit.USAGE
    assert "hoặc --set" in both.err
    line = ("case", "correct", case, "--set", "nội dung=Máy in màu", "--reason", "gõ nhầm")
    assert "không được đính chính" in office.say(*line, by=CLERK, at=AT).err
    assert office.say(*line, by=ASKER, at=AT).code == 0
    assert office.say("case", "advance", case, "--choose", "Không thuộc phạm vi", by=CLERK, at=AT).code == 0
    assert office.say("case", "reopen", case, "--reason", "xét lại", by=CLERK, at=AT).code == Exit.REFUSED
    assert office.say("case", "reopen", case, "--reason", "xét lại", by=HEAD, at=AT).code == 0
    told = office.say("case", "show", case, at=AT).out
    assert "đính chính nội dung" in told
    assert "mở lại hồ sơ: xét lại" in told


def test_who_acts_for_whom_is_listed_and_nothing_moves_where_no_unit_has_ended(office: Office) -> None:
    told = office.told("organisation", "acting", at="2026-11-03T08:00")
    assert ("QĐ 21/QĐ-SA", "substitution") in {(one["decision"], one["manner"]) for one in told["mandates"]}
    assert office.told("organisation", "rehome", "--dry-run", at=AT) == {
        **office.told("organisation", "rehome", at=AT),
        "moved": False,
    }
