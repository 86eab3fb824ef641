"""The gate between a definition and an issue."""

from pathlib import Path

import pytest

from tests.cli.office import ACCEPTED, DRAFTED, ISSUED, Office


@pytest.fixture
def draft(shelf: Office, tmp_path: Path) -> Office:
    return shelf.copy(tmp_path / "Sở A")


def releases(office: Office) -> list[str]:
    return sorted(path.name for path in (office.root / "releases").glob("*.json"))


def change(office: Office, before: str, after: str) -> None:
    path = office.root / "procedures.d" / "QT-VP-05.yaml"
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def test_an_issue_is_announced_and_kept(draft: Office) -> None:
    told = draft.told("publish", "QT-VP-05", *ISSUED)
    (one,) = told["releases"]
    assert (one["procedure"], one["issue"], one["effective_from"]) == ("QT-VP-05", 3, "2026-01-01")
    assert (one["drafted_by"], one["approved_by"], one["replaces"]) == ("Lê Thị Soạn", "Giám đốc Sở A", None)
    assert releases(draft) == ["QT-VP-05@3.json"]
    assert draft.say("show", "QT-VP-05@3", "--as", "ir").json["hash"] == one["hash"]


def test_issuing_the_same_again_changes_nothing(draft: Office) -> None:
    assert draft.say("publish", "QT-VP-05", *ISSUED).out.startswith(
        "đã ban hành QT-VP-05@3, hiệu lực từ 01/01/2026  sha256:"
    )
    kept = (draft.root / "releases" / "QT-VP-05@3.json").read_bytes()
    assert draft.say("publish", "QT-VP-05", *ISSUED).code == 0
    assert (draft.root / "releases" / "QT-VP-05@3.json").read_bytes() == kept


def test_a_rehearsal_writes_nothing(draft: Office) -> None:
    answer = draft.say("publish", "QT-VP-05", "--dry-run", *ISSUED)
    assert answer.code == 3
    assert answer.out.startswith("sẽ ban hành QT-VP-05@3")
    assert releases(draft) == []


def test_other_content_under_the_same_number_is_refused(draft: Office) -> None:
    assert draft.say("publish", "QT-VP-05", *ISSUED).code == 0
    change(draft, "tên: Khảo sát giá", "tên: Khảo sát giá thị trường")
    rehearsed = draft.say("publish", "QT-VP-05", "--dry-run", *ISSUED)
    refused = draft.say("publish", "QT-VP-05", *ISSUED)
    assert (rehearsed.code, refused.code) == (4, 4)
    assert refused.err.startswith("từ chối: QT-VP-05@3 ")


def test_running_cases_stay_under_the_issue_they_were_opened_under(office: Office) -> None:
    case = office.told("case", "open", "QT-VP-05", "--title", "Mua", by="hung.nm", at="2026-03-02T08:10")["case"]
    change(office, "lần ban hành: 3", "lần ban hành: 4")
    line = (
        "publish",
        "QT-VP-05",
        "--at",
        "2026-03-03T08:00",
        "--effective",
        "04/03/2026",
        "--approved-by",
        "Giám đốc",
        *ISSUED[6:],
    )
    assert "1 hồ sơ đang chạy tiếp tục theo lần ban hành 3" in office.say(*line).err
    assert office.told("case", "show", case)["issue"] == 3
    new = office.told(
        "case", "open", "QT-VP-05", "--title", "Mua", "--again", "máy khác", by="hung.nm", at="2026-03-05T08:10"
    )
    assert new["issue"] == 4


def test_an_issue_not_yet_in_force_opens_no_case(draft: Office) -> None:
    assert draft.say("publish", "QT-VP-05", *ISSUED).code == 0
    line = ("case", "open", "QT-VP-05", "--title", "Mua", "--again", "máy khác", "--format", "json")
    early = draft.say(*line, by="hung.nm", at="2025-12-30T08:00")
    assert (early.code, early.json["refused"]["code"]) == (4, "UnknownProcedure")
    assert draft.say(*line, by="hung.nm", at="2026-01-05T08:00").code == 0


@pytest.mark.parametrize(
    ("more", "code", "sentence"),
    [
        (("--at", "2026-02-01", "--effective", "01/01/2026", "--approved-by", "Giám đốc"), 4, "từ chối: QT-VP-05@3"),
        (("--issue", "4", *ISSUED), 4, "tệp khai báo lần ban hành khác 4"),
        (("--at", "2025-12-22T09:00"), 4, "ai phê duyệt? nêu bằng --approved-by"),
    ],
)
def test_what_may_not_be_issued_is_refused(draft: Office, more: tuple[str, ...], code: int, sentence: str) -> None:
    answer = draft.say("publish", "QT-VP-05", *more, *ACCEPTED, *DRAFTED)
    assert (answer.code, answer.out) == (code, "")
    assert sentence in answer.err
    assert releases(draft) == []


def test_errors_stop_the_whole_publication(draft: Office) -> None:
    change(draft, "đến: kiểm tra", "đến: kiem tra")
    answer = draft.say("publish", "QT-TC-01", "QT-VP-05", *ISSUED)
    assert answer.code == 1
    assert "lỗi[QT201]" in answer.out
    assert "chưa ban hành gì: còn 1 lỗi" in answer.err
    assert releases(draft) == []


def test_a_warning_is_accepted_with_a_reason_that_is_kept(draft: Office) -> None:
    change(draft, "trả về lập phiếu, không quá 2 lần, dừng", "trả về lập phiếu, dừng")  # returns without a bound
    refused = draft.say("publish", "QT-VP-05", *ISSUED)
    assert refused.code == 4
    codes = {
        line.partition("[")[2].partition("]")[0] for line in refused.out.splitlines() if line.startswith("cảnh báo[")
    }
    assert codes
    accepted = [word for code in sorted(codes) for word in ("--accept", f"{code}=Đã có kế hoạch rút ngắn")]
    assert draft.say("publish", "QT-VP-05", *accepted, *ISSUED).code == 0
    assert "Đã có kế hoạch rút ngắn" in (draft.root / "releases" / "QT-VP-05@3.json").read_text("utf-8")


def test_a_release_altered_on_the_disk_stops_what_needs_it(office: Office) -> None:
    path = office.root / "releases" / "QT-VP-05@3.json"
    path.write_text(path.read_text("utf-8").replace("12 ngày làm việc", "99 ngày làm việc"), encoding="utf-8")
    answer = office.say(
        "case", "open", "QT-VP-05", "--title", "Mua", "--again", "máy khác", by="hung.nm", at="2026-03-02T08:10"
    )
    assert answer.code == 1
    assert "QT-VP-05@3" in answer.err
