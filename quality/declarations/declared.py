"""Declarations (công bố) as their cases tell them, and whether the list last declared is still what is in force."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.case import Case
from engine.store import Reader
from procedures.release import Release
from procedures.words import Words, say
from quality import questions
from quality.fields import listed

DECLARATION = "QT-HT-30"
KIND, UNITS, STANDARD, LISTED, WHY = "loại công bố", "đơn vị công bố", "tiêu chuẩn", "danh mục công bố", "lý do công bố"
DECISION, DAY, SIGNATORY = "số quyết định", "ngày công bố", "người ký"
NOTIFIED, POSTED = "nơi gửi thông báo", "nơi niêm yết"
#: The results of its two ends.
DECLARED, NOT_DECLARED = "đã công bố", "chưa công bố"


@dataclass(frozen=True, slots=True)
class Declaration:
    """One declaration: of which units, with which list (code → issue), by which decision."""

    id: str
    kind: str
    units: tuple[str, ...]
    standard: str
    listed: Mapping[str, int]
    decision: str
    day: date | None
    signatory: str
    notified: str
    posted: str
    result: str

    @property
    def made(self) -> bool:
        """Tell whether the declaration was made."""
        return self.result == DECLARED


def declarations(reader: Reader) -> list[Declaration]:
    """Return every declaration in the order the cases were opened."""
    entered = questions.entered(reader, DECLARATION)
    return [_told(case, entered.get(case.id, {})) for case in reader.cases(procedure=DECLARATION)]


def last_of(found: Sequence[Declaration], unit: str) -> Declaration | None:
    """Return the last declaration that a unit has made."""
    made = [one for one in found if one.made and unit in one.units]
    return max(made, key=lambda one: (one.day or date.min, one.id), default=None)


@dataclass(frozen=True, slots=True)
class Difference:
    """How the procedures in force differ from the list last declared; (code, declared issue, issue in force)."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    amended: tuple[tuple[str, int, int], ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.amended)


def difference(listed: Mapping[str, int], scope: Sequence[Release]) -> Difference:
    """Compare a declared list with what is in force."""
    now = {one.code: one.issue for one in scope}
    return Difference(
        added=tuple(code for code in now if code not in listed),
        removed=tuple(code for code in sorted(listed) if code not in now),
        amended=tuple((code, listed[code], now[code]) for code in now if code in listed and listed[code] != now[code]),
    )


def why_again(unit: str, last: Declaration | None, found: Difference) -> Words | None:
    """Say why a unit has to declare, or declare again; None where its declaration stands."""
    if last is None:
        return say("{unit} has not declared its quality management system", unit=unit)
    if not found:
        return None
    return say(
        "{unit} has to declare again: {added} procedures added, {removed} removed, {amended} amended since {day}",
        unit=unit,
        added=len(found.added),
        removed=len(found.removed),
        amended=len(found.amended),
        day=last.day or "—",
    )


def list_text(scope: Sequence[Release]) -> str:
    """Return a scope as it is entered into a declaration."""
    return "; ".join(one.name for one in scope)


def listed_in(text: str) -> dict[str, int]:
    """Read a list such as “QT-VP-05@1; QT-TC-01@2”; what is no issue of a procedure is passed over."""
    found = {}
    for part in text.replace(",", ";").replace("\n", ";").split(";"):
        code, _, issue = part.strip().rpartition("@")
        if code and issue.isdigit():
            found[code] = int(issue)
    return found


def _told(case: Case, values: Mapping[str, str]) -> Declaration:
    day = values.get(DAY, "")
    return Declaration(
        id=case.id,
        kind=values.get(KIND, ""),
        units=listed(values.get(UNITS, "")),
        standard=values.get(STANDARD, ""),
        listed=listed_in(values.get(LISTED, "")),
        decision=values.get(DECISION, ""),
        day=date.fromisoformat(day) if day else None,
        signatory=values.get(SIGNATORY, ""),
        notified=values.get(NOTIFIED, ""),
        posted=values.get(POSTED, ""),
        result=case.result or "",
    )
