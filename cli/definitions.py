"""Definitions on the command line: read, checked against the folder's people and calendar, with their source texts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cli.desk import Desk
from cli.exits import Exit
from procedures.words import say

if TYPE_CHECKING:
    from procedures.calendar import Calendar
    from procedures.finding import Finding
    from procedures.load import Loaded
    from procedures.model import Procedure
    from procedures.organisation import Organisation

FOLDER = "procedures.d"


@dataclass(frozen=True)
class Checked:
    """Definitions with everything that was found about them, and the texts to quote from."""

    loaded: tuple["Loaded", ...]
    findings: tuple["Finding", ...]
    sources: dict[str, str]

    @property
    def procedures(self) -> tuple["Procedure", ...]:
        """The procedures that could be loaded whole."""
        return tuple(one.procedure for one in self.loaded if one.procedure is not None)

    def about(self, loaded: "Loaded") -> list["Finding"]:
        """Return the findings of one file."""
        return [finding for finding in self.findings if finding.span.file == loaded.file]


def checked(desk: Desk, paths: Sequence[Path]) -> Checked:
    """Load and check definitions (all of `procedures.d/` when none is named), people and calendar with them."""
    from procedures.check import check
    from procedures.finding import in_reading_order
    from procedures.text import nfc

    organisation, calendar, around = ground(desk)
    loaded = tuple(load(desk, paths))
    findings = list(around)
    for one in loaded:
        findings += one.findings
        whole = one.procedure or one.sketch
        if whole is not None:
            findings += check(whole, one.places, organisation, calendar)
    texts = {one.file: nfc(_text(desk, one.file)) for one in loaded}
    return Checked(loaded, tuple(in_reading_order(findings)), texts | _quoted(desk, around))


def load(desk: Desk, paths: Sequence[Path]) -> Iterable["Loaded"]:
    """Load the named files, folders or codes; everything in `procedures.d/` when none is named."""
    from procedures.load import load_file, load_folder

    if not paths:
        if not (desk.root / FOLDER).is_dir():
            desk.stop(say("there is no folder {folder}", folder=desk.root / FOLDER))
        return load_folder(desk.root / FOLDER)
    found: list[Loaded] = []
    for path in paths:
        place = located(desk, path)
        found += load_folder(place) if place.is_dir() else [load_file(place, _root_of(desk, place))]
    return found


def located(desk: Desk, path: Path) -> Path:
    """Return the file or folder that is meant: a path, or the code of a procedure in `procedures.d/`."""
    for place in (path, desk.root / path, desk.root / FOLDER / f"{path}.yaml"):
        if place.exists():
            return place.resolve()
    desk.stop(say("there is no file, folder or procedure “{path}”", path=path))


def ground(desk: Desk) -> tuple["Organisation | None", "Calendar | None", list["Finding"]]:
    """Return the folder's organisation and calendar, where it has them, and what is wrong with them."""
    from procedures.calendar import load_calendar
    from procedures.organisation import load_organisation

    findings: list[Finding] = []
    organisation, calendar = None, None
    if (desk.root / "organisation.d").is_dir():
        organisation, about = load_organisation(desk.root / "organisation.d")
        findings += about
    if (desk.root / "calendar.d").is_dir():
        calendar, about = load_calendar(desk.root / "calendar.d")
        findings += about
    return organisation, calendar, findings


def one_procedure(desk: Desk, name: str) -> "Procedure":
    """Return the procedure that is meant by a code, `code@issue`, or a file; stops when it cannot be read whole."""
    code, at_sign, issue = name.partition("@")
    if at_sign:
        return issued(desk, code, issue)
    (one,) = list(load(desk, [Path(name)]))[:1] or (None,)
    if one is None or one.procedure is None:
        from cli.findings import put_findings

        put_findings(desk, one.findings if one else (), {one.file: _text(desk, one.file)} if one else {})
        desk.stop(say("“{name}” has faults; quytrinh check says which", name=name), Exit.CONTENT)
    return one.procedure


def issued(desk: Desk, code: str, issue: str) -> "Procedure":
    """Return an issued procedure; stops when there is none."""
    from procedures.shelf import FolderShelf, ShelfRefusal

    if not issue.isdigit():
        desk.stop(say("“{issue}” is not the number of an issue", issue=issue))
    try:
        return FolderShelf(desk.root / "releases").release(code, int(issue)).procedure
    except ShelfRefusal as refusal:
        desk.stop(refusal.words)


def _root_of(desk: Desk, place: Path) -> Path:
    root = desk.root.resolve()
    return root if place.is_relative_to(root) else place.parent


def _quoted(desk: Desk, findings: Iterable["Finding"]) -> dict[str, str]:
    return {finding.span.file: _text(desk, finding.span.file) for finding in findings}


def _text(desk: Desk, file: str) -> str:
    for place in (desk.root / file, Path(file)):
        if place.is_file():
            return place.read_bytes().removeprefix(b"\xef\xbb\xbf").decode(errors="replace").replace("\r\n", "\n")
    return ""
