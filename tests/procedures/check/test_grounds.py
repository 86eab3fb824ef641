"""Legal grounds: named so that they can be looked up, in the register, and in force."""

from datetime import date

from procedures.check import check
from procedures.documents import Document
from procedures.finding import Finding, Severity, Span
from procedures.organisation import Organisation, OrgUnit
from procedures.places import Places
from tests.procedures.building import purchase

REGISTER = (
    Document("30/2020/NĐ-CP", "Nghị định về công tác văn thư"),
    Document("61/2018/NĐ-CP", "Nghị định", ceased=date(2025, 7, 1), replaced_by="118/2025/NĐ-CP"),
)
OFFICE = Organisation((OrgUnit("Văn phòng"),), documents=REGISTER)


def found(*grounds: str, office: Organisation | None = OFFICE, since: date = date(2027, 1, 1)) -> list[Finding]:
    spans = {("references", n): Span("a.yaml", 5 + n, 7, 5 + n, 7 + len(text)) for n, text in enumerate(grounds)}
    places = Places(Span("a.yaml", 1, 1, 1, 1), dict(spans))
    sample = purchase(references=grounds, effective_from=since)
    return [finding for finding in check(sample, places, office) if "QT611" <= finding.code <= "QT613"]


def test_a_ground_in_the_register_and_in_force_is_fine() -> None:
    assert found("Nghị định 30/2020/NĐ-CP, Điều 3") == []


def test_a_ground_that_names_nothing_is_told_with_or_without_a_register() -> None:
    for office in (OFFICE, Organisation(), None):
        (finding,) = found("Các quy định hiện hành", office=office)
        assert (finding.code, finding.severity) == ("QT611", Severity.WARNING)


def test_a_ground_outside_the_register_is_told_at_its_number_with_the_nearest() -> None:
    (finding,) = found("Nghị định 30/2002/NĐ-CP, Điều 3")
    assert finding.code == "QT612"
    assert finding.span == Span("a.yaml", 5, 17, 5, 30)
    assert finding.help is not None
    assert finding.help.into("vi") == "có phải ý là “30/2020/NĐ-CP”?"
    assert not finding.fixable


def test_an_accent_that_is_missing_is_mended() -> None:
    (finding,) = found("Nghị định 30/2020/ND-CP")
    assert finding.code == "QT612"
    assert [(edit.span, edit.text) for edit in finding.fix] == [(Span("a.yaml", 5, 17, 5, 30), "30/2020/NĐ-CP")]


def test_without_a_register_nothing_is_looked_up() -> None:
    assert found("Nghị định 1/2002/NĐ-CP", office=Organisation()) == []


def test_a_ground_that_is_no_longer_in_force_is_told_with_what_replaced_it() -> None:
    (finding,) = found("Nghị định 30/2020/NĐ-CP", "Nghị định 61/2018/NĐ-CP, Điều 17")
    assert finding.code == "QT613"
    assert finding.span.line == 6
    assert finding.message.into("vi") == "“61/2018/NĐ-CP” đã hết hiệu lực từ 01/07/2025"
    assert finding.data["replaced_by"] == "118/2025/NĐ-CP"
    assert found("Nghị định 61/2018/NĐ-CP", since=date(2025, 6, 30)) == []
