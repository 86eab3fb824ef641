"""`quytrinh review …, objectives`: the management review from its pack to its conclusions, and quality objectives."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

from cli.commands.quality import PeriodText, chosen_period
from cli.desk import Desk
from cli.exits import Exit
from cli.reading import instant, one_of
from procedures.vietnamese import number
from procedures.words import say

if TYPE_CHECKING:
    from quality.compare import Difference

_app = typer.Typer(help="Xem xét của lãnh đạo.", no_args_is_help=True)
Folder = Annotated[Path, typer.Option("-o", "--output", help="Thư mục ghi ra.")]
Pack = Annotated[Path, typer.Argument(metavar="TỆP-JSON", help="Tài liệu họp dạng JSON.", exists=True, dir_okay=False)]
Review = Annotated[str, typer.Argument(metavar="HS-…", help="Số hồ sơ xem xét của lãnh đạo.")]
#: The outputs of 9.3.3 by letter, as the choice of the action's field.
_OUTPUTS = {"a": "Cơ hội cải tiến", "b": "Thay đổi hệ thống", "c": "Nhu cầu nguồn lực"}


def register(app: typer.Typer) -> None:
    """Hang the group and the command on the root."""
    app.add_typer(_app, name="review")
    app.command("objectives")(objectives)
    app.command("emulation")(emulation)


@_app.command("pack")
def pack(
    context: typer.Context,
    period: PeriodText = None,
    cut_off: Annotated[str | None, typer.Option("--cut-off", help="Mốc chốt số liệu, ví dụ 2026-12-31T17:00.")] = None,
    output: Folder = Path(),
) -> None:
    """Lập tài liệu họp xem xét của lãnh đạo.

    Đủ các mục 9.3.2 a–f, gồm DOCX để gửi, HTML để đọc và JSON chứa mọi số liệu kèm các hồ sơ tính ra nó.
    """
    from visualize.review_forms import write_pack

    desk: Desk = context.obj
    at = desk.now if cut_off is None else instant("--cut-off", cut_off, desk.agency.calendar.zone)
    desk.put_files(write_pack(desk.agency, chosen_period(desk, period), at, output, desk.lang))


@_app.command("compare")
def compare(context: typer.Context, before: Pack, after: Pack) -> None:
    """So hai tài liệu họp dạng JSON: số liệu nào khác, trước và sau."""
    _told(context.obj, _differences(context.obj, before.read_text("utf-8"), after.read_text("utf-8")))


@_app.command("verify")
def verify(context: typer.Context, file: Pack) -> None:
    """Lập lại tài liệu họp rồi so với tệp đã có. Lấy đúng mốc chốt của nó: giống từng byte, hay khác số liệu nào."""
    from datetime import datetime

    from quality.naming import named_in, named_on, renamed
    from quality.periods import parse
    from quality.review import review_pack, to_json

    desk: Desk = context.obj
    text = file.read_text("utf-8")
    try:
        told = json.loads(text)
        period, at = parse(told["period"], desk.agency.calendar.zone), datetime.fromisoformat(told["cut_off"])
    except (ValueError, KeyError, TypeError):
        desk.stop(say("{file} is no review pack", file=file), Exit.CONTENT)
    named = named_in(told)
    _told(desk, _differences(desk, text, to_json(review_pack(desk.agency, period, at, named))))
    on = desk.now.astimezone(desk.agency.calendar.zone).date()
    now = named_on(desk.agency.settings, desk.agency.organisation, on)
    for before, today in renamed(named, now) if named is not None else ():
        if today:
            desk.tell(
                say("“{before}” is called “{today}” today; the pack keeps the name of then", before=before, today=today)
            )
        else:
            desk.tell(say("“{before}” is no unit any more; the pack keeps the name of then", before=before))


@_app.command("minutes")
def minutes(context: typer.Context, case: Review, output: Folder = Path()) -> None:
    """Lập biên bản và thông báo kết luận từ hồ sơ xem xét."""
    from cli.commands.cases import known
    from visualize.docx import to_docx
    from visualize.review_minutes import announcement, meeting
    from visualize.review_minutes import minutes as paper

    desk: Desk = context.obj
    known(desk, case)
    with desk.agency.store.reading() as reader:
        held = reader.held(case)
    if held is None or held.case.procedure != "QT-HT-03":
        desk.stop(say("{case} is no management review", case=case), Exit.USAGE)
    of = meeting(desk.agency, held)
    output.mkdir(parents=True, exist_ok=True)
    forms = {"bien-ban": paper(of), "thong-bao-ket-luan": announcement(of)}
    paths = []
    for name, document in forms.items():
        path = output / f"{name}-{case}.docx"
        path.write_bytes(to_docx(document))
        paths.append(path)
    desk.put_files(paths)


@_app.command("decide")
def decide(
    context: typer.Context,
    case: Review,
    text: Annotated[str, typer.Option("--text", "--noi-dung", help="Nội dung kết luận.")],
    owner: Annotated[
        str, typer.Option("--owner", "--nguoi", help="Người chịu trách nhiệm; nhiều người cách nhau “;”.")
    ],
    due: Annotated[str, typer.Option("--due", "--han", help="Hạn hoàn thành, ví dụ 31/03/2027.")],
    output: Annotated[str, typer.Option("--output", "--dau-ra", help="Đầu ra theo 9.3.3: a | b | c.")] = "a",
) -> None:
    """Giao một kết luận cho một người, có hạn. Mở hồ sơ theo dõi QT-HT-07; lần xem xét sau báo cáo lại."""
    from cli.commands.cases import answer, carry_out, known
    from engine.commands import OpenCase
    from engine.salts import fresh_salt
    from quality.material import ACTION

    desk: Desk = context.obj
    one_of("--output", output, tuple(_OUTPUTS))
    known(desk, case)
    fields = {
        "nguồn hành động": "Xem xét của lãnh đạo",
        "hồ sơ gốc": case,
        "nội dung hành động": text,
        "loại đầu ra": _OUTPUTS[output],
        "người chịu trách nhiệm": owner,
        "hạn hoàn thành": due,
    }
    command = OpenCase(
        id=str(uuid4()), actor=desk.actor(), procedure=ACTION, title=text, fields=fields, salt=fresh_salt()
    )
    answer(desk, carry_out(desk, command))


def objectives(context: typer.Context, period: PeriodText = None) -> None:
    """Mục tiêu chất lượng của năm. Gồm mức mục tiêu, số đo từ hồ sơ, đạt hay chưa, đánh giá cuối năm."""
    from cli.tables import table
    from quality import questions
    from quality.indicators import measured as worked_over
    from quality.objectives import OBJECTIVES, measured, objective, of_year
    from quality.questions_registers import stood
    from quality.review import figure_json
    from quality.shown import MISSING, shown

    desk: Desk = context.obj
    span, agency = chosen_period(desk, period), desk.agency
    with agency.store.reading() as reader:
        found = of_year([objective(one.case, one.values) for one in stood(reader, OBJECTIVES)], span)
        facts = questions.facts(reader, desk.now)
    worked = worked_over(facts, agency.calendar)
    told = [(one, measured(one, facts, span, worked, agency.organisation.tree)) for one in found]
    if desk.json:
        rows = [
            {"case": one.id, "values": dict(one.values), "result": one.result or None,
             "met": target.met if target else None, "figure": figure_json(target.figure) if target else None}
            for one, target in told
        ]  # fmt: skip
        desk.put_json({"period": span.key, "objectives": rows})
        return
    heads = [say("case"), say("objective"), say("bound"), say("measured"), say("cases"), say("met"), say("evaluation")]
    lines = [
        [one.id, one.said("nội dung mục tiêu"), f"{one.said('chiều')} {one.said('mức mục tiêu')}",
         shown(target.figure, desk.lang) if target else one.said("kết quả tự đo") or MISSING,
         str(target.figure.count) if target else "", _met(desk, target.met if target else None),
         one.result or one.stage]
        for one, target in told
    ]  # fmt: skip
    desk.put(table(desk, heads, lines))


def emulation(
    context: typer.Context,
    period: PeriodText = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Ghi ra tệp .xlsx.")] = None,
) -> None:
    """Chấm điểm thi đua các đơn vị từ số liệu hồ sơ. Trọng số ở quality/emulation.csv."""
    from cli.tables import table
    from quality import questions
    from quality.emulation import criteria, scores
    from quality.material import IMPROVEMENT
    from quality.nonconformity import register as nonconformities
    from quality.shown import MISSING, shown
    from visualize.sheet import Column, Sheet
    from visualize.xlsx import to_xlsx

    desk: Desk = context.obj
    span, agency = chosen_period(desk, period), desk.agency
    with agency.store.reading() as reader:
        facts = questions.facts(reader, desk.now, span.since, span.until)
        found = scores(facts, nonconformities(reader, desk.now), reader.cases(procedure=IMPROVEMENT), span)
    names = [f"{one.name(desk.lang)} ({one.weight})" for one in criteria()]
    if desk.json:
        rows = [
            {"unit": one.unit, "points": one.points, "figures": {key: one.figures[key].value for key in one.figures}}
            for one in found
        ]
        desk.put_json({"period": span.key, "scores": rows})
        return
    heads = [desk.text(say("unit")), *names, desk.text(say("points"))]
    if output is not None:
        columns = (
            Column(heads[0], width=32),
            *(Column(name, "share", 16) for name in names),
            Column(heads[-1], "number"),
        )
        lines = tuple(
            (one.unit, *(one.figures[each.key].value for each in criteria()), round(one.points or 0, 1))
            for one in found
        )
        sheet = Sheet("thi dua", desk.text(say("Scores of units, {period}", period=span.words)), columns, lines)
        output.write_bytes(to_xlsx([sheet], sheet.title, agency.settings.agency))
        desk.put_files([output])
        return
    told = [
        [one.unit, *(shown(one.figures[each.key], desk.lang) for each in criteria()),
         number(one.points, desk.lang) if one.points is not None else MISSING]
        for one in found
    ]  # fmt: skip
    desk.put(table(desk, heads, told))


def _met(desk: Desk, met: bool | None) -> str:
    if met is None:
        return "—"
    return desk.text(say("met") if met else say("not met"))


def _differences(desk: Desk, before: str, after: str) -> "list[Difference]":
    from quality.compare import compare as differences

    try:
        return differences(before, after)
    except (ValueError, KeyError, TypeError):
        desk.stop(say("one of the two is no review pack"), Exit.CONTENT)


def _told(desk: Desk, found: "list[Difference]") -> None:
    from cli.tables import table

    if desk.json:
        told = [{"section": one.section, "what": one.what, "before": one.before, "after": one.after} for one in found]
        desk.put_json({"same": not found, "differences": told})
    elif found:
        rows = [[one.section or "—", one.what, one.before[:120] or "—", one.after[:120] or "—"] for one in found]
        desk.put(table(desk, [say("clause"), say("what"), say("before"), say("after")], rows))
    if found:
        desk.stop(say("{count} differences", count=len(found)), Exit.CONTENT)
    desk.tell(say("the same to the last byte"))
