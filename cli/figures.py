"""Figures of the quality system as rows of a table."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cli.desk import Desk

if TYPE_CHECKING:
    from quality.figure import Figure


def figure_row(desk: Desk, figure: "Figure", about: Sequence[str]) -> list[str]:
    """Return a row: what it is about, its name, its value, and the count of cases."""
    from quality.shown import shown

    scope = dict(figure.scope)
    named = (scope.get(name, "") for name in about)
    return [*named, desk.text(figure.name), shown(figure, desk.lang), str(figure.count)]
