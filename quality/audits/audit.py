"""An internal audit as its case tells it: what is audited by whom, where it stands, what was found."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from engine.case import Case, CaseStatus
from engine.store import Reader
from quality import questions
from quality.audits import fields
from quality.audits.fields import AUDIT
from quality.fields import FROM_AUDITS, listed
from quality.nonconformity import Nonconformity
from quality.policy import HANDLING


@dataclass(frozen=True, slots=True)
class Audit:
    """One audit; what nobody has entered is empty. `audited_on` is when the audit at the unit was carried out."""

    id: str
    title: str
    year: int | None
    units: tuple[str, ...]
    procedures: tuple[str, ...]
    criteria: str
    when: str
    lead: str
    team: tuple[str, ...]
    sample: str
    clauses: str
    strengths: str
    found: str
    stage: str
    opened_at: datetime
    due: datetime | None
    audited_on: datetime | None
    ended_at: datetime | None
    called_off: bool

    @property
    def members(self) -> tuple[str, ...]:
        """The accounts of the whole team, the lead first, each once."""
        return tuple(dict.fromkeys(filter(None, (self.lead, *self.team))))


def audits(reader: Reader, year: int | None = None) -> list[Audit]:
    """Return the audits of a year, or all, in the order they were opened."""
    entered = questions.entered(reader, AUDIT)
    found = (told(case, entered.get(case.id, {})) for case in reader.cases(procedure=AUDIT))
    return [one for one in found if year is None or one.year == year]


def told(case: Case, values: Mapping[str, str]) -> Audit:
    """Return what a case of the audit procedure tells."""
    year = values.get(fields.YEAR, "").split(".")[0]
    done = [item.finished_at for item in case.attempts("đánh giá") if item.finished_at is not None]
    return Audit(
        id=case.id,
        title=case.title,
        year=int(year) if year.isdigit() else None,
        units=listed(values.get(fields.UNITS, "")),
        procedures=listed(values.get(fields.PROCEDURES, "").replace(",", ";")),
        criteria=values.get(fields.CRITERIA, ""),
        when=values.get(fields.WHEN, ""),
        lead=next(iter(listed(values.get(fields.LEAD, ""))), ""),
        team=listed(values.get(fields.TEAM, "")),
        sample=values.get(fields.SAMPLE, ""),
        clauses=values.get(fields.CLAUSES, ""),
        strengths=values.get(fields.STRENGTHS, ""),
        found=values.get(fields.FOUND, ""),
        stage=", ".join(item.step for item in case.live_items),
        opened_at=case.opened_at,
        due=case.due,
        audited_on=done[-1] if done else None,
        ended_at=case.ended_at,
        called_off=case.status in {CaseStatus.WITHDRAWN, CaseStatus.STOPPED},
    )


def findings_of(reader: Reader, found_in: str, register: list[Nonconformity]) -> list[Nonconformity]:
    """Return the nonconformities that an audit or an inspection has opened: by name, or as a case that it called."""
    called = {case.id for case in reader.cases(procedure=HANDLING) if case.parent and case.parent[0] == found_in}
    named = (one for one in register if found_in in listed(one.source_case.replace(",", ";")))
    opened = {one.id for one in named if one.source in FROM_AUDITS}  # that an audit was itself late is no finding of it
    return [one for one in register if one.id in called | opened]
