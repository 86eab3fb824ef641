"""The like elsewhere is found with or without accents, and never the thing itself."""

from dataclasses import replace

from quality.facts import BreachFact
from quality.similar import alike, breached_elsewhere
from tests.quality.agency import at
from tests.quality.rows import case
from tests.quality.test_pareto import FIRST

ONE = replace(FIRST, cause="Chờ ý kiến quá lâu", rule="bước chậm tiến độ", unit="Văn phòng", source_case="HS-2026-0001")


def test_the_same_step_and_the_same_cause_are_alike() -> None:
    step = replace(ONE, id="K2", cause="khác hẳn")
    cause = replace(ONE, id="K3", source_procedure="QT-TC-01", step="duyệt", cause="cho y kien qua lau")
    name = replace(ONE, id="K4", source_procedure="QT-TC-01", cause="")
    other = replace(ONE, id="K5", source_procedure="QT-TC-01", step="duyệt", cause="khác hẳn")
    found = alike(ONE, [ONE, step, cause, name, other])
    assert [(str(one.why), one.cases) for one in found] == [
        ("same step", ("K2",)),
        ("same cause", ("K3",)),
        ("step of the same name", ("K4",)),
    ]


def test_breaches_of_the_kind_are_found_in_other_units_and_procedures_only() -> None:
    def breach(number: str, procedure: str, kind: str = "late_step", step: str = "khảo giá") -> BreachFact:
        return BreachFact(number, 1, kind, step, None, int(at(3).timestamp()), 5, procedure, 1)

    cases = [
        case("HS-2026-0001", at(2), unit="Văn phòng"),
        case("HS-2026-0002", at(2), unit="Phòng Kế hoạch"),
        case("HS-2026-0003", at(2), unit="Văn phòng"),
        case("HS-2026-0004", at(2), unit="Văn phòng"),
    ]
    breaches = [
        breach("HS-2026-0001", "QT-VP-05"),
        breach("HS-2026-0002", "QT-VP-05"),
        breach("HS-2026-0003", "QT-VP-05"),
        breach("HS-2026-0004", "QT-TC-01", step="khao gia"),
        breach("HS-2026-0002", "QT-VP-05", kind="returned"),
    ]
    found = breached_elsewhere(ONE, breaches, {case.id: case.unit or "" for case in cases})
    assert [(one.procedure, one.unit, one.cases) for one in found] == [
        ("QT-TC-01", "Văn phòng", ("HS-2026-0004",)),
        ("QT-VP-05", "Phòng Kế hoạch", ("HS-2026-0002",)),
    ]
