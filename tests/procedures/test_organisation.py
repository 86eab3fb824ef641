from datetime import date
from pathlib import Path

import pytest

from procedures.documents import Document
from procedures.finding import Finding
from procedures.model import Holder, Role
from procedures.organisation import Organisation, OrgUnit, Person, Post, load_organisation

DAY = date(2027, 3, 1)
UNITS = """\
Sở A:
  loại: sở
  mã: H99
Văn phòng:
  loại: phòng
  thuộc: Sở A
  mã: H99.1
Phòng B:
  loại: phòng
  thuộc: Sở A
"""
PEOPLE = """\
an:
  tên: Nguyễn Văn An
  chức vụ: Chuyên viên, Phòng B
bình:
  tên: Trần Thị Bình
  chức vụ:
    - Chuyên viên, Văn phòng
    - Kế toán, Văn phòng
chi:
  tên: Lê Chi
  chức vụ:
    - vị trí: Giám đốc
      đơn vị: Sở A
      từ ngày: 01/01/2027
      đến ngày: 30/06/2027
"""


def written(folder: Path, units: str = UNITS, people: str = PEOPLE) -> Path:
    (folder / "đơn vị.yaml").write_text(units, "utf-8")
    (folder / "người dùng.yaml").write_text(people, "utf-8")
    return folder


@pytest.fixture
def agency(tmp_path: Path) -> Organisation:
    organisation, findings = load_organisation(written(tmp_path))
    assert findings == []
    return organisation


def role(**holder: object) -> Role:
    return Role(name="vai", holders=(Holder.model_validate(holder),), text="")


def held(agency: Organisation, wanted: Role, on: date = DAY, opener: str | None = "an") -> list[str]:
    unit = agency.units_of(opener, on)[0] if opener else None
    people = agency.holders(wanted, opener=opener, opener_unit=unit, owner_unit="Văn phòng", on=on)
    return [person.id for person in people]


def test_units_and_people_are_read(agency: Organisation) -> None:
    assert agency.unit("Văn phòng") == OrgUnit("Văn phòng", "phòng", "Sở A", "H99.1")
    assert agency.parent("Văn phòng") == agency.unit("Sở A")
    assert agency.parent("Sở A") is None
    assert agency.person("an") == Person("an", "Nguyễn Văn An", (Post("Chuyên viên", "Phòng B"),))
    assert agency.person("chi").posts[0].until == date(2027, 6, 30)


def test_a_position_without_a_unit_is_held_wherever_it_exists(agency: Organisation) -> None:
    assert held(agency, role(position="Chuyên viên")) == ["an", "bình"]


def test_a_position_in_a_unit_is_held_there_only(agency: Organisation) -> None:
    assert held(agency, role(position="Chuyên viên", unit="Văn phòng")) == ["bình"]
    assert held(agency, role(position="Chuyên viên", unit="Sở A")) == []


def test_units_told_by_the_case_are_looked_up(agency: Organisation) -> None:
    assert held(agency, role(position="Chuyên viên", relative="opener_unit")) == ["an"]
    assert held(agency, role(position="Giám đốc", relative="parent_of_opener_unit")) == ["chi"]
    assert held(agency, role(position="Kế toán", relative="owner_unit")) == ["bình"]


def test_above_the_top_there_is_nobody(agency: Organisation) -> None:
    assert held(agency, role(position="Giám đốc", relative="parent_of_opener_unit"), opener="chi") == []


def test_the_opener_is_the_very_person(agency: Organisation) -> None:
    assert held(agency, role(opener=True)) == ["an"]
    assert held(agency, role(opener=True), opener=None) == []


def test_without_an_opener_nobody_is_found_by_their_unit(agency: Organisation) -> None:
    assert held(agency, role(position="Chuyên viên", relative="opener_unit"), opener=None) == []


def test_alternatives_are_joined_and_nobody_comes_twice(agency: Organisation) -> None:
    either = Role(name="vai", text="", holders=(Holder(position="Kế toán"), Holder(position="Chuyên viên")))
    assert held(agency, either) == ["an", "bình"]


@pytest.mark.parametrize(
    ("on", "holders"),
    [
        (date(2026, 12, 31), []),
        (date(2027, 1, 1), ["chi"]),
        (date(2027, 6, 30), ["chi"]),
        (date(2027, 7, 1), []),
    ],
)
def test_a_post_is_held_from_its_first_to_its_last_day(agency: Organisation, on: date, holders: list[str]) -> None:
    assert held(agency, role(position="Giám đốc", unit="Sở A"), on) == holders
    assert agency.units_of("chi", on) == (("Sở A",) if holders else ())


def test_unknown_people_and_units_are_told(agency: Organisation) -> None:
    with pytest.raises(KeyError):
        agency.unit("Phòng X")
    with pytest.raises(KeyError):
        agency.person("không ai")
    assert agency.units_of("không ai", DAY) == ()


def told(findings: list[Finding]) -> list[tuple[str, str, int, int]]:
    return [(f.code, f.span.file.rpartition("/")[2], f.span.line, f.span.column) for f in findings]


@pytest.mark.parametrize(
    ("units", "people", "code", "file", "line", "column"),
    [
        (UNITS.replace("thuộc: Sở A\n  mã", "thuộc: So A\n  mã"), PEOPLE, "QT206", "đơn vị.yaml", 6, 10),
        (UNITS, PEOPLE.replace("Phòng B", "Phòng X"), "QT206", "người dùng.yaml", 3, 25),
        (UNITS.replace("loại: sở", "thuộc: Văn phòng"), PEOPLE, "QT530", "đơn vị.yaml", 2, 10),
        (UNITS.replace("H99.1", "H99"), PEOPLE, "QT531", "đơn vị.yaml", 7, 7),
        (UNITS, PEOPLE.replace("30/06/2027", "30/06/2026"), "QT532", "người dùng.yaml", 15, 7),
        (UNITS, PEOPLE.replace("30/06/2027", "hè này"), "QT111", "người dùng.yaml", 15, 17),
        (UNITS, PEOPLE.replace("Chuyên viên, Phòng B", "Chuyên viên"), "QT128", "người dùng.yaml", 3, 12),
        (UNITS.replace("loại: sở", "loai: sở"), PEOPLE, "QT101", "đơn vị.yaml", 2, 3),
        (UNITS, PEOPLE.replace("  tên: Lê Chi\n", ""), "QT104", "người dùng.yaml", 9, 1),
        (UNITS + "Sở A:\n  loại: sở\n", "", "QT004", "đơn vị.yaml", 11, 1),
        ("- Sở A\n", "", "QT102", "đơn vị.yaml", 1, 1),
    ],
)
def test_a_fault_in_the_files_is_reported_at_its_place(
    tmp_path: Path, units: str, people: str, code: str, file: str, line: int, column: int
) -> None:
    _, findings = load_organisation(written(tmp_path, units, people or "an:\n  tên: An\n"))
    assert told(findings) == [(code, file, line, column)]


def test_a_missing_file_is_reported(tmp_path: Path) -> None:
    organisation, findings = load_organisation(tmp_path / "không có")
    assert organisation == Organisation()
    assert [finding.code for finding in findings] == ["QT533", "QT533"]


def test_files_with_decomposed_names_are_found(tmp_path: Path) -> None:
    import unicodedata

    for name, text in (("đơn vị.yaml", UNITS), ("người dùng.yaml", PEOPLE)):
        (tmp_path / unicodedata.normalize("NFD", name)).write_text(text, "utf-8")
    organisation, findings = load_organisation(tmp_path)
    assert findings == []
    assert len(organisation.units) == len(organisation.people) == 3


def test_former_names_are_read_with_their_last_days(tmp_path: Path) -> None:
    people = (
        "an:\n  tên: Lê An\n  tên trước: { 30/04/2026: Vũ An, 01/02/2020: An }\n  chức vụ: [Chuyên viên, Phòng B]\n"
    )
    organisation, findings = load_organisation(written(tmp_path, people=people.replace("[", "['").replace("]", "']")))
    assert findings == []
    an = organisation.person("an")
    assert [an.name_on(date(year, 2, 1)) for year in (2020, 2021, 2027)] == ["An", "Vũ An", "Lê An"]
    organisation, findings = load_organisation(written(tmp_path, people=people.replace("30/04/2026", "hè")))
    assert ("QT111", "người dùng.yaml", 3, 16) in told(findings)


def test_english_keys_are_understood(tmp_path: Path) -> None:
    units = UNITS.replace("loại:", "kind:").replace("thuộc:", "parent:").replace("mã:", "code:")
    people = "an:\n  name: An\n  posts: [{position: Chuyên viên, unit: Phòng B}]\n"
    organisation, findings = load_organisation(written(tmp_path, units, people))
    assert findings == []
    assert organisation.parent("Phòng B") == organisation.unit("Sở A")


DOCUMENTS = """\
30/2020/NĐ-CP: Nghị định về công tác văn thư
61/2018/NĐ-CP:
  tên: Nghị định về cơ chế một cửa
  hiệu lực từ: 21/06/2018
  hết hiệu lực từ: 01/07/2025
  thay bằng: 118/2025/NĐ-CP
118/2025/NĐ-CP: Nghị định về cơ chế một cửa, một cửa liên thông
"""


def registered(folder: Path, documents: str) -> tuple[Organisation, list[str]]:
    (written(folder) / "văn bản.yaml").write_text(documents, "utf-8")
    organisation, findings = load_organisation(folder)
    return organisation, [finding.code for finding in findings]


def test_an_agency_may_keep_a_register_of_documents(agency: Organisation, tmp_path: Path) -> None:
    assert agency.documents is None
    organisation, faults = registered(tmp_path, DOCUMENTS)
    assert faults == []
    assert organisation.documents == (
        Document("30/2020/NĐ-CP", "Nghị định về công tác văn thư"),
        Document("61/2018/NĐ-CP", "Nghị định về cơ chế một cửa", date(2018, 6, 21), date(2025, 7, 1), "118/2025/NĐ-CP"),
        Document("118/2025/NĐ-CP", "Nghị định về cơ chế một cửa, một cửa liên thông"),
    )


def test_faults_of_the_register_are_told(tmp_path: Path) -> None:
    assert registered(tmp_path, DOCUMENTS.replace("01/07/2025", "01/07/2015"))[1] == ["QT541"]
    assert registered(tmp_path, DOCUMENTS.replace("thay bằng: 118", "thay bằng: 119"))[1] == ["QT542"]
    assert registered(tmp_path, DOCUMENTS.replace("hết hiệu lực từ", "het hieu luc tu"))[1] == ["QT101"]
    assert registered(tmp_path, "1/2020/NĐ-CP:\n  hiệu lực từ: 01/01/2020\n")[1] == ["QT104"]
