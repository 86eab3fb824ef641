"""Plans as they were issued, each kept under the hash of its content and never changed."""

import hashlib
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

from procedures.shelf import flush, write_flushed
from procedures.words import Words, say
from quality.programme.plan import Issued

#: Where an agency's issued plans lie.
FOLDER = "programmes"
_KIND, _END = "sha256:", ".json"


class KeptProgrammes:
    """A folder with one file for each issue of a plan, named by the SHA-256 of its bytes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, issued: Issued) -> str:
        """Keep an issue, whole or not at all, and return its hash; one that is kept already is left alone."""
        text = text_of(issued)
        hash_ = hash_of(issued)
        path = self._path(hash_)
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=".", dir=self.folder) as aside:
                scratch = Path(aside) / path.name
                write_flushed(scratch, text)
                scratch.replace(path)
            flush(self.folder)
        return hash_

    def all(self) -> list[Issued]:
        """Return every sound issue: by year and code, each plan's issues in their order."""
        found = [Issued.model_validate_json(path.read_bytes()) for path in self._files() if _sound(path)]
        return sorted(found, key=lambda one: (one.plan.year, one.plan.code, one.issue, one.at))

    def current(self) -> list[Issued]:
        """Return the newest issue of each plan."""
        return list({one.plan.code: one for one in self.all()}.values())

    def of(self, code: str) -> Issued | None:
        """Return the newest issue of a plan, or None."""
        return next((one for one in self.current() if one.plan.code == code), None)

    def faults(self) -> Iterator[Words]:
        """Yield what was altered after it was kept."""
        for path in self._files():
            if not _sound(path):
                yield say("programme {file} was altered after it was kept", file=f"{self.folder.name}/{path.name}")

    def _files(self) -> list[Path]:
        return sorted(self.folder.glob(f"*{_END}"))

    def _path(self, hash_: str) -> Path:
        return self.folder / f"{hash_.removeprefix(_KIND)}{_END}"


def text_of(issued: Issued) -> str:
    """Return the one canonical text of an issue."""
    told = issued.model_dump(mode="json", exclude_defaults=False)
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def hash_of(issued: Issued) -> str:
    """Return the hash by which a case remembers the issue it was opened under."""
    return _KIND + hashlib.sha256(text_of(issued).encode()).hexdigest()


def _sound(path: Path) -> bool:
    return hashlib.sha256(path.read_bytes()).hexdigest() == path.stem
