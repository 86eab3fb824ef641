"""Questions to a store about many cases at once: the only SQL above the stores, and the same from any reader."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby, islice
from typing import Any

import numpy as np
from sqlalchemy import Select, and_, func, select

from engine.case import Case
from engine.evolve import fold
from engine.log import Recorded
from engine.scope import EVERYTHING, Scope, may_read
from engine.store import Reader
from engine.stores.erasable import TEXT_OF
from engine.stores.scoping import within
from engine.stores.sql import SqlReader
from engine.stores.tables import BREACH, CASE, ENTERED, EVENT, ITEM
from engine.stores.written import kept_of, read_log
from quality.columns import NEVER, Behind, Flags, names
from quality.facts import BreachFact, CaseFact, Facts, breach_facts, case_fact, item_facts
from quality.joining import joined
from quality.questions_rows import breach_rows, rows
from quality.questions_snapshot import snapshot
from quality.quiet import uncollected

_EVER = 1 << 40
#: So many cases are asked for by name at once.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Frozen:
    """A case as it stood before a cut-off: its last record's number and hash, and its entered values as text."""

    case: Case
    head: str
    values: dict[str, str]


def facts(
    reader: Reader,
    now: datetime,
    since: int = 0,
    until: int = _EVER,
    procedure: str | None = None,
    scope: Scope = EVERYTHING,
) -> Facts:
    """Return the facts about every case within a scope that was open at some time in [since, until), as they stand."""
    as_of = int(now.timestamp())
    if not isinstance(reader, SqlReader):
        within_it = (case for case in reader.cases(procedure=procedure) if may_read(scope, case))
        cases = [case for case in within_it if _touches(case_fact(case), since, until)]
        return _facts(as_of, [(case, reader.log(case.id)) for case in cases])
    known = snapshot(reader).facts
    wanted = _open_within(known, since, until)
    if procedure is not None:
        wanted &= known.cases.procedure.are(procedure)
    if scope.units is not None:
        asked = select(CASE.c.id).where(within(scope))
        wanted &= np.isin(known.ids, names(reader.connection.execute(asked).scalars().all()))
    return replace(_part(known, wanted), as_of=as_of)


def facts_before(reader: Reader, cut_off: datetime, since: int = 0) -> Facts:
    """Return the facts about every case open at or after `since` as they stood just before `cut_off`.

    What happened at the very second of the cut-off is left out, so a later question with the same cut-off gives the
    same answer. A case that has moved since is folded from its log up to there; the others are read as they stand.
    """
    as_of = int(cut_off.timestamp())
    if not isinstance(reader, SqlReader):
        return _refolded(reader, reader.case_ids(), cut_off, since)
    known = snapshot(reader)
    moved = known.moved_at >= as_of
    still = _part(known.facts, ~moved & _open_within(known.facts, since, as_of))
    if not moved.any():
        return replace(still, as_of=as_of)
    refolded = _refolded(reader, Behind(known.facts.ids, np.flatnonzero(moved)), cut_off, since)
    return joined(still, refolded)[0]


def frozen(reader: Reader, procedure: str, cut_off: datetime) -> list[Frozen]:
    """Return the cases of a procedure as they stood just before `cut_off`, in the order they were opened."""
    found = []
    for now in reader.cases(procedure=procedure):
        log = _log_before(reader, now.id, cut_off)
        case = fold(log)
        if case is not None:
            found.append(Frozen(case, log[-1].hash, values_before(reader, case)))
    return found


def values_before(reader: Reader, case: Case) -> dict[str, str]:
    """Return the values entered into a case up to its version; what was erased is not there."""
    if not isinstance(reader, SqlReader):
        held = reader.held(case.id)
        return dict(held.values) if held else {}
    asked = (
        select(ENTERED.c.name, ENTERED.c.value)
        .where(ENTERED.c.case_id == case.id, ENTERED.c.seq <= case.version)
        .order_by(ENTERED.c.seq)
    )
    return {row.name: row.value for row in reader.connection.execute(asked)}


def entered(reader: Reader, procedure: str) -> dict[str, dict[str, str]]:
    """Return, for each case of a procedure, the values entered last; what was erased is not there."""
    if not isinstance(reader, SqlReader):
        return {case.id: values_before(reader, case) for case in reader.cases(procedure=procedure)}
    asked = select(ENTERED.c.case_id, ENTERED.c.name, ENTERED.c.value).join(CASE, CASE.c.id == ENTERED.c.case_id)
    return _by_case(reader, asked.where(CASE.c.procedure == procedure).order_by(ENTERED.c.seq))


def opened_with(reader: Reader, procedure: str) -> dict[str, dict[str, str]]:
    """Return, for each case of a procedure, the values entered when it was opened, whatever was entered since.

    A memory store keeps only the last value of each name, and answers with that.
    """
    if not isinstance(reader, SqlReader):
        return {case.id: values_before(reader, case) for case in reader.cases(procedure=procedure)}
    first = and_(EVENT.c.case_id == ENTERED.c.case_id, EVENT.c.seq == ENTERED.c.seq, EVENT.c.first_seq == 1)
    asked = select(ENTERED.c.case_id, ENTERED.c.name, ENTERED.c.value).join(EVENT, first)
    return _by_case(reader, asked.join(CASE, CASE.c.id == ENTERED.c.case_id).where(CASE.c.procedure == procedure))


def heads_before(reader: Reader, cases: Collection[str], cut_off: datetime) -> list[tuple[str, int, str]]:
    """Return (case, number, hash) of the last record of each case before `cut_off`: the events behind a figure."""
    if not isinstance(reader, SqlReader):
        logs = (_log_before(reader, case, cut_off) for case in sorted(cases))
        return [(log[-1].case, log[-1].seq, log[-1].hash) for log in logs if log]
    as_of, wanted, known = int(cut_off.timestamp()), set(cases), snapshot(reader)
    moved = set(Behind(known.facts.ids, np.flatnonzero(known.moved_at >= as_of)))
    still = wanted - moved
    found = [row for row in rows(reader, select(CASE.c.id, CASE.c.version, CASE.c.head), tuple) if row[0] in still]
    return sorted([*found, *_last_before(reader, sorted(wanted & moved), cut_off)])


def breaches(reader: Reader) -> list[BreachFact]:
    """Return every recorded breach."""
    if not isinstance(reader, SqlReader):
        return [fact for case in reader.cases() for fact in breach_facts(case, reader.log(case.id))]
    with uncollected():
        return rows(reader, breach_rows().order_by(BREACH.c.case_id, BREACH.c.seq), BreachFact._make)


def breach_count(reader: Reader) -> int:
    """Return how many breaches are recorded."""
    if not isinstance(reader, SqlReader):
        return sum(len(case.breaches) for case in reader.cases())
    return reader.connection.execute(select(func.count()).select_from(BREACH)).scalar_one()


def openings(reader: Reader, procedure: str) -> set[str]:
    """Return the ids of the commands that opened the cases of a procedure."""
    if not isinstance(reader, SqlReader):
        return {reader.log(case.id)[0].command for case in reader.cases(procedure=procedure)}
    asked = select(EVENT.c.command).join(CASE, CASE.c.id == EVENT.c.case_id)
    return set(reader.connection.execute(asked.where(EVENT.c.first_seq == 1, CASE.c.procedure == procedure)).scalars())


def return_count(reader: Reader) -> int:
    """Return how many finished items returned their cases: an index knows them."""
    if not isinstance(reader, SqlReader):
        return sum(1 for case in reader.cases() for item in case.items if item.returned_to)
    asked = select(func.count()).select_from(ITEM).where(ITEM.c.returned_to.is_not(None))
    return reader.connection.execute(asked).scalar_one()


def returned_work(reader: Reader, procedure: str) -> list[tuple[str, int, int]]:
    """Return (case, issue, item) of every finished item of a procedure that returned its case, in order."""
    if not isinstance(reader, SqlReader):
        cases = reader.cases(procedure=procedure)
        return sorted((case.id, case.issue, item.number) for case in cases for item in case.items if item.returned_to)
    asked = (
        select(ITEM.c.case_id, CASE.c.issue, ITEM.c.number)
        .join(CASE, CASE.c.id == ITEM.c.case_id)
        .where(CASE.c.procedure == procedure, ITEM.c.returned_to.is_not(None))
        .order_by(ITEM.c.case_id, ITEM.c.number)
    )
    return [(case, issue, number) for case, issue, number in reader.connection.execute(asked)]


def _refolded(reader: Reader, cases: Iterable[str], cut_off: datetime, since: int) -> Facts:
    as_of = int(cut_off.timestamp())
    logs = _logs_before(reader, cases, cut_off)
    known = [(case, log) for log in logs if (case := fold(log)) is not None]
    return _facts(as_of, [(case, log) for case, log in known if _touches(case_fact(case), since, as_of)])


def _by_case(reader: SqlReader, asked: Select[Any]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for case, name, value in reader.connection.execute(asked):
        found.setdefault(case, {})[name] = value
    return found


def _touches(case: CaseFact, since: int, until: int) -> bool:
    return case.opened_at < until and (case.ended_at is None or case.ended_at >= since)


def _open_within(facts: Facts, since: int, until: int) -> Flags:
    """Tell of each case whether it was open at some time in [since, until)."""
    ended = facts.cases.ended_at
    wanted: Flags = (facts.cases.opened_at < until) & ((ended == NEVER) | (ended >= since))
    return wanted


def _part(facts: Facts, wanted: Flags) -> Facts:
    return facts if wanted.all() else facts.of_cases(wanted)


def _facts(as_of: int, told: Iterable[tuple[Case, Sequence[Recorded]]]) -> Facts:
    known = list(told)
    return Facts.of(
        as_of,
        (case_fact(case) for case, _ in known),
        (item for case, _ in known for item in item_facts(case)),
        (breach for case, log in known for breach in breach_facts(case, log)),
    )


def _logs_before(reader: Reader, cases: Iterable[str], cut_off: datetime) -> Iterator[list[Recorded]]:
    """Yield the records before a cut-off of each case that has any."""
    if not isinstance(reader, SqlReader):
        yield from (log for case in cases if (log := _log_before(reader, case, cut_off)))
        return
    for some in _some(cases):
        written = select(TEXT_OF).where(TEXT_OF.c.case_id.in_(some)).order_by(TEXT_OF.c.case_id)
        texts = groupby(reader.connection.execute(written), key=lambda row: row.case_id)
        kept = {case: kept_of(rows) for case, rows in texts}
        asked = select(EVENT).where(EVENT.c.case_id.in_(some), EVENT.c.at < cut_off)
        told = reader.connection.execute(asked.order_by(EVENT.c.case_id, EVENT.c.seq))
        logs = groupby(told, key=lambda row: row.case_id)
        yield from (list(read_log(log, kept.get(case, {}))) for case, log in logs)


def _last_before(reader: SqlReader, cases: Iterable[str], cut_off: datetime) -> Iterator[tuple[str, int, str]]:
    """Yield case, number and hash of the last record before a cut-off: its row has them, whatever it says."""
    for some in _some(cases):
        there = EVENT.c.case_id.in_(some), EVENT.c.at < cut_off
        last = select(EVENT.c.case_id, func.max(EVENT.c.seq).label("seq")).where(*there).group_by(EVENT.c.case_id)
        of = last.subquery()
        asked = select(EVENT.c.case_id, EVENT.c.seq, EVENT.c.hash)
        same = and_(EVENT.c.case_id == of.c.case_id, EVENT.c.seq == of.c.seq)
        yield from reader.connection.execute(asked.join(of, same)).tuples()


def _some(cases: Iterable[str]) -> Iterator[list[str]]:
    left = iter(cases)
    while some := list(islice(left, _AT_ONCE)):
        yield some


def _log_before(reader: Reader, case: str, cut_off: datetime) -> list[Recorded]:
    log = reader.log(case)
    edge = next((place for place, record in enumerate(log) if record.at >= cut_off.astimezone(UTC)), len(log))
    return log[:edge]
