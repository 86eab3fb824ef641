"""`quytrinh metrics, sweep`: what the quality system makes of the cases."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.desk import Desk
from cli.reading import one_of
from procedures.words import say

if TYPE_CHECKING:
    from quality.figure import Figure
    from quality.periods import Period


PeriodText = Annotated[str | None, typer.Option("--period", help="2026 | 2026-Q4 | 2026-11; bỏ trống: năm nay.")]


def register(app: typer.Typer) -> None:
    """Hang the commands on the root."""
    app.command("metrics")(metrics)
    app.command("sweep")(sweep)


def metrics(
    context: typer.Context,
    procedure: Annotated[str | None, typer.Argument(metavar="MÃ", help="Chỉ một quy trình.")] = None,
    period: PeriodText = None,
    by: Annotated[str, typer.Option("--by", help="ho-so | buoc | don-vi.")] = "ho-so",
) -> None:
    """Chỉ tiêu của hồ sơ, từng bước hoặc từng đơn vị."""
    from cli.figures import figure_row
    from cli.tables import table
    from quality.review import figure_json

    desk: Desk = context.obj
    one_of("--by", by, ("ho-so", "buoc", "don-vi"))
    found = _figures(desk, procedure, chosen_period(desk, period), by)
    if desk.json:
        desk.put_json({"figures": [figure_json(figure) for figure in found]})
        return
    about = {"ho-so": ("procedure", "issue"), "buoc": ("procedure", "step"), "don-vi": ("procedure", "unit", "period")}[
        by
    ]
    names = {
        "procedure": say("procedure"),
        "issue": say("issue"),
        "step": say("step"),
        "unit": say("unit"),
        "period": say("period"),
    }
    heads = [*(names[name] for name in about), say("indicator"), say("value"), say("cases")]
    desk.put(table(desk, heads, [figure_row(desk, figure, about) for figure in found]))
    desk.tell(say("{count} figures; --format json names the definition and the cases of each", count=len(found)))


def sweep(context: typer.Context) -> None:
    """Ghi nhận việc chậm, hồ sơ quá hạn tính đến bây giờ.

    Mở sự không phù hợp theo quy định của từng quy trình; chạy lại không ghi thêm.
    """
    from quality.look import look as run

    desk: Desk = context.obj
    found = run(desk.agency.store, desk.agency, desk.now)
    if desk.json:
        desk.put_json({name: getattr(found, name) for name in found.__dataclass_fields__})
        return
    desk.put(
        desk.text(
            say(
                "new: {steps} late steps, {cases} late cases, {candidates} nonconformities to look at",
                steps=found.late_steps,
                cases=found.late_cases,
                candidates=found.candidates,
            )
        )
    )
    within = found.late_phases + found.late_parts
    if within:
        desk.put(desk.text(say("{count} late phases and parts of steps", count=within)))
    if found.lapsed:
        desk.put(desk.text(say("{count} went on or were closed without an answer in time", count=found.lapsed)))


def chosen_period(desk: Desk, text: str | None) -> "Period":
    """Return the period that is meant: the present year where none was given."""
    from quality.periods import parse

    zone = desk.agency.calendar.zone
    try:
        return parse(text or str(desk.now.astimezone(zone).year), zone)
    except ValueError:
        desk.stop(say("“{text}” is not a period; write it like 2026, 2026-Q4 or 2026-11", text=text))


def _figures(desk: Desk, procedure: str | None, period: "Period", by: str) -> "list[Figure]":
    from quality import questions
    from quality.groups import by_issue
    from quality.indicators import case_figures, measured, on_time_by
    from quality.steps import step_figures

    with desk.agency.store.reading() as reader:
        facts = questions.facts(reader, desk.now, procedure=procedure)
    calendar = desk.agency.calendar
    worked = measured(facts, calendar)
    match by:
        case "ho-so":
            return [figure for group in by_issue(facts) for figure in case_figures(group, period, worked)]
        case "buoc":
            return [figure for group in by_issue(facts) for figure in step_figures(group, period, worked)]
        case "don-vi":
            return on_time_by(facts, "year", calendar)
    raise ValueError(by)
