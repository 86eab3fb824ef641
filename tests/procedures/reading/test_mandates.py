"""The file of mandates: what it says, and each fault at its place."""

from datetime import date
from pathlib import Path

import pytest

from procedures.model import Kind
from procedures.organisation import Mandate, Organisation, OrgUnit, Post, load_organisation
from tests.procedures.test_organisation import PEOPLE, UNITS, told, written

MANDATE = """\
QĐ 5/QĐ-SA:
  hình thức: thừa ủy quyền
  thay cho: chi
  người thay: bình
  chức vụ: Giám đốc, Sở A
  từ ngày: 01/02/2027
  đến ngày: 31/03/2027
  quy trình: [QT-01, QT-02]
  loại quy trình: công việc nội bộ
  các bước: phê duyệt
"""


def agency(folder: Path, mandates: str = MANDATE, units: str = UNITS, people: str = PEOPLE) -> Organisation:
    (folder / "ủy quyền.yaml").write_text(mandates, "utf-8")
    organisation, findings = load_organisation(written(folder, units, people))
    assert findings == [], [str(one.message) for one in findings]
    return organisation


def test_a_mandate_is_read_whole(tmp_path: Path) -> None:
    assert agency(tmp_path).mandates == (
        Mandate(
            "QĐ 5/QĐ-SA",
            "delegation",
            "chi",
            "bình",
            (Post("Giám đốc", "Sở A"),),
            date(2027, 2, 1),
            date(2027, 3, 31),
            ("QT-01", "QT-02"),
            (Kind.INTERNAL_WORK,),
            ("phê duyệt",),
        ),
    )


@pytest.mark.parametrize(
    ("procedure", "kind", "step", "covered"),
    [
        ("QT-01", Kind.INTERNAL_WORK, "phê duyệt", True),
        ("QT-03", Kind.INTERNAL_WORK, "phê duyệt", False),
        ("QT-01", Kind.SERVICE, "phê duyệt", False),
        ("QT-01", Kind.INTERNAL_WORK, "ký", False),
        ("QT-01", Kind.INTERNAL_WORK, None, False),
    ],
)
def test_a_mandate_covers_what_lies_within_all_that_narrows_it(
    tmp_path: Path, procedure: str, kind: Kind, step: str | None, *, covered: bool
) -> None:
    assert agency(tmp_path).mandates[0].covers(procedure, kind, step) is covered


@pytest.mark.parametrize(
    ("was", "now", "code", "line", "column"),
    [
        ("thay cho: chi", "thay cho: chị", "QT538", 3, 13),
        ("người thay: bình", "người thay: chi", "QT537", 4, 3),
        ("Giám đốc, Sở A", "Kế toán, Văn phòng", "QT535", 5, 3),
        ("Giám đốc, Sở A", "Giám đốc, Sở X", "QT206", 5, 22),
        ("  đến ngày: 31/03/2027\n", "", "QT536", 1, 1),
        ("đến ngày: 31/03/2027", "đến ngày: 31/01/2027", "QT532", 7, 3),
        ("từ ngày: 01/02/2027", "từ ngày: 01/07/2027", "QT532", 7, 3),
        ("thừa ủy quyền", "ủy quyền", "QT115", 2, 14),
        ("công việc nội bộ", "việc riêng", "QT115", 9, 19),
        ("  người thay: bình\n", "", "QT104", 1, 1),
    ],
)
def test_a_fault_is_told_at_its_place(tmp_path: Path, was: str, now: str, code: str, line: int, column: int) -> None:
    assert was in MANDATE
    (tmp_path / "ủy quyền.yaml").write_text(MANDATE.replace(was, now), "utf-8")
    _, findings = load_organisation(written(tmp_path))
    assert (code, "ủy quyền.yaml", line, column) in told(findings)


def test_what_was_delegated_cannot_be_delegated_again(tmp_path: Path) -> None:
    again = MANDATE.replace("QĐ 5", "QĐ 6").replace("thay cho: chi", "thay cho: bình").replace("thay: bình", "thay: an")
    (tmp_path / "ủy quyền.yaml").write_text(MANDATE + again, "utf-8")
    _, findings = load_organisation(written(tmp_path))
    assert [(one.code, one.span.line) for one in findings] == [("QT535", 15)]


def test_a_substitution_may_last_until_it_is_ended_and_concern_all_posts(tmp_path: Path) -> None:
    text = "QĐ 7:\n  hình thức: thay thế\n  thay cho: an\n  người thay: bình\n  từ ngày: 01/02/2027\n"
    made = agency(tmp_path, text)
    on = date(2028, 1, 1)
    assert {one.post for one in made.capacities("bình", on) if one.principal == "an"} == {
        "Chuyên viên@Phòng B",
        "person:an",
    }
    assert made.away("an", "Chuyên viên@Phòng B", on)
    assert not made.away("an", "Chuyên viên@Phòng B", date(2027, 1, 31))


def test_two_accounts_of_one_person_are_one(tmp_path: Path) -> None:
    twin = PEOPLE + "an.2:\n  tên: Nguyễn Văn An\n  cũng là: an\n  chức vụ: Kế toán, Văn phòng\n"
    made = agency(tmp_path, MANDATE, people=twin)
    assert [made.identity(one) for one in ("an", "an.2", "bình", "không ai")] == ["an", "an", "bình", "không ai"]
    further = twin + "an.3:\n  tên: An\n  cũng là: an.2\n"
    _, findings = load_organisation(written(tmp_path, people=further))
    assert [one.code for one in findings] == ["QT538"]


def test_units_end_are_followed_and_headed(tmp_path: Path) -> None:
    units = UNITS.replace("Phòng B:\n", "Phòng C:\n  thuộc: Sở A\n  người đứng đầu: Trưởng phòng\nPhòng B:\n")
    units += "  đến ngày: 30/06/2027\n  nhập vào: Phòng C\n  quyết định: QĐ 9/QĐ-SA\n"
    units = units.replace("  loại: sở\n", "  loại: sở\n  người đứng đầu: [Giám đốc]\n")
    people = PEOPLE.replace("Kế toán, Văn phòng", "Trưởng phòng, Phòng C")
    made = agency(tmp_path, MANDATE, units, people)
    assert made.unit("Phòng B") == OrgUnit(
        "Phòng B", "phòng", "Sở A", until=date(2027, 6, 30), successor="Phòng C", decision="QĐ 9/QĐ-SA"
    )
    last, after = date(2027, 6, 30), date(2027, 7, 1)
    assert (made.standing("Phòng B", last), made.standing("Phòng B", after)) == ("Phòng B", "Phòng C")
    assert [one.account for one in made.heads("Phòng C", last)] == ["bình", "chi"]
    assert [one.account for one in made.heads("Phòng C", after)] == ["bình"]  # chi is director to the end of June
    assert [one.account for one in made.candidates("Chuyên viên@Phòng B", last)] == ["an"]
    assert made.candidates("Chuyên viên@Phòng B", after) == ()
