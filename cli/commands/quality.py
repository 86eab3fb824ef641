"""`quytrinh sweep`: what the quality system makes of the cases."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.desk import Desk
from procedures.words import say

if TYPE_CHECKING:
    from quality.periods import Period


PeriodText = Annotated[str | None, typer.Option("--period", help="2026 | 2026-Q4 | 2026-11; bỏ trống: năm nay.")]


def register(app: typer.Typer) -> None:
    """Hang the commands on the root."""
    app.command("sweep")(sweep)


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
