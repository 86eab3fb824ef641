"""The pack of a management review (9.3.2): filled from live data for a period, frozen at a cut-off."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from engine.log import stamp
from engine.rules import Ground
from engine.store import Store
from procedures.calendar import Calendar
from procedures.words import Words
from quality import questions
from quality.asking import asked
from quality.canonical import canonical
from quality.clauses import EDITION, Clause, clauses
from quality.columns import distinct
from quality.figure import Figure
from quality.inputs import BUILDERS
from quality.material import Material, material
from quality.naming import Letterhead, Named, named_on
from quality.periods import Period
from quality.section import Cell, Listing, Part, Section, Series, Topic


class Reviewed(Ground, Protocol):
    """What a pack is built from: an agency's ground, its store and its names."""

    @property
    def store(self) -> Store:
        """Where the cases are."""

    @property
    def settings(self) -> Letterhead:
        """The names for the letterhead."""


@dataclass(frozen=True, slots=True)
class ReviewPack:
    """The inputs of one review.

    `evidence` are (case, last event, hash) before the cut-off of every case behind it;
    `named` are the names that it uses.
    """

    agency: str
    superior: str
    place: str
    period: Period
    cut_off: datetime
    edition: str
    calendar: str
    sections: tuple[Section, ...]
    outputs: tuple[Clause, ...]
    evidence: tuple[tuple[str, int, str], ...]
    named: Named

    def section(self, name: str) -> Section:
        """Return a section by its id (“a”, “c4”); raises KeyError."""
        found = next((section for section in self.sections if section.clause.id == name), None)
        if found is None:
            raise KeyError(name)
        return found

    @property
    def digest(self) -> str:
        """The hash of the whole pack: equal packs are equal to the last byte."""
        return "sha256:" + hashlib.sha256(to_json(self).encode()).hexdigest()


def review_pack(agency: Reviewed, period: Period, cut_off: datetime, named: Named | None = None) -> ReviewPack:
    """Build the pack for a period from what happened before `cut_off`, an aware instant that has passed.

    Only what was recorded, issued and decided before the cut-off goes in, so building it again gives the same; `named`
    are the names that an earlier pack of the same cut-off keeps, without them those of the day of the cut-off.
    """
    cut_off = cut_off.astimezone(UTC).replace(microsecond=0)
    local = cut_off.astimezone(agency.calendar.zone).date()
    named = named or named_on(agency.settings, agency.organisation, local)
    calendar = Calendar(agency.calendar.version.as_known_on(local))
    issued = [one for one in agency.shelf.all() if one.issued_at < cut_off]
    with agency.store.reading() as reader:
        ended = {one.code for one in agency.shelf.endings() if one.since <= local and one.decided_at < cut_off}
        known = material(reader, issued, calendar, period, cut_off, named, ended)
        sections = tuple(_section(clause, known) for clause in clauses("input"))
        behind = distinct(one for section in sections for one in section.behind)
        evidence = tuple(questions.heads_before(reader, behind, cut_off))
    return ReviewPack(
        agency=named.agency,
        superior=named.superior,
        place=named.place,
        period=period,
        cut_off=cut_off.astimezone(calendar.zone),
        edition=EDITION,
        calendar=calendar.version.hash,
        sections=sections,
        outputs=clauses("output"),
        evidence=evidence,
        named=named,
    )


def _section(clause: Clause, known: Material) -> Section:
    return Section(clause, tuple(BUILDERS[clause.id](known)), asked(clause, known))


def to_json(pack: ReviewPack) -> str:
    """Return the pack as canonical JSON, with every figure's question, count and cases."""
    told = {
        "agency": pack.agency,
        "superior": pack.superior,
        "place": pack.place,
        "period": pack.period.key,
        "cut_off": stamp(pack.cut_off),
        "edition": pack.edition,
        "calendar": pack.calendar,
        "inputs": [_section_json(section) for section in pack.sections],
        "evidence": [list(line) for line in pack.evidence],
        "names": pack.named.as_json(),
    }
    return canonical(told)


def _section_json(section: Section) -> Mapping[str, object]:
    return {
        "id": section.clause.id,
        "clause": section.clause.clause,
        "parts": [_part_json(part) for part in section.parts],
        "asked": {
            "role": section.asked.role,
            "by": section.asked.by.isoformat(),
            "answers": [
                {"case": one.case, "who": one.who, "by": one.by.isoformat() if one.by else None, "text": one.text}
                for one in section.asked.answers
            ],
        },
    }


def _part_json(part: Part) -> Mapping[str, object]:
    match part:
        case Topic():
            return {"name": _said(part.name), "figures": [figure_told(figure) for figure in part.figures]}
        case Listing():
            rows = [[_cell_json(cell) for cell in row] for row in part.rows]
            return {"name": _said(part.name), "rows": rows, "cases": part.cases}
        case Series():
            points = [{"period": key, **figure_told(figure)} for key, figure in part.points]
            return {"name": _said(part.name), "points": points}


def figure_json(figure: Figure) -> dict[str, object]:
    """Return a figure as plain JSON values; key and scope are its question."""
    return {**figure_told(figure), "cases": list(figure.cases), "part": list(figure.part)}


def figure_told(figure: Figure) -> dict[str, object]:
    """Return the same for `canonical`, which names the cases where they are written."""
    return {
        "key": figure.key,
        "scope": dict(figure.scope),
        "name": _said(figure.name),
        "definition": _said(figure.definition),
        "value": figure.value,
        "unit": figure.unit,
        "count": figure.count,
        "measured": figure.measured,
        "cases": figure.cases,
        "part": figure.part,
    }


def _cell_json(cell: Cell) -> object:
    if isinstance(cell, Figure):
        return figure_told(cell)
    return _said(cell) if isinstance(cell, Words) else cell


def _said(words: Words) -> dict[str, str]:
    return {"vi": words.into("vi"), "en": words.into("en")}
