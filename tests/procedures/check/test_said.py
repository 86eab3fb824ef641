"""Every finding of the checks is explained, and said in both languages."""

import re
from pathlib import Path

from procedures import check
from procedures.codes import find
from procedures.finding import Severity

HERE = Path(check.__file__).parent


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
        assert explained.severity is Severity[severity] or code in {"QT403", "QT521"}, code
