"""The programme of the sample year: issued in January, its tasks and reports carried out, and shown at its end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from io import BytesIO
from pathlib import Path
from random import Random

from engine.agency import Agency
from engine.case import Case, Item
from engine.commands import AttachFile
from engine.commands.files import NAME
from engine.files import Judged, judge
from engine.handle import Done
from engine.lacking import asks_for_records
from procedures.model import Procedure, Step
from procedures.words import Lang
from quality.programme.duties import kept
from quality.programme.opening import all_due, open_due
from quality.programme.plan import SERIES as TASKS
from quality.programme.plan import Issued
from quality.programme.read import FOLDER, read_plan
from quality.reports.duties import kinds_of, owed_in
from quality.reports.kinds import SERIES as REPORTS
from quality.reports.owed import Line, Owed, all_owed, lines, open_owed

#: Between these shares of the time that is left after its opening, whoever has a task begins with it.
_EARLY, _LATEST = 0.15, 1.06
#: A task without a last day is begun within so many days.
_SOME_DAYS = 90
#: How often the file that a policy asks for is forgotten.
_FORGOTTEN = 0.15
_PAGE = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%% "
)


@dataclass
class Programme:
    """The plan and the reports of the year, with a chance of their own."""

    agency: Agency
    random: Random
    year: int
    seen: date = date.min

    def open(self, now: datetime) -> list[Done]:
        """Open the cases of all tasks and reports whose day has come since one last looked."""
        today = now.astimezone(self.agency.calendar.zone).date()
        issued, owed = self._plans, self._owed
        days = {one.occurrence.opens for one in all_due(issued, self.agency.organisation, today)}
        days |= {one.occurrence.opens for one in owed}
        if not any(self.seen < day <= today for day in days):
            return []
        self.seen = today
        tasks = open_due(self.agency.store, self.agency, issued, now)
        return [*tasks, *open_owed(self.agency.store, self.agency, owed, now)]

    @cached_property
    def _plans(self) -> list[Issued]:
        return kept(self.agency).current()

    @cached_property
    def _owed(self) -> list[Owed]:
        return owed_in(self.agency, datetime(self.year, 12, 31, tzinfo=self.agency.calendar.zone))

    def begins(self, case: Case, item: Item, now: datetime) -> datetime | None:
        """Return when somebody begins with a task or a report; None for other work."""
        if case.series not in {TASKS, REPORTS} or item.number > 1:
            return None
        left = case.due - now if case.due is not None else timedelta(days=_SOME_DAYS)
        at = now + left * self.random.uniform(_EARLY, _LATEST)
        day = at.astimezone(self.agency.calendar.zone)
        return day.replace(hour=9 + self.random.randrange(6), minute=self.random.randrange(60), second=0)

    def keeps(self, procedure: Procedure, step: Step) -> tuple[str | None, ...]:
        """Return what whoever does a step attaches: where nothing goes on without it, and elsewhere mostly."""
        if step.needs_file:
            return step.leaves or (None,)
        asked = step.leaves if asks_for_records(procedure) else ()
        return tuple(paper for paper in asked if self.random.random() > _FORGOTTEN)

    def attach(self, id_: str, case: Case, item: int, actor: str, form: str | None) -> AttachFile:
        """Keep a page as a form or result of a step, and return the command that attaches it."""
        content = BytesIO(_PAGE + f"{case.id}/{item}/{form or ''}\n%%EOF\n".encode())
        found = judge(f"kết quả {case.id}.pdf", content)
        assert isinstance(found, Judged)  # noqa: S101 - the page above is one
        self.agency.files.put(content, found.digest)
        return AttachFile(
            id=id_,
            actor=actor,
            case=case.id,
            item=item,
            form=form,
            digest=found.digest,
            size=found.size,
            type=found.type,
            fields={NAME: found.name},
            salt=f"{self.random.getrandbits(128):032x}",
        )


def issue(agency: Agency, year: int) -> None:
    """Issue the plan of the year before it begins, where the sample agency has one."""
    path = agency.root / FOLDER / f"{year}.yaml"
    plan = read_plan(path, agency.root).plan if path.is_file() else None
    if plan is not None:
        at = datetime(year - 1, 12, 29, 9, tzinfo=agency.calendar.zone)
        kept(agency).keep(
            Issued(plan=plan, number="68/KH-SA", day=date(year - 1, 12, 29), signatory="Nguyễn Văn An, Giám đốc", at=at)
        )


def write(agency: Agency, year: int, now: datetime, folder: Path, lang: Lang) -> Iterator[Path]:
    """Write the plan, how it stands, and the reports of the agency for the year."""
    from visualize.programme_forms import write_board, write_plan
    from visualize.report_forms import write_report

    for issued in kept(agency).current():
        yield from write_plan(agency, issued, folder / "chuong-trinh", lang)
        yield from write_board(agency, issued, now, folder / "chuong-trinh", lang)
    for line in _own(agency, year, now):
        if line.owed.cut_off is not None:
            yield from write_report(agency, line.owed, line.owed.cut_off, folder / "bao-cao", lang)


def _own(agency: Agency, year: int, now: datetime) -> list[Line]:
    """Return the reports that the agency itself owed in the year."""
    owed = all_owed(kinds_of(agency).kinds, agency.organisation, agency.settings.agency, year)
    with agency.store.reading() as reader:
        return lines(reader, agency, [one for one in owed if one.unit == agency.settings.agency], now)
