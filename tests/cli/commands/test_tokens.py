"""Tokens of programs on the command line: made and shown once, listed, revoked."""

from tests.cli.office import Office


def test_a_token_is_printed_alone_and_is_then_only_listed(office: Office) -> None:
    office.say("account", "add", "giang.vt")
    made = office.say("token", "create", "giang.vt", "--name", "Một cửa", "--scope", "act", "--days", "30")
    assert made.code == 0
    shown = made.out.strip()
    assert shown.startswith("qtt_")
    assert "chỉ hiện một lần" in made.err
    listed = office.say("token", "list").out
    assert "1 · Một cửa · giang.vt · đọc và làm · hiệu lực đến" in listed
    assert "chưa dùng lần nào" in listed
    assert shown not in listed


def test_a_token_is_revoked_and_the_log_tells(office: Office) -> None:
    office.say("account", "add", "giang.vt")
    told = office.told("token", "create", "giang.vt", "--name", "Đọc")
    assert told["scope"] == "read"
    assert office.say("token", "revoke", "1", by="dung.pt").code == 0
    assert office.told("token", "list")["tokens"][0]["revoked_at"] is not None
    assert "đã thu hồi" in office.say("token", "list").out
    assert office.say("token", "revoke", "1").code == 4
    log = office.say("account", "log").out
    assert "thu hồi mã truy cập (dung.pt)" in log
    assert "cấp mã truy cập" in log


def test_only_for_somebody_with_an_account(office: Office) -> None:
    assert office.say("token", "create", "giang.vt", "--name", "x").code == 4
    assert office.say("token", "create", "giang.vt", "--name", "x", "--scope", "all").code == 2
