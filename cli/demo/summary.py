"""The year on one page, for a leader: what came and went, what was late, what was done about it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from cli.desk import Desk
from engine.stores.audit import verify
from procedures.vietnamese import number, percent
from procedures.words import Words, say
from quality import questions
from quality.columns import NEVER, within
from quality.groups import by_issue, everything
from quality.indicators import completed, measured, on_time
from quality.nonconformity import register
from quality.periods import parse
from quality.steps import step_figures

if TYPE_CHECKING:
    from cli.demo.show import Shown
    from quality.columns import Cases, Text
    from quality.facts import Facts
    from quality.figure import Figure
    from quality.periods import Period

_SLOWEST = 5
_ENOUGH = 5
_FOLDERS = {
    "luu-do": say("flowcharts of every procedure"),
    "ho-so": say("one case upon its flowchart"),
    "chi-tieu": say("the year's indicators, each with its cases"),
    "xem-xet": say("the management-review pack, its minutes and conclusions"),
    "chuong-trinh": say("the annual programme, and how it stands"),
    "bao-cao": say("the reports of the agency, each figure with its cases"),
    "so": say("the registers of the quality system, and charts of nonconformities"),
    "he-thong": say("audits, declaration, inspections: papers, tables, one package"),
    "mot-cua": say("one-stop forms, filled from cases"),
}


#: A label, and what is said of it.
Row = tuple[Words | str, Words | str]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its lines: a label each, and what is said of it."""

    title: Words
    rows: tuple[Row, ...]


def summary(desk: Desk, shown: "Shown", year: int) -> str:
    """Return the page as text."""
    period = parse(str(year), desk.agency.calendar.zone)
    with desk.agency.store.reading() as reader:
        facts = questions.facts(reader, period.end)
    sections = [
        Section(say("Cases of the year"), tuple(_volume(desk, facts, period))),
        Section(say("Steps that are late most often"), tuple(_late_steps(desk, facts, period))),
        Section(say("Nonconformities"), tuple(_nonconformities(desk, period.end))),
        Section(say("The log"), tuple(_record(desk, shown))),
        Section(
            say("Written to {folder}: {count} files", folder=desk.root, count=len(shown.files)),
            tuple((f"{name}/", words) for name, words in _FOLDERS.items()),
        ),
    ]
    head = say("The year {year} of {agency} (sample data)", year=year, agency=desk.agency.settings.agency)
    return "\n".join([desk.text(head), *(line for section in sections for line in _lines(desk, section))])


def _lines(desk: Desk, section: Section) -> Iterator[str]:
    """Yield an empty line, the heading, and the rows with what is said in one column."""
    yield ""
    yield desk.text(section.title)
    rows = [(desk.text(label), desk.text(words)) for label, words in section.rows]
    width = max((len(label) for label, _ in rows), default=0)
    yield from (f"  {label:<{width}}  {words}".rstrip() for label, words in rows)


def _volume(desk: Desk, facts: "Facts", period: "Period") -> Iterator[Row]:
    cases = everything(facts.of_series("HS"))
    received = int(within(cases.cases.opened_at, period.since, period.until).sum())
    done = completed(cases, period)
    withdrawn = int(((cases.cases.ended_at != NEVER) & ~cases.cases.completed).sum())
    punctual = on_time(cases, done, ())
    counts = (
        (say("cases received"), received),
        (say("cases completed"), len(done)),
        (say("cases withdrawn"), withdrawn),
        (say("cases still open"), received - len(done) - withdrawn),
    )
    for label, count in counts:
        yield label, number(count, desk.lang, 0)
    share = percent(punctual.value or 0, desk.lang)
    yield (
        say("completed on time"),
        say("{share} of {count} completed cases with a limit", share=share, count=punctual.count),
    )
    if worst := _by_procedure(cases.cases.take(done)):
        yield say("late, by procedure"), worst


def _by_procedure(done: "Cases") -> str:
    late, total = (_counted(done.procedure[rows]) for rows in (done.late, slice(None)))
    worst = sorted(late.items(), key=lambda pair: (-pair[1], pair[0]))[:_SLOWEST]
    return " · ".join(f"{code} {count}/{total[code]}" for code, count in worst)


def _counted(procedures: "Text") -> dict[str, int]:
    return {name: int((procedures.codes == code).sum()) for name, code in procedures.present()}


def _late_steps(desk: Desk, facts: "Facts", period: "Period") -> Iterator[Row]:
    worked = measured(facts, desk.agency.calendar)
    found: list[Figure] = [
        figure
        for group in by_issue(facts)
        for figure in step_figures(group, period, worked)
        if figure.key == "step.on_time" and figure.value is not None and figure.measured >= _ENOUGH
    ]
    for figure in sorted(found, key=lambda one: (one.value or 0, one.scope))[:_SLOWEST]:
        scope = dict(figure.scope)
        share = percent(figure.value or 0, desk.lang)
        yield (
            say("{procedure}, step “{step}”", procedure=scope["procedure"], step=scope["step"]),
            say("{share} of {count} times in time", share=share, count=figure.measured),
        )


def _nonconformities(desk: Desk, at: datetime) -> Iterator[Row]:
    with desk.agency.store.reading() as reader:
        found = register(reader, at)
    open_ = sum(not one.closed for one in found)
    yield say("registered"), say("{count}, of which {open} are being handled", count=len(found), open=open_)
    closed = Counter(one.result for one in found if one.closed)
    if closed:
        results = " · ".join(f"{result} {count}" for result, count in sorted(closed.items()))
        yield say("with a result"), results


def _record(desk: Desk, shown: "Shown") -> Iterator[Row]:
    verdict = verify(desk.agency.store)
    steps, cases = (sum(getattr(one, name) for one in shown.year.swept) for name in ("late_steps", "late_cases"))
    yield say("breaches recorded"), say("{steps} late steps, {cases} late cases", steps=steps, cases=cases)
    counted = {"events": number(verdict.events, desk.lang, 0), "cases": number(verdict.cases, desk.lang, 0)}
    told = (
        say("{events} events of {cases} cases; hash chains and tables agree", **counted)
        if verdict.sound
        else say("{events} events of {cases} cases; THE RECORD DOES NOT AGREE", **counted)
    )
    yield say("audit"), told
    yield say("hash of the log"), verdict.root
