"""Reviewers say what they think at the command line, and whoever approves comes past it only with a reason."""

import json
from pathlib import Path

import pytest

from tests.cli.office import ISSUED, Office


@pytest.fixture
def draft(shelf: Office, tmp_path: Path) -> Office:
    return shelf.copy(tmp_path / "Sở A")


def test_an_objection_stops_an_issue_until_it_is_accepted_with_a_reason(draft: Office) -> None:
    at = "2025-12-20T09:00"
    silent = draft.say("remark", "add", "QT-VP-05", "--disagree", by="hai.bv", at=at)
    assert (silent.code, silent.err) == (4, "từ chối: Nói rõ cần sửa gì; chỉ đồng ý mới không cần ghi ý kiến.\n")
    lost = draft.say("remark", "add", "QT-VP-05", "--step", "không có", "--text", "x", by="hai.bv", at=at)
    assert lost.code == 4
    said = ("remark", "add", "QT-VP-05", "--disagree", "--step", "khảo giá", "--text", "hai ngày là ít")
    assert draft.say(*said, by="hai.bv", at=at).out == (
        "20/12/2025 09:00 · Bùi Văn Hải không đồng ý · 3. Khảo sát giá · hai ngày là ít\n"
    )
    assert draft.say("remark", "add", "QT-VP-05", "--agree", by="dung.pt", at=at).code == 0
    told = draft.told("remark", "list", "QT-VP-05")
    assert (told["agree"], told["disagree"], len(told["remarks"])) == (1, 1, 2)
    refused = draft.say("publish", "QT-VP-05", *ISSUED)
    assert refused.code == 4
    assert "cảnh báo[QT704]: Bùi Văn Hải không đồng ý: hai ngày là ít" in refused.out + refused.err
    assert "khảo giá:" in refused.out + refused.err
    done = draft.say("publish", "QT-VP-05", *ISSUED, "--accept", "QT704=đã bàn với Kế toán")
    assert done.code == 0, done.err
    assert "QT-VP-05@3: 1 người xem xét đồng ý, 1 không đồng ý" in done.err
    record = json.loads((draft.root / "releases" / "QT-VP-05@3.json").read_text("utf-8"))["release"]
    assert {"code": "QT704", "reason": "đã bàn với Kế toán"} in record["accepted"]
    assert draft.say("publish", "QT-VP-05", *ISSUED).code == 0
    assert draft.told("remark", "list", "QT-VP-05@3")["agree"] == 1
