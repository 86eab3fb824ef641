"""Files of cases: which are taken, and where they lie, each once under the hash of its content."""

import fcntl
import hashlib
import os
import time
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import NamedTemporaryFile
from typing import BinaryIO

from engine.events import Event, FileAttached, ValuesErased
from engine.refusal import Refusal
from engine.refusals.files import (
    FileEmpty,
    FileHasMacros,
    FileNotTaken,
    FileNotWhatItSays,
    FileTooBig,
    FileUnpacksTooLarge,
)
from procedures.shelf import flush

_MB = 1024 * 1024
#: Largest file, and largest sum of the files of one case, in MB.
LARGEST, LARGEST_OF_CASE = 20, 200
#: An office document that unpacks to more, or has more parts, was made to do harm.
_UNPACKED, _PARTS = 50 * _MB, 2_000
_OFFICE = "application/vnd.openxmlformats-officedocument."
_PIECE = 64 * 1024
#: For so many seconds a file may wait for the event that tells of it.
_LEFT_ALONE = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file: its media type, what it begins with, and the part an office document of the kind has."""

    type: str
    magic: tuple[bytes, ...]
    part: str = ""


#: Every kind that is taken, by the end of its name; nothing that a browser or an office program would run.
KINDS: Mapping[str, Kind] = {
    ".pdf": Kind("application/pdf", (b"%PDF-",)),
    ".docx": Kind(f"{_OFFICE}wordprocessingml.document", (b"PK\x03\x04",), "word/document.xml"),
    ".xlsx": Kind(f"{_OFFICE}spreadsheetml.sheet", (b"PK\x03\x04",), "xl/workbook.xml"),
    ".png": Kind("image/png", (b"\x89PNG\r\n\x1a\n",)),
    ".jpg": Kind("image/jpeg", (b"\xff\xd8\xff",)),
    ".jpeg": Kind("image/jpeg", (b"\xff\xd8\xff",)),
}
#: Parts of an office document that run, or that hold other files which nobody has looked at.
_RUNS = ("vbaproject.bin", "vbadata.xml", ".exe", ".dll", ".js", ".vbs", ".zip", ".docm", ".xlsm", "oleobject")


@dataclass(frozen=True, slots=True)
class Judged:
    """A file that is taken: its name alone, media type, SHA-256 and size in bytes."""

    name: str
    type: str
    digest: str
    size: int


def judge(name: str, content: BinaryIO) -> Judged | Refusal:
    """Judge a file by its name and all of its content, read from the beginning; `content` must be seekable."""
    name = _plain(name)
    kind = KINDS.get(PurePosixPath(name).suffix.lower())
    if kind is None:
        return FileNotTaken(name, ", ".join(end.lstrip(".").upper() for end in KINDS if end != ".jpeg"))
    content.seek(0)
    digest, size, head = hashlib.sha256(), 0, b""
    while piece := content.read(_PIECE):
        head = head or piece[:16]
        digest.update(piece)
        size += len(piece)
        if size > LARGEST * _MB:
            return FileTooBig(name, LARGEST)
    if not size:
        return FileEmpty(name)
    if not head.startswith(kind.magic):
        return FileNotWhatItSays(name)
    inside = _inside(name, content, kind) if kind.part else None
    return inside or Judged(name, kind.type, digest.hexdigest(), size)


def _inside(name: str, content: BinaryIO, kind: Kind) -> Refusal | None:
    """Return what is wrong inside an office document, without ever unpacking more of it than is allowed."""
    try:
        with zipfile.ZipFile(content) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            if len(parts) > _PARTS:
                return FileUnpacksTooLarge(name)
            if {"[Content_Types].xml", kind.part} - names or any(_strays(one) for one in names):
                return FileNotWhatItSays(name)
            if any(one.lower().endswith(end) or end in one.lower() for one in names for end in _RUNS):
                return FileHasMacros(name)
            return FileUnpacksTooLarge(name) if sum(_unpacked(archive)) > _UNPACKED else None
    except (zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, EOFError, OSError, ValueError):
        return FileNotWhatItSays(name)


def _unpacked(archive: zipfile.ZipFile) -> Iterator[int]:
    """Yield how much each part really unpacks to, whatever the archive says, and stop when it is too much."""
    total = 0
    for part in archive.infolist():
        with archive.open(part) as stream:
            while piece := stream.read(_PIECE):
                total += len(piece)
                yield len(piece)
                if total > _UNPACKED:
                    return


def _strays(name: str) -> bool:
    """Tell whether a part would be written somewhere else when the archive is unpacked."""
    return name.startswith("/") or "\\" in name or ".." in PurePosixPath(name).parts or ":" in name


def _plain(name: str) -> str:
    """Return the name of a file without folders and without signs that no name should have."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = "".join(character for character in last if character.isprintable())
    return kept.strip(" .")[-150:] or "tệp"


def not_erased(told: Iterable[tuple[int, Event]]) -> list[tuple[int, FileAttached]]:
    """Return, of the events of a case with their numbers, those of the files it still has: their names stand."""
    kept: dict[str, tuple[int, FileAttached]] = {}
    for seq, event in told:
        if isinstance(event, FileAttached):
            kept[event.entered[0].name] = seq, event
        elif isinstance(event, ValuesErased):
            kept = {name: one for name, one in kept.items() if not event.erases(name)}
    return list(kept.values())


@dataclass(frozen=True, slots=True)
class FileShelf:
    """The folder of an agency's files: outside every folder that is served, each file under its SHA-256."""

    folder: Path

    def put(self, content: BinaryIO, digest: str) -> None:
        """Keep a file; it is on disk, whole, when this returns. The same content is kept once."""
        target = self.path(digest)
        target.parent.mkdir(parents=True, exist_ok=True)
        with _locked(target.parent):
            if target.exists():
                os.utime(target)  # wanted again: who tidies up lets it stand until the event that tells of it is there
                return
        content.seek(0)
        with NamedTemporaryFile(dir=target.parent, prefix=".", delete=False) as draft:
            try:
                while piece := content.read(_PIECE):
                    draft.write(piece)
                draft.flush()
                os.fsync(draft.fileno())
                Path(draft.name).replace(target)
            except BaseException:
                with suppress(FileNotFoundError):
                    Path(draft.name).unlink()
                raise
        flush(target.parent)

    def path(self, digest: str) -> Path:
        """Return where the file with this SHA-256 lies, or would lie."""
        return self.folder / digest[:2] / digest

    def whole(self, digest: str) -> bool:
        """Tell whether the file is there and still what it was."""
        path = self.path(digest)
        if not path.is_file():
            return False
        with path.open("rb") as content:
            return hashlib.file_digest(content, "sha256").hexdigest() == digest

    def forget(self, digest: str) -> bool:
        """Delete a file that nobody has put in for a day; tell whether it is gone."""
        path = self.path(digest)
        with suppress(FileNotFoundError), _locked(path.parent):
            if path.stat().st_mtime > time.time() - _LEFT_ALONE:
                return False
            path.unlink()
            flush(path.parent)
        return True

    def all(self) -> list[str]:
        """Return the SHA-256 of every file that is kept, in order."""
        return sorted(path.name for path in self.folder.glob("??/*") if not path.name.startswith("."))


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Let nobody delete a file while somebody finds that it is there already."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
