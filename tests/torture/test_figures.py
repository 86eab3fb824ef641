"""Each figure in its short form finds nothing, each control finds what it must; the long form is `./test --torture`."""

from pathlib import Path

import pytest

from tests.torture.figure import measured
from tests.torture.figures import FIGURES
from tests.torture.report import as_it_must_be

SEED = 20_261_129
#: A server that does not wait for the disk loses something in about every second crash.
_TURNS = 10


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_as_it_must_be(name: str, tmp_path: Path) -> None:
    # What a control loses is a matter of chance: it may try again, a figure may not.
    for turn in range(_TURNS if FIGURES[name].control else 1):
        folder = tmp_path / str(turn)
        folder.mkdir()
        figure = measured(name, FIGURES[name].run, FIGURES[name].short, SEED + turn, folder)
        if as_it_must_be(figure):
            break
    assert as_it_must_be(figure), "\n".join([figure.line, *figure.violations[:20]])
    assert all(count > 0 for what, count in figure.did.items() if not what.startswith(("of these", "commands told")))


@pytest.mark.torture
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_as_it_must_be_in_its_long_form(name: str, tmp_path: Path) -> None:
    figure = measured(name, FIGURES[name].run, FIGURES[name].long, SEED, tmp_path)
    assert as_it_must_be(figure), "\n".join([figure.line, *figure.violations[:20]])
