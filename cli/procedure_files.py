"""Pictures and documents of procedures and cases, written to files."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from cli.definitions import load, stop_at_faults
from cli.desk import Desk
from cli.exits import Exit
from procedures.words import say

if TYPE_CHECKING:
    from cli.definitions import Checked
    from procedures.finding import Finding
    from procedures.model import Procedure
    from procedures.release import Release
    from visualize.render import Style


def render_procedures(desk: Desk, names: Sequence[Path], form: str, style: str, folder: Path) -> list[Path]:
    """Draw each procedure into `folder`; stops when one cannot be loaded whole."""
    written: list[Path] = []
    folder.mkdir(parents=True, exist_ok=True)
    for one in load(desk, names):
        if one.procedure is None:
            stop_at_faults(desk, one.file, desk.root / one.file)
        written += draw(desk, one.procedure, form, style, folder)
    return written


def draw(desk: Desk, procedure: "Procedure", form: str, style: str, folder: Path) -> list[Path]:
    """Draw one procedure: an SVG whole, PNG and PDF page by page, or a readable HTML page."""
    from visualize.drawing import DrawingUnavailable
    from visualize.render import pdf, pictures, png, svg_whole

    wanted = cast("Style", style)
    try:
        if form == "svg":
            return [_write(folder / f"{procedure.code}.svg", svg_whole(procedure, wanted, lang=desk.lang))]
        if form == "html":
            return [write_html(desk, procedure, folder)]
        pages = pictures(procedure, wanted, lang=desk.lang)
        paint = png if form == "png" else pdf
        several = len(pages) > 1
        return [
            _write(folder / f"{procedure.code}{f'-{n}' if several else ''}.{form}", paint(page))
            for n, page in enumerate(pages, 1)
        ]
    except DrawingUnavailable as fault:
        desk.stop(say("nothing can be drawn: {fault}", fault=fault), Exit.ENVIRONMENT)


def draw_findings(desk: Desk, found: "Checked", findings: "Sequence[Finding]", form: str, folder: Path) -> list[Path]:
    """Draw into `folder` each finding that a run of a case shows, named by procedure, code and number."""
    from visualize.counterexample import counterexample
    from visualize.drawing import DrawingUnavailable
    from visualize.render import png
    from visualize.svg import svg

    procedures = {one.file: one.procedure or one.sketch for one in found.loaded}
    written: list[Path] = []
    folder.mkdir(parents=True, exist_ok=True)
    for finding in findings:
        procedure = procedures.get(finding.span.file)
        picture = counterexample(procedure, finding, desk.lang) if procedure is not None else None
        if procedure is None or picture is None:
            continue
        stem = f"{procedure.code}-{finding.code}"
        same = sum(path.name.startswith(f"{stem}.") or path.name.startswith(f"{stem}-") for path in written)
        try:
            drawn = svg(picture) if form == "svg" else png(picture)
        except DrawingUnavailable as fault:
            desk.stop(say("nothing can be drawn: {fault}", fault=fault), Exit.ENVIRONMENT)
        written.append(_write(folder / f"{stem}{f'-{same + 1}' if same else ''}.{form}", drawn))
    return written


def render_case(desk: Desk, case: str, style: str, folder: Path) -> list[Path]:
    """Draw how far a case has come upon its procedure."""
    from cli.commands.cases import known
    from cli.overlaying import case_view
    from engine.handle import rules_for
    from visualize.render import svg_whole

    found = known(desk, case)
    folder.mkdir(parents=True, exist_ok=True)
    procedure = rules_for(found, desk.agency).procedure
    drawn = svg_whole(procedure, cast("Style", style), lang=desk.lang, case=case_view(desk, found))
    return [_write(folder / f"{case}.svg", drawn)]


def write_html(desk: Desk, procedure: "Procedure", folder: Path) -> Path:
    """Write a procedure as one self-contained page for reading and printing."""
    from visualize.html import to_html
    from visualize.procedure_document import procedure_document

    page = to_html(procedure_document(procedure, lang=desk.lang, issued=_as_issued(desk, procedure)))
    return _write(folder / f"{procedure.code}.html", page.encode())


def write_docx(desk: Desk, procedure: "Procedure", output: Path | None) -> Path:
    """Write a procedure as a DOCX document."""
    from visualize.docx import to_docx
    from visualize.procedure_document import procedure_document

    document = procedure_document(procedure, lang=desk.lang, issued=_as_issued(desk, procedure))
    return _write(output or Path(f"{procedure.code}.docx"), to_docx(document))


def _as_issued(desk: Desk, procedure: "Procedure") -> "Release | None":
    """Return the record of an issue with this very content, if it stands on the shelf."""
    from procedures.canonical import content_hash
    from procedures.shelf import FolderShelf

    issues = [one for one in FolderShelf(desk.root / "releases").all() if one.code == procedure.code]
    return next((one for one in issues if one.hash == content_hash(procedure)), None)


def _write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path
