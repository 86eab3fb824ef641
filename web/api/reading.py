"""What a program may read: the same as its person reads on the pages, and nothing else."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import Path, Query, Response

from engine.finding import words_asked
from procedures.release import Release
from procedures.shelf import NotOnShelf
from procedures.words import say
from quality import questions_cases, questions_work
from quality.figure import Figure
from quality.groups import by_issue
from quality.questions_cases import Standing
from quality.questions_work import Look, Wanted
from quality.registers import Asked, register
from web.answers import handed
from web.api import telling
from web.api.acting import CASE, MOST, CaseId
from web.api.gate import Caller_, Reads
from web.api.shapes import (
    Cases,
    CaseWhole,
    Entry,
    Figures,
    Finding,
    Findings,
    Log,
    Me,
    Measured,
    ProcedureLine,
    Procedures,
    ProcedureWhole,
    RegisterWhole,
    WorkLine,
    WorkList,
)
from web.asking import near
from web.behind import all_facts, cases_link, figures
from web.issues import applying
from web.pages.files import kept
from web.reading import held, nonconformities
from web.status import work_look
from web.visit import Missing, Visit

#: How a procedure is called.
CODE = r"^[^\s/\x00-\x1f]{1,60}$"
Code = Annotated[str, Path(pattern=CODE, examples=["QT-VP-05"])]
Limit = Annotated[int, Query(ge=1, le=200)]
#: How places on lists are written: among cases, and among work, of which some is never due.
_ID = CASE.strip("^$")
_NEWER, _WORK = f"^[0-9]{{1,11}}[.]{_ID}$", f"^([0-9]{{1,11}}|-)[.]{_ID}[.][0-9]{{1,9}}$"


def me(who: Caller_) -> Me:
    """Return who the token speaks for."""
    person = who.token.person
    return Me(
        person=person,
        name=who.visit.name(person),
        token=who.token.name,
        scope=who.token.scope,
        expires_at=who.token.expires_at,
    )


def cases(
    visit: Reads,
    procedure: Annotated[str | None, Query(pattern=CODE)] = None,
    standing: Standing | None = None,
    search: Annotated[str | None, Query(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f]+$")] = None,
    after: Annotated[str | None, Query(pattern=_NEWER)] = None,
    limit: Limit = 50,
) -> Cases:
    """Return a page of the cases that may be read."""
    wanted = questions_cases.Wanted(
        visit.now,
        near(visit),
        visit.scope,
        procedure=procedure,
        standings=(standing,) if standing else (),
        words=words_asked(search or ""),
    )
    place = None if after is None else _newer(after)
    with visit.agency.store.reading() as reader:
        found = questions_cases.onward(reader, wanted, place, limit + 1)
    more = found[limit - 1] if len(found) > limit else None
    return Cases(
        cases=[telling.line(visit, one) for one in found[:limit]],
        next=f"{int(more.opened_at.timestamp())}.{more.id}" if more is not None else None,
    )


def case(case: CaseId, visit: Reads, answer: Response) -> CaseWhole:
    """Return a case; its ETag is its version."""
    found = held(visit, case)
    answer.headers["ETag"] = f'"{found.case.version}"'
    return telling.whole(visit, found)


def events(case: CaseId, visit: Reads) -> Log:
    """Return the log of a case."""
    return Log(case=case, events=telling.log(visit, held(visit, case)))


def file(case: CaseId, number: Annotated[int, Path(ge=1, le=MOST)], visit: Reads) -> Response:
    """Return a file of a case."""
    return handed(kept(visit, held(visit, case), str(number)))


def work(
    visit: Reads,
    whose: Literal["mine", "units"] = "mine",
    stands: Look | None = None,
    after: Annotated[str | None, Query(pattern=questions_work.PLACE)] = None,
    limit: Limit = 50,
) -> WorkList:
    """Return a page of open work: one's own, or that of one's units."""
    wanted = Wanted(visit.now, near(visit), whose, visit.scope, stands)
    place = None if after is None else questions_work.place_of(after)
    with visit.agency.store.reading() as reader:
        found = questions_work.onward(reader, wanted, place, limit + 1)
    more = found[limit - 1] if len(found) > limit else None
    same = tuple(name for name in WorkLine.model_fields if name != "stands")
    lines = [
        WorkLine(**{name: getattr(one, name) for name in same}, stands=work_look(visit, one)) for one in found[:limit]
    ]
    if more is None:
        return WorkList(work=lines, next=None)
    return WorkList(work=lines, next=questions_work.text_of(more.place))


def procedures(visit: Reads) -> Procedures:
    """Return every procedure that has been issued, by the issue that applies."""
    return Procedures(procedures=[ProcedureLine(**_release(one)) for one in applying(visit)])


def procedure(code: Code, visit: Reads, issue: Annotated[int | None, Query(ge=1, le=MOST)] = None) -> ProcedureWhole:
    """Return one issue of a procedure: the one that applies, or the one asked for."""
    releases = [one for one in visit.agency.shelf.all() if one.code == code]
    if not releases:
        raise Missing(say("no procedure {code} has been issued", code=code))
    wanted = next(one for one in applying(visit) if one.code == code)
    if issue is not None:
        found = next((one for one in releases if one.issue == issue), None)
        if found is None:
            raise Missing(say("{code} has no issue {issue}", code=code, issue=issue))
        wanted = found
    definition = wanted.procedure.model_dump(mode="json")
    return ProcedureWhole(**_release(wanted), issues=[one.issue for one in releases], definition=definition)


def book(
    code: Code,
    visit: Reads,
    period: Annotated[str | None, Query(max_length=20, examples=["2026-Q1"])] = None,
    unit: Annotated[str | None, Query(max_length=200)] = None,
) -> RegisterWhole:
    """Return the register of a procedure, of the cases that may be read."""
    asked = Asked(code, None if period is None else visit.named_period(period), unit, visit.scope)
    try:
        with visit.agency.store.reading() as reader:
            found = register(reader, visit.agency, asked, visit.now)
    except NotOnShelf as fault:
        raise Missing(fault.words) from fault
    return RegisterWhole(
        code=found.code,
        name=found.name,
        period=found.period.key if found.period is not None else None,
        as_of=found.as_of,
        fields=tuple(one.name for one in found.fields),
        entries=[Entry(case=telling.line(visit, one.case), values=one.values) for one in found.entries],
    )


def findings(visit: Reads) -> Findings:
    """Return the register of nonconformities, of those that may be read."""
    found = nonconformities(visit)[::-1]
    return Findings(
        nonconformities=[Finding(**{name: getattr(one, name) for name in Finding.model_fields}) for one in found]
    )


def measures(
    visit: Reads,
    period: Annotated[str | None, Query(max_length=20, examples=["2026-Q1"])] = None,
    procedure: Annotated[str | None, Query(pattern=CODE)] = None,
) -> Figures:
    """Return the figures of a period: the main ones of every procedure, or besides those of the steps of one."""
    asked = visit.year if period is None else visit.named_period(period)
    groups = by_issue(all_facts(visit, procedure))
    found = [figure for group in groups for figure in figures(visit, group, asked, steps=procedure is not None)]
    return Figures(period=asked.key, figures=[_measured(visit, one) for one in found])


def _measured(visit: Visit, figure: Figure) -> Measured:
    return Measured(
        key=figure.key,
        name=visit.text(figure.name),
        definition=visit.text(figure.definition),
        value=figure.value,
        unit=figure.unit,
        count=figure.count,
        measured=figure.measured,
        scope=dict(figure.scope),
        cases=cases_link(visit, figure),
    )


def _release(one: Release) -> dict[str, object]:
    return {
        "code": one.code,
        "name": one.procedure.name,
        "kind": one.procedure.kind.value,
        "owner_unit": one.procedure.owner_unit,
        "issue": one.issue,
        "effective_from": one.effective_from,
        "sha256": one.hash,
    }


def _newer(after: str) -> tuple[datetime, str]:
    at, _, case_id = after.partition(".")
    return _instant(at), case_id


def _instant(text: str) -> datetime:
    return datetime.fromtimestamp(int(text), UTC)
