"""Programmes on the command line: their tasks, how they stand, and who has not filed what was asked."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from cli.case_view import instant, shown
from cli.desk import Desk
from cli.tables import table
from procedures.vietnamese import day
from procedures.words import say

if TYPE_CHECKING:
    from quality.programme.board import Filed, Row
    from quality.programme.plan import Issued


def put_plan(desk: Desk, issued: "Issued", hash_: str) -> None:
    """Print an issued plan as a table with the columns of plans."""
    plan = issued.plan
    if desk.json:
        desk.put_json({"hash": hash_, **issued.model_dump(mode="json")})
        return
    desk.put(f"{plan.code}  {plan.name}")
    about = say(
        "{number} of {day}, signed by {who}; issue {issue}, seal {hash}",
        number=issued.number,
        day=day(issued.day),
        who=issued.signatory,
        issue=issued.issue,
        hash=hash_[:19],
    )
    desk.put(desk.text(about))
    heads = (say("TT"), say("task"), say("lead"), say("with"), say("time"), say("result"))
    for part in plan.parts:
        rows = [
            [
                task.key,
                task.name,
                "; ".join(plan.leads_of(part, task)),
                "; ".join(task.with_),
                task.window.text,
                task.result,
            ]
            for task in part.tasks
        ]
        desk.put(table(desk, heads, rows, f"{part.key}. {part.name}".rstrip(". ")))


def put_board(desk: Desk, rows: Sequence["Row"], filed: Sequence["Filed"]) -> None:
    """Print how every task of every unit stands, the count of each unit, and who has filed the plan asked of it."""
    from quality.programme.board import counted

    if desk.json:
        asked = [{"unit": one.unit, "filed": one.filed, "number": one.number} for one in filed]
        desk.put_json({"tasks": [_json(desk, row) for row in rows], "plans_asked": asked})
        return
    heads = (say("item"), say("task"), say("unit"), say("due"), say("standing"), say("case"))
    told = [_told(desk, row, before) for row, before in zip(rows, (None, *rows), strict=False)]
    desk.put(table(desk, heads, told))
    _put_counts(desk, counted(rows))
    if filed:
        titles = (say("unit"), say("own plan by"), say("own plan"))
        told = [[one.unit, shown(desk, one.due), _filed(desk, one)] for one in filed]
        desk.put(table(desk, titles, told, desk.text(say("Plans asked of units"))))
        missing = [one.unit for one in filed if not one.filed]
        if missing:
            desk.put(desk.text(say("not filed yet: {units}", units="; ".join(missing))))


def _told(desk: Desk, row: "Row", before: "Row | None") -> list[str]:
    """Return a row of the board; what the row above says already is not said again."""
    again = before is not None and before.number == row.number
    name = "" if again else _short(row.name)
    return [row.number, name, row.unit or "—", _due(desk, row), desk.text(row.standing.words), row.case]


def _put_counts(desk: Desk, found: dict[str, Any]) -> None:
    from quality.programme.board import Standing

    standings = [one for one in Standing if any(count[one] for count in found.values())]
    heads = (say("unit"), *(one.words for one in standings))
    rows = [[unit, *(str(count[one] or "") for one in standings)] for unit, count in found.items()]
    desk.put(table(desk, heads, rows, desk.text(say("By unit"))))


def _filed(desk: Desk, one: "Filed") -> str:
    return one.number or (one.row.case if one.filed else desk.text(say("not filed")))


def _due(desk: Desk, row: "Row") -> str:
    return shown(desk, row.due) if row.due is not None else row.window


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"  # noqa: PLR2004 - a column of a table


def _json(desk: Desk, row: "Row") -> dict[str, Any]:
    return {
        "number": row.number,
        "name": row.name,
        "unit": row.unit,
        "window": row.window,
        "result": row.result,
        "period": row.period,
        "due": instant(desk, row.due),
        "standing": row.standing.value,
        "case": row.case or None,
        "ended": instant(desk, row.ended),
    }
