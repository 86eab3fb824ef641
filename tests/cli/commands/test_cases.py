"""Cases on the command line: played by hand by the people whose steps they are, refused to everybody else."""

from pathlib import Path
from unicodedata import normalize

import pytest

from tests.cli.office import Answer, Office

ASKER, KEEPER, OTHER_KEEPER, ACCOUNTANT, CHIEF = "hung.nm", "giang.vt", "ha.dt", "hai.bv", "dung.pt"
#: Monday 2 March 2026.
MONDAY = "2026-03-02"


def opened(office: Office, at: str = f"{MONDAY}T08:10", by: str = ASKER) -> str:
    return str(
        office.told("case", "open", "QT-VP-05", "--title", "Mua máy in", "--again", "máy khác", by=by, at=at)["case"]
    )


def filled(office: Office, case: str, money: str = "12 triệu", at: str = f"{MONDAY}T08:30", by: str = ASKER) -> Answer:
    values = ("--set", "nội dung=Máy in cho Văn phòng", "--set", f"tổng tiền={money}")
    return office.say("case", "advance", case, *values, "--set", "nguồn kinh phí=Khác", by=by, at=at)


def at_the_chief(office: Office) -> str:
    """A case that has come to the step where the fork joins."""
    case = opened(office)
    assert filled(office, case).code == 0
    for who, step, more in (
        (KEEPER, "kiểm tra", ("--choose", "Hợp lệ")),
        (KEEPER, "khảo giá", ()),
        (
            ACCOUNTANT,
            "thẩm định nguồn",
            ("--check", "Còn dự toán được giao", "--check", "Đúng định mức tại Quy chế chi tiêu nội bộ"),
        ),
    ):
        answer = office.say("case", "advance", case, "--step", step, *more, by=who, at=f"{MONDAY}T14:00")
        assert answer.code == 0, answer.err
    return case


def test_a_case_is_played_by_hand_to_its_end_by_the_owner_of_each_step(office: Office) -> None:
    case = at_the_chief(office)
    approved = office.told("case", "advance", case, "--choose", "Đồng ý", by=CHIEF, at=f"{MONDAY}T15:00")
    assert [item["step"] for item in approved["open_items"]] == ["mua sắm"]  # 12 triệu does not go to the director
    ended = office.told("case", "advance", case, by=KEEPER, at="2026-03-05T10:00")
    assert (ended["status"], ended["result"], ended["open_items"]) == ("ended", "hoàn thành", [])
    told = office.told("case", "show", case)
    assert told["events"][0]["kind"] == "CaseOpened"
    assert [event["seq"] for event in told["events"]] == list(range(1, told["version"] + 1))


def test_the_answer_of_a_command_is_what_scripts_rely_on(office: Office) -> None:
    told = office.told("case", "open", "QT-VP-05", "--title", "Mua máy in", by=ASKER, at=f"{MONDAY}T08:10")
    assert told["format_version"] == "1.0"
    assert {name: told[name] for name in ("case", "procedure", "issue", "status", "version", "due")} == {
        "case": "HS-2026-0001",
        "procedure": "QT-VP-05",
        "issue": 3,
        "status": "open",
        "version": 3,
        "due": "2026-03-18T17:00:00+07:00",
    }
    (item,) = told["open_items"]
    assert item == {
        "item": 1,
        "member": None,
        "step": "lập phiếu",
        "attempt": 1,
        "role": "người đề nghị",
        "unit": "Văn phòng",
        "assignee": ASKER,
        "on_behalf_of": None,
        "due": None,
        "outcomes": ["Xong"],
        "undecided": [],
    }
    assert "events" not in told
    assert "events" in office.told("case", "show", told["case"])


def test_a_large_purchase_goes_to_the_director(office: Office) -> None:
    case = opened(office)
    assert filled(office, case, money="180 triệu").code == 0
    for who, step, more in (
        (KEEPER, "kiểm tra", ("--choose", "Hợp lệ")),
        (KEEPER, "khảo giá", ()),
        (
            ACCOUNTANT,
            "thẩm định nguồn",
            ("--check", "Còn dự toán được giao", "--check", "Đúng định mức tại Quy chế chi tiêu nội bộ"),
        ),
        (CHIEF, "xem xét", ("--choose", "Đồng ý")),
    ):
        assert office.say("case", "advance", case, "--step", step, *more, by=who, at=f"{MONDAY}T14:00").code == 0
    told = office.told("case", "advance", case, "--choose", "Không phê duyệt", by="an.nv", at=f"{MONDAY}T16:00")
    assert (told["status"], told["result"]) == ("ended", "từ chối")


def test_the_wrong_person_is_refused_in_a_sentence(office: Office) -> None:
    case = opened(office)
    assert filled(office, case).code == 0
    line = ("case", "advance", case, "--choose", "Hợp lệ")
    refused = office.say(*line, by=ASKER, at=f"{MONDAY}T09:00")
    assert refused.code == 4
    assert refused.out == ""
    assert refused.err.startswith("từ chối: Nguyễn Mạnh Hùng ")
    assert "quản trị" in refused.err
    assert "refused: Nguyễn Mạnh Hùng may not do step" in office.say("--lang", "en", *line, by=ASKER).err


def test_a_refusal_is_a_json_answer_too(office: Office) -> None:
    case = opened(office)
    assert filled(office, case).code == 0
    refused = office.say(
        "case", "advance", case, "--choose", "Hợp lệ", "--format", "json", by=ASKER, at=f"{MONDAY}T09:00"
    )
    assert (refused.code, refused.err) == (4, "")
    assert refused.json["refused"]["code"] == "NotYours"
    assert refused.json["refused"]["message"].startswith("Nguyễn Mạnh Hùng ")


def test_nothing_changed_after_a_refusal(office: Office) -> None:
    case = opened(office)
    before = office.told("case", "show", case)
    assert filled(office, case, by=KEEPER).code == 4
    assert filled(office, case, money="mười hai").code == 4
    assert office.told("case", "show", case) == before


def test_whoever_asked_does_not_judge_the_request(office: Office) -> None:
    """`khác người: lập phiếu`: somebody who is both clerk and chief of the office may not do both."""
    people = office.root / "organisation.d" / "người dùng.yaml"
    people.write_text(
        people.read_text("utf-8").replace(
            "- Chánh Văn phòng, Văn phòng\n", "- Chánh Văn phòng, Văn phòng\n    - Chuyên viên, Văn phòng\n", 1
        ),
        encoding="utf-8",
    )
    case = opened(office, by=CHIEF)
    assert filled(office, case, by=CHIEF).code == 0
    for who, step, more in (
        (KEEPER, "kiểm tra", ("--choose", "Hợp lệ")),
        (KEEPER, "khảo giá", ()),
        (
            ACCOUNTANT,
            "thẩm định nguồn",
            ("--check", "Còn dự toán được giao", "--check", "Đúng định mức tại Quy chế chi tiêu nội bộ"),
        ),
    ):
        assert office.say("case", "advance", case, "--step", step, *more, by=who, at=f"{MONDAY}T14:00").code == 0
    line = ("case", "advance", case, "--choose", "Đồng ý", "--format", "json")
    refused = office.say(*line, by=CHIEF, at=f"{MONDAY}T15:00")
    assert (refused.code, refused.json["refused"]["code"]) == (4, "SamePerson")
    assert office.say(*line, by="duong.hv", at=f"{MONDAY}T15:00").code == 0  # the deputy may


def test_a_return_needs_its_reason_and_comes_back_as_a_second_attempt(office: Office) -> None:
    case = opened(office)
    assert filled(office, case).code == 0
    line = ("case", "advance", case, "--choose", "Thiếu hoặc sai", "--format", "json")
    refused = office.say(*line, by=KEEPER, at=f"{MONDAY}T09:00")
    assert (refused.code, refused.json["refused"]["code"]) == (4, "ReasonNeeded")
    told = office.told("case", "return", case, "--reason", "Thiếu báo giá", by=KEEPER, at=f"{MONDAY}T09:00")
    (item,) = told["open_items"]
    assert (item["step"], item["attempt"], item["assignee"]) == ("lập phiếu", 2, ASKER)
    lines = office.say("case", "show", case).out.splitlines()
    assert any("Thiếu báo giá" in line and "Lập phiếu đề nghị" in line for line in lines)


def test_a_step_with_two_open_items_asks_which(office: Office) -> None:
    case = opened(office)
    assert filled(office, case).code == 0
    assert office.say("case", "advance", case, "--choose", "Hợp lệ", by=KEEPER, at=f"{MONDAY}T09:00").code == 0
    asked = office.say("case", "advance", case, by=KEEPER, at=f"{MONDAY}T09:30")
    assert asked.code == 2
    assert f"{case} có 2 việc như vậy; chỉ rõ việc nào bằng --item: 3 (khảo giá), 4 (thẩm định nguồn)" in asked.err
    assert office.say("case", "advance", case, "--item", 9, by=KEEPER).err.startswith(f"{case} không có việc số 9")
    assert office.say("case", "advance", case, "--item", 3, by=KEEPER, at=f"{MONDAY}T09:30").code == 0


def test_a_stale_version_is_refused(office: Office) -> None:
    case = opened(office)
    assert filled(office, case).code == 0
    line = ("case", "advance", case, "--choose", "Hợp lệ", "--format", "json")
    stale = office.say(*line, "--if-version", 1, by=KEEPER, at=f"{MONDAY}T09:00")
    assert (stale.code, stale.json["refused"]["code"]) == (4, "StaleVersion")
    assert office.say(*line, "--if-version", 5, by=KEEPER, at=f"{MONDAY}T09:00").code == 0


def test_a_command_with_the_same_id_is_carried_out_once(office: Office) -> None:
    line = ("case", "open", "QT-VP-05", "--title", "Mua máy in", "--command-id", "đơn-1")
    first = office.say(*line, by=ASKER, at=f"{MONDAY}T08:10")
    again = office.say(*line, by=ASKER, at=f"{MONDAY}T08:10")
    assert (first.code, again.code) == (0, 0)
    assert first.out == again.out
    assert "lệnh này đã thực hiện rồi" in again.err
    assert len(office.told("case", "list")["cases"]) == 1


def test_a_case_is_paused_resumed_and_withdrawn_with_reasons(office: Office) -> None:
    case = opened(office)
    refused = office.say("case", "pause", case, "--reason", "Chờ", "--format", "json", by=ASKER, at=f"{MONDAY}T09:00")
    assert (refused.code, refused.json["refused"]["code"]) == (4, "MayNotPause")
    told = office.told("case", "withdraw", case, "--reason", "Không còn nhu cầu", by=ASKER, at=f"{MONDAY}T10:00")
    assert told["status"] == "withdrawn"
    assert "đã rút" in office.say("case", "show", case).out
    over = office.say(
        "case", "withdraw", case, "--reason", "Lần nữa", "--format", "json", by=ASKER, at=f"{MONDAY}T10:00"
    )
    assert over.json["refused"]["code"] == "CaseIsOver"
    assert office.say("case", "resume", case, by=ASKER, at=f"{MONDAY}T10:00").code == 4


def test_work_is_taken_and_given_back(office: Office) -> None:
    case = opened(office)
    assert filled(office, case).code == 0
    taken = office.told("case", "claim", case, by=KEEPER, at=f"{MONDAY}T09:00")
    assert taken["open_items"][0]["assignee"] == KEEPER
    other = office.say("case", "claim", case, "--format", "json", by=OTHER_KEEPER, at=f"{MONDAY}T09:01")
    assert other.json["refused"]["code"] == "AlreadyTaken"
    assert "09:00" in other.json["refused"]["message"]  # an instant as people read it, in the agency's zone
    free = office.told("case", "release", case, by=KEEPER, at=f"{MONDAY}T09:05")
    assert free["open_items"][0]["assignee"] is None


def test_letters_typed_apart_are_the_same_letters(office: Office) -> None:
    """Some keyboards send “ị” as “i” and a dot; names of fields, values and steps must still be found."""
    case = opened(office)
    values = [normalize("NFD", text) for text in ("nội dung=Máy in", "tổng tiền=12 triệu")]
    pairs = [word for value in values for word in ("--set", value)]
    assert office.say("case", "advance", case, *pairs, by=ASKER, at=f"{MONDAY}T08:30").code == 0
    line = (normalize("NFD", word) for word in ("--step", "kiểm tra", "--choose", "Hợp lệ"))
    told = office.told("case", "advance", case, *line, by=KEEPER, at=f"{MONDAY}T09:00")
    assert len(told["open_items"]) == 2


def test_a_case_that_does_not_exist_is_wrong_usage(office: Office) -> None:
    for command in (
        ("show",),
        ("pause", "--reason", "x"),
        ("resume",),
        ("advance",),
        ("claim",),
        ("return", "--reason", "x"),
    ):
        answer = office.say("case", command[0], "HS-2026-0999", *command[1:], "--format", "json", by=ASKER)
        assert (answer.code, answer.out) == (2, ""), command
        assert "HS-2026-0999" in answer.err


@pytest.mark.parametrize("status", ["open", "ended"])
def test_cases_are_listed_by_procedure_and_status(office: Office, status: str) -> None:
    case = opened(office)
    there = [one["case"] for one in office.told("case", "list", "--procedure", "QT-VP-05", "--status", status)["cases"]]
    assert there == ([case] if status == "open" else [])
    assert office.told("case", "list", "--procedure", "QT-HT-04")["cases"] == []


def test_an_unknown_status_is_told_and_not_taken_for_none(office: Office) -> None:
    answer = office.say("case", "list", "--status", "xong")
    assert (answer.code, answer.out) == (2, "")
    assert "--status: không có lựa chọn “xong”; chọn một trong: open, paused, ended, withdrawn" in answer.err


def test_a_case_is_drawn_upon_its_flowchart(office: Office, tmp_path: Path) -> None:
    case = opened(office)
    assert filled(office, case).code == 0
    answer = office.say("render", "--case", case, "-o", tmp_path / "hình", at=f"{MONDAY}T09:00")
    assert answer.out.strip() == str(tmp_path / "hình" / f"{case}.svg")
    drawn = (tmp_path / "hình" / f"{case}.svg").read_text("utf-8")
    assert "Nguyễn Mạnh Hùng" in drawn


def test_a_finished_step_is_not_finished_twice_by_the_same_command_id(office: Office) -> None:
    case = opened(office)
    assert filled(office, case).code == 0
    line = ("case", "advance", case, "--step", "kiểm tra", "--choose", "Hợp lệ", "--command-id", "xong-1")
    first = office.say(*line, by=KEEPER, at=f"{MONDAY}T09:00")
    again = office.say(*line, by=KEEPER, at=f"{MONDAY}T09:00")
    assert (first.code, again.code) == (0, 0), again.err
    assert first.out == again.out
    assert "lệnh này đã thực hiện rồi" in again.err


def test_a_step_that_is_not_open_is_told_with_those_that_are(office: Office) -> None:
    case = opened(office)
    asked = office.say("case", "advance", case, "--step", "kiểm tra", by=KEEPER, at=f"{MONDAY}T09:00")
    assert asked.code == 2
    assert asked.err.startswith(f"bước “kiểm tra” của {case} không đang mở; các bước đang mở: lập phiếu")


def test_a_case_that_is_over_says_so(office: Office) -> None:
    case = opened(office)
    assert office.say("case", "withdraw", case, "--reason", "Thôi", by=ASKER, at=f"{MONDAY}T09:00").code == 0
    asked = office.say("case", "advance", case, "--format", "json", by=ASKER, at=f"{MONDAY}T10:00")
    assert (asked.code, asked.json["refused"]["code"]) == (4, "CaseIsOver")


def test_nobody_acts_as_the_system_or_under_an_account_that_no_person_has(office: Office) -> None:
    for account in ("hệ thống", "không.ai"):
        answer = office.say("case", "open", "QT-VP-05", "--title", "Mua máy in", by=account, at=f"{MONDAY}T08:00")
        assert answer.code == 4
        assert account in answer.err


def test_every_due_instant_of_a_case_is_explained(office: Office) -> None:
    case = office.told("case", "open", "QT-VP-05", "--title", "Mua", by="hung.nm", at="2026-12-23T08:00")["case"]
    entered = ("--set", "nội dung=Máy in", "--set", "tổng tiền=12 triệu")
    office.say("case", "advance", case, *entered, by="hung.nm", at="2026-12-23T08:30")
    line = ("case", "show", case)
    plain = office.say(*line, at="2026-12-23T09:00")
    assert "quy tắc C1" not in plain.out
    shown = office.say(*line, "--explain", at="2026-12-23T09:00")
    assert "hạn 11/01/2027 17:00 (tính sẵn, chưa quyết định: 2027) · còn " in shown.out
    assert "quy tắc C1: không tính ngày xảy ra sự kiện" in shown.out
    assert "01/01/2027 (Tết Dương lịch, BLLĐ 2019 Đ.112 ngày 20/11/2019)" in shown.out
    told = office.told(*line, "--explain")
    assert told["explanation"][0]["due"] == told["due"] == "2027-01-11T17:00:00+07:00"
    assert told["explanation"][0]["undecided"] == [2027]
    assert (told["undecided"], told["open_items"][0]["undecided"]) == ([2027], [])
    assert all("explanation" in item for item in told["open_items"])
    assert "explanation" not in office.told(*line)


def test_scripts_are_told_of_work_that_is_due_by_an_undecided_calendar(office: Office) -> None:
    case = office.told("case", "open", "QT-VP-05", "--title", "Mua", by="hung.nm", at="2026-12-31T16:00")["case"]
    entered = ("--set", "nội dung=Máy in", "--set", "tổng tiền=12 triệu")
    office.say("case", "advance", case, *entered, by="hung.nm", at="2026-12-31T16:30")
    (item,) = office.told("case", "show", case)["open_items"]
    (work,) = office.told("work", by="giang.vt")["work"]
    assert item["due"].startswith("2027")
    assert item["undecided"] == work["undecided"] == [2027]


def test_a_list_of_cases_tells_what_is_left_or_over(office: Office) -> None:
    office.told("case", "open", "QT-VP-05", "--title", "Mua", by="hung.nm", at="2026-03-02T08:00")
    assert "còn " in office.say("case", "list", at="2026-03-02T08:00").out
    assert "quá hạn 1 giờ làm việc" in " ".join(office.say("case", "list", at="2026-03-19T08:30").out.split())
