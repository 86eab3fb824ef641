"""Lines of a CSV file that become cases of a register: each line one case, its columns the values of the first step."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from engine.commands import FinishWork, OpenCase
from engine.entering import accounts_in
from engine.events import CaseOpened
from engine.salts import fresh_salt
from engine.store import Reader
from procedures.model import FieldType, Procedure
from procedures.organisation import Organisation
from procedures.text import fold, nfc
from procedures.values import ValueSaid, parse_entered, to_text
from procedures.words import Words, say
from quality.questions import opened_with

#: The column with what a case is about, and the one with the unit it is opened for; everything else is a value.
TITLE, UNIT = "trích yếu", "đơn vị"
#: What the id of a command begins with that opens the case of a line.
_MARK = "nhap-"
#: What a line says: its title, and its values as they are kept.
_Said = tuple[str, frozenset[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file: its number, and what it says."""

    number: int
    title: str
    unit: str | None
    values: Mapping[str, str]

    def opening(self, procedure: Procedure, actor: str) -> OpenCase:
        """Return a command that opens its case. Its id tells nothing of the line: it stays when that is erased."""
        return OpenCase(
            id=f"{_MARK}{uuid4().hex}",
            actor=actor,
            procedure=procedure.code,
            title=self.title,
            unit=self.unit,
            fields=dict(self.values),
            salt=fresh_salt(),
        )

    def said(self, procedure: Procedure, organisation: Organisation) -> _Said:
        """Return what it says, as a case keeps it."""
        return " ".join(self.title.split()), frozenset(
            (name, _kept(procedure, name, text, organisation)) for name, text in self.values.items()
        )


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The cases of a procedure by what they were opened with: a line that has become one of them is not taken in again.

    What was erased is known no more, and would be taken in again.
    """

    cases: dict[_Said, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, reader: Reader, procedure: str) -> "TakenIn":
        """Read which there are."""
        found, values = cls(), opened_with(reader, procedure)
        for case in reader.cases(procedure=procedure):
            found.add((case.title, frozenset(values.get(case.id, {}).items())), case.id)
        return found

    def add(self, said: _Said, case: str) -> None:
        """Add the case of a line."""
        self.cases.setdefault(said, []).append(case)

    def find(self, reader: Reader, said: _Said, unit: str | None) -> str | None:
        """Return the case that a line has become, which was opened for its unit if it names one."""
        for case in self.cases.get(said, ()):
            first = reader.log(case)[0]
            opened = first.event
            if first.command.startswith(_MARK) and isinstance(opened, CaseOpened) and unit in {None, opened.unit}:
                return case
        return None


def _kept(procedure: Procedure, name: str, text: str, organisation: Organisation) -> str:
    """Return a value that a line gives, as a case keeps it."""
    spec = procedure.field(name)
    if spec is None:
        return text
    value = to_text(parse_entered(spec, text))
    return accounts_in(organisation, value) if spec.type is FieldType.PEOPLE else value


def finishing(opened: OpenCase, case: str, procedure: Procedure) -> FinishWork | None:
    """Return the command that ends the first step; None where somebody has to choose how it ends."""
    start = procedure.start
    if len(start.choices) > 1:
        return None
    return FinishWork(
        id=f"{opened.id}-xong",
        actor=opened.actor,
        case=case,
        item=1,
        outcome=start.choices[0].label,
        checked=start.checklist,
        salt=fresh_salt(),
    )


def lines(text: str, procedure: Procedure) -> tuple[list[Line], list[tuple[int, Words]]]:
    """Return the lines of a CSV file, and what is wrong with it by line number; nothing is taken in with a fault."""
    rows = list(csv.reader(io.StringIO(nfc(text)), delimiter=";" if text.split("\n", 1)[0].count(";") else ","))
    if not rows:
        return [], [(1, say("the file is empty"))]
    heads, faults = _heads(rows[0], procedure)
    found = []
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        line, wrong = _line(number, dict(zip(heads, row, strict=False)), procedure)
        faults += [(number, words) for words in wrong]
        found.append(line)
    return found, faults


def _heads(row: Sequence[str], procedure: Procedure) -> tuple[list[str], list[tuple[int, Words]]]:
    known = {fold(name): name for name in (TITLE, UNIT, *procedure.start.collect)}
    heads = [known.get(fold(cell.strip()), "") for cell in row]
    faults = [
        (1, say("no value of the first step is called “{name}”", name=cell))
        for cell, head in zip(row, heads, strict=True)
        if not head
    ]
    if TITLE not in heads:
        faults.append((1, say("the column “{name}” is missing", name=TITLE)))
    return heads, faults


def _line(number: int, told: Mapping[str, str], procedure: Procedure) -> tuple[Line, list[Words]]:
    values = {name: text.strip() for name, text in told.items() if name not in {TITLE, UNIT, ""} and text.strip()}
    title, unit = told.get(TITLE, "").strip(), told.get(UNIT, "").strip() or None
    return Line(number, title, unit, values), list(_faults(title, values, procedure))


def _faults(title: str, values: Mapping[str, str], procedure: Procedure) -> Iterator[Words]:
    if not title:
        yield say("“{name}” is empty", name=TITLE)
    for name in procedure.start.collect:
        spec = procedure.field(name)
        if spec is None:
            continue
        if name not in values:
            if spec.required:
                yield say("“{name}” is empty", name=name)
            continue
        try:
            parse_entered(spec, values[name])
        except ValueSaid as fault:
            yield say("“{name}”: {fault}", name=name, fault=fault.words)
