"""How long the indicators take over a million finished steps, beside pandas, pm4py and plain SQL on the same work."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import numpy as np

from engine.packing import packed_id
from engine.stores.sql import SqlStore
from engine.stores.writers import driver_of
from procedures.calendar import load_calendar
from quality import questions
from quality.facts import Facts
from quality.figure import Figure
from quality.groups import by_issue
from quality.indicators import case_figures, measured, on_time
from quality.periods import covering, parse
from quality.steps import step_figures

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOW, PERIOD = datetime(2026, 11, 30, tzinfo=ZONE), parse("2026", ZONE)
PROCEDURES, STEPS, UNITS = 12, 8, 30
FOLDER = Path(__file__).parent.parent / "calendar.d"
_ITEMS = "SELECT case_id, step, opened_at, finished_at, due FROM work_item WHERE status = 'done'"


def fill(store: SqlStore, count: int) -> int:
    """Put so many cases of 8 to 9 steps a case into a store, a year of them; return how many steps.

    The rows are those that figures are read from; the states and the logs are left empty but for the last record.
    """
    chance = np.random.default_rng(7)
    steps = STEPS + (chance.random(count) < 1 / 3)
    opened = np.sort(chance.integers(int(PERIOD.since), int(NOW.timestamp()), count))
    items = 0
    for first in range(0, count, 20_000):
        rows: dict[str, list[tuple[object, ...]]] = {"case_file": [], "work_item": [], "event": []}
        for number in range(first, min(first + 20_000, count)):
            _case(rows, number, int(opened[number]), int(steps[number]), chance)
        items += len(rows["work_item"])
        with store.writing() as writer:
            for table, many in rows.items():
                places = ", ".join("?" * len(many[0]))
                driver_of(writer.connection).executemany(
                    f"INSERT INTO {table} ({_COLUMNS[table]}) VALUES ({places})", many
                )
    return items


_COLUMNS = {
    "case_file": "id, series, number, procedure, issue, title, status, opener, unit, opened_at, due, promised,"
    " ended_at, supplements, version, head, state",
    "work_item": "case_id, number, step, attempt, member, status, live, waits_for, unit, assignee, opened_at,"
    " claimed_at, finished_at, due, counted, returned_to",
    "event": "case_id, seq, first_seq, at, actor, command, digest, body, hash",
}


def _case(
    rows: dict[str, list[tuple[object, ...]]], number: int, opened: int, steps: int, chance: np.random.Generator
) -> None:
    name, procedure, unit = (
        f"HS-2026-{number + 1:07d}",
        f"QT-{number % PROCEDURES + 1:02d}",
        f"Phòng {number % UNITS + 1}",
    )
    at, back = opened, steps > STEPS
    waits, works = chance.exponential(20_000, steps), chance.exponential(40_000, steps)
    for place in range(steps):
        step = place if not back or place < 3 else place - 2 + 1 if place == 3 else place - 1
        claimed = at + int(waits[place]) + 1
        done = claimed + int(works[place]) + 1
        returned = "bước 2" if back and place == 2 else None
        rows["work_item"].append(
            (name, place + 1, f"bước {step + 1}", 1, str(place), "done", 0, "work", unit, "an", at, claimed, done,
             (opened + 86_400 * 2 * (place + 1)) // 60 * 60, 1, returned)
        )  # fmt: skip
        at = done
    due = (opened + 86_400 * 12) // 60 * 60
    over = at if at < NOW.timestamp() else None
    status, head = "ended" if over else "open", name.encode().hex()
    rows["case_file"].append(
        (name, "HS-2026", number + 1, procedure, 1, "", status, "an", unit, opened, due, due, over, 0, 1, head, "{}")
    )
    rows["event"].append((name, 1, 1, at, "an", packed_id(name), b"", b"", bytes.fromhex(head)))


def on_time_by_month(facts: Facts) -> list[Figure]:
    """Return the on-time rate of each issue, unit and month that has completed cases."""
    ended = facts.cases.ended_at[facts.cases.completed]
    known = covering("month", int(ended.min()), int(ended.max()), ZONE)
    starts = np.array([period.since for period in known])
    found: list[Figure] = []
    for group in by_issue(facts):
        done = np.flatnonzero(group.cases.completed)
        month = np.searchsorted(starts, group.cases.ended_at[done], "right") - 1
        unit, units = group.cases.unit.codes[done], group.cases.unit
        for at, code in np.unique(np.stack((month, unit), 1), axis=0).tolist():
            scope = (*group.scope, ("unit", units.name(code) or ""), ("period", known[at].key))
            found.append(on_time(group, done[(month == at) & (unit == code)], scope))
    return found


def ours(store: SqlStore) -> dict[str, float | None]:
    """Reckon every figure of every case, step, unit and month; return some to be held against those of others."""
    calendar, _ = load_calendar(FOLDER)
    with store.reading() as reader:
        facts = questions.facts(reader, NOW)
    told: dict[str, float | None] = {}
    figures = on_time_by_month(facts)
    worked = measured(facts, calendar)
    for group in by_issue(facts):
        figures += [*case_figures(group, PERIOD, worked), *step_figures(group, PERIOD, worked)]
    for figure in figures:
        scope = dict(figure.scope)
        if figure.key.startswith(("step.cycle.calendar", "step.done")):
            told[f"{scope['procedure']} {scope['step']} {figure.key}"] = figure.value
    told["figures"] = len(figures)
    return told


def pandas(path: Path) -> dict[str, float | None]:
    """Reckon count, mean and percentiles of the time of each step, by pandas over rows read from the database."""
    import pandas as pd
    from pysqlite3 import dbapi2

    connection = dbapi2.connect(path)
    items = pd.DataFrame(connection.execute(_ITEMS).fetchall(), columns=["case", "step", "opened", "finished", "due"])
    cases = pd.DataFrame(
        connection.execute("SELECT id, procedure FROM case_file").fetchall(), columns=["case", "procedure"]
    )
    connection.close()
    items = items.merge(cases, on="case")
    items = items[(items.finished >= PERIOD.since) & (items.finished < PERIOD.until)]
    items["time"] = (items.finished - items.opened) / 60
    times = items.groupby(["procedure", "step"])["time"]
    found = times.agg(["count", "mean"])
    for percent in (50, 85, 95):
        found[f"p{percent}"] = times.agg(
            lambda each, percent=percent: np.percentile(each, percent, method="inverted_cdf")
        )
    return {
        f"{procedure} {step} step.{'done' if name == 'count' else f'cycle.calendar.{name}'}": float(value)
        for (procedure, step), row in found.iterrows()
        for name, value in row.items()
    }


def sql(path: Path) -> dict[str, float | None]:
    """Reckon the same by one question with window functions in SQLite."""
    from pysqlite3 import dbapi2

    ranked = f"""WITH t AS (SELECT c.procedure AS p, i.step AS s, i.finished_at - i.opened_at AS d FROM work_item i
        JOIN case_file c ON c.id = i.case_id WHERE i.status = 'done' AND i.finished_at >= {PERIOD.since}
        AND i.finished_at < {PERIOD.until}),
        r AS (SELECT p, s, d, row_number() OVER (PARTITION BY p, s ORDER BY d) AS n,
        count(*) OVER (PARTITION BY p, s) AS c FROM t)
        SELECT p, s, max(c), avg(d), {", ".join(f"min(CASE WHEN n * 100 >= {q} * c THEN d END)" for q in (50, 85, 95))}
        FROM r GROUP BY p, s"""
    connection = dbapi2.connect(path)
    told: dict[str, float | None] = {}
    for procedure, step, count, *times in connection.execute(ranked):
        told[f"{procedure} {step} step.done"] = count
        for name, value in zip(("mean", "p50", "p85", "p95"), times, strict=True):
            told[f"{procedure} {step} step.cycle.calendar.{name}"] = value / 60
    connection.close()
    return told


def pm4py(path: Path) -> dict[str, float | None]:
    """Let pm4py filter a log by procedure and count its activities and mean service times: less than the others do."""
    import pandas as pd
    from pm4py import get_event_attribute_values, get_service_time
    from pysqlite3 import dbapi2

    connection = dbapi2.connect(path)
    items = pd.DataFrame(
        connection.execute(_ITEMS).fetchall(), columns=["case:concept:name", "concept:name", "start", "end", "due"]
    )
    cases = pd.DataFrame(
        connection.execute("SELECT id, procedure FROM case_file").fetchall(), columns=["case:concept:name", "procedure"]
    )
    connection.close()
    items = items.merge(cases, on="case:concept:name")
    items = items[(items.end >= PERIOD.since) & (items.end < PERIOD.until)]
    items["start_timestamp"] = pd.to_datetime(items.start, unit="s", utc=True)
    items["time:timestamp"] = pd.to_datetime(items.end, unit="s", utc=True)
    told: dict[str, float | None] = {}
    for procedure, log in items.groupby("procedure"):
        counts = get_event_attribute_values(log, "concept:name")
        means = get_service_time(log, aggregation_measure="mean", start_timestamp_key="start_timestamp")
        for step, count in counts.items():
            told[f"{procedure} {step} step.done"] = count
            told[f"{procedure} {step} step.cycle.calendar.mean"] = means[step] / 60
    return told


def _ours(path: Path) -> dict[str, float | None]:
    store = SqlStore(path)
    begin = time.process_time()
    told = ours(store)
    first = time.process_time() - begin
    begin = time.process_time()
    ours(store)
    told["again"] = time.process_time() - begin
    told["first"] = first
    store.close()
    return told


WAYS: dict[str, Callable[[Path], dict[str, float | None]]] = {
    "ours": _ours,
    "sql": sql,
    "pandas": pandas,
    "pm4py": pm4py,
}


def one(name: str, path: Path) -> None:
    """Do the work one way in a process of its own, and tell how long it took as JSON."""
    begin, worked = time.perf_counter(), time.process_time()
    told = WAYS[name](path)
    spent = {"wall": time.perf_counter() - begin, "cpu": time.process_time() - worked}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"spent": spent, "peak": peak, "told": told}))


def main() -> None:
    """Fill a database, do the work every way, hold the numbers against each other, and print."""
    if sys.argv[1] in WAYS:
        one(sys.argv[1], Path(sys.argv[2]))
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        store = SqlStore(path, durable=False)
        items = fill(store, int(sys.argv[1]))
        store.close()
        print(f"{sys.argv[1]} cases, {items} finished steps; load {Path('/proc/loadavg').read_text()[:14]}", flush=True)
        expected: dict[str, float] = {}
        for name in ("ours", "ours", "sql", "pandas", "pm4py"):
            if len(sys.argv) > 2 and name not in sys.argv[2:]:
                continue
            done = subprocess.run(  # noqa: S603 - ourselves
                [sys.executable, "-P", "-m", "benchmarks.indicators", name, str(path)],
                check=True,
                stdout=subprocess.PIPE,
            )
            found = json.loads(done.stdout.splitlines()[-1])
            told = found["told"]
            more = (
                f"; first {told.pop('first'):.2f} s, again {told.pop('again'):.2f} s of processor"
                if name == "ours"
                else ""
            )
            figures = f", {told.pop('figures'):.0f} figures" if "figures" in told else ""
            wrong = [key for key in told if expected and abs(told[key] - expected[key]) > 1e-6 * abs(expected[key])]
            expected = expected or told
            spent = found["spent"]
            told_of = f"{spent['wall']:.2f} s, {spent['cpu']:.2f} s of processor{more}, peak {found['peak']:.0f} MB"
            print(f"{name:>7}: {told_of}{figures}; {len(told)} numbers held, {len(wrong)} differ", flush=True)


if __name__ == "__main__":
    main()
