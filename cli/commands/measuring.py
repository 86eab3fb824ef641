"""`quytrinh metrics, conform`: figures, charts, scores, and how cases went against their procedure."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.commands.quality import PeriodText, chosen_period
from cli.desk import Desk
from cli.exits import Exit
from cli.reading import one_of, pairs
from procedures.words import Words, say

if TYPE_CHECKING:
    from quality.conform import Conformity
    from quality.facts import Facts
    from quality.figure import Figure
    from quality.groups import Group
    from quality.periods import Period
    from visualize.charts import Chart

_CHARTS = ("xmr", "scatter", "cfd", "ageing", "heat")


def register(app: typer.Typer) -> None:
    """Hang the commands on the root."""
    app.command("metrics")(metrics)
    app.command("conform")(conform)


def metrics(
    context: typer.Context,
    procedure: Annotated[str | None, typer.Argument(metavar="MÃ", help="Chỉ một quy trình.")] = None,
    period: PeriodText = None,
    by: Annotated[str, typer.Option("--by", help="ho-so | buoc | don-vi.")] = "ho-so",
    chart: Annotated[
        str | None, typer.Option("--chart", help="xmr | scatter | cfd | ageing | heat: vẽ biểu đồ của một quy trình.")
    ] = None,
    score: Annotated[
        bool, typer.Option("--score", help="Chấm điểm theo Điều 13 Thông tư 01/2018/TT-VPCP: 0, 1, 2 mỗi hồ sơ.")
    ] = False,
    given: Annotated[
        list[str] | None, typer.Option("--set", help="Điểm của tiêu chí phải hỏi, “4=1,8”; lặp lại được.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Ghi ra tệp .csv, .xlsx; biểu đồ thì cả .svg.")
    ] = None,
) -> None:
    """Chỉ tiêu của hồ sơ, từng bước hoặc từng đơn vị; biểu đồ; chấm điểm một cửa."""
    desk: Desk = context.obj
    one_of("--by", by, ("ho-so", "buoc", "don-vi"))
    if chart is not None:
        one_of("--chart", chart, _CHARTS)
        _put_chart(desk, _drawn(desk, procedure, chosen_period(desk, period), chart), output)
    elif score:
        _put_scores(desk, procedure, chosen_period(desk, period), pairs("--set", given or ()), output)
    else:
        _put_figures(desk, _figures(desk, procedure, chosen_period(desk, period), by), by, output)


def conform(
    context: typer.Context,
    procedure: Annotated[str | None, typer.Argument(metavar="MÃ", help="Chỉ một quy trình.")] = None,
    period: PeriodText = None,
) -> None:
    """Đối chiếu diễn biến hồ sơ với quy trình đã ban hành.

    Bỏ bước, làm khác trình tự, sai người thực hiện, chậm: tỷ lệ đúng, từng chỗ lệch với mã hồ sơ, và các biến thể.
    """
    from cli.conforming import conformity_json, conformity_text

    desk: Desk = context.obj
    found = _conformity(desk, procedure, chosen_period(desk, period))
    if desk.json:
        desk.put_json({"conformity": [conformity_json(group, one) for group, one, _ in found]})
        return
    desk.put("\n\n".join(conformity_text(desk, group, one, steps) for group, one, steps in found))
    if not found:
        desk.tell(say("no case was completed in the period"))


def _conformity(desk: Desk, code: str | None, period: "Period") -> "list[tuple[Group, Conformity, list[str]]]":
    from quality.conform import conformity
    from quality.groups import by_issue
    from quality.indicators import completed, measured

    facts = _facts(desk, code)
    worked = measured(facts, desk.agency.calendar)
    issued = {(one.code, one.issue): one.procedure for one in desk.agency.shelf.all()}
    found = []
    for group in by_issue(facts):
        if len(completed(group, period)):
            known = issued.get((group.procedure, group.issues[0][0]))
            steps = [step.key for step in known.steps] if known is not None else []
            found.append((group, conformity(group, known, period, worked), steps))
    return found


def _facts(desk: Desk, procedure: str | None) -> "Facts":
    from quality import questions

    with desk.agency.store.reading() as reader:
        return questions.facts(reader, desk.now, procedure=procedure)


def _figures(desk: Desk, procedure: str | None, period: "Period", by: str) -> "list[Figure]":
    from quality.groups import by_issue, by_unit
    from quality.indicators import case_figures, measured
    from quality.steps import step_figures

    facts = _facts(desk, procedure)
    worked = measured(facts, desk.agency.calendar)
    groups = by_issue(facts)
    if by == "don-vi":
        tree = desk.agency.organisation.tree
        parts = [part for group in groups for _, part in by_unit(group, tree)]
        return [figure for part in parts for figure in case_figures(part, period, worked)]
    reckon = case_figures if by == "ho-so" else step_figures
    return [figure for group in groups for figure in reckon(group, period, worked)]


def _put_figures(desk: Desk, found: "list[Figure]", by: str, output: Path | None) -> None:
    from cli.figures import figure_row
    from cli.tables import table
    from quality.review import figure_json

    if desk.json:
        desk.put_json({"figures": [figure_json(figure) for figure in found]})
        return
    about = {"ho-so": ("procedure", "issue"), "buoc": ("procedure", "step"), "don-vi": ("procedure", "issue", "unit")}
    names = {"procedure": say("procedure"), "issue": say("issue"), "step": say("step"), "unit": say("unit")}
    heads = [*(names[name] for name in about[by]), say("indicator"), say("value"), say("cases")]
    rows = [figure_row(desk, figure, about[by]) for figure in found]
    if output is not None:
        _put_table(desk, say("indicators"), [desk.text(head) for head in heads], rows, output)
        return
    desk.put(table(desk, heads, rows))
    desk.tell(say("{count} figures; --format json names the definition and the cases of each", count=len(found)))


def _drawn(desk: Desk, code: str | None, period: "Period", name: str) -> "Chart":
    from quality.groups import by_issue
    from quality.indicators import measured
    from visualize.analysis import CHARTS, Subject

    if code is None:
        desk.stop(say("a chart is of one procedure: name its code"), Exit.USAGE)
    facts = _facts(desk, code)
    groups = by_issue(facts)
    if not groups:
        desk.stop(say("there are no cases of {code}", code=code), Exit.USAGE)
    group = groups[-1]
    release = desk.agency.shelf.release(code, group.issues[0][0])
    worked = measured(facts, desk.agency.calendar)
    desk.tell(group.words)
    return CHARTS[name](Subject(release.procedure, group, period, worked, desk.lang))


def _put_chart(desk: Desk, chart: "Chart", output: Path | None) -> None:
    if output is not None and output.suffix.lower() == ".svg":
        from visualize.picture import under_title
        from visualize.svg import svg

        output.write_bytes(svg(under_title(chart.picture), links=False))
        desk.put_files([output])
        return
    _put_table(desk, chart.twin.caption, list(chart.twin.header), chart.twin.rows, output)


def _put_scores(desk: Desk, code: str | None, period: "Period", told: dict[str, str], output: Path | None) -> None:
    from cli.conforming import asked_points, score_rows
    from quality.groups import everything
    from quality.scoring import scores

    facts = _facts(desk, code)
    group = everything(facts if code else facts.of_series("HS"))
    found = scores(group, period, desk.agency.calendar.zone)
    heads, rows = score_rows(desk, found, asked_points(desk, told))
    _put_table(desk, say("points, {period}", period=period.words), heads, rows, output)
    desk.tell(say("criteria 4 to 9 are not told by events: ask for them and give them with --set, as --set 4=1,8"))


def _put_table(
    desk: Desk, title: Words | str, heads: list[str], rows: Sequence[Sequence[str]], output: Path | None
) -> None:
    from cli.sheets import put_sheet
    from visualize.sheet import Column, Sheet

    said = desk.text(title)
    columns = tuple(Column(head) for head in heads)
    put_sheet(desk, Sheet(said[:31], said, columns, tuple(map(tuple, rows)), lang=desk.lang), output)
