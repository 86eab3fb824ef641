"""What the database counts for a leader is what looking at every case gives."""

from collections import Counter
from datetime import timedelta
from itertools import pairwise

from engine.case import Case
from engine.stores.sql import SqlReader
from quality import questions_tallies as tallies
from tests.engine.house import Office, at
from tests.quality.test_questions_cases import every, office, stands, wanted

ENDS = ("ended_in_time", "ended_late", "withdrawn", "stopped")


__all__ = ["office"]


def ended(case: Case) -> str:
    return next((one for one in ENDS if stands(case, one, at(1, 8))), "ended")  # type: ignore[arg-type]


def test_every_count_is_that_of_the_cases_themselves(office: Office) -> None:
    with office.store.reading() as reader:
        assert isinstance(reader, SqlReader)
        cases = every(reader)
        running = [case for case in cases if not case.over]
        over = [case for case in cases if case.ended_at is not None]
        for hours in range(0, 24 * 40, 97):
            now = at(2, 8) + timedelta(hours=hours)
            looks = Counter((case.unit, look) for case in running for look in tallies.LOOKS if stands(case, look, now))
            assert tallies.running(reader, wanted(now)) == looks
            assert sum(looks.values()) == len(running)
        opened = sorted({case.opened_at for case in cases} | {case.ended_at for case in over if case.ended_at})
        for edges in (opened[:2], opened[:: max(1, len(opened) // 5)], [opened[0], opened[-1] + timedelta(days=9)]):
            spans = list(enumerate(pairwise(edges)))
            came = Counter((n, case.procedure) for case in cases for n, (a, b) in spans if a <= case.opened_at < b)
            assert tallies.came(reader, wanted(now), edges) == came
            ends = [(one, one.ended_at) for one in over if one.ended_at is not None]
            gone = Counter((n, one.procedure, ended(one)) for one, end in ends for n, (a, b) in spans if a <= end < b)
            assert tallies.went(reader, wanted(now), edges) == gone
            old = Counter((n,) for case in running for n, (a, b) in spans if a <= case.opened_at < b)
            assert tallies.ages(reader, wanted(now), edges) == old
    assert len(over) > 2
    assert len(running) > 2


def test_the_latest_are_those_whose_due_instant_is_oldest(office: Office) -> None:
    now = at(30, 8)
    with office.store.reading() as reader:
        assert isinstance(reader, SqlReader)
        late = [case for case in every(reader) if stands(case, "late", now)]
        late.sort(key=lambda case: (case.due or now, case.id))
        assert [one.id for one in tallies.longest_late(reader, wanted(now), 4)] == [one.id for one in late[:4]]
    assert late
