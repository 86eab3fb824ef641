"""A calendar file about to be put in the place of what the folder says about the same year of the same unit."""

from collections.abc import Mapping
from pathlib import Path

from procedures.calendar.load import key_of, read_version
from procedures.shelf import flush, write_flushed
from procedures.text import nfc


def with_file(files: Mapping[str, bytes], name: str, text: bytes) -> dict[str, bytes]:
    """Return the files of a calendar folder once `text` is published."""
    return {**files, place_of(files, name, text): text}


def place_of(files: Mapping[str, bytes], name: str, text: bytes) -> str:
    """Return the name under which a file is published: that of the file which speaks of the same year and unit.

    Where none does, the year and the unit are its name; what cannot be read keeps its own.
    """
    version, _ = read_version(text, name)
    if version is None:
        return nfc(name)
    key = key_of(version)
    for known, told in files.items():
        other, _ = read_version(told, known)
        if other is not None and key_of(other) == key:
            return known
    unit, year = key
    return f"{year}.yaml" if unit is None else f"{year} {unit}.yaml"


def put(path: Path, text: bytes) -> None:
    """Write a calendar file whole or not at all, and wait until the disk has it."""
    if path.exists() and path.read_bytes() == text:
        return
    scratch = path.with_name(f".{path.name}.new")
    write_flushed(scratch, text.decode("utf-8"))
    scratch.replace(path)
    flush(path.parent)
