"""`quytrinh calendar …`: the agency's calendar shown, checked, drafted ahead and published."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.desk import Desk
from cli.exits import Exit, Stop
from procedures.words import say

if TYPE_CHECKING:
    from procedures.calendar import Calendars
    from procedures.finding import Finding

_app = typer.Typer(help="Lịch làm việc: xem, kiểm tra, tính trước năm sau, công bố.", no_args_is_help=True)

YEARS = range(1900, 2201)
FOLDER = "calendar.d"
UnitOption = Annotated[str | None, typer.Option("--unit", help="Lịch của một đơn vị; bỏ trống: lịch chung.")]


def register(app: typer.Typer) -> None:
    """Hang the group on the root."""
    app.add_typer(_app, name="calendar")


@_app.command()
def show(
    context: typer.Context,
    year: Annotated[int | None, typer.Argument(metavar="[NĂM]", help="Bỏ trống: năm nay.")] = None,
    unit: UnitOption = None,
) -> None:
    """Lịch của một năm: giờ làm việc, ngày nghỉ, ngày làm bù và văn bản quyết định."""
    from cli.calendar_view import year_json, year_lines
    from procedures.calendar.year import year_of

    desk: Desk = context.obj
    work = _sound(desk).under(_tree(desk, unit)).of(unit)
    seen = year_of(work, _known(desk, year or desk.now.astimezone(work.zone).year), unit)
    if desk.json:
        desk.put_json(year_json(seen))
        return
    for line in year_lines(desk, seen):
        desk.put(line)


@_app.command()
def check(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(metavar="[TỆP]", help="Tệp sắp công bố; bỏ trống: calendar.d.")] = None,
) -> None:
    """Kiểm tra lịch: lỗi trong các tệp, năm chưa có lịch."""
    from cli.findings import put_findings
    from procedures.calendar import coverage
    from procedures.calendar.load import calendars_of, files_of
    from procedures.finding import errors
    from procedures.report import summary

    desk: Desk = context.obj
    files = files_of(_folder(desk))
    if file is not None:
        from procedures.calendar.publication import with_file

        files = with_file(files, file.name, file.read_bytes())
    calendars, findings = calendars_of(files, FOLDER)
    if not errors(findings):
        findings = [*findings, *coverage(calendars.base, desk.now.astimezone(calendars.base.zone).date())]
    put_findings(desk, findings, _texts(files), list(files))
    desk.tell(summary(findings, desk.lang, len(files)))
    if errors(findings):
        raise Stop(None, Exit.CONTENT)


@_app.command()
def draft(
    context: typer.Context,
    year: Annotated[int, typer.Argument(metavar="NĂM", help="Năm chưa có quyết định.")],
    write: Annotated[bool, typer.Option("--write", help="Ghi vào calendar.d/NĂM.yaml, không ghi đè.")] = False,
) -> None:
    """Tính trước một năm chưa có quyết định: ngày lễ theo luật, ghi rõ là tính sẵn, chưa quyết định."""
    from procedures.calendar.draft import draft_text

    desk: Desk = context.obj
    base = _sound(desk).base
    text = draft_text(_known(desk, year), base.version.hours[-1].week, base.zone.key)
    if not write:
        desk.put(text.rstrip("\n"))
        return
    path = _folder(desk) / f"{year}.yaml"
    if path.exists():
        desk.stop(say("{file} is there already; nothing was written", file=path), Exit.REFUSED)
    path.write_text(text, encoding="utf-8")
    desk.put_files([path])


@_app.command()
def publish(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Argument(metavar="[TỆP]", help="Tệp lịch của một năm; bỏ trống: calendar.d như đang có.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ xem hạn nào thay đổi, không ghi.")] = False,
) -> None:
    """Công bố lịch mới và tính lại hạn của hồ sơ đang giải quyết.

    Hạn cũ, hạn mới được in ra trước; hạn đã hẹn vẫn giữ nguyên; dừng giữa chừng thì chạy lại để làm tiếp.
    """
    from dataclasses import replace

    from cli.calendar_publishing import bring_over, put_changes
    from procedures.calendar.load import calendars_of, files_of
    from procedures.calendar.publication import place_of, put

    desk: Desk = context.obj
    folder = _folder(desk)
    actor, files = desk.actor(), files_of(folder)
    name = text = None
    if file is not None:
        text = file.read_bytes()
        name = place_of(files, file.name, text)
        files[name] = text
    calendars, findings = calendars_of(files, FOLDER)
    _stop_at_faults(desk, findings, files)
    agency = replace(desk.agency, calendars=calendars.under(desk.agency.organisation.tree))
    moving = put_changes(desk, agency)
    if dry_run:
        raise Stop(say("nothing was written (--dry-run)"), Exit.DIFFERENT if moving else Exit.DONE)
    agency.kept_calendars.keep(agency.calendars)
    if name is not None and text is not None:
        put(folder / name, text)
    bring_over(desk, agency, actor)


def _known(desk: Desk, year: int) -> int:
    """Return a year that a calendar can be asked about."""
    if year not in YEARS:
        desk.stop(say("{year} is no year that a calendar speaks of: 1900 to 2200", year=year))
    return year


def _folder(desk: Desk) -> Path:
    folder = desk.root / FOLDER
    if not folder.is_dir():
        desk.stop(say("there is no calendar at {folder}", folder=folder))
    return folder


def _sound(desk: Desk) -> "Calendars":
    """Return the calendars of the folder; stops when they have faults."""
    from procedures.calendar.load import calendars_of, files_of

    files = files_of(_folder(desk))
    calendars, findings = calendars_of(files, FOLDER)
    _stop_at_faults(desk, findings, files)
    return calendars


def _stop_at_faults(desk: Desk, findings: "list[Finding]", files: dict[str, bytes]) -> None:
    from cli.findings import put_findings
    from procedures.finding import errors

    if errors(findings):
        put_findings(desk, findings, _texts(files))
        desk.stop(say("the calendar has faults"), Exit.CONTENT)


def _texts(files: dict[str, bytes]) -> dict[str, str]:
    return {f"{FOLDER}/{name}": text.decode("utf-8", "replace") for name, text in files.items()}


def _tree(desk: Desk, unit: str | None) -> dict[str, str]:
    """Return the unit above each; stops at a unit that the organisation does not know."""
    from procedures.organisation import load_organisation
    from procedures.text import nearest

    organisation, _ = load_organisation(desk.root / "organisation.d")
    known = [one.name for one in organisation.units]
    if unit is not None and unit not in known:
        meant = nearest(unit, known)
        if meant is not None:
            desk.stop(say("no unit is called “{unit}”; did you mean “{meant}”?", unit=unit, meant=meant))
        desk.stop(say("no unit is called “{unit}”; there are: {units}", unit=unit, units=", ".join(known)))
    return organisation.tree
