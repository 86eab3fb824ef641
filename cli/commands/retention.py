"""`quytrinh case erase, erasable, retention …`: what is kept until when, what is handed over, what may be erased."""

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import uuid4

import typer

from cli.commands.cases import CaseId, CommandId, answer, carry_out, group, known
from cli.desk import Desk
from procedures.words import Words, say

if TYPE_CHECKING:
    from engine.retention import Kept

_app = typer.Typer(help="Hồ sơ lưu: giữ đến khi nào, đến hạn huỷ, mục lục nộp lưu.", no_args_is_help=True)

#: The columns of the list for the archive.
_HEADS = (
    say("no."),
    say("case"),
    say("procedure"),
    say("subject"),
    say("opened on"),
    say("ended on"),
    say("place"),
    say("kept until"),
    say("hand over by"),
    say("events"),
    say("last hash"),
)
Procedure = Annotated[str | None, typer.Option("--procedure", help="Chỉ hồ sơ của quy trình này.")]


def register(app: typer.Typer) -> None:
    """Hang the commands on the root and on the group of cases."""
    app.add_typer(_app, name="retention")
    group.command("erase")(erase)
    group.command("erasable")(erasable)


@_app.callback()
def _group() -> None:
    """Thời gian lưu theo quy trình, tính từ hết năm hồ sơ kết thúc."""


def erase(
    context: typer.Context,
    case: CaseId,
    reason: Annotated[str, typer.Option("--reason", "--ly-do", help="Lý do xoá.")],
    basis: Annotated[str, typer.Option("--basis", "--can-cu", help="Căn cứ pháp lý.")],
    names: Annotated[list[str] | None, typer.Option("--field", help="Tên thông tin cần xoá, lặp lại được.")] = None,
    texts: Annotated[
        list[str] | None, typer.Option("--text", "--loi-van", help="Chỗ của lời văn cần xoá, lặp lại được.")
    ] = None,
    command_id: CommandId = None,
) -> None:
    """Xoá những gì người ta đã viết trong hồ sơ đã kết thúc; nhật ký vẫn đối chiếu được.

    Có --field, --text: chỉ xoá những thứ ấy (case erasable liệt kê). Không có: huỷ hồ sơ lưu, khi đã hết thời gian lưu.

    Lý do và căn cứ ở lại trong nhật ký: đừng nhắc ở đó điều cần xoá.
    """
    from engine.commands import EraseValues
    from engine.texts import TITLE

    desk: Desk = context.obj
    known(desk, case)
    command = EraseValues(
        id=command_id or str(uuid4()),
        actor=desk.actor(),
        case=case,
        names=tuple(names or ()),
        texts=tuple(texts or ()),
        reason=reason,
        basis=basis,
    )
    answer(desk, carry_out(desk, command))
    if not names and not texts:
        _tell_what_stays(desk, case)
    if TITLE in command.texts or not (names or texts):
        _tell_of_called(desk, case)


def erasable(context: typer.Context, case: CaseId) -> None:
    """Liệt kê những gì xoá được trong một hồ sơ: thông tin đã nhập, và lời văn như trích yếu, lý do, ý kiến.

    Dòng có dấu chấm ở cột đầu (1.title) là lời văn: xoá bằng --text. Các dòng khác là thông tin: xoá bằng --field.
    """
    from cli.tables import table
    from engine.texts import TITLE
    from visualize.own_words import own_words

    desk: Desk = context.obj
    known(desk, case)
    with desk.agency.store.reading() as reader:
        held, log = reader.held(case), reader.log(case)
    values = dict(held.values) if held is not None else {}
    texts = list(own_words(desk, held.case, log)) if held is not None else []
    if desk.json:
        told = [{"place": one.place, "what": desk.text(one.what), "who": one.who, "text": one.text} for one in texts]
        desk.put_json({"fields": values, "texts": told})
        return
    _tell_what_stays(desk, case)
    if any(one.place == TITLE for one in texts):
        _tell_of_called(desk, case)
    rows = [[name, desk.text(say("value")), "", text] for name, text in values.items()]
    rows += [[one.place, desk.text(one.what), one.who, one.text] for one in texts]
    desk.put(table(desk, [say("name or place"), say("what"), say("who"), say("what stands there")], rows))


def _tell_what_stays(desk: Desk, case: str) -> None:
    """Tell what release 0.1.0 wrote into the log of a case, if it did: nobody should take it for erased."""
    from visualize.own_words import in_the_log

    with desk.agency.store.reading() as reader:
        held, log = reader.held(case), reader.log(case)
    stays = [desk.text(words) for words in in_the_log(desk, held.case, log)] if held is not None else []
    if stays:
        desk.tell(
            say("release 0.1.0 wrote into the log itself, where nothing is erased: {what}", what="; ".join(stays))
        )


def _tell_of_called(desk: Desk, case: str) -> None:
    """Tell in how many called cases the title of a case goes with it, or has gone, and where it still stands."""
    from engine.carry_out import called_in_all
    from engine.texts import ERASED

    with desk.agency.store.reading() as reader:
        called = [held.case for one in called_in_all(reader, case) if (held := reader.held(one)) is not None]
    there = ", ".join(one.id for one in called if one.title != ERASED)
    gone = sum(one.title == ERASED for one in called)
    if gone:
        desk.tell(say("{count} called cases have no title any more", count=gone))
    if there:
        desk.tell(say("called cases with a title, which goes with that of {case}: {cases}", case=case, cases=there))


@_app.command("list")
def list_(context: typer.Context, procedure: Procedure = None) -> None:
    """Liệt kê hồ sơ đã kết thúc: giữ ở đâu, đến hết ngày nào."""
    desk: Desk = context.obj
    _put(desk, _kept(desk, procedure))


@_app.command()
def due(context: typer.Context, procedure: Procedure = None) -> None:
    """Liệt kê hồ sơ đã hết thời gian lưu mà chưa huỷ; không tự huỷ gì."""
    desk: Desk = context.obj
    today = desk.now.astimezone(desk.agency.calendar.zone).date()
    _put(desk, [one for one in _kept(desk, procedure) if one.due(today)])


@_app.command()
def handover(
    context: typer.Context,
    year: Annotated[int, typer.Option("--year", help="Năm hồ sơ kết thúc.")],
    out: Annotated[Path | None, typer.Option("--out", help="Ghi mục lục ra tệp CSV này.")] = None,
    procedure: Procedure = None,
) -> None:
    """Lập mục lục hồ sơ nộp lưu của một năm: đủ mọi hồ sơ kết thúc trong năm, theo thứ tự kết thúc."""
    desk: Desk = context.obj
    found = sorted(
        (one for one in _kept(desk, procedure) if one.over.year == year), key=lambda one: (one.over, one.case.id)
    )
    if out is not None:
        out.write_text(_csv(desk, found), encoding="utf-8-sig", newline="")
        desk.put_files([out])
        return
    _put(desk, found, numbered=True)


def _kept(desk: Desk, procedure: str | None) -> list["Kept"]:
    from engine.retention import kept

    with desk.agency.store.reading() as reader:
        return list(kept(reader.cases(procedure=procedure), desk.agency))


def _put(desk: Desk, found: list["Kept"], *, numbered: bool = False) -> None:
    from cli.tables import table

    if desk.json:
        desk.put_json({"records": [_told(one) for one in found]})
        return
    heads = [say("case"), say("procedure"), say("subject"), say("ended on"), say("place"), say("kept until")]
    rows: list[list[str]] = [
        [one.case.id, one.case.procedure, one.case.title, _day(one.over), one.place, desk.text(_until(one))]
        for one in found
    ]
    if numbered:
        heads = [say("no."), *heads]
        rows = [[str(number), *row] for number, row in enumerate(rows, 1)]
    desk.put(table(desk, heads, rows))
    desk.tell(say("{count} records", count=len(found)))


def _csv(desk: Desk, found: list["Kept"]) -> str:
    """Return the list for the archive; a text that a spreadsheet would take for a formula is kept a text."""
    file = io.StringIO()
    rows = csv.writer(file)
    rows.writerow([desk.text(head) for head in _HEADS])
    with desk.agency.store.reading() as reader:
        for number, one in enumerate(found, 1):
            held = reader.held(one.case.id)
            opened = one.case.opened_at.astimezone(desk.agency.calendar.zone).date()
            cells = [
                one.case.id,
                f"{one.case.procedure}@{one.case.issue}",
                one.case.title,
                _day(opened),
                _day(one.over),
            ]
            cells += [one.place, desk.text(_until(one)), _day(one.hand_over_by)]
            cells += [str(one.case.version), held.head if held else ""]
            rows.writerow([number, *(_as_text(cell) for cell in cells)])
    return file.getvalue()


def _as_text(cell: str) -> str:
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


def _until(one: "Kept") -> Words | str:
    if one.case.destroyed_at is not None:
        return say("destroyed {day}", day=_day(one.case.destroyed_at.date()))
    if one.term is None:
        return say("not declared")
    return say("for ever") if one.until is None else _day(one.until)


def _day(day: Any) -> str:
    return f"{day:%d/%m/%Y}"


def _told(one: "Kept") -> dict[str, object]:
    return {
        "case": one.case.id,
        "procedure": one.case.procedure,
        "issue": one.case.issue,
        "title": one.case.title,
        "ended": one.over.isoformat(),
        "place": one.place,
        "years": one.term.years if one.term else None,
        "declared": one.term is not None,
        "until": one.until.isoformat() if one.until else None,
        "hand_over_by": one.hand_over_by.isoformat(),
        "destroyed_at": one.case.destroyed_at.isoformat() if one.case.destroyed_at else None,
    }
