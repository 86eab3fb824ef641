"""Between people on the command line: handed over, helped with, called back, left out, and told in the timeline."""

from cli.exits import Exit
from tests.cli.commands.test_cases import MONDAY, filled, opened
from tests.cli.office import Office

HEAD, CLERK, ACCOUNTANT = "dung.pt", "giang.vt", "hai.bv"
AT = f"{MONDAY}T10:00"


def test_work_is_handed_over_helped_with_and_told(office: Office) -> None:
    case = opened(office)
    assert filled(office, case).code == 0
    refused = office.say("case", "reassign", case, "--to", CLERK, "--reason", "gấp", by=CLERK, at=AT)
    assert refused.code == Exit.REFUSED
    assert "chỉ người đứng đầu Văn phòng" in refused.err
    assert office.say("case", "reassign", case, "--to", CLERK, "--reason", "gấp", by=HEAD, at=AT).code == 0
    given = office.say("case", "task", case, "--to", ACCOUNTANT, "--what", "Xác nhận dự toán", by=CLERK, at=AT)
    assert "việc giao thêm 1: Xác nhận dự toán — Bùi Văn Hải" in given.out
    assert case in office.say("work", "--of", ACCOUNTANT, at=AT).out, "whoever is asked finds it on the list"
    blocked = office.say("case", "advance", case, "--choose", "Hợp lệ", by=CLERK, at=AT)
    assert "Bùi Văn Hải được giao “Xác nhận dự toán” và chưa làm xong" in blocked.err
    assert office.say("case", "task-done", case, "--task", "1", "--report", "đủ", by=ACCOUNTANT, at=AT).code == 0
    assert office.say("case", "start", case, by=CLERK, at=AT).code == 0
    assert office.say("case", "advance", case, "--choose", "Hợp lệ", by=CLERK, at=AT).code == 0
    assert office.say("case", "recall", case, "--reason", "nhầm", by=CLERK, at=AT).code == 0
    told = office.say("case", "show", case, at=AT).out
    for words in ("giao lại", "giao thêm việc cho Bùi Văn Hải", "xong việc giao thêm 1", "bắt đầu làm", "thu hồi"):
        assert words in told, words


def test_only_the_owner_leaves_a_step_out_and_it_is_on_record(office: Office) -> None:
    case = opened(office)
    assert filled(office, case).code == 0
    line = ("case", "skip", case, "--choose", "Hợp lệ", "--reason", "đã đối chiếu")
    assert "chỉ người đứng đầu Văn phòng, đơn vị chủ trì quy trình" in office.say(*line, by=CLERK, at=AT).err
    assert office.say(*line, by=HEAD, at=AT).code == 0
    assert "bỏ bước" in office.say("case", "show", case, at=AT).out


def test_a_stale_look_is_refused_by_every_command(office: Office) -> None:
    case = opened(office)
    assert filled(office, case).code == 0
    for line in (("claim",), ("start",), ("reassign", "--to", CLERK, "--reason", "x"), ("skip", "--reason", "x"),
                 ("task", "--to", CLERK, "--what", "x"), ("reopen", "--reason", "x")):  # fmt: skip
        answer = office.say("case", line[0], case, *line[1:], "--if-version", "1", by=HEAD, at=AT)
        assert answer.code == Exit.REFUSED, line
        assert "phiên bản" in answer.err, line
