"""Cases by their words: few are looked up, and where there are many each case is asked, so that neither takes long."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select, true

from engine.stores.tables import WORD

#: Of a word that more cases have, a list of cases begins to fill sooner from the cases than from the word.
_FEW = 2_000
#: Comes after everything that may follow the beginning of a word.
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Saying:
    """The words that are looked for, and which of them few cases have."""

    asked: tuple[str, ...]
    rare: frozenset[str]

    def of(self, case: ColumnElement[str]) -> ColumnElement[bool]:
        """Return the condition that the case with an id has words that begin with each of these."""
        often = (_with(case, word).exists() for word in self.asked if word not in self.rare)
        return and_(true(), *(_one_of(case, word) for word in sorted(self.rare)), *often)

    def of_each(self, case: ColumnElement[str]) -> ColumnElement[bool]:
        """Return the same as values that are looked up row by row.

        For a condition PostgreSQL may read all cases that have a word, where only those on one page are asked for.
        """
        return and_(true(), *(_with(case, word).limit(1).scalar_subquery() for word in self.asked))


def saying(connection: Connection, asked: tuple[str, ...]) -> Saying:
    """Return words with what the database knows of them."""
    return Saying(asked, frozenset(word for word in asked if _rare(connection, word)))


def _rare(connection: Connection, word: str) -> bool:
    some = select(WORD.c.case_id).where(_begins(word)).limit(_FEW + 1).subquery()
    return int(connection.execute(select(func.count()).select_from(some)).scalar_one()) <= _FEW


def _one_of(case: ColumnElement[str], word: str) -> ColumnElement[bool]:
    return case.in_(select(WORD.c.case_id).where(_begins(word)))


def _with(case: ColumnElement[str], word: str) -> Select[tuple[bool]]:
    return select(true()).where(WORD.c.case_id == case, _begins(word)).correlate_except(WORD)


def _begins(word: str) -> ColumnElement[bool]:
    return and_(WORD.c.word >= word, WORD.c.word < word + _LAST)
