"""Every table drawn again from a large log, and compared to the byte."""

from pathlib import Path

from engine.evolve import fold
from engine.log import GENESIS, Cause, Recorded, chain
from engine.stores.rebuild import compare
from engine.stores.sql import SqlStore
from tests.engine.house import at
from tests.torture.clerks import NOW, office
from tests.torture.figure import Figure

_TOGETHER = 500


def large(figure: Figure, events: int, folder: Path) -> None:
    """Fill a store with copies of one case under ids, commands and hashes of their own, then draw it again."""
    folder.mkdir(parents=True, exist_ok=True)
    small = office(SqlStore(folder / "one.db"))
    case = small.examined(NOW)
    small.do(case, "xem xét", "dung", at(3, 9), "Yêu cầu làm rõ", reason="giá cũ")
    log = small.log(case)
    store = SqlStore(folder / "large.db", durable=False)
    numbers = range(1, events // len(log) + 1)
    for start in range(0, len(numbers), _TOGETHER):
        with store.writing() as writer:
            for number in numbers[start : start + _TOGETHER]:
                records = _again(log, f"HS-2026-{number:04d}", number)
                after = fold(records)
                assert after is not None
                writer.commit(None, after, records, ())
    told = compare(store)
    figure.count("events", len(numbers) * len(log))
    figure.count("cases", told.cases)
    figure.count("rows drawn again", told.rows)
    figure.violations += [f"{fault.case}: {fault.words}" for fault in told.faults[:10]]
    if told.kept != told.drawn:
        figure.wrong("the bytes differ")
    store.close()


def _again(log: list[Recorded], case: str, number: int) -> list[Recorded]:
    records: list[Recorded] = []
    for record in log:
        head = records[-1].hash if records else GENESIS
        cause = Cause(f"{record.command}/{number}", record.digest, record.actor, record.at)
        texts = {record.seq: record.texts}
        records += chain(case, [record.event], cause, seq=len(records), head=head, texts=texts)
    return records
