"""Questions about cases that were opened for a plan or a calendar of reports: which command opened which case."""

from collections.abc import Iterable

from sqlalchemy import select

from engine.case import Case
from engine.store import Reader
from engine.stores.sql import SqlReader
from engine.stores.tables import CASE, EVENT


def opened_by(reader: Reader, prefix: str, procedures: Iterable[str]) -> dict[str, str]:
    """Return, by the command that opened it, every case of these procedures whose opening command begins so."""
    wanted = tuple(sorted(set(procedures)))
    if not isinstance(reader, SqlReader):
        cases = (case.id for code in wanted for case in reader.cases(procedure=code))
        opened = ((reader.log(case)[0].command, case) for case in cases)
        return {command: case for command, case in opened if command.startswith(prefix)}
    asked = select(EVENT.c.command, EVENT.c.case_id).join(CASE, CASE.c.id == EVENT.c.case_id)
    rows = reader.connection.execute(asked.where(EVENT.c.first_seq == 1, CASE.c.procedure.in_(wanted)))
    return {row.command: row.case_id for row in rows if row.command.startswith(prefix)}


def cases_of(reader: Reader, procedures: Iterable[str]) -> dict[str, Case]:
    """Return every case of these procedures by its number."""
    return {case.id: case for code in sorted(set(procedures)) for case in reader.cases(procedure=code)}
