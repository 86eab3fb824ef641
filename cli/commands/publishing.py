"""`quytrinh publish`: the gate between a definition and an issue."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.desk import Desk
from cli.exits import Exit, Stop
from procedures.words import say

if TYPE_CHECKING:
    from cli.definitions import Checked
    from procedures.finding import Finding
    from procedures.model import Acceptance, Procedure
    from procedures.shelf import FolderShelf, Release


def register(app: typer.Typer) -> None:
    """Hang the command on the root."""
    app.command("publish")(publish)


def publish(
    context: typer.Context,
    names: Annotated[list[Path] | None, typer.Argument(metavar="MÃ|TỆP", help="Bỏ trống: mọi quy trình.")] = None,
    issue: Annotated[int | None, typer.Option("--issue", help="Phải đúng lần ban hành này.")] = None,
    effective: Annotated[str | None, typer.Option("--effective", help="Ngày hiệu lực, dd/MM/yyyy.")] = None,
    drafted_by: Annotated[str, typer.Option("--drafted-by", help="Người soạn thảo (mặc định: --user).")] = "",
    approved_by: Annotated[str, typer.Option("--approved-by", help="Người phê duyệt, khác người soạn thảo.")] = "",
    appraisal: Annotated[
        str, typer.Option("--appraisal", help="Văn bản thẩm định: “số, ngày, đơn vị”; bắt buộc với TTHC.")
    ] = "",
    replaces: Annotated[str, typer.Option("--replaces", metavar="MÃ", help="Quy trình hết hiệu lực theo.")] = "",
    accept: Annotated[
        list[str] | None, typer.Option("--accept", help="Chấp nhận cảnh báo: “QT402=lý do”, lặp lại được.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ xem, không ghi.")] = False,
) -> None:
    """Ban hành quy trình.

    Chỉ khi không còn lỗi và mọi cảnh báo đã được chấp nhận kèm lý do; tất cả hoặc không quy trình nào.
    """
    from cli.definitions import checked
    from cli.issuing import disagreements, recorded, stop_at_lost_names, stop_at_objections
    from procedures.shelf import FolderShelf, ShelfRefusal, release

    desk: Desk = context.obj
    day, accepted = _day(desk, effective), _accepted(desk, accept or [])
    record = recorded(desk, drafted_by, approved_by, appraisal, replaces)
    found = checked(desk, names or [])
    shelf = FolderShelf(desk.root / "releases")
    _stop_at_faults(desk, found, accepted, disagreements(desk, found, shelf))
    if issue is not None and any(one.issue != issue for one in found.procedures):
        desk.stop(say("the file declares another issue than {issue}", issue=issue), Exit.REFUSED)
    try:
        releases = [
            release(one, issued_at=desk.now, effective_from=day, accepted=accepted, **record)
            for one in found.procedures
        ]
        stop_at_objections(desk, releases)
        stop_at_lost_names(desk, found, shelf)
        if dry_run:
            _rehearse(shelf, releases)
        else:
            shelf.publish(*releases)
    except ShelfRefusal as refusal:
        desk.stop(say("refused: {sentence}", sentence=refusal.words), Exit.REFUSED)
    _tell(desk, releases, dry_run=dry_run)
    if dry_run:
        raise Stop(say("nothing was written (--dry-run)"), Exit.DIFFERENT if releases else Exit.DONE)
    _tell_running(desk, releases)


def _rehearse(shelf: "FolderShelf", releases: "list[Release]") -> None:
    """Publish upon a copy of the shelf in memory; raises what the shelf itself would refuse."""
    from procedures.shelf import MemoryShelf

    copy = MemoryShelf()
    copy.publish(*shelf.all(), endings=shelf.endings())
    copy.publish(*releases)


def _stop_at_faults(desk: Desk, found: "Checked", accepted: "list[Acceptance]", objections: "list[Finding]") -> None:
    from cli.findings import put_findings
    from procedures.finding import errors

    faults = errors(found.findings)
    if faults:
        put_findings(desk, faults, found.sources)
        desk.stop(say("nothing was issued: {count} errors", count=len(faults)), Exit.CONTENT)
    codes = {one.code for one in accepted}
    open_ = [*_not_accepted(found, codes), *(one for one in objections if one.code not in codes)]
    if open_:
        put_findings(desk, open_, found.sources)
        desk.stop(
            say(
                "nothing was issued: {count} warnings are not accepted; mend them, or give --accept {code}=reason",
                count=len(open_),
                code=open_[0].code,
            ),
            Exit.REFUSED,
        )


def _not_accepted(found: "Checked", codes: set[str]) -> "list[Finding]":
    from procedures.check import unaccepted_warnings

    loaded = [one for one in found.loaded if one.procedure is not None]
    open_ = [finding for one in loaded for finding in unaccepted_warnings(found.about(one), _whole(one.procedure))]
    return [finding for finding in open_ if finding.code not in codes]


def _whole(procedure: "Procedure | None") -> "Procedure":
    if procedure is None:
        raise ValueError("a faulty definition came past the gate")
    return procedure


def _accepted(desk: Desk, given: list[str]) -> "list[Acceptance]":
    from procedures.model import Acceptance

    made = []
    for pair in given:
        code, equals, reason = pair.partition("=")
        if not equals or not reason.strip():
            desk.stop(say("--accept “{pair}”: write it as QT402=reason", pair=pair))
        made.append(Acceptance(code=code.strip(), reason=reason.strip()))
    return made


def _day(desk: Desk, said: str | None) -> date | None:
    from procedures.values import ValueSaid, parse_date

    if said is None:
        return None
    try:
        return parse_date(said)
    except ValueSaid as fault:
        desk.stop(fault.words)


def _tell(desk: Desk, releases: "list[Release]", *, dry_run: bool) -> None:
    from cli.issuing import agreeing

    if desk.json:
        told = [
            {
                "procedure": one.code,
                "issue": one.issue,
                "hash": one.hash,
                "effective_from": one.effective_from.isoformat(),
                "drafted_by": one.drafted_by,
                "approved_by": one.approved_by,
                "replaces": one.replaces,
            }
            for one in releases
        ]
        desk.put_json({"releases": told})
        return
    for one in releases:
        named = {"name": one.name, "day": f"{one.effective_from:%d/%m/%Y}"}
        words = (
            say("{name} would be issued, in force from {day}", **named)
            if dry_run
            else say("{name} is issued, in force from {day}", **named)
        )
        desk.put(f"{desk.text(words)}  {one.hash[:19]}…")
    for words in agreeing(desk, releases):
        desk.tell(words)


def _tell_running(desk: Desk, releases: "list[Release]") -> None:
    """Say how many running cases stay under which earlier issue; a folder without cases has none."""
    from cli.issuing import run_on, running

    issues = {one.code: one.issue for one in releases}
    ended = {one.replaces for one in releases if one.replaces}
    cases = running(desk, issues.keys() | ended)
    for words in run_on([case for case in cases if case.issue < issues.get(case.procedure, case.issue + 1)]):
        desk.tell(words)
