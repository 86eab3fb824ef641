"""What a year leaves to the next plan besides its open tasks: conclusions of the last review, targets not met."""

from collections.abc import Iterator
from datetime import datetime

from engine.agency import Agency
from engine.case import Case
from procedures.shelf import ShelfRefusal
from quality import fields, questions
from quality.groups import by_issue
from quality.indicators import measured
from quality.material import REVIEW
from quality.periods import parse
from quality.programme.carrying import Left
from quality.targets import Target, targets


def conclusions(agency: Agency, now: datetime) -> Iterator[Left]:
    """Yield each conclusion of the last review that has any."""
    with agency.store.reading() as reader:
        entered = questions.entered(reader, REVIEW)
        reviews = sorted(reader.cases(procedure=REVIEW), key=lambda case: case.opened_at, reverse=True)
    for case in reviews:
        told = entered.get(case.id, {})
        if case.opened_at <= now and any(told.get(name) for name in fields.CONCLUSIONS):
            yield from _concluded(case, told)
            return


def unmet(agency: Agency, year: int, now: datetime) -> Iterator[Left]:
    """Yield each quality target that the cases of a year did not meet, once a target."""
    period = parse(str(year), agency.calendar.zone)
    with agency.store.reading() as reader:
        facts = questions.facts(reader, now, period.since, period.until)
    worked = measured(facts, agency.calendar)
    told: set[tuple[str, str]] = set()
    for group in by_issue(facts):
        try:
            procedure = agency.shelf.release(group.procedure, group.issues[-1][0]).procedure
        except ShelfRefusal:
            continue
        for target in targets(group, procedure, period, worked):
            key = (procedure.code, target.indicator.key)
            if target.met is False and key not in told:
                told.add(key)
                yield _missed(procedure.code, procedure.owner_unit, target)


def _concluded(case: Case, told: dict[str, str]) -> Iterator[Left]:
    for name in fields.CONCLUSIONS:
        if told.get(name):
            source = f"kết luận xem xét của lãnh đạo {case.id} ({name})"
            yield Left(" ".join(told[name].split()), (), "Báo cáo kết quả thực hiện kết luận", source)


def _missed(code: str, unit: str, target: Target) -> Left:
    name = f"Hành động để đạt mục tiêu {target.indicator.key} của {code}: {target.indicator.text}"
    source = f"mục tiêu {code} {target.indicator.key} chưa đạt, {target.figure.measured} trường hợp đã đo"
    return Left(name, (unit,), "Kế hoạch thực hiện mục tiêu", source)
