"""Writing definition files again, safe mends or the house form; a file is replaced whole or not at all."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cli.definitions import FOLDER, Checked, checked, located, only_ours
from cli.desk import Desk

if TYPE_CHECKING:
    from procedures.words import Lang

#: Mends may uncover others; a file needs no more rounds than this.
_ROUNDS = 5


def mended(desk: Desk, found: Checked, names: Sequence[Path]) -> Checked:
    """Apply every safe mend, check again, and so on until none is left; prints what was changed."""
    from procedures.rewrite import apply_edits

    for _ in range(_ROUNDS):
        edits: dict[str, list[object]] = {}
        for finding in found.findings:
            for edit in finding.fix:
                edits.setdefault(edit.span.file, []).append(edit)
        if not edits:
            return found
        for file, made in edits.items():
            before = found.sources[file]
            after = apply_edits(before, made)  # type: ignore[arg-type]  # they are Edits
            _show_difference(desk, file, before, after)
            replace(found.paths[file], after)
        found = checked(desk, names)
    return found


def reformatted(desk: Desk, names: Sequence[Path], keys: "str | None", *, write: bool) -> list[Path]:
    """Return the files that are not in the house form (or whose keys switch), written again when `write`."""
    from procedures.rewrite import format_text, switch_keys

    changed: list[Path] = []
    for path in _files(desk, names):
        before = path.read_bytes().decode(errors="strict")
        after = format_text(before)
        if keys is not None:
            lang: Lang = "vi" if keys == "vi" else "en"
            after = switch_keys(after, lang)
        if after != before:
            changed.append(path)
            if write:
                replace(path, after)
    return changed


def replace(path: Path, text: str) -> None:
    """Put a new text in the place of a file, whole or not at all."""
    scratch = path.with_name(f".{path.name}.new")
    scratch.write_text(text, encoding="utf-8", newline="\n")
    scratch.replace(path)


def _files(desk: Desk, names: Sequence[Path]) -> list[Path]:
    only_ours(desk, names)
    places = [located(desk, name) for name in names] or [desk.root / FOLDER]
    files = [file for place in places for file in (sorted(place.glob("*.yaml")) if place.is_dir() else [place])]
    return [file for file in files if file.suffix != ".py"]  # a program has no house form


def _show_difference(desk: Desk, file: str, before: str, after: str) -> None:
    from difflib import unified_diff

    lines = unified_diff(before.splitlines(), after.splitlines(), file, file, lineterm="", n=0)
    desk.tell("\n".join(lines))
