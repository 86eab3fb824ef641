"""Telling a program about a case: its state, its work, its files, its events."""

from engine.case import Case, Item, is_late
from engine.handle import Done, rules_for
from engine.store import Held
from procedures.model import Procedure
from visualize.timeline import entries
from web.acts import may_finish
from web.api.shapes import (
    CaseLine,
    CaseWhole,
    Extension,
    FileLine,
    FurtherTask,
    Lacking,
    Opinion,
    Outcome,
    Piece,
    Record,
    Since,
    Written,
)
from web.visit import Visit


def line(visit: Visit, case: Case) -> CaseLine:
    """Return a case as a list shows it."""
    return CaseLine(**_line(visit, case))


def whole(visit: Visit, held: Held) -> CaseWhole:
    """Return a case with everything in it."""
    case, procedure = held.case, rules_for(held.case, visit.agency).procedure
    return CaseWhole(
        **_line(visit, case),
        items=[_piece(visit, held, procedure, item) for item in case.items],
        values=dict(held.values),
        files=[
            FileLine(
                number=one.number,
                item=one.item,
                name=held.values.get(one.name),
                form=one.form or None,
                type=one.type,
                size=one.size,
                sha256=one.digest,
                by=one.by,
                at=one.at,
            )
            for one in case.files
        ],
        opinions=[
            Opinion(
                number=one.number,
                item=one.item,
                of=one.of,
                by=one.by,
                question=one.question,
                due=one.due,
                opinion=one.opinion,
            )
            for one in case.consultations
        ],
        extensions=[
            Extension(
                number=one.number,
                by=one.by,
                length=one.length.text,
                reason=one.reason,
                open=one.open,
                granted=one.granted,
            )
            for one in case.extensions
        ],
        supplement=_lacking(case),
    )


def log(visit: Visit, held: Held) -> list[Record]:
    """Return the events of a case, oldest first."""
    with visit.agency.store.reading() as reader:
        records = reader.log(held.case.id)
    told = entries(visit, held.case, records)
    return [
        Record(
            seq=record.seq,
            at=record.at,
            actor=record.actor,
            kind=record.event.kind,
            says=visit.text(entry.what),
            hash=record.hash,
        )
        for record, entry in zip(records, told, strict=True)
    ]


def since(visit: Visit, held: Held, version: int) -> list[Since]:
    """Return who did what to a case since a version of it."""
    with visit.agency.store.reading() as reader:
        records = reader.log(held.case.id)
    told = entries(visit, held.case, records)
    return [Since(seq=one.seq, at=one.at, who=one.who, what=visit.text(one.what)) for one in told if one.seq > version]


def outcome(done: Done, version: int) -> Outcome:
    """Return what came of a command; `version` is that of the case when it wrote nothing."""
    written = [Written(seq=one.seq, kind=one.event.kind, at=one.at) for one in done.records]
    return Outcome(case=done.case, version=written[-1].seq if written else version, events=written)


def _line(visit: Visit, case: Case) -> dict[str, object]:
    ran_out = case.due is not None and case.stopped_at is None and is_late(case.ended_at or visit.now, case.due)
    return {
        "id": case.id,
        "procedure": case.procedure,
        "issue": case.issue,
        "title": case.title,
        "status": case.status.value,
        "result": case.result,
        "opener": case.opener,
        "unit": case.unit,
        "opened_at": case.opened_at,
        "due": case.due,
        "promised": case.promised,
        "ended_at": case.ended_at,
        "late": ran_out,
        "steps": tuple(dict.fromkeys(item.step for item in case.live_items)),
        "version": case.version,
    }


def _piece(visit: Visit, held: Held, procedure: Procedure, item: Item) -> Piece:
    step = procedure.step(item.step)
    same = (
        *("number", "step", "attempt", "waits_for", "role", "unit", "member", "assignee", "on_behalf_of", "opened_at"),
        *("claimed_at", "started_at", "finished_at", "due", "outcome"),
    )
    return Piece(
        **{name: getattr(item, name) for name in same},
        name=step.name,
        status=item.status.value,
        yours=item.live and item.waits_for == "work" and may_finish(visit, held, item) is None,
        outcomes=tuple(one.label for one in step.choices),
        collects=step.collect,
        checklist=step.checklist,
        tasks=[
            FurtherTask(number=one.number, to=one.to, what=one.what, due=one.due, open=one.open) for one in item.tasks
        ],
    )


def _lacking(case: Case) -> Lacking | None:
    asked = case.supplement
    if asked is None:
        return None
    return Lacking(number=asked.number, lacking=asked.lacking, reason=asked.reason, expires=asked.expires)
