"""Accounts on the command line: given, closed, opened again, and what is told of it."""

from tests.cli.office import Office


def test_an_account_is_given_once_and_its_password_is_printed_alone(office: Office) -> None:
    given = office.say("account", "add", "giang.vt")
    assert given.code == 0
    assert len(given.out.strip()) == 19
    assert "giang.vt" in given.err
    again = office.say("account", "add", "giang.vt")
    assert (again.code, again.out) == (4, "")
    assert "đã có tài khoản" in again.err


def test_only_somebody_of_the_organisation_gets_one(office: Office) -> None:
    answer = office.say("account", "add", "khong.co")
    assert answer.code == 4
    assert "khong.co" in answer.err


def test_closing_and_opening_is_told_and_logged(office: Office) -> None:
    office.say("account", "add", "giang.vt")
    assert office.say("account", "disable", "giang.vt", by="dung.pt").code == 0
    assert "đóng tài khoản" in office.say("account", "list").out
    assert office.say("account", "enable", "giang.vt").code == 0
    assert office.say("account", "reset", "giang.vt").code == 0
    kinds = [line["kind"] for line in office.told("account", "log")["log"]]
    assert kinds == ["reset", "enabled", "disabled", "added"]
    told = office.say("account", "log").out
    assert "đóng tài khoản (dung.pt)" in told
    assert office.say("account", "disable", "ha.dt").code == 4
