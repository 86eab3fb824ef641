"""`quytrinh remark add, list`: what reviewers say of a draft or an issue of a procedure."""

from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

from cli.desk import Desk
from cli.exits import Exit
from procedures.words import say

if TYPE_CHECKING:
    from engine.remarks import Remark, Stance
    from procedures.model import Procedure

_app = typer.Typer(help="Góp ý, đồng ý, không đồng ý của người xem xét quy trình.", no_args_is_help=True)
Meant = Annotated[str, typer.Argument(metavar="MÃ", help="MÃ là bản đang soạn; MÃ@lần-ban-hành.")]


def register(app: typer.Typer) -> None:
    """Hang the group on the root."""
    app.add_typer(_app, name="remark")


@_app.command("add")
def add(
    context: typer.Context,
    name: Meant,
    agree: Annotated[bool, typer.Option("--agree", "--dong-y", help="Đồng ý với bản này.")] = False,
    disagree: Annotated[bool, typer.Option("--disagree", "--khong-dong-y", help="Không đồng ý với bản này.")] = False,
    step: Annotated[str | None, typer.Option("--step", help="Bước được góp ý; bỏ trống: cả quy trình.")] = None,
    text: Annotated[str, typer.Option("--text", help="Nội dung góp ý; chỉ đồng ý mới không cần.")] = "",
) -> None:
    """Góp ý cho bản đang soạn hoặc một lần ban hành. Ghi người, lúc, và đúng nội dung đã đọc."""
    from engine.remarks import Remark, objection
    from engine.stores.remarks import Remarks
    from procedures.canonical import content_hash
    from procedures.text import nfc

    desk: Desk = context.obj
    if agree and disagree:
        desk.stop(say("give one of --agree and --disagree, not both"))
    stance: Stance = "agree" if agree else "disagree" if disagree else "remark"
    read = _read(desk, name)
    told = (read.code, read.issue, content_hash(read), desk.actor(), stance, nfc(text).strip(), desk.now)
    remark = Remark(str(uuid4()), *told, step)
    refusal = objection(remark, read)
    if refusal is not None:
        desk.refuse(refusal)
    Remarks(desk.agency.store).take_down(remark)
    if desk.json:
        desk.put_json({"remark": _json(desk, remark)})
    else:
        desk.put(_line(desk, read, remark))


@_app.command("list")
def list_(context: typer.Context, name: Meant) -> None:
    """Liệt kê góp ý cho một bản, kèm số người đồng ý, không đồng ý với đúng nội dung ấy."""
    from engine.remarks import standing
    from engine.stores.remarks import Remarks
    from procedures.canonical import content_hash

    desk: Desk = context.obj
    read = _read(desk, name)
    found = [one for one in Remarks(desk.agency.store).about(read.code) if one.issue == read.issue]
    judged = [one.stance for one in standing(found, content_hash(read)).values()]
    counts = {"agree": judged.count("agree"), "disagree": judged.count("disagree")}
    if desk.json:
        desk.put_json({"hash": content_hash(read), **counts, "remarks": [_json(desk, one) for one in found]})
        return
    desk.put("\n".join(_line(desk, read, one) for one in found))
    desk.tell(say("{count} remarks; this wording: {agree} agree, {disagree} disagree", count=len(found), **counts))


def _read(desk: Desk, name: str) -> "Procedure":
    from cli.comparing import side, upcoming

    read = upcoming(desk, side(desk, name))
    if "@" not in name and read.code != name:
        desk.stop(say("“{name}” is not the code of a procedure", name=name), Exit.USAGE)
    return read


def _line(desk: Desk, read: "Procedure", one: "Remark") -> str:
    from cli.case_view import name_of, shown
    from procedures.canonical import content_hash
    from visualize.remark_words import STANCE, step_words

    earlier = "" if one.hash == content_hash(read) else f" ({desk.text(say('of an earlier wording'))})"
    says = f"{name_of(desk, one.person)} {desk.text(STANCE[one.stance])}{earlier}"
    parts = (shown(desk, one.at), says, step_words(read, one.step), one.text)
    return " · ".join(part for part in parts if part)


def _json(desk: Desk, one: "Remark") -> dict[str, object]:
    from cli.case_view import instant

    told = {name: getattr(one, name) for name in ("code", "issue", "hash", "step", "person", "stance", "text")}
    return {**told, "at": instant(desk, one.at)}
