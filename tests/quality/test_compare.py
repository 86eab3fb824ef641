"""One changed event changes the pack, and the comparison says which figure."""

import json
from pathlib import Path

import pytest

from quality.compare import compare
from quality.periods import parse
from quality.review import ReviewPack, review_pack, to_json
from tests.quality.agency import ZONE, Agency, agency, at, declared

MARCH = parse("2026-03", ZONE)
CUT_OFF = at(31, 17)


def lived(path: Path, approved: int = 20) -> Agency:
    office = agency(declared(), path=path)
    for number in range(3):
        office.open(at(2 + number))
    for number in range(2):
        case = f"HS-2026-{number + 1:04}"
        office.finish(case, 1, "an", at(5))
        office.finish(case, 2, "binh", at(6), "Đủ")
        office.finish(case, 3, "chi", at(approved if number else 9), "Đồng ý")
    return office


def pack(office: Agency) -> ReviewPack:
    return review_pack(office, MARCH, CUT_OFF)


def test_a_pack_is_the_same_as_itself_built_again(tmp_path: Path) -> None:
    office = lived(tmp_path / "a.db")
    one, other = pack(office), pack(office)
    assert to_json(one) == to_json(other)
    assert compare(to_json(one), to_json(other)) == []


def test_one_changed_event_changes_the_hash_and_names_the_figures(tmp_path: Path) -> None:
    one, other = pack(lived(tmp_path / "a.db")), pack(lived(tmp_path / "b.db", approved=6))
    assert one.digest != other.digest
    found = compare(to_json(one), to_json(other))
    named = [difference for difference in found if "case.on_time" in difference.what]
    assert named
    assert any(difference.section == "c3" for difference in named)
    [rate] = [difference for difference in named if difference.section == "c3"]
    assert rate.before.startswith("0 / 2")
    assert rate.after.startswith("0.5 / 2")
    assert [one.what for one in found if not one.section] == ["HS-2026-0002"]


def test_what_is_no_pack_is_refused() -> None:
    for text in ("[]", "{}", "x"):
        with pytest.raises(ValueError):
            compare(text, json.dumps({"inputs": [], "evidence": []}))
