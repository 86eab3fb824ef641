"""The draft of a procedure: what its file says now, under the number it would be issued by."""

from collections.abc import Iterable
from pathlib import Path

from procedures.canonical import content_hash
from procedures.load import Loaded, load_file
from procedures.model import Procedure
from procedures.release import Release
from procedures.text import nfc

FOLDER = "procedures.d"


def drafted(root: Path, code: str) -> Loaded | None:
    """Return what the file of a code in the agency's folder says, or None without one; Python is never run for it."""
    named = [path for path in (root / FOLDER).glob("*.yaml") if nfc(path.stem) == code]
    return load_file(named[0], root, allow_python=False) if named else None


def upcoming(draft: Procedure, issued: Iterable[Release]) -> Procedure:
    """Return a draft as it would be issued: one whose number was not raised yet comes after the last issue."""
    issues = {one.issue: one.hash for one in issued if one.code == draft.code}
    last = max(issues, default=0)
    if draft.issue > last or content_hash(draft) == issues.get(draft.issue):
        return draft
    return draft.model_copy(update={"issue": last + 1})
