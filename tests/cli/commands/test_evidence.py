"""The evidence of a case, packed by its keeper and checked by whoever has the file."""

from pathlib import Path

from tests.cli.commands.test_cases import filled, opened
from tests.cli.office import Office, said


def test_evidence_is_packed_and_checked_where_no_agency_is(office: Office, tmp_path: Path) -> None:
    case = opened(office)
    assert filled(office, case).code == 0
    out = tmp_path / "chứng cứ.zip"
    packed = office.say("case", "evidence", case, "--out", out)
    assert (packed.code, packed.out) == (0, f"{out}\n")
    checked = said("-C", tmp_path, "audit", "verify-pack", out)
    assert (checked.code, checked.err) == (0, f"5 sự kiện của {case} đúng như lúc ghi\n")
    assert checked.out == office.say("audit", "key").out
    told = said("audit", "verify-pack", out, "--key", "0" * 64, "--format", "json", "--lang", "en")
    assert told.code == 1
    assert told.json["faults"] == [f"the evidence was signed by another key: {checked.out.strip()}"]
    assert said("audit", "verify-pack", tmp_path / "nothing.zip").code == 2


def test_of_a_case_that_is_not_there_nothing_is_packed(office: Office, tmp_path: Path) -> None:
    assert office.say("case", "evidence", "HS-2026-0099", "--out", tmp_path / "x.zip").code == 2
    assert not (tmp_path / "x.zip").exists()
