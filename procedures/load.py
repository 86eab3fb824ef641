"""From a definition file to a procedure, or to every fault that is in it at once."""

import gc
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from procedures.finding import Finding, Severity, errors, in_reading_order
from procedures.model import Procedure
from procedures.places import Places, nowhere
from procedures.reading.definition import read_definition
from procedures.reading.desk import Desk
from procedures.reading.strangers import language_of, tell_strangers
from procedures.source import MAX_BYTES, Node, read, read_file
from procedures.words import Lang, say


@dataclass(frozen=True, slots=True)
class Loaded:
    """A definition as it was read.

    `procedure` is None when there is any error; `sketch` then is what the file most likely means (misspelt names
    mended, unknown ones left out), to find flow faults in the same run; None when the flow itself has a hole.
    `lang` is the vocabulary of the keys.
    """

    file: str
    procedure: Procedure | None
    findings: tuple[Finding, ...]
    places: Places
    node: Node | None
    lang: Lang
    sketch: Procedure | None = None


@lru_cache(maxsize=600)
def load_text(text: str | bytes, file: str) -> Loaded:
    """Load a definition from its text; `file` is the name that findings carry. The same text is read once."""
    return _load(file, *read(text, file))


def load_python(text: str | bytes, file: str, *, allowed: bool = True) -> Loaded:
    """Load a definition from its text in Python, which runs in a child; one that is not allowed is not read at all."""
    from procedures.python.reading import read_python
    from procedures.python.telling import unread

    node, findings = read_python(text, file) if allowed else (None, [unread(file)])
    return load_node(file, node, findings)


def load_node(file: str, node: Node | None, findings: list[Finding]) -> Loaded:
    """Load what a definition in Python said; nothing is mended in a program."""
    loaded = _load(file, node, findings)
    return replace(loaded, findings=tuple(replace(finding, fix=()) for finding in loaded.findings))


def load_file(path: Path, root: Path, *, allow_python: bool = True) -> Loaded:
    """Load a definition file, YAML or Python by its ending; findings name it relative to `root`."""
    name = unicodedata.normalize("NFC", path.relative_to(root).as_posix())
    if path.suffix == ".py" and path.stat().st_size <= MAX_BYTES:
        return load_python(path.read_bytes(), name, allowed=allow_python)
    if path.stat().st_size > MAX_BYTES:
        return _load(name, *read_file(path, root))
    return load_text(path.read_bytes(), name)


def load_folder(folder: Path, *, allow_python: bool = True) -> list[Loaded]:
    """Load every `.yaml` and `QT-….py` file, in the order of the names; two files with one code are both reported."""
    yaml = (path for path in folder.glob("*.y*ml") if path.suffix in {".yaml", ".yml"})
    paths = sorted(path for path in (*yaml, *folder.glob("QT-*.py")) if path.is_file())
    with without_collecting():
        loaded = [load_file(path, folder.parent, allow_python=allow_python) for path in paths]
    return one_file_a_code(loaded)


@contextmanager
def without_collecting() -> Iterator[None]:
    """Hold the garbage collector: what is loaded and found has no cycles and stays; walking it again costs double."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _load(file: str, node: Node | None, findings: list[Finding]) -> Loaded:
    places = Places(node.span if node else nowhere(file))
    if node is None:
        return Loaded(file, None, tuple(in_reading_order(findings)), places, None, "vi")
    desk = Desk(file, language_of(node), places, list(findings))
    sketch = None
    if node.kind == "map":
        sketch = read_definition(desk, node)
        tell_strangers(desk)
    else:
        desk.fault(
            "QT102",
            node.span,
            say("this is no definition of a procedure"),
            help=say("begin the file with the line:  quy trình:"),
        )
    found = tuple(in_reading_order(desk.findings))
    procedure = None if errors(found) else sketch
    return Loaded(file, procedure, found, places, node, desk.lang, None if desk.maimed else sketch)


def one_file_a_code(loaded: list[Loaded]) -> list[Loaded]:
    """Return what was loaded; files that share a code are reported, each of them."""
    files: dict[str, list[str]] = {}
    for one in loaded:
        if one.sketch is not None:
            files.setdefault(one.sketch.code, []).append(one.file)
    return [_with_rivals(one, files.get(one.sketch.code, []) if one.sketch else []) for one in loaded]


def _with_rivals(one: Loaded, files: list[str]) -> Loaded:
    rivals = [file for file in files if file != one.file]
    if not rivals or one.sketch is None:
        return one
    rival = Finding(
        "QT127",
        Severity.ERROR,
        say("the code “{code}” is also used in {file}", code=one.sketch.code, file=", ".join(rivals)),
        one.places.at("procedure", "code"),
        help=say("give one of the two another code"),
    )
    findings = tuple(in_reading_order([*one.findings, rival]))
    return Loaded(one.file, None, findings, one.places, one.node, one.lang, one.sketch)
