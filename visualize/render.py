"""The way in for those who want a picture of a procedure: style, paper and case in, pages out."""

from typing import Literal

from procedures.model import Procedure
from procedures.words import Lang
from visualize.column import flowchart
from visualize.diagram import Diagram
from visualize.drawing import draw
from visualize.flow import diagram_of
from visualize.overlay import CaseView, listing, overlay
from visualize.pages import A4_HEIGHT, pages
from visualize.picture import Picture
from visualize.svg import svg
from visualize.swim import swimlanes
from visualize.typeset import SCREEN, Face

Style = Literal["luu-do", "lan-boi"]
Paper = Literal["A4", "A4-ngang"]
#: Width and height left for a figure inside the margins, in millimetres.
PAPERS: dict[str, tuple[float, float]] = {"A4": (160.0, A4_HEIGHT), "A4-ngang": (247.0, 150.0)}


_WHOLE = 245.0  # millimetres of a drawing that is not cut when a page of the site is printed
_SHEETS = (112.0, 118.0, 124.0, 130.0)  # two of them are no higher than a page


def diagram(procedure: Procedure, *, lang: Lang = "vi", case: CaseView | None = None) -> Diagram:
    """Return the diagram of a procedure, with a case upon it if one is given."""
    plain = diagram_of(procedure, lang)
    return overlay(plain, case) if case is not None else plain


def pictures(
    procedure: Procedure,
    style: Style = "luu-do",
    *,
    lang: Lang = "vi",
    paper: Paper = "A4",
    face: Face = SCREEN,
    case: CaseView | None = None,
    whole: bool = False,
) -> tuple[Picture, ...]:
    """Return the pages of a drawing, or one long page when `whole`. A column flowchart is always 160 mm wide."""
    drawn = diagram(procedure, lang=lang, case=case)
    wide, high = PAPERS[paper]
    picture = flowchart(drawn, face=face) if style == "luu-do" else swimlanes(drawn, face=face, wide=wide)
    return (picture,) if whole else pages(picture, high)


def svg_whole(
    procedure: Procedure, style: Style = "luu-do", *, lang: Lang = "vi", case: CaseView | None = None
) -> bytes:
    """Return the drawing as one SVG for the screen, every step a link; raises DrawingUnavailable."""
    return svg(pictures(procedure, style, lang=lang, case=case, whole=True)[0])


def svg_sheets(
    procedure: Procedure, style: Style = "luu-do", *, lang: Lang = "vi", case: CaseView | None = None
) -> tuple[bytes, ...]:
    """Return the sheets a drawing too long for one page is printed as, none when it fits; raises DrawingUnavailable.

    Two sheets go on a page, so that the first can stand below a heading and the letters keep their size.
    """
    return sheets_of(pictures(procedure, style, lang=lang, case=case, whole=True)[0])


def sheets_of(picture: Picture) -> tuple[bytes, ...]:
    """Return the sheets that a long picture is printed as, none when it fits; raises DrawingUnavailable."""
    if picture.height <= _WHOLE:
        return ()
    # Of the ways to cut it into the fewest sheets, the one whose lowest sheet is highest.
    tried = [pages(picture, high) for high in _SHEETS]
    best = min(tried, key=lambda sheets: (len(sheets), -min(sheet.height for sheet in sheets)))
    return tuple(svg(sheet, links=False) for sheet in best)


def png(picture: Picture) -> bytes:
    """Return one page as PNG at 200 dots to the inch; raises DrawingUnavailable."""
    return draw(picture, "png")


def pdf(picture: Picture) -> bytes:
    """Return one page as PDF of its true size; raises DrawingUnavailable."""
    return draw(picture, "pdf")


def list_twin(procedure: Procedure, *, lang: Lang = "vi", case: CaseView | None = None) -> tuple[str, ...]:
    """Return the drawing as sentences in the order of its rows."""
    return listing(diagram_of(procedure, lang), case)
