"""`quytrinh diff, abolish, case migrate`: issues compared, ended, and cases moved from one to a later one."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

from cli.commands.cases import group
from cli.desk import Desk
from cli.exits import Exit, Stop
from cli.reading import one_of
from procedures.words import say

if TYPE_CHECKING:
    from cli.comparing import Side
    from engine.migration import Verdict
    from procedures.difference import Difference
    from procedures.model import Procedure

Meant = "MÃ, MÃ@lần-ban-hành, hoặc tệp."


def register(app: typer.Typer) -> None:
    """Hang the commands on the root and on `case`."""
    app.command("diff")(diff)
    app.command("abolish")(abolish)
    group.command("migrate")(migrate)


def diff(
    context: typer.Context,
    first: Annotated[str, typer.Argument(metavar="A", help=Meant)],
    second: Annotated[str | None, typer.Argument(metavar="B", help="Bỏ trống: bản đang soạn của quy trình A.")] = None,
    against: Annotated[bool, typer.Option("--against-cases", help="Kèm ảnh hưởng tới hồ sơ đang chạy.")] = False,
    exit_code: Annotated[bool, typer.Option("--exit-code", help="Mã thoát 3 khi có khác biệt.")] = False,
    form: Annotated[str, typer.Option("--as", help="text | table | svg.")] = "text",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Tệp ghi ra.")] = None,
) -> None:
    """So sánh hai bản của quy trình bằng lời.

    Chỉ nói những khác biệt về nội dung, không nói cách trình bày.
    """
    from cli.comparing import sides
    from procedures.difference import difference

    desk: Desk = context.obj
    one_of("--as", form, ("text", "table", "svg"))
    before, after = sides(desk, first, second)
    found = difference(before.procedure, after.procedure)
    verdicts = _effect(desk, after) if against else None
    if desk.json:
        _put_json(desk, found, (before, after), verdicts)
    elif form == "svg":
        _draw(desk, found, output)
    else:
        _put(desk, _text(desk, found, (before, after), verdicts, as_table=form == "table"), output)
    if exit_code and found:
        raise Stop(None, Exit.DIFFERENT)


def abolish(
    context: typer.Context,
    code: Annotated[str, typer.Argument(metavar="MÃ", help="Mã quy trình.")],
    since: Annotated[str, typer.Option("--from", help="Hết hiệu lực từ ngày, dd/MM/yyyy.")],
    reason: Annotated[str, typer.Option("--reason", "--ly-do", help="Lý do bãi bỏ.")],
    approved_by: Annotated[str, typer.Option("--approved-by", help="Người quyết định.")],
    replaced_by: Annotated[str | None, typer.Option("--replaced-by", metavar="MÃ", help="Quy trình thay thế.")] = None,
) -> None:
    """Bãi bỏ một quy trình từ một ngày.

    Từ ngày đó không mở được hồ sơ mới; hồ sơ đang chạy vẫn làm tiếp đến khi kết thúc.
    """
    from cli.comparing import stop_unless_known
    from cli.issuing import run_on, running
    from procedures.shelf import Ending, FolderShelf, ShelfRefusal
    from procedures.values import ValueSaid, parse_date

    desk: Desk = context.obj
    stop_unless_known(desk, code)
    try:
        one = Ending(code, parse_date(since), reason, approved_by, desk.now, replaced_by)
        FolderShelf(desk.root / "releases").publish(endings=[one])
    except ValueSaid as fault:
        desk.stop(fault.words)
    except ShelfRefusal as refusal:
        desk.stop(say("refused: {sentence}", sentence=refusal.words), Exit.REFUSED)
    cases = running(desk, {code})
    if desk.json:
        desk.put_json({"procedure": code, "since": one.since.isoformat(), "running": len(cases)})
        return
    desk.put(desk.text(say("{code} is abolished from {day}", code=code, day=one.since)))
    for words in run_on(cases):
        desk.tell(words)


def migrate(
    context: typer.Context,
    cases: Annotated[list[str] | None, typer.Argument(metavar="HỒ-SƠ", help="Bỏ trống với --plan: mọi hồ sơ.")] = None,
    to: Annotated[int | None, typer.Option("--to", help="Lần ban hành (mặc định: lần đang hiệu lực).")] = None,
    reason: Annotated[str, typer.Option("--reason", "--ly-do", help="Lý do chuyển.")] = "",
    procedure: Annotated[
        str | None, typer.Option("--procedure", metavar="MÃ", help="Với --plan: quy trình nào.")
    ] = None,
    plan: Annotated[bool, typer.Option("--plan", help="Chỉ xem hồ sơ nào chuyển được, không ghi.")] = False,
) -> None:
    """Chuyển hồ sơ đang chạy sang lần ban hành sau.

    Chỉ khi không bước nào đã bắt đầu bị thay đổi; việc đang mở giữ nguyên số, lần và hạn.
    """
    from cli.commands.cases import answer, carry_out, known
    from engine.commands import MigrateCase

    desk: Desk = context.obj
    if plan:
        _plan(desk, cases or [], to, procedure)
        return
    if not cases:
        desk.stop(say("which case? give its number, or --plan to see what can be moved"))
    for case in cases:
        issue = to if to is not None else _into(desk, known(desk, case).procedure, None).issue
        command = MigrateCase(id=str(uuid4()), actor=desk.actor(), case=case, issue=issue, reason=reason)
        answer(desk, carry_out(desk, command))


def _plan(desk: Desk, cases: list[str], to: int | None, procedure: str | None) -> None:
    from cli.commands.cases import known
    from cli.comparing import stop_unless_known, verdict_json, verdicts
    from cli.tables import table

    codes = {procedure} if procedure else {known(desk, case).procedure for case in cases}
    if not codes:
        desk.stop(say("of what? give cases or --procedure"))
    for code in codes:
        stop_unless_known(desk, code)
    found = [one for code in sorted(codes) for one in verdicts(desk, code, _into(desk, code, to), cases)]
    if desk.json:
        desk.put_json({"cases": [verdict_json(desk, one) for one in found]})
        return
    rows = [[one.case, str(one.issue), _said(desk, one)] for one in found]
    desk.put(table(desk, [say("case"), say("to issue"), say("can it be moved?")], rows))
    desk.tell(say("{count} of {all} can be moved", count=sum(one.movable for one in found), all=len(found)))


def _said(desk: Desk, one: "Verdict") -> str:
    return desk.text(say("yes")) if one.movable else "; ".join(desk.text(words) for words in one.obstacles)


def _into(desk: Desk, code: str, issue: int | None) -> "Procedure":
    """Return the issue that cases would move to; stops when there is none."""
    from procedures.shelf import ShelfRefusal

    shelf = desk.agency.shelf
    try:
        if issue is not None:
            return shelf.release(code, issue).procedure
        return shelf.current(code, desk.now.astimezone(desk.agency.calendar.zone).date()).procedure
    except ShelfRefusal as refusal:
        desk.stop(say("refused: {sentence}", sentence=refusal.words), Exit.REFUSED)


def _effect(desk: Desk, after: "Side") -> "list[Verdict]":
    from cli.comparing import upcoming, verdicts
    from engine.agency import SETTINGS

    return verdicts(desk, after.procedure.code, upcoming(desk, after)) if (desk.root / SETTINGS).exists() else []


def _put_json(desk: Desk, found: "Difference", both: "tuple[Side, Side]", verdicts: "list[Verdict] | None") -> None:
    from cli.comparing import as_json, verdict_json

    told = as_json(found, *both)
    if verdicts is not None:
        told["cases"] = [verdict_json(desk, one) for one in verdicts]
    desk.put_json(told)


def _text(
    desk: Desk,
    found: "Difference",
    both: "tuple[Side, Side]",
    verdicts: "list[Verdict] | None",
    *,
    as_table: bool,
) -> str:
    from cli.comparing import effect_lines, lines
    from cli.tables import table

    said = list(lines(desk, found, *both))
    if as_table and found:
        heads = [say("sign"), say("where"), say("what"), say("before"), say("after")]
        said = [said[0], table(desk, heads, found.rows(desk.lang))]
    said += effect_lines(desk, verdicts, found.after.code) if verdicts is not None else []
    return "\n".join(said)


def _put(desk: Desk, text: str, output: Path | None) -> None:
    if output is None:
        desk.put(text)
        return
    output.write_text(desk.plain(text) + "\n", encoding="utf-8")
    desk.put_files([output])


def _draw(desk: Desk, found: "Difference", output: Path | None) -> None:
    from visualize.difference import difference_svg
    from visualize.drawing import DrawingUnavailable

    path = output or Path(f"{found.after.code}-so-sanh.svg")
    try:
        path.write_bytes(difference_svg(found, desk.lang))
    except DrawingUnavailable as fault:
        desk.stop(say("nothing can be drawn: {fault}", fault=fault), Exit.ENVIRONMENT)
    desk.put_files([path])
