"""`quytrinh work`: what has to be done now, soonest first."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.desk import Desk
from cli.exits import Exit
from procedures.words import Words, say

if TYPE_CHECKING:
    from engine.store import Asked, Work


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
) -> None:
    """Việc cần làm, đến hạn trước xếp trước."""
    from engine.case import is_late

    desk: Desk = context.obj
    if unit is not None and all(one.name != unit for one in desk.agency.organisation.units):
        desk.stop(say("there is no unit called “{unit}”", unit=unit))
    found = [one for one in _mine(desk, of or desk.user) if unit in {None, one.unit}]
    asked = [] if unit is not None else _asked(desk, of or desk.user)
    if overdue:
        asked = [one for one in asked if is_late(desk.now, one.due)]
        found = [one for one in found if _lateness(desk, one) in {"case", "step"}]
    if ical is not None:
        from visualize.ical import deadlines

        ical.write_bytes(deadlines(desk.agency, found, desk.now, desk.lang))
        desk.put_files([ical])
        return
    if desk.json:
        desk.put_json(_json(desk, found, asked))
        return
    _put(desk, found)
    _put_asked(desk, asked)


def _json(desk: Desk, found: "list[Work]", asked: "list[Asked]") -> dict[str, object]:
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
    return {"work": told, "opinions": opinions}


def _mine(desk: Desk, account: str | None) -> "list[Work]":
    from engine.posts import person_of, person_post, posts_of

    with desk.agency.store.reading() as reader:
        if account is None:
            return reader.work()
        person = person_of(desk.agency.organisation, account)
        if person is None:
            desk.stop(say("nobody has the account “{account}”", account=account), Exit.USAGE)
        today = desk.now.astimezone(desk.agency.calendar.zone).date()
        found = reader.work(posts_of(desk.agency.organisation, account, today), account)
        his = {(one.case, one.item) for one in reader.work(frozenset({person_post(account)}))}  # further tasks too
    return [one for one in found if one.assignee in {None, account} or (one.case, one.item) in his]


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


def _put(desk: Desk, found: "list[Work]") -> None:
    from cli.case_view import name_of
    from cli.tables import table
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
    desk.tell(say("{count} to do", count=len(found)))


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
