"""What an ISO procedure should contain, and that every finding of the checks is explained."""

import re
from pathlib import Path

from procedures import check as checks
from procedures.check import check
from procedures.codes import codes, find
from procedures.finding import Finding, Severity, Span
from procedures.model import Duration, Form, Kind, Norm, Procedure, Unit
from procedures.organisation import Organisation, OrgUnit
from procedures.places import Places
from procedures.words import SPEAKING
from tests.procedures.building import end, go, purchase, work

NOWHERE = Places(Span("a.yaml", 1, 1, 1, 1))


def test_each_missing_part_is_a_hint() -> None:
    parts = {"risks": "QT602", "records": "QT603", "scenarios": "QT604", "indicators": "QT605"}
    for part, code in parts.items():
        found = [finding for finding in check(purchase(**{part: ()}), NOWHERE) if finding.code > "QT600"]
        assert [(f.code, f.severity) for f in found] == [(code, Severity.HINT)]


HERE = Path(checks.__file__).parent


def test_every_code_that_is_told_is_explained_with_its_weight() -> None:
    sources = [*HERE.glob("*.py"), HERE.parent / "scenario.py"]
    told = {
        (code, severity)
        for source in sources
        for code, severity in re.findall(r'"(QT\d{3})",\s*Severity\.(\w+)', source.read_text(encoding="utf-8"))
    }
    assert len(told) > 20
    for code, severity in told:
        explained = find(code)
        assert explained is not None, code
        assert explained.severity is Severity[severity] or code in {"QT403", "QT602"}, code


OFFICE = Organisation((OrgUnit("Văn phòng"), OrgUnit("Phòng Một")))


def of(code: str, sample: Procedure, office: Organisation | None = None) -> list[Finding]:
    return [finding for finding in check(sample, NOWHERE, office) if finding.code == code]


def test_the_owner_is_a_unit_of_the_organisation() -> None:
    assert of("QT606", purchase(), OFFICE) == []
    assert of("QT606", purchase(owner_unit="Van phong")) == []
    (finding,) = of("QT606", purchase(owner_unit="Van phong"), OFFICE)
    assert finding.severity is Severity.ERROR
    assert finding.help is not None
    assert finding.help.into("vi") == "có phải ý là “Văn phòng”?"


def test_steps_without_a_norm_are_told_together_but_not_the_first() -> None:
    steps = tuple(step.model_copy(update={"norm": None}) for step in purchase().steps)
    (finding,) = of("QT607", purchase(steps=steps))
    assert finding.severity is Severity.HINT
    assert finding.data["steps"] == [step.key for step in steps[1:]]


def test_a_norm_that_is_not_set_is_said_to_be_so() -> None:
    unset = Norm(within=Duration(unit=Unit.UNSPECIFIED, text="không quy định"))
    steps = tuple(step.model_copy(update={"norm": unset}) for step in purchase().steps)
    assert of("QT607", purchase(steps=steps)) == []


def test_a_step_that_leaves_nothing_is_told() -> None:
    bare = {"outputs": (), "forms": (), "checklist": ()}
    steps = tuple(step.model_copy(update=bare) for step in purchase().steps)
    (finding,) = of("QT608", purchase(steps=steps))
    assert finding.data["steps"] == ["khảo giá", "thẩm định nguồn", "mua sắm"]
    assert finding.severity is Severity.HINT


def test_administrative_procedures_name_their_grounds() -> None:
    for kind in (Kind.SERVICE, Kind.INTERNAL_SERVICE):
        (finding,) = of("QT609", purchase(kind=kind))
        assert finding.severity is Severity.WARNING
        assert of("QT609", purchase(kind=kind, references=("Quyết định số 1",))) == []
    assert of("QT609", purchase(kind=Kind.INTERNAL_WORK)) == []


def test_risks_may_be_excluded_with_a_reason() -> None:
    reasoned = (
        "không áp dụng — lý do: việc nội bộ, làm trong ngày",
        "Không áp dụng, vì đã xét chung ở QT-HT-05",
        "không áp dụng (rủi ro đã được xử lý ở quy trình mẹ)",
        "Không áp dụng đúng định mức.",
    )
    assert [of("QT602", purchase(risks=(text,))) for text in reasoned] == [[], [], [], []]


def test_risks_that_are_excluded_without_a_reason_are_a_warning() -> None:
    for text in (
        "không áp dụng",
        "Không áp dụng.",
        "không áp dụng — lý do …",
        "không áp dụng — lý do:",
        "không áp dụng vì",
    ):
        (finding,) = of("QT602", purchase(risks=(text,)))
        assert finding.severity is Severity.WARNING, text


def test_each_of_these_findings_has_a_mend() -> None:
    poor = purchase(
        owner_unit="Ban X",
        kind=Kind.SERVICE,
        risks=(),
        records=(),
        indicators=(),
        scenarios=(),
        steps=(work("a", go("b")), work("b", end())),
    )
    found = [finding for finding in check(poor, NOWHERE, OFFICE) if finding.code > "QT601"]
    assert {finding.code for finding in found} == {f"QT{number}" for number in range(602, 610)}
    assert all(finding.help is not None for finding in found)


def codes_in(*packages: str) -> set[str]:
    sources = (source for package in packages for source in (HERE.parents[1] / package).rglob("*.py"))
    return {code for source in sources for code in re.findall(r"QT\d{3}", source.read_text(encoding="utf-8"))}


def test_every_code_in_use_is_explained_in_full_and_none_is_explained_for_nothing() -> None:
    used = codes_in("procedures")
    assert len(used) > 60
    assert sorted(used - set(codes())) == []
    assert sorted(set(codes()) - codes_in(*SPEAKING)) == []
    for code in used:
        told = find(code)
        assert told is not None
        parts = (told.title_vi, told.title_en, told.why_vi, told.why_en, told.wrong, told.right)
        assert all(part.strip() for part in parts), code
        assert told.wrong != told.right, code
        assert told.title_vi != told.title_en, code


def test_a_form_that_no_step_uses_is_told() -> None:
    spare = (*purchase().forms, Form(code="BM-99", name="Phiếu thừa"))
    (finding,) = of("QT615", purchase(forms=spare))
    assert finding.message.into("en") == "no step uses the form “BM-99”"
    assert of("QT615", purchase()) == []
