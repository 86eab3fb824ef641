"""Issues compared in words, procedures ended, cases moved: as an official types it."""

from pathlib import Path

import pytest

from tests.cli.office import ACCEPTED, ISSUED, Office

NEXT = ("--at", "2026-03-03T08:00", "--effective", "04/03/2026", "--approved-by", "Giám đốc Sở A", *ISSUED[6:])
AT = "2026-03-05T08:10"


def change(office: Office, *pairs: tuple[str, str], code: str = "QT-VP-05") -> None:
    path = office.root / "procedures.d" / f"{code}.yaml"
    text = path.read_text("utf-8")
    for before, after in pairs:
        assert before in text
        text = text.replace(before, after)
    path.write_text(text, encoding="utf-8")


RAISED = ("lần ban hành: 3", "lần ban hành: 4")
THRESHOLD = ("trên 50 triệu", "trên 30 triệu")
RENAMED = (
    ("  xem xét:\n    tên: Chánh Văn phòng", "  soát xét:\n    tên cũ: xem xét\n    tên: Chánh Văn phòng"),
    ("đến: xem xét", "đến: soát xét"),
    ("& thẩm định nguồn > xem xét", "& thẩm định nguồn > soát xét"),
)  # fmt: skip
SILENT = (
    ("  xem xét:\n    tên: Chánh Văn phòng", "  soát xét:\n    tên: Chánh Văn phòng"),
    *RENAMED[1:],
)


def opened(office: Office) -> str:
    return str(
        office.told(
            "case", "open", "QT-VP-05", "--title", "Mua", "--again", "máy khác", by="hung.nm", at="2026-03-02T08:10"
        )["case"]
    )


def test_a_draft_is_compared_with_its_last_issue_in_words_with_lines(office: Office) -> None:
    change(office, THRESHOLD, *RENAMED)
    answer = office.say("diff", "QT-VP-05")
    assert answer.code == 0
    assert answer.out.splitlines()[0] == "QT-VP-05: lần ban hành 3 → bản đang soạn"
    assert "  = tên bước “xem xét” đổi thành “soát xét” (khai báo bằng “tên cũ”)  (dòng " in answer.out
    assert "ngưỡng ở “Đồng ý” tổng tiền trên 50 triệu → tổng tiền trên 30 triệu  (dòng " in answer.out
    assert len(answer.out.splitlines()) == 3


def test_the_exit_code_tells_a_difference_when_asked(office: Office) -> None:
    same = office.say("diff", "QT-VP-05@3", "QT-VP-05", "--exit-code")
    assert (same.code, "không có gì khác nhau" in same.out) == (0, True)
    change(office, THRESHOLD)
    assert office.say("diff", "QT-VP-05@3", "QT-VP-05", "--exit-code").code == 3
    assert office.say("diff", "QT-VP-05@3", "QT-VP-05").code == 0


def test_a_difference_is_a_table_and_json_and_a_picture(office: Office, tmp_path: Path) -> None:
    change(office, THRESHOLD)
    assert "ngưỡng ở “Đồng ý”" in office.say("diff", "QT-VP-05", "--as", "table").out
    (one,) = office.told("diff", "QT-VP-05")["changes"]
    assert (one["sign"], one["kind"], one["step"]) == ("~", "threshold", "xem xét")
    assert one["message"]["en"].endswith("above 50 million → tổng tiền above 30 million")
    picture = tmp_path / "a.svg"
    assert office.say("diff", "QT-VP-05", "--as", "svg", "-o", picture).code == 0
    assert "~ sửa" in picture.read_text("utf-8")


def test_a_rename_that_nothing_declares_is_asked_about(office: Office) -> None:
    change(office, *SILENT)
    assert "? có phải “xem xét” đổi tên thành “soát xét”?" in office.say("diff", "QT-VP-05").out


def test_what_a_draft_means_for_running_cases_is_told(office: Office) -> None:
    opened(office)
    change(office, THRESHOLD)
    out = office.say("diff", "QT-VP-05", "--against-cases").out
    assert "Ảnh hưởng: 1 hồ sơ đang chạy." in out
    assert "Có thể chuyển an toàn: 1; không chuyển được: 0" in out


def test_a_case_is_moved_with_a_reason_and_its_timeline_says_so(office: Office) -> None:
    case = opened(office)
    change(office, THRESHOLD, RAISED, *RENAMED)
    published = office.say("publish", "QT-VP-05", *NEXT)
    assert published.code == 0, published.err + published.out
    assert "1 hồ sơ đang chạy tiếp tục theo lần ban hành 3" in published.err
    plan = office.say("case", "migrate", "--plan", "--procedure", "QT-VP-05", at=AT)
    assert (plan.code, "1/1 hồ sơ chuyển được" in plan.err) == (0, True)
    assert office.told("case", "show", case)["issue"] == 3
    told = office.told("case", "migrate", case, "--to", "4", "--reason", "theo quy trình mới", by="hung.nm", at=AT)
    assert (told["issue"], told["open_items"][0]["item"]) == (4, 1)
    assert "chuyển hồ sơ sang lần ban hành 4: theo quy trình mới" in office.say("case", "show", case).out
    assert office.say("audit", "verify").code == 0


def test_a_case_that_cannot_be_moved_is_told_why(office: Office) -> None:
    case = opened(office)
    change(office, RAISED, ("nhập: [", "khác người: mua sắm\n    nhập: ["))
    assert office.say("publish", "QT-VP-05", *NEXT).code == 0
    refused = office.say("case", "migrate", case, "--reason", "x", by="hung.nm", at=AT)
    assert refused.code == 4
    assert "đã bắt đầu và đã bị sửa (khác người với)" in refused.err
    plan = office.told("case", "migrate", case, "--plan", at=AT)
    assert [one["movable"] for one in plan["cases"]] == [False]


@pytest.mark.parametrize(
    ("line", "code", "sentence"),
    [
        (("case", "migrate", "--plan"), 2, "của quy trình nào?"),
        (("case", "migrate"), 2, "hồ sơ nào?"),
        (("case", "migrate", "--plan", "--procedure", "QT-XX"), 2, "QT-XX"),
        (("case", "migrate", "HS-2026-0001", "--to", "3", "--reason", "x"), 4, "đang theo lần ban hành 3"),
        (("case", "migrate", "HS-2026-0001", "--to", "7", "--reason", "x"), 4, "không có lần ban hành 7"),
        (("diff", "QT-XX"), 2, "QT-XX"),
        (("abolish", "QT-XX", "--from", "01/04/2026", "--reason", "x", "--approved-by", "A"), 2, "QT-XX"),
        (("abolish", "QT-VP-05", "--from", "01/01/2026", "--reason", "x", "--approved-by", "A"), 4, "01/01/2026"),
    ],
)
def test_what_cannot_be_done_is_said(office: Office, line: tuple[str, ...], code: int, sentence: str) -> None:
    opened(office)
    answer = office.say(*line, by="hung.nm", at=AT)
    assert answer.code == code, answer.err
    assert sentence in answer.err


def test_an_abolished_procedure_opens_no_case_and_its_cases_go_on(office: Office) -> None:
    case = opened(office)
    line = ("abolish", "QT-VP-05", "--from", "01/04/2026", "--reason", "sáp nhập đơn vị", "--approved-by", "Giám đốc")
    answer = office.say(*line, at=AT)
    assert (answer.code, "1 hồ sơ đang chạy" in answer.err) == (0, True)
    opening = ("case", "open", "QT-VP-05", "--title", "Mua", "--again", "máy khác")
    assert office.say(*opening, by="hung.nm", at="2026-03-31T08:10").code == 0
    refused = office.say(*opening, by="hung.nm", at="2026-04-01T08:10")
    assert (refused.code, "đã bị bãi bỏ từ ngày 01/04/2026: sáp nhập đơn vị" in refused.err) == (4, True)
    more = ("--set", "nội dung=Máy in", "--set", "tổng tiền=12 triệu", "--set", "nguồn kinh phí=Chi thường xuyên")
    assert office.say("case", "advance", case, *more, by="hung.nm", at="2026-04-01T08:10").code == 0
    change(office, RAISED)
    again = office.say("publish", "QT-VP-05", "--at", "2026-04-02T08:00", "--effective", "03/04/2026", *NEXT[4:])
    assert (again.code, "đã bị bãi bỏ" in again.err) == (4, True)


def test_one_person_does_not_draft_and_approve(office: Office) -> None:
    change(office, RAISED)
    line = ("publish", "QT-VP-05", "--at", "2026-03-03T08:00", "--effective", "04/03/2026", *ACCEPTED)
    assert office.say(*line, "--approved-by", "Giám đốc").code == 4
    same = office.say(*line, "--drafted-by", "hung.nm", "--approved-by", "Nguyễn Mạnh Hùng")
    assert office.say(*line, "--drafted-by", "hung.nm", "--approved-by", "HUNG.NM").code == 4
    assert "ai soạn thảo?" in office.say(*line, "--approved-by", "Giám đốc").err
    assert office.say(*line, "--approved-by", "Giám đốc", by="hung.nm").code == 0
    assert same.code == 4, same.err
    kept = (office.root / "releases" / "QT-VP-05@4.json").read_text("utf-8")
    assert '"drafted_by": "hung.nm"' in kept


def test_an_administrative_procedure_is_issued_with_its_appraisal(office: Office) -> None:
    refused = office.say("publish", "QT-KHCN-01", *ISSUED)
    assert (refused.code, "phải có văn bản thẩm định" in refused.err) == (4, True), refused.out
    line = ("publish", "QT-KHCN-01", *ISSUED, "--appraisal")
    assert office.say(*line, "12/TĐ-VP").code == 2
    assert "sau ngày ban hành" in office.say(*line, "12/TĐ-VP, 05/01/2027, Văn phòng").err
    assert office.say(*line, "12/TĐ-VP, 05/12/2025, Văn phòng").code == 0
    assert '"number": "12/TĐ-VP"' in (office.root / "releases" / "QT-KHCN-01@1.json").read_text("utf-8")


def test_a_step_with_running_cases_is_not_renamed_in_silence(office: Office) -> None:
    case = opened(office)
    step = "  lập phiếu:\n"
    change(office, RAISED, (step, "  viết phiếu:\n"), ("trả về lập phiếu", "trả về viết phiếu"))
    change(office, ("đi qua: lập phiếu", "đi qua: viết phiếu"), ("khác người: lập phiếu", "khác người: viết phiếu"))
    refused = office.say("publish", "QT-VP-05", *NEXT)
    assert refused.code == 1, refused.err
    assert "QT702" in refused.out
    assert "1 hồ sơ đang chạy mất chỗ đứng" in refused.out
    change(office, ("  viết phiếu:\n", "  viết phiếu:\n    tên cũ: lập phiếu\n"))
    assert office.say("publish", "QT-VP-05", *NEXT).code == 0
    assert office.told("case", "migrate", case, "--reason", "đổi tên", by="hung.nm", at=AT)["issue"] == 4
    shown = office.say("case", "show", case)
    assert (shown.code, "Lập phiếu đề nghị" in shown.out) == (0, True), shown.err


def test_what_is_replaced_ends_with_the_day_of_the_new_one(office: Office) -> None:
    opened(office)
    line = ("publish", "QT-TC-01", *NEXT, "--replaces", "QT-VP-05")
    answer = office.say(*line)
    assert answer.code == 0, answer.err + answer.out
    assert "1 hồ sơ đang chạy tiếp tục theo lần ban hành 3" in answer.err
    refused = office.say(
        "case", "open", "QT-VP-05", "--title", "Mua", "--again", "máy khác", by="hung.nm", at="2026-03-05T08:10"
    )
    assert "được thay thế bằng QT-TC-01" in refused.err
