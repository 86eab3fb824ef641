"""`quytrinh work`: what has to be done now, soonest first."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.desk import Desk
from cli.exits import Exit
from procedures.words import Words, say

if TYPE_CHECKING:
    from engine.store import Asked, Work
    from quality.overseen import Overseen
    from quality.questions_work import Wanted

#: So many are read at a time when the whole list is wanted.
_PAGE = 1_000


def register(app: typer.Typer) -> None:
    """Hang the command on the root."""
    app.command("work")(work)


def work(
    context: typer.Context,
    of: Annotated[
        str | None, typer.Option("--of", help="Việc của tài khoản này (mặc định: --user; bỏ trống: mọi việc).")
    ] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Chỉ việc của đơn vị này.")] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help="Chỉ việc chậm tiến độ hoặc của hồ sơ quá hạn.")] = False,
    ical: Annotated[Path | None, typer.Option("--ical", metavar="TỆP", help="Ghi hạn việc ra tệp iCalendar.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="Nhiều nhất bấy nhiêu việc một lần.")] = 50,
    after: Annotated[
        str | None, typer.Option("--after", metavar="CHỖ", help="Xem tiếp từ chỗ lần trước đã nói.")
    ] = None,
) -> None:
    """Việc cần làm, đến hạn trước xếp trước.

    Danh sách dài được chia từng trang; cuối trang nói cách xem tiếp.
    """
    from engine.case import is_late
    from quality.overseen import overseen

    desk: Desk = context.obj
    if unit is not None and all(one.name != unit for one in desk.agency.organisation.units):
        desk.stop(say("there is no unit called “{unit}”", unit=unit))
    wanted = _wanted(desk, of or desk.user, unit, overdue=overdue)
    if ical is not None:
        from visualize.ical import deadlines

        ical.write_bytes(deadlines(desk.agency, list(_every(desk, wanted)), desk.now, desk.lang))
        desk.put_files([ical])
        return
    found, total, onward = _page(desk, wanted, after, limit)
    asked = [] if unit is not None or after is not None else _asked(desk, of or desk.user)
    if overdue:
        asked = [one for one in asked if is_late(desk.now, one.due)]
    late = [] if unit is not None or after is not None else overseen(desk.agency, desk.now, of or desk.user)
    if desk.json:
        desk.put_json({**_json(desk, found, asked, late), "total": total, "next": onward})
        return
    _put(desk, found, total, onward)
    _put_asked(desk, asked)
    _put_overseen(desk, late)


def _wanted(desk: Desk, account: str | None, unit: str | None, *, overdue: bool) -> "Wanted":
    """Return what is asked for; stops for an account that nobody has."""
    from engine.posts import person_of
    from quality.questions_work import Wanted

    # What is due soon is no matter here: the list is by due instant, and says of each what is left.
    every = Wanted(desk.now, desk.now, unit=unit, overdue=overdue)
    if account is None:
        return every
    if person_of(desk.agency.organisation, account) is None:
        desk.stop(say("nobody has the account “{account}”", account=account), Exit.USAGE)
    return replace(every, whose="mine", scope=desk.agency.scope(account, desk.now))


def _page(desk: Desk, wanted: "Wanted", after: str | None, limit: int) -> "tuple[list[Work], int | None, str | None]":
    """Return a page of the list, how much there is in all, and where the next page begins, if there is one.

    A list without end is not counted.
    """
    from quality import questions_work

    place = None if after is None else questions_work.place_of(after)
    if after is not None and place is None:
        desk.stop(say("--after “{text}” is no place on the list", text=after), Exit.USAGE)
    with desk.agency.store.reading() as reader:
        counted = questions_work.counts(reader, wanted)
        found = questions_work.onward(reader, wanted, place, limit + 1)
    onward = questions_work.text_of(found[limit - 1].place) if len(found) > limit else None
    return found[:limit], questions_work.total(counted), onward


def _every(desk: Desk, wanted: "Wanted") -> "Iterator[Work]":
    """Yield the whole list, page by page."""
    from quality import questions_work

    place = None
    with desk.agency.store.reading() as reader:
        while found := questions_work.onward(reader, wanted, place, _PAGE):
            yield from found
            place = found[-1].place


def _json(desk: Desk, found: "list[Work]", asked: "list[Asked]", late: "list[Overseen]") -> dict[str, object]:
    """Return the list for scripts."""
    from cli.case_view import instant
    from visualize.case_words import undecided

    told = [
        {
            "case": one.case,
            "procedure": one.procedure,
            "title": one.title,
            "item": one.item,
            "step": one.step,
            "attempt": one.attempt,
            "role": one.role,
            "unit": one.unit,
            "assignee": one.assignee,
            "due": instant(desk, one.due),
            "case_due": instant(desk, one.case_due),
            "undecided": list(undecided(desk, one.due, one.opened_at, one.unit)),
        }
        for one in found
    ]
    opinions = [
        {"case": one.case, "opinion": one.number, "step": one.step, "of": one.of, "due": instant(desk, one.due)}
        for one in asked
    ]
    seen_after = [
        {"case": one.case, "title": one.title, "what": one.what, "with": list(one.owners), "due": one.due.isoformat(),
         "heads": list(one.heads)}
        for one in late
    ]  # fmt: skip
    return {"work": told, "opinions": opinions, "overseen": seen_after}


def _asked(desk: Desk, account: str | None) -> "list[Asked]":
    """Return the opinions that somebody is asked for, or all of them."""
    from engine.posts import posts_of

    today = desk.now.astimezone(desk.agency.calendar.zone).date()
    posts = None if account is None else posts_of(desk.agency.organisation, account, today)
    with desk.agency.store.reading() as reader:
        return reader.asked(posts)


def _put_asked(desk: Desk, asked: "list[Asked]") -> None:
    from cli.case_view import name_of, shown
    from cli.tables import table

    if not asked:
        return
    heads = [say("case"), say("subject"), say("opinion about"), say("asked by"), say("asked of"), say("due")]
    rows = [
        [
            one.case,
            one.title,
            f"[{one.number}] {one.question}",
            name_of(desk, one.by),
            name_of(desk, one.of),
            shown(desk, one.due),
        ]
        for one in asked
    ]
    desk.put(table(desk, heads, rows))
    desk.tell(say("{count} opinions to give", count=len(asked)))


def _put_overseen(desk: Desk, late: "list[Overseen]") -> None:
    from cli.case_view import name_of
    from cli.tables import table
    from procedures.vietnamese import day

    if not late:
        return
    heads = [say("case"), say("subject"), say("what is late"), say("with whom"), say("was due")]
    rows = [
        [one.case, one.title, one.what, ", ".join(name_of(desk, who) for who in one.owners) or "—", day(one.due)]
        for one in late
    ]
    desk.put(table(desk, heads, rows))
    desk.tell(say("{count} late with others, for you to see after", count=len(late)))


def _put(desk: Desk, found: "list[Work]", total: int | None, onward: str | None) -> None:
    from cli.case_view import name_of
    from cli.tables import table
    from quality.questions_work import MOST
    from visualize.case_words import dated

    if not found:
        desk.tell(say("nothing waits to be done"))
        return
    heads = [say("case"), say("subject"), say("step"), say("who"), say("due"), say("state")]
    rows = [
        [
            one.case,
            one.title,
            f"[{one.item}] {one.step}" + (f" ×{one.attempt}" if one.attempt > 1 else ""),
            name_of(desk, one.assignee) if one.assignee else one.role or "—",
            desk.text(dated(desk, one.due, one.opened_at, one.unit)) if one.due else "—",
            desk.text(_state(desk, one)),
        ]
        for one in found
    ]
    desk.put(table(desk, heads, rows))
    if total is None:
        desk.tell(say("{count} of more than {total} to do", count=len(found), total=MOST))
    elif len(found) == total:
        desk.tell(say("{count} to do", count=total))
    else:
        desk.tell(say("{count} of {total} to do", count=len(found), total=total))
    if onward is not None:
        desk.tell(say("for more:  --after {place}", place=onward))


def _state(desk: Desk, one: "Work") -> Words:
    """Two clocks, two words: the case is overdue, or only this step is behind schedule; and what is left."""
    from visualize.due_words import step_left, whole_left

    match _lateness(desk, one):
        case "paused":
            return say("on hold")
        case "case" if one.case_due is not None:
            return say("case: {left}", left=whole_left(desk, one.case_due))
    return say("in time") if one.due is None else step_left(desk, one.due, one.unit)


def _lateness(desk: Desk, one: "Work") -> str:
    from engine.case import is_late

    if one.case_status == "paused":
        return "paused"
    if one.case_due is not None and is_late(desk.now, one.case_due):
        return "case"
    return "step" if one.due is not None and is_late(desk.now, one.due) else ""
