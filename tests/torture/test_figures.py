"""Each figure in its short form finds nothing, each control finds what it must; the long form is `./test --torture`."""

from pathlib import Path

import pytest

from tests.torture.figure import measured
from tests.torture.figures import FIGURES
from tests.torture.report import as_it_must_be

SEED = 20_261_129


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_as_it_must_be(name: str, tmp_path: Path) -> None:
    figure = measured(name, FIGURES[name].run, FIGURES[name].short, SEED, tmp_path)
    assert as_it_must_be(figure), "\n".join([figure.line, *figure.violations[:20]])
    assert all(count > 0 for what, count in figure.did.items() if not what.startswith(("of these", "commands told")))


@pytest.mark.torture
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_as_it_must_be_in_its_long_form(name: str, tmp_path: Path) -> None:
    figure = measured(name, FIGURES[name].run, FIGURES[name].long, SEED, tmp_path)
    assert as_it_must_be(figure), "\n".join([figure.line, *figure.violations[:20]])
