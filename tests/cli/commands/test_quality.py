"""What the quality system makes of late work, seen from the command line."""

import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.cli.commands.test_cases import ASKER, KEEPER, MONDAY, filled, opened
from tests.cli.office import Office

#: The check of the request is due on Tuesday 3 March at 08:30, the whole case on Wednesday 18 March at 17:00.
BEFORE, AFTER = "2026-03-18T17:00", "2026-03-19T08:00"


@pytest.fixture
def late(office: Office) -> Office:
    """A folder with one case that nobody worked on after it was filled in."""
    assert filled(office, opened(office)).code == 0
    return office


def test_a_late_case_is_recorded_once(late: Office) -> None:
    in_time = late.told("sweep", at=f"{MONDAY}T17:00")
    assert (in_time["late_steps"], in_time["late_cases"], in_time["candidates"]) == (0, 0, 0)
    step_late = late.told("sweep", at=BEFORE)
    assert (step_late["late_steps"], step_late["late_cases"]) == (1, 0)
    case_late = late.told("sweep", at=AFTER)
    assert (case_late["late_steps"], case_late["late_cases"], case_late["candidates"]) == (0, 1, 1)
    again = late.told("sweep", at=AFTER)
    assert (again["late_steps"], again["late_cases"], again["candidates"]) == (0, 0, 0)


def test_the_sweep_says_what_is_new_in_words(late: Office) -> None:
    assert late.say("sweep", at=AFTER).out == (
        "mới ghi nhận: 1 bước chậm tiến độ, 1 hồ sơ quá hạn, 1 sự không phù hợp cần xem xét\n"
    )


def test_a_nonconformity_carries_its_evidence(late: Office) -> None:
    assert late.say("sweep", at=AFTER).code == 0
    (one,) = late.told("nc", "list", at=AFTER)["nonconformities"]
    assert (one["id"], one["closed_at"]) == ("KPH-2026-0001", None)
    assert "HS-2026-0001" in one["title"]
    shown = late.told("nc", "show", "KPH-2026-0001", at=AFTER)
    assert "HS-2026-0001" in json.dumps(shown["values"], ensure_ascii=False)
    words = late.say("nc", "show", "KPH-2026-0001", at=AFTER).out
    assert words.startswith("KPH-2026-0001  ")
    assert "18/03/2026 17:00" in words  # the due instant that was missed
    assert "KPH-2026-0001" in late.say("nc", "list", at=AFTER).out


def test_a_nonconformity_is_opened_by_hand_by_those_who_may(office: Office) -> None:
    line = ("nc", "open", "--title", "Phản ánh của công dân", "--format", "json")
    refused = office.say(*line, by="hien.nt", at=f"{MONDAY}T09:00")
    assert (refused.code, refused.json["refused"]["code"]) == (4, "NotYoursToOpen")
    assert office.say(*line, by="khanh.pv", at=f"{MONDAY}T09:00").case == "KPH-2026-0001"
    (one,) = office.told("nc", "list")["nonconformities"]
    assert (one["id"], one["title"]) == ("KPH-2026-0001", "Phản ánh của công dân")


def test_every_figure_names_its_cases(late: Office) -> None:
    figures = late.told("metrics", "QT-VP-05", "--period", "2026-03", at=AFTER)["figures"]
    received = next(one for one in figures if one["key"] == "case.received")
    assert received["count"] == 1
    assert received["cases"] == ["HS-2026-0001"]


@pytest.mark.parametrize(("by", "word"), [("ho-so", "QT-VP-05"), ("buoc", "lập phiếu"), ("don-vi", "chỉ tiêu")])
def test_figures_are_grouped_as_asked(late: Office, by: str, word: str) -> None:
    answer = late.say("metrics", "--by", by, "--period", "2026", at=AFTER)
    assert answer.code == 0
    assert word in answer.out + answer.err or by == "don-vi"


def test_the_pack_of_a_review_is_written_and_the_same_when_written_again(late: Office, tmp_path: Path) -> None:
    assert late.say("sweep", at=AFTER).code == 0
    packs = []
    for folder in (tmp_path / "họp một", tmp_path / "họp hai"):
        line = ("review", "pack", "--period", "2026", "--cut-off", "2026-03-31T17:00", "-o", folder)
        files = [Path(name) for name in late.told(*line, at="2026-04-02T08:00")["files"]]
        assert {path.suffix for path in files} == {".docx", ".html", ".json"}
        packs.append([path.read_bytes() for path in files])
        with ZipFile(next(path for path in files if path.suffix == ".docx")) as parts:
            assert "QT-VP-05" in parts.read("word/document.xml").decode()
    assert packs[0] == packs[1]


def test_work_tells_late_steps_from_late_cases(late: Office) -> None:
    late_step, late_case = (late.say("work", "--of", KEEPER, at=at).out for at in (f"{MONDAY}T18:00", AFTER))
    assert "còn 1 giờ làm việc" in late_step
    assert "chậm tiến độ" in late.say("work", "--of", KEEPER, at=BEFORE).out
    assert "hồ sơ quá hạn" in " ".join(late_case.split())
    assert late.told("work", "--of", ASKER, at=AFTER)["work"] == []
    assert late.told("work", "--overdue", at=f"{MONDAY}T18:00")["work"] == []
    (one,) = late.told("work", "--overdue", at=AFTER)["work"]
    assert (one["case"], one["step"], one["case_due"]) == ("HS-2026-0001", "kiểm tra", "2026-03-18T17:00:00+07:00")


def test_a_case_at_exactly_its_due_minute_is_in_time(late: Office) -> None:
    """The step was due at 08:30 on Tuesday: at 08:30 it is in time, a minute later it is not."""
    (one,) = late.told("work", at=f"{MONDAY}T18:00")["work"]
    assert one["due"] == "2026-03-03T08:30:00+07:00"
    assert late.told("work", "--overdue", at="2026-03-03T08:30")["work"] == []
    assert len(late.told("work", "--overdue", at="2026-03-03T08:31")["work"]) == 1
