"""`quytrinh nc …`: nonconformities, what became of them, and where they come from."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

from cli.commands.quality import PeriodText, chosen_period
from cli.desk import Desk
from cli.exits import Exit
from cli.reading import one_of, pairs
from procedures.words import say

if TYPE_CHECKING:
    from engine.case import Case
    from quality.fields import Evidence
    from quality.nonconformity import Nonconformity
    from quality.pareto import Trait
    from visualize.charts import Chart

_app = typer.Typer(help="Sự không phù hợp và hành động khắc phục.", no_args_is_help=True)
#: By which words nonconformities are counted.
_BY: "dict[str, Trait]" = {
    "nguyen-nhan": "cause",
    "quy-trinh": "procedure",
    "buoc": "step",
    "don-vi": "unit",
    "nguon": "source",
    "muc-do": "grade",
}
Number = Annotated[str, typer.Argument(metavar="KPH-…", help="Số của sự không phù hợp.")]
Drawn = Annotated[Path | None, typer.Option("-o", "--output", help="Vẽ biểu đồ ra tệp .svg này.")]


def register(app: typer.Typer) -> None:
    """Hang the group on the root."""
    app.add_typer(_app, name="nc")


@_app.command("list")
def list_(
    context: typer.Context,
    procedure: Annotated[
        str | None, typer.Option("--procedure", help="Chỉ sự không phù hợp của quy trình này.")
    ] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Chỉ của đơn vị này.")] = None,
    recurring: Annotated[bool, typer.Option("--recurring", "--tai-dien", help="Chỉ những sự việc tái diễn.")] = False,
) -> None:
    """Sổ theo dõi sự không phù hợp."""
    from cli.case_view import shown
    from cli.tables import table
    from quality.nonconformity import recurring as again

    desk: Desk = context.obj
    every = _register(desk)
    repeats = {later.id: earlier.id for earlier, later in again(every)}
    found = [
        one
        for one in every
        if procedure in {None, one.source_procedure}
        and unit in {None, one.unit}
        and (not recurring or one.id in repeats)
    ]
    if desk.json:
        desk.put_json({"nonconformities": [{**_json(desk, one), "recurs": repeats.get(one.id)} for one in found]})
        return
    heads = [say("number"), say("title"), say("stage"), say("who"), say("due"), say("closed"), say("recurs")]
    rows = [
        [
            one.id,
            one.title,
            one.stage or one.result,
            _owner(desk, one),
            shown(desk, one.due),
            shown(desk, one.closed_at),
            repeats.get(one.id, ""),
        ]
        for one in found
    ]
    desk.put(table(desk, heads, rows))
    open_ = sum(1 for one in found if not one.closed)
    desk.tell(say("{count} nonconformities, {open} open", count=len(found), open=open_))


@_app.command("show")
def show(context: typer.Context, number: Number) -> None:
    """Xem một sự không phù hợp. Gồm bằng chứng đã chốt, hiệu lực đo được, sự việc tương tự và tái diễn."""
    from cli.case_view import case_lines, value_shown
    from cli.commands.cases import known
    from cli.timeline import timeline
    from visualize.nonconformity import told_of

    desk: Desk = context.obj
    one = next((one for one in _register(desk) if one.id == number), None)
    if one is None:
        desk.stop(say("there is no nonconformity {number}", number=number), Exit.USAGE)
    with desk.agency.store.reading() as reader:
        held, log = reader.held(number), reader.log(number)
    values = dict(held.values) if held is not None else {}
    told = told_of(desk.agency, one, desk.now, desk.lang)
    if desk.json:
        desk.put_json({**_json(desk, one), "values": values, **told.as_json()})
        return
    case = known(desk, number)
    given = [f"  {name}: {value_shown(desk, case, name, value)}" for name, value in values.items()]
    desk.put("\n".join([*case_lines(desk, case), "", *given, "", *told.lines, "", *timeline(desk, case, log)]))


@_app.command("open")
def open_(
    context: typer.Context,
    title: Annotated[str, typer.Option("--title", help="Mô tả ngắn.")],
    record: Annotated[
        str | None, typer.Option("--from", "--tu", help="Mở từ hồ sơ này: đánh giá, khiếu nại, hồ sơ tác nghiệp…")
    ] = None,
    step: Annotated[str, typer.Option("--step", help="Bước xảy ra, khi mở từ một hồ sơ.")] = "",
    source: Annotated[str, typer.Option("--source", "--nguon", help="Nguồn; bỏ trống: theo loại hồ sơ.")] = "",
    given: Annotated[list[str] | None, typer.Option("--set", help="“tên=giá trị”, lặp lại được.")] = None,
) -> None:
    """Ghi nhận sự không phù hợp bằng tay. Từ một hồ sơ bất kỳ, hoặc từ đánh giá, kiểm tra, phản ánh."""
    from cli.commands.cases import answer, carry_out, known
    from engine.salts import fresh_salt
    from quality.fields import FROM_ELSEWHERE, Evidence
    from quality.nonconformity import by_hand

    desk: Desk = context.obj
    evidence = Evidence(source or FROM_ELSEWHERE, title)
    if record is not None:
        evidence = _evidence(desk, known(desk, record), title, source, step)
    fields = {**(evidence.fields() if record is not None else {}), **pairs("--set", given or ())}
    command = by_hand(str(uuid4()), desk.actor(), title, salt=fresh_salt())
    answer(desk, carry_out(desk, command.model_copy(update={"fields": fields})))


@_app.command("pareto")
def pareto(
    context: typer.Context,
    by: Annotated[
        str, typer.Option("--by", help="nguyen-nhan | quy-trinh | buoc | don-vi | nguon | muc-do.")
    ] = "nguyen-nhan",
    period: PeriodText = None,
    output: Drawn = None,
) -> None:
    """Sự không phù hợp tập trung ở đâu. Theo nguyên nhân, quy trình, bước, đơn vị; kèm tỷ lệ cộng dồn."""
    from quality.pareto import pareto as count
    from quality.pareto import untold
    from visualize.pareto import pareto_chart

    desk: Desk = context.obj
    one_of("--by", by, tuple(_BY))
    trait, span = _BY[by], chosen_period(desk, period)
    found = [one for one in _register(desk) if span.start <= one.opened_at < span.end]
    bars = count(found, trait)
    if desk.json:
        told = [{"name": bar.name, "count": bar.count, "cumulated": bar.cumulated, "cases": bar.cases} for bar in bars]
        desk.put_json({"by": by, "period": span.key, "bars": told, "untold": untold(found, trait)})
        return
    _put(desk, pareto_chart(bars, trait, desk.lang), output)
    left = len(untold(found, trait))
    if left:
        desk.tell(say("{count} nonconformities have nothing to be counted by yet", count=left))


@_app.command("trend")
def trend(context: typer.Context, period: PeriodText = None, output: Drawn = None) -> None:
    """Sự không phù hợp mở, đóng, còn lại theo từng tháng."""
    from quality.pareto import trend as count
    from quality.periods import parts
    from visualize.pareto import trend_chart

    desk: Desk = context.obj
    months = [one for one in parts(chosen_period(desk, period), "month") if one.start <= desk.now]
    told = count(_register(desk), months)
    if desk.json:
        rows = [
            {"period": one.period.key, "opened": one.opened.cases, "closed": one.closed.cases, "open": one.left.cases}
            for one in told
        ]
        desk.put_json({"months": rows})
        return
    _put(desk, trend_chart(told, desk.lang), output)


def _put(desk: Desk, chart: "Chart", output: Path | None) -> None:
    from cli.tables import table
    from visualize.svg import svg

    desk.put(table(desk, chart.twin.header, chart.twin.rows, chart.twin.caption))
    if output is not None:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_bytes(svg(chart.picture, links=False))
        desk.put_files([output])


def _evidence(desk: Desk, case: "Case", title: str, source: str, step: str) -> "Evidence":
    from quality.nonconformity import from_record

    with desk.agency.store.reading() as reader:
        return from_record(case, reader.log(case.id), title, source, step)


def _owner(desk: Desk, one: "Nonconformity") -> str:
    from cli.case_view import name_of
    from procedures.model import LIST

    return ", ".join(name_of(desk, who) for who in one.owner.split(LIST)) if one.owner else "—"


def _register(desk: Desk) -> "list[Nonconformity]":
    from quality.nonconformity import register as read

    with desk.agency.store.reading() as reader:
        return read(reader, desk.now)


def _json(desk: Desk, one: "Nonconformity") -> dict[str, object]:
    from cli.case_view import instant

    told = {name: getattr(one, name) for name in one.__dataclass_fields__}
    return {name: instant(desk, value) if isinstance(value, datetime) else value for name, value in told.items()}
