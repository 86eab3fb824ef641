"""Every calendar that cases have counted by, kept under the hash of its content, so that no date loses its reason."""

import hashlib
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from procedures.calendar.units import Calendars
from procedures.shelf import flush, write_flushed
from procedures.words import Words, say

#: How a hash begins in records, and is left out in the names of files.
_KIND = "sha256:"
_END = ".jsonl"
#: So many digits name a calendar when nobody wants to write them all.
_SHORTEST = 8


class KeptCalendars:
    """A folder with one file a version, named by the SHA-256 of its bytes; a file is never changed or taken away."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, calendars: Calendars) -> None:
        """Keep calendars before anything counts by them, whole or not at all; those that are kept are left alone."""
        path = self._path(calendars.hash)
        if path.exists():
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".", dir=self.folder) as aside:
            scratch = Path(aside) / path.name
            write_flushed(scratch, calendars.text)
            scratch.replace(path)
        flush(self.folder)

    def of(self, hash_: str) -> Calendars | None:
        """Return the calendars with this hash, or None when they are not here, or not as they were kept."""
        path = self._path(hash_)
        if not path.is_file() or not _sound(path):
            return None
        return Calendars.from_text(path.read_text(encoding="utf-8"))

    def find(self, begins: str) -> str | None:
        """Return the one kept hash that begins so, with at least 8 digits; None when there is none, or are several."""
        digits = begins.removeprefix(_KIND)
        if len(digits) < _SHORTEST:
            return None
        found = [path.stem for path in self._files() if path.stem.startswith(digits)]
        return _KIND + found[0] if len(found) == 1 else None

    def count(self) -> int:
        """Return how many are kept."""
        return len(self._files())

    def faults(self, used: Mapping[str, str]) -> Iterator[Words]:
        """Yield what is wrong: what was altered, and what is missing of `used`, which names a case for each hash."""
        files = self._files()
        for path in files:
            if not _sound(path):
                yield say("calendar {file} was altered after it was kept", file=f"{self.folder.name}/{path.name}")
        there = {_KIND + path.stem for path in files}
        for hash_, case in sorted(used.items()):
            if hash_ not in there:
                yield say("calendar {hash}, by which {case} counts, is missing", hash=hash_, case=case)

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob(f"*{_END}"))

    def _path(self, hash_: str) -> Path:
        return self.folder / f"{Path(hash_.removeprefix(_KIND)).name}{_END}"


def _sound(path: Path) -> bool:
    return hashlib.sha256(path.read_bytes()).hexdigest() == path.stem
