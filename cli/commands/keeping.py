"""`quytrinh audit verify, doctor`: is the record whole, is the machine well."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.desk import Desk
from cli.exits import Exit, Stop
from procedures.words import Words, say

if TYPE_CHECKING:
    from engine.audit import Fault

_audit = typer.Typer(help="Nhật ký còn nguyên vẹn không.", no_args_is_help=True)


def register(app: typer.Typer) -> None:
    """Hang the commands on the root."""
    app.add_typer(_audit, name="audit")
    app.command("doctor")(doctor)


@_audit.callback()
def _group() -> None:
    """Kiểm tra nhật ký: chuỗi băm, các bảng, các lần ban hành."""


@_audit.command()
def verify(context: typer.Context) -> None:
    """Đối chiếu toàn bộ nhật ký.

    Băm lại mọi chuỗi, dựng lại mọi hồ sơ từ nhật ký, so từng dòng trong bảng và từng bản ban hành.
    """
    from engine.stores.audit import verify as audit

    desk: Desk = context.obj
    verdict = audit(desk.agency.store)
    altered = [fault.words for fault in desk.agency.shelf.altered()]
    altered += _missing(desk) if verdict.sound and not altered else []
    if desk.json:
        desk.put_json(
            {
                "ok": verdict.sound and not altered,
                "cases": verdict.cases,
                "events": verdict.events,
                "root": verdict.root,
                "faults": [_fault_json(desk, fault) for fault in verdict.faults],
                "releases": [desk.text(words) for words in altered],
            }
        )
    else:
        for fault in verdict.faults:
            desk.put(f"{fault.case}: {desk.text(fault.words)}")
        for words in altered:
            desk.put(desk.text(words))
    if verdict.faults or altered:
        raise Stop(
            say("the record is not whole: {count} faults", count=len(verdict.faults) + len(altered)), Exit.CONTENT
        )
    desk.tell(
        say(
            "{events} events of {cases} cases: hash chains, folds and tables agree",
            events=verdict.events,
            cases=verdict.cases,
        )
    )
    if not desk.json:
        desk.put(verdict.root)


def _missing(desk: Desk) -> list[Words]:
    """Name the releases that cases run under and that are gone from the shelf, or are no longer the same."""
    there = {(release.code, release.issue): release.hash for release in desk.agency.shelf.all()}
    with desk.agency.store.reading() as reader:
        used = {(case.procedure, case.issue): case for case in reader.cases()}
    return [
        say("release {code}@{issue}, under which {case} runs, is missing", code=code, issue=issue, case=case.id)
        for (code, issue), case in sorted(used.items())
        if there.get((code, issue)) != case.release
    ]


def _fault_json(desk: Desk, fault: "Fault") -> dict[str, object]:
    return {"case": fault.case, "seq": fault.seq, "message": desk.text(fault.words)}


def doctor(
    context: typer.Context,
    changes: Annotated[bool, typer.Option("--changes", help="Thoát 3 khi có điều cần làm.")] = False,
) -> None:
    """Khám máy và thư mục: mỗi dòng ✓ hoặc ✗ kèm lệnh sửa."""
    from cli.health import examinations

    desk: Desk = context.obj
    found = examinations(desk)
    if desk.json:
        desk.put_json(
            {
                "checks": [
                    {
                        "name": desk.text(one.name),
                        "ok": one.well,
                        "remedy": desk.text(one.remedy) if one.remedy else None,
                    }
                    for one in found
                ]
            }
        )
    else:
        for one in found:
            remedy = "" if one.well or one.remedy is None else f" — {desk.text(one.remedy)}"
            desk.put(f"{'✓' if one.well else '✗'} {desk.text(one.name)}{remedy}")
    if any(not one.well and one.urgent for one in found):
        raise Stop(None, Exit.ENVIRONMENT)
    if changes and any(not one.well for one in found):
        raise Stop(None, Exit.DIFFERENT)
