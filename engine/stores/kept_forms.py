"""Forms that are begun and not sent yet: kept for whoever fills them in, gone when they are sent."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, delete, insert, select

from engine.stores.erasable import KEPT_FORM
from engine.stores.sql import SqlStore

#: Longest form that is kept, in characters of JSON.
LONGEST = 200_000

Fields = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class KeptForms:
    """The forms that people have begun."""

    store: SqlStore

    def keep(self, person: str, case: str, item: int, fields: Fields, now: datetime) -> None:
        """Keep what stands in a form, in the place of what was kept before; one that is too long is not kept.

        Nor is one of a case that is over: it would lie there when something of the case has been erased.
        """
        body = json.dumps({name: list(texts) for name, texts in fields.items()}, ensure_ascii=False)
        if len(body) > LONGEST:
            return
        with self.store.writing() as writer:
            held = writer.held(case)  # nobody ends it, and erases, before this is written
            if held is None or held.case.over:
                return
            writer.connection.execute(delete(KEPT_FORM).where(_of(person, case, item)))
            row = {"person": person, "case_id": case, "number": item, "body": body, "kept_at": now}
            writer.connection.execute(insert(KEPT_FORM).values(**row))

    def kept(self, person: str, case: str, item: int) -> tuple[Fields, datetime] | None:
        """Return what was kept and when, or None."""
        asked = select(KEPT_FORM.c.body, KEPT_FORM.c.kept_at).where(_of(person, case, item))
        with self.store.reading() as reader:
            row = reader.connection.execute(asked).first()
        return (json.loads(row.body), row.kept_at) if row is not None else None

    def forget(self, person: str, case: str, item: int) -> None:
        """Forget a form, because it was sent."""
        with self.store.writing() as writer:
            writer.connection.execute(delete(KEPT_FORM).where(_of(person, case, item)))


def _of(person: str, case: str, item: int) -> ColumnElement[bool]:
    return and_(KEPT_FORM.c.person == person, KEPT_FORM.c.case_id == case, KEPT_FORM.c.number == item)
