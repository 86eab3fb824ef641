"""Each of the thirty-six acceptance checks stands in the table once, and every test that it names is there."""

import csv

from tests.house.tree import ROOT

CHECKS = 36


def test_every_check_has_its_tests_and_every_test_that_is_named_is_there() -> None:
    with (ROOT / "tests" / "browser" / "acceptance.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [int(row["check"]) for row in rows] == list(range(1, CHECKS + 1))
    assert not [row["check"] for row in rows if not row["tests"]]
    missing = []
    for named in {one for row in rows for one in row["tests"].split()}:
        path, _, name = named.partition("::")
        if not (ROOT / path).exists() or f"def {name}(" not in (ROOT / path).read_text(encoding="utf-8"):
            missing.append(named)
    assert not missing
