"""What an ISO procedure should contain."""

from procedures.check import check
from procedures.finding import Severity, Span
from procedures.places import Places
from tests.procedures.building import purchase

NOWHERE = Places(Span("a.yaml", 1, 1, 1, 1))


def test_each_missing_part_is_a_hint() -> None:
    parts = {"risks": "QT602", "records": "QT603", "scenarios": "QT604", "indicators": "QT605"}
    for part, code in parts.items():
        found = check(purchase(**{part: ()}), NOWHERE)
        assert [(f.code, f.severity) for f in found] == [(code, Severity.HINT)]
