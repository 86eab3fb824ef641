"""Procedures of other agencies, to look up: files of `reference.d/<agency>/`, which nobody issues or opens here."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from procedures.finding import Finding, Severity
from procedures.load import Loaded, load_file, load_node, one_file_a_code, without_collecting
from procedures.model import Procedure
from procedures.places import nowhere
from procedures.python.telling import unread
from procedures.source import read_file
from procedures.text import nfc, sort_key
from procedures.words import say

FOLDER = "reference.d"
_AS_YAML = say("a program of another agency is never run; ask for the definition as YAML")


@dataclass(frozen=True, slots=True)
class Reference:
    """A definition of another agency as it was read; `agency` is the name of its folder, empty outside of any."""

    agency: str
    loaded: Loaded

    @property
    def procedure(self) -> Procedure | None:
        """The procedure; None when there is any error in its file."""
        return self.loaded.procedure


def references(root: Path) -> list[Reference]:
    """Return every definition in `reference.d`, by agency and name of file; a bad file hides no other.

    The same code in two agencies, or in one of them and in ours, is no conflict: a procedure is named with its agency.
    """
    found: list[Reference] = []
    with without_collecting():
        for place in sorted(_within(root / FOLDER), key=lambda one: sort_key(nfc(one.name))):
            if place.is_dir():
                read = one_file_a_code([_read(path, root) for path in _files(place)])
                found += [Reference(nfc(place.name), one) for one in read]
            elif _defines(place):
                found.append(Reference("", _homeless(place, root)))
    return found


def referred(root: Path, code: str, agency: str = "") -> list[tuple[Reference, Procedure]]:
    """Return what can be read of a code, of every agency or of one, each with its procedure."""
    wanted = ((one, one.procedure) for one in references(root) if agency in {"", one.agency})
    return [(one, procedure) for one, procedure in wanted if procedure is not None and procedure.code == code]


def is_reference(path: Path, root: Path) -> bool:
    """Tell whether a file or folder belongs to what is only looked up, in this agency's folder or in any other."""
    place = path.resolve()
    return FOLDER in place.parts or place.is_relative_to((root / FOLDER).resolve())


def _within(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if not path.name.startswith(".")] if folder.is_dir() else []


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(_within(folder)):
        if path.is_dir():
            yield from _files(path)
        elif _defines(path):
            yield path


def _defines(path: Path) -> bool:
    return path.suffix in {".yaml", ".yml", ".py"}


def _read(path: Path, root: Path) -> Loaded:
    name = nfc(path.relative_to(root).as_posix())
    if path.suffix == ".py":
        return load_node(name, None, [unread(name, _AS_YAML)])
    try:
        loaded = load_file(path, root)
    except OSError:
        loaded = load_node(name, *read_file(path, root))
    # What another agency wrote is not ours to mend.
    return replace(loaded, findings=tuple(replace(finding, fix=()) for finding in loaded.findings))


def _homeless(path: Path, root: Path) -> Loaded:
    name = nfc(path.relative_to(root).as_posix())
    finding = Finding(
        "QT011",
        Severity.ERROR,
        say("this file does not say which agency's procedure it is"),
        nowhere(name),
        help=say("put it into a folder named after the agency: {place}", place=f"{FOLDER}/…/{path.name}"),
    )
    return load_node(name, None, [finding])
