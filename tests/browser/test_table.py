"""Each of the thirty-six acceptance checks stands in the table once, and every test that it names is there."""

import csv

from tests.house.tree import ROOT

CHECKS = 36


def test_the_table_names_every_check_once_and_only_tests_that_are_there() -> None:
    with (ROOT / "tests" / "browser" / "acceptance.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [int(row["check"]) for row in rows] == list(range(1, CHECKS + 1))
    missing = []
    for row in rows:
        path, _, name = row["test"].partition("::")
        if row["test"] and f"def {name}(" not in (ROOT / path).read_text(encoding="utf-8"):
            missing.append(row["test"])
    assert not missing
