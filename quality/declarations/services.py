"""The list of administrative procedures (TTHC) of an agency, and which of them an issued procedure settles."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from procedures.release import Release
from procedures.rows import rows

FILE = Path("organisation.d") / "danh mục TTHC.csv"


@dataclass(frozen=True, slots=True)
class Service:
    """A TTHC of the published list, and the procedures in force that name its code."""

    code: str
    name: str
    unit: str
    procedures: tuple[str, ...]


def services(root: Path, releases: Sequence[Release]) -> list[Service]:
    """Return the list of an agency's folder with what settles each; empty without a list."""
    path = root / FILE
    if not path.exists():
        return []
    return [Service(row["mã"], row["tên"], row["đơn vị"], _settled_by(row["mã"], releases)) for row in rows(path)]


def _settled_by(code: str, releases: Sequence[Release]) -> tuple[str, ...]:
    return tuple(
        one.code for one in releases if f"({code})" in one.procedure.name or code in (one.procedure.source or "")
    )
