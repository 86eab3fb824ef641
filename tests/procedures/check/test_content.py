"""What an ISO procedure should contain, and that every finding of the checks is explained."""

import re
from pathlib import Path

from procedures import check as checks
from procedures.check import check
from procedures.codes import find
from procedures.finding import Severity, Span
from procedures.places import Places
from tests.procedures.building import purchase

NOWHERE = Places(Span("a.yaml", 1, 1, 1, 1))


def test_each_missing_part_is_a_hint() -> None:
    parts = {"risks": "QT602", "records": "QT603", "scenarios": "QT604", "indicators": "QT605"}
    for part, code in parts.items():
        found = check(purchase(**{part: ()}), NOWHERE)
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
