"""The year on one page, for a leader: what came and went, what was late, what was done about it."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from cli.desk import Desk
from engine.stores.audit import verify
from procedures.vietnamese import number, percent
from procedures.words import Words, say
from quality import questions
from quality.groups import by_issue
from quality.indicators import completed, measured, on_time
from quality.nonconformity import register
from quality.periods import parse
from quality.steps import step_figures

if TYPE_CHECKING:
    from cli.demo.show import Shown
    from quality.facts import CaseFact, Facts
    from quality.figure import Figure
    from quality.periods import Period

_SLOWEST = 5
_ENOUGH = 5


def summary(desk: Desk, shown: "Shown", year: int) -> str:
    """Return the page as text."""
    period = parse(str(year), desk.agency.calendar.zone)
    with desk.agency.store.reading() as reader:
        facts = questions.facts(reader, period.end)
    paragraphs = [
        _head(desk, year),
        *_volume(desk, facts, period),
        *_late_steps(desk, facts, period),
        *_nonconformities(desk, period.end),
        *_record(desk, shown),
    ]
    return "\n".join(desk.text(words) for words in paragraphs)


def _head(desk: Desk, year: int) -> Words:
    return say("The year {year} of {agency} (sample data)", year=year, agency=desk.agency.settings.agency)


def _volume(desk: Desk, facts: "Facts", period: "Period") -> Iterator[Words]:
    cases = [case for case in facts.cases if case.id.startswith("HS-")]
    received = [case for case in cases if period.has(case.opened_at)]
    done = [case for group in by_issue(facts) for case in completed(group, period) if case.id.startswith("HS-")]
    withdrawn = [case for case in cases if case.ended_at is not None and not case.completed]
    punctual = on_time(done, ())
    yield say("")
    yield say("  cases received     {count}", count=len(received))
    yield say("  completed          {count}", count=len(done))
    yield say("  withdrawn          {count}", count=len(withdrawn))
    yield say("  still open         {count}", count=len(received) - len(done) - len(withdrawn))
    yield say(
        "  on time            {share} of {count} cases with a limit",
        share=percent(punctual.value or 0, desk.lang),
        count=punctual.count,
    )
    yield from _by_procedure(done)


def _by_procedure(done: "list[CaseFact]") -> Iterator[Words]:
    late = Counter(case.procedure for case in done if case.late)
    total = Counter(case.procedure for case in done)
    worst = [f"{code} {count}/{total[code]}" for code, count in late.most_common(_SLOWEST)]
    if worst:
        yield say("  late by procedure  {list}", list=" · ".join(worst))


def _late_steps(desk: Desk, facts: "Facts", period: "Period") -> Iterator[Words]:
    worked = measured(facts, desk.agency.calendar)
    found: list[Figure] = [
        figure
        for group in by_issue(facts)
        for figure in step_figures(group, period, worked)
        if figure.key == "step.on_time" and figure.value is not None and figure.measured >= _ENOUGH
    ]
    yield say("")
    yield say("  steps that are late most often:")
    for figure in sorted(found, key=lambda one: (one.value or 0, one.scope))[:_SLOWEST]:
        scope = dict(figure.scope)
        yield say(
            "    {procedure} – {step}: on time {share} of {count}",
            procedure=scope["procedure"],
            step=scope["step"],
            share=percent(figure.value or 0, desk.lang),
            count=figure.measured,
        )


def _nonconformities(desk: Desk, at: datetime) -> Iterator[Words]:
    with desk.agency.store.reading() as reader:
        found = register(reader, at)
    closed = Counter(one.result for one in found if one.closed)
    yield say("")
    yield say("  nonconformities    {count}, open {open}", count=len(found), open=sum(not one.closed for one in found))
    for result, count in sorted(closed.items()):
        yield say("    {result}: {count}", result=result, count=count)


def _record(desk: Desk, shown: "Shown") -> Iterator[Words]:
    verdict = verify(desk.agency.store)
    late = sum(one.late_steps for one in shown.year.swept), sum(one.late_cases for one in shown.year.swept)
    yield say("")
    yield say("  breaches recorded  {steps} late steps, {cases} late cases", steps=late[0], cases=late[1])
    yield say(
        "  the log            {events} events of {cases} cases; hash chains, folds and tables agree: {sound}",
        events=number(verdict.events, desk.lang, 0),
        cases=number(verdict.cases, desk.lang, 0),
        sound=say("yes") if verdict.sound else say("NO"),
    )
    yield say("  hash of the log    {root}", root=verdict.root)
    yield say("")
    yield say("  written to {folder}: {count} files", folder=desk.root, count=len(shown.files))
    for name, words in _FOLDERS.items():
        yield say("    {name}/  {words}", name=name, words=words)


_FOLDERS = {
    "luu-do": say("flowcharts of every procedure"),
    "ho-so": say("one case upon its flowchart"),
    "chi-tieu": say("the year's indicators, each with its cases"),
    "xem-xet": say("the management-review pack"),
}
