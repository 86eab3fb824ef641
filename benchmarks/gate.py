"""What the publication gate costs: loading and checking many definitions, proof, time budget and drawing."""

import gc
import time
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from procedures.calendar import Calendar, load_calendar
from procedures.calendar.vectors import Vectors
from procedures.check import check
from procedures.check.intake import Norms, worst_intake
from procedures.check.overrun import own_times
from procedures.check.proof import prove
from procedures.check.subject import Subject
from procedures.finding import Span
from procedures.joins import Join, JoinKind
from procedures.load import load_file, load_folder, load_text, without_collecting
from procedures.model import (
    BackTo,
    Branch,
    Duration,
    End,
    Go,
    Kind,
    Norm,
    Outcome,
    Procedure,
    Step,
    Target,
    Unit,
)
from procedures.net import compile_net
from procedures.organisation import Organisation, load_organisation
from procedures.places import Places
from visualize.render import svg_whole

ROOT = Path(__file__).parent.parent
ROUNDS, DEFINITIONS = 5, 500
NOWHERE = Places(Span("a.yaml", 1, 1, 1, 1))
MIXED = (Unit.WORKING_DAY, Unit.DAY, Unit.WORKING_HOUR, Unit.HOUR)


def seconds(work: Callable[[], object]) -> float:
    """Return how long `work` keeps the processor, once: what else runs on the machine does not count."""
    gc.collect()
    begin = time.process_time()
    work()
    return time.process_time() - begin


def middle(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Return how long `work` takes, the median of a few rounds."""
    return median(seconds(work) for _ in range(rounds))


def put(name: str, took: float, note: str = "") -> None:
    """Print one row."""
    print(f"{name:<68} {took * 1000:>10.1f} ms  {note}")


# -- 500 definitions of 15 steps ---------------------------------------------------------------------------------------


def definition(number: int) -> str:
    """Return the text of a definition of 15 steps: a fork of two, a join, a choice by amount and two returns."""
    text = (ROOT / "procedures.d" / "QT-VP-05.yaml").read_text("utf-8").replace("QT-VP-05", f"QT-VP-{number:03}")
    more = "".join(
        f"  việc {n}:\n    tên: Việc {n}\n    trách nhiệm: quản trị\n    thời hạn: 0,5 ngày làm việc\n"
        f"    đến: {f'việc {n + 1}' if n < 8 else 'kết thúc hoàn thành'}\n"
        for n in range(1, 9)
    )
    whole = text.replace("    đến: kết thúc hoàn thành\n", f"    đến: việc 1\n{more}", 1)
    whole = whole.replace("thời hạn: 12 ngày làm việc", "thời hạn: 20 ngày làm việc", 1)
    return whole[: whole.index("\nthử:")] + "\n"


def judged(folder: Path, organisation: Organisation | None, calendar: Calendar) -> int:
    """Load and check every definition of a folder, as `quytrinh check` does; return the number of findings."""
    with without_collecting():
        found = load_folder(folder)
        assert all(one.procedure is not None and len(one.procedure.steps) == 15 for one in found)
        return sum(len(check(one.procedure, one.places, organisation, calendar)) for one in found if one.procedure)


def many(calendar: Calendar) -> None:
    """Load and check 500 definitions from the disk, the first time and again."""
    organisation, _ = load_organisation(ROOT / "organisation.d")
    with TemporaryDirectory() as scratch:
        folder = Path(scratch) / "procedures.d"
        folder.mkdir()
        for number in range(DEFINITIONS):
            (folder / f"QT-VP-{number:03}.yaml").write_text(definition(number), "utf-8")
        with without_collecting():
            put(f"load {DEFINITIONS} definitions of 15 steps, cold", seconds(lambda: load_folder(folder)))
        load_text.cache_clear()
        cold = seconds(lambda: judged(folder, organisation, calendar))
        put(f"load and check {DEFINITIONS} definitions of 15 steps, cold", cold, "goal 2000 ms")
        warm = middle(lambda: judged(folder, organisation, calendar))
        put("  the same, warm", warm, "goal 200 ms")


# -- proof and time budget ---------------------------------------------------------------------------------------------


def step(key: str, *targets: Target, unit: Unit = Unit.WORKING_DAY, join: Join | None = None) -> Step:
    """Return a step of one unit of time with an outcome for each target."""
    outcomes = tuple(Outcome(label=f"o{n}", branches=(Branch(target=to),)) for n, to in enumerate(targets))
    within = Duration(amount=Decimal(1), unit=unit, text="1")
    return Step(key=key, name=key, responsible=("a",), norm=Norm(within=within), outcomes=outcomes, join=join)


def forked(branches: int, steps: int, units: tuple[Unit, ...] = MIXED[:1]) -> Procedure:
    """Return a procedure of `steps` steps whose branches run side by side, each with a return inside."""
    each, names = (steps - 2) // branches, [f"n{number}" for number in range(branches)]
    rest = steps - 2 - each * branches
    made = [step("đầu", Go(steps=tuple(f"{name}.0" for name in names)))]
    for number, name in enumerate(names):
        made += branch(name, each + (number < rest), units)
    lasts = tuple(f"{name}.{each - 1 + (number < rest)}" for number, name in enumerate(names))
    made.append(step("cuối", End(result="xong"), join=Join(kind=JoinKind.ALL, steps=lasts)))
    limit = Duration(amount=Decimal(9), unit=Unit.DAY, text="9 ngày")
    return Procedure(code="QT", name="Thử", kind=Kind.INTERNAL_WORK, owner_unit="A", within=limit, steps=tuple(made))


def branch(name: str, steps: int, units: tuple[Unit, ...]) -> Iterator[Step]:
    """Yield the steps of one branch; the last may return to the first, once."""
    for number in range(steps):
        on = Go(steps=(f"{name}.{number + 1}" if number < steps - 1 else "cuối",))
        again = (BackTo(step=f"{name}.0", at_most=1),) if number == steps - 1 and number else ()
        yield step(f"{name}.{number}", on, *again, unit=units[number % len(units)])


def proofs() -> None:
    """Prove procedures of 60 steps with more and more branches side by side."""
    for branches in range(2, 11):
        made = forked(branches, 60)
        net = compile_net(made)
        proof = prove(net)
        verdict = "sound" if proof.complete and not proof.faults else "NOT PROVEN"
        put(
            f"proof of {len(made.steps)} steps, {branches} parallel branches",
            middle(lambda n=net: prove(n), 3),
            verdict,
        )


def budgets(calendar: Calendar) -> None:
    """Find the worst intake where units mix: limits by date, and by the hour (every minute of three years)."""
    for branches, steps in ((1, 20), (3, 20), (8, 60)):
        made = forked(branches, steps, MIXED)
        for amount, unit, words in ((9, Unit.DAY, "in days"), (300, Unit.HOUR, "in hours, every minute")):
            limit = Duration(amount=Decimal(amount), unit=unit, text="")
            subject = Subject(made, NOWHERE, None, calendar)
            norms = Norms(limit, own_times(subject), {})
            took = seconds(lambda s=subject, n=norms: worst_intake(s, n, returns=True))
            put(f"time budget, mixed units, {len(made.steps)} steps, {branches} branches, limit {words}", took)


def counting(calendar: Calendar) -> None:
    """Count durations from every minute of three years at once."""
    vectors = Vectors(calendar, 2024, 2026)
    starts = vectors.received(date(2024, 1, 1), date(2026, 12, 31))
    for amount, unit in ((5, Unit.WORKING_DAY), (37, Unit.WORKING_HOUR), (9, Unit.DAY)):
        within = Duration(amount=Decimal(amount), unit=unit, text="")
        took = middle(lambda d=within: vectors.due(starts, d))
        rate = len(starts) / took / 1e6
        put(f"due in {amount} {unit.value} by C2 from {len(starts):,} instants", took, f"{rate:.0f} million a second")


def drawings() -> None:
    """Draw a short and a long procedure as SVG."""
    for name in ("QT-VP-05", "QT-KHCN-01"):
        made = load_file(ROOT / "procedures.d" / f"{name}.yaml", ROOT).procedure
        assert made is not None
        svg_whole(made)
        put(f"draw {name}, {len(made.steps)} steps, as SVG", middle(lambda p=made: svg_whole(p)))


def main() -> None:
    """Measure and print."""
    calendar, _ = load_calendar(ROOT / "calendar.d")
    many(calendar)
    proofs()
    budgets(calendar)
    counting(calendar)
    drawings()


if __name__ == "__main__":
    main()
