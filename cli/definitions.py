"""Definitions on the command line: read, checked against the folder's people and calendar, with their source texts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from cli.desk import Desk
from cli.exits import Exit
from procedures.words import say

if TYPE_CHECKING:
    from procedures.calendar import Calendar
    from procedures.finding import Finding
    from procedures.load import Loaded
    from procedures.model import Procedure
    from procedures.organisation import Organisation
    from procedures.release import Release

FOLDER = "procedures.d"


@dataclass(frozen=True)
class Checked:
    """Definitions with everything that was found about them, the texts to quote from, and where each file is."""

    loaded: tuple["Loaded", ...]
    findings: tuple["Finding", ...]
    sources: dict[str, str]
    paths: dict[str, Path]

    @property
    def procedures(self) -> tuple["Procedure", ...]:
        """The procedures that could be loaded whole."""
        return tuple(one.procedure for one in self.loaded if one.procedure is not None)

    def about(self, loaded: "Loaded") -> list["Finding"]:
        """Return the findings of one file."""
        return [finding for finding in self.findings if finding.span.file == loaded.file]


def checked(desk: Desk, paths: Sequence[Path]) -> Checked:
    """Load and check definitions (all of `procedures.d/` when none is named), people and calendar with them."""
    from procedures.examine import examine
    from procedures.finding import errors, in_reading_order
    from procedures.load import without_collecting

    only_ours(desk, paths)
    organisation, calendar, around = ground(desk)
    # Whoever asks about one file is not told what could be better about the calendar.
    findings = errors(around) if paths else list(around)
    with without_collecting():
        read = _read(desk, paths)
        for one, _ in read:
            findings += examine(one, organisation, calendar)
    findings += _about_calls(desk, [one for one, _ in read], calendar)
    where = {finding.span.file: desk.root / finding.span.file for finding in around}
    where |= {one.file: path for one, path in read}
    texts = {file: text_of(path) for file, path in where.items()}
    return Checked(tuple(one for one, _ in read), tuple(in_reading_order(findings)), texts, where)


def only_ours(desk: Desk, paths: Sequence[Path]) -> None:
    """Stop at what another agency declared: it is neither held against our people nor mended, tried or issued."""
    from procedures.reference import is_reference

    for path in paths:
        if is_reference(located(desk, path), desk.root):
            words = say("“{name}” is another agency's and only looked up: quytrinh reference list", name=path)
            desk.stop(words, Exit.REFUSED)


def _about_calls(desk: Desk, loaded: Sequence["Loaded"], calendar: "Calendar | None") -> Iterator["Finding"]:
    """Hold what definitions call against what is issued, and what is written beside them."""
    from procedures.check.calls import calls_fit
    from procedures.shelf import FolderShelf

    whole = [(one.procedure, one.places) for one in loaded if one.procedure is not None]
    if any(step.call is not None for procedure, _ in whole for step in procedure.steps):
        known = {one.code: one.procedure for one in FolderShelf(desk.root / "releases").all()}
        called = {step.call for procedure, _ in whole for step in procedure.steps if step.call is not None}
        known |= _beside(desk, called - {procedure.code for procedure, _ in whole})
        known |= {procedure.code: procedure for procedure, _ in whole}
        for procedure, places in whole:
            yield from calls_fit(procedure, places, known, calendar)


def _beside(desk: Desk, codes: Iterable[str]) -> "dict[str, Procedure]":
    """Return what `procedures.d/` declares under these codes."""
    files = [Path(code) for code in sorted(codes) if (desk.root / FOLDER / f"{code}.yaml").is_file()]
    read = [one.procedure for one, _ in _read(desk, files)] if files else []
    return {procedure.code: procedure for procedure in read if procedure is not None}


def load(desk: Desk, paths: Sequence[Path]) -> list["Loaded"]:
    """Load the named files, folders or codes; everything in `procedures.d/` when none is named."""
    return [one for one, _ in _read(desk, paths)]


def _read(desk: Desk, paths: Sequence[Path]) -> list[tuple["Loaded", Path]]:
    """Load definitions, each with the place of its file; a file outside the agency's folder is named in full."""
    from procedures.load import load_file, load_folder, load_python, load_text

    if not paths and not (desk.root / FOLDER).is_dir():
        desk.stop(say("there is no folder {folder}", folder=desk.root / FOLDER))
    root = desk.root.resolve()
    found: list[tuple[Loaded, Path]] = []
    for place in [located(desk, path) for path in paths] or [root / FOLDER]:
        if place.is_dir():
            found += [(one, place.parent / one.file) for one in load_folder(place, allow_python=desk.python)]
        elif place.is_relative_to(root):
            found.append((load_file(place, root, allow_python=desk.python), place))
        elif place.suffix == ".py":
            found.append((load_python(place.read_bytes(), str(place), allowed=desk.python), place))
        else:
            found.append((load_text(place.read_bytes(), str(place)), place))
    return found


def located(desk: Desk, path: Path) -> Path:
    """Return the file or folder that is meant: a path, or the code of a procedure in `procedures.d/`."""
    for place in (path, desk.root / path, *(desk.root / FOLDER / f"{path}{end}" for end in (".yaml", ".py"))):
        if place.exists():
            return place.resolve()
    desk.stop(say("there is no file, folder or procedure “{path}”", path=path))


def ground(desk: Desk) -> tuple["Organisation | None", "Calendar | None", list["Finding"]]:
    """Return the folder's organisation and calendar, where it has them without a fault, and what is wrong with them.

    Nothing is checked against people or days of which some were left out, or each gap would be told again.
    """
    from procedures.calendar import coverage, load_calendar
    from procedures.finding import errors
    from procedures.organisation import load_organisation

    findings: list[Finding] = []
    organisation, calendar = None, None
    if (desk.root / "organisation.d").is_dir():
        people, about = load_organisation(desk.root / "organisation.d")
        organisation = None if errors(about) else people
        findings += about
    if (desk.root / "calendar.d").is_dir():
        days, about = load_calendar(desk.root / "calendar.d")
        calendar = None if errors(about) else days
        today = desk.now.astimezone(days.zone).date()
        findings += about if errors(about) else [*about, *coverage(days, today)]
    return organisation, calendar, findings


def one_procedure(desk: Desk, name: str) -> "Procedure":
    """Return the procedure that is meant by a code, `code@issue`, or a file; stops when it cannot be read whole."""
    code, at_sign, issue = name.partition("@")
    if at_sign:
        return issued(desk, code, issue).procedure
    found = _read(desk, [Path(name)])
    if len(found) != 1:
        desk.stop(say("“{name}” is not one procedure", name=name))
    ((one, path),) = found
    if one.procedure is None:
        from cli.findings import put_findings

        put_findings(desk, one.findings, {one.file: text_of(path)})
        stop_at_faults(desk, name, path)
    return one.procedure


def stop_at_faults(desk: Desk, name: object, path: Path) -> NoReturn:
    """Stop at a definition that has faults, and say which command tells them: what is only looked up is not checked."""
    from procedures.reference import is_reference

    if is_reference(path, desk.root):
        desk.stop(say("“{name}” has faults; quytrinh reference list says which", name=name), Exit.CONTENT)
    desk.stop(say("“{name}” has faults; quytrinh check says which", name=name), Exit.CONTENT)


def issued(desk: Desk, code: str, issue: str) -> "Release":
    """Return a release by its code and issue; stops when there is none."""
    from procedures.shelf import FolderShelf, ShelfRefusal

    if not issue.isdigit():
        desk.stop(say("“{issue}” is not the number of an issue", issue=issue))
    try:
        return FolderShelf(desk.root / "releases").release(code, int(issue))
    except ShelfRefusal as refusal:
        desk.stop(refusal.words)


def text_of(path: Path) -> str:
    """Return the text of a file as findings count its lines and columns; nothing where it cannot be read."""
    from procedures.text import legible

    try:
        return legible(path.read_bytes()) or ""
    except OSError:
        return ""
