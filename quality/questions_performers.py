"""Wrong performers: work that was done by somebody whose post, or mandate, turns out not to have lasted that day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from sqlalchemy import ColumnElement, and_, not_, or_, select

from engine.case import Case, Item
from engine.rules import Ground
from engine.store import Reader
from engine.stores.sql import SqlReader
from engine.stores.tables import BREACH, ITEM
from procedures.candidates import Entry
from procedures.organisation import Organisation

#: An instant from which, and one before which, a right lasts; None is open.
Span = tuple[datetime | None, datetime | None]


@dataclass(frozen=True, slots=True)
class Right:
    """What somebody may act in, in his own name or for another, and when; nothing else of it lasts for ever."""

    account: str
    post: str
    principal: str | None
    spans: tuple[Span, ...]

    def lasted(self, at: datetime) -> bool:
        """Tell whether it lasted at an instant."""
        return any((since is None or since <= at) and (until is None or at < until) for since, until in self.spans)


def lapsed(reader: Reader, ground: Ground) -> list[tuple[str, int]]:
    """Return (case, item) of finished work whose performer had no right that day, by today's organisation, in order.

    Such a thing comes of a decision that is entered after it took effect: at the moment of the act the right was there.
    Only rights that end or begin are asked about; of a post taken out of the files altogether nothing is known.
    """
    rights = _dated(ground.organisation, ground.calendar.zone)
    if not rights:
        return []
    if isinstance(reader, SqlReader):
        return _by_rows(reader, rights)
    return sorted({one for right in rights for one in _by_cases(reader, right)})


def _dated(organisation: Organisation, zone: tzinfo) -> list[Right]:
    terms: dict[tuple[str, str, str | None], list[Entry]] = {}
    for entry in organisation.entries():
        one = entry.candidate
        terms.setdefault((one.account, one.post, one.principal), []).append(entry)
    return [
        Right(*key, tuple((_begin(one.since, zone), _end(one.until, zone)) for one in entries))
        for key, entries in terms.items()
        if all(one.since is not None or one.until is not None for one in entries)
    ]


def _begin(day: date | None, zone: tzinfo) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), zone).astimezone(UTC)


def _end(day: date | None, zone: tzinfo) -> datetime | None:
    return None if day is None or day == date.max else _begin(day + timedelta(days=1), zone)


def _by_rows(reader: SqlReader, rights: Sequence[Right]) -> list[tuple[str, int]]:
    item = ITEM.c
    known = and_(BREACH.c.case_id == item.case_id, BREACH.c.number == item.number, BREACH.c.kind == "wrong_performer")
    asked = select(item.case_id, item.number).where(
        item.finished_at.is_not(None), or_(*map(_outside, rights)), ~select(BREACH.c.seq).where(known).exists()
    )
    return sorted((row.case_id, row.number) for row in reader.connection.execute(asked))


def _outside(right: Right) -> ColumnElement[bool]:
    """Ask for what was done in a right outside the time that it lasted."""
    item = ITEM.c
    theirs = and_(item.assignee == right.account, item.live.is_(False), item.post == right.post)
    behalf = item.on_behalf_of.is_(None) if right.principal is None else item.on_behalf_of == right.principal
    within = [
        and_(*([item.finished_at >= since] if since else []), *([item.finished_at < until] if until else []))
        for since, until in right.spans
    ]
    return and_(theirs, behalf, not_(or_(*within)))


def _by_cases(reader: Reader, right: Right) -> Iterator[tuple[str, int]]:
    for case in reader.cases():
        for item in case.items:
            if _is_wrong(case, item, right):
                yield case.id, item.number


def _is_wrong(case: Case, item: Item, right: Right) -> bool:
    mine = (item.assignee, item.post, item.on_behalf_of) == (right.account, right.post, right.principal)
    if not mine or item.live or item.finished_at is None or f"wrong_performer/{item.number}" in case.breaches:
        return False
    return not right.lasted(item.finished_at)
