"""Cases by their words: few are looked up, and where there are many each case is asked, so that neither takes long."""

from sqlalchemy import ColumnElement, Connection, and_, func, select, true

from engine.stores.tables import CASE, WORD

#: Of a word that more cases have, a list of cases begins to fill sooner from the cases than from the word.
_FEW = 2_000
#: Comes after everything that may follow the beginning of a word.
_LAST = "\U0010ffff"


def saying(connection: Connection, asked: tuple[str, ...]) -> ColumnElement[bool]:
    """Return the condition that a row of a case has words that begin with each of these."""
    return and_(true(), *(_one(connection, word) for word in asked))


def _one(connection: Connection, word: str) -> ColumnElement[bool]:
    begins = and_(WORD.c.word >= word, WORD.c.word < word + _LAST)
    some = select(WORD.c.case_id).where(begins).limit(_FEW + 1).subquery()
    if int(connection.execute(select(func.count()).select_from(some)).scalar_one()) <= _FEW:
        return CASE.c.id.in_(select(WORD.c.case_id).where(begins))
    return select(WORD.c.case_id).where(WORD.c.case_id == CASE.c.id, begins).correlate(CASE).exists()
