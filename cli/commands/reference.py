"""`quytrinh reference …`: procedures of other agencies, to look up."""

from typing import TYPE_CHECKING, Annotated

import typer

from cli.desk import Desk
from cli.exits import Exit, Stop
from procedures.words import say

if TYPE_CHECKING:
    from procedures.model import Procedure
    from procedures.reference import Reference

_reference = typer.Typer(help="Quy trình của cấp trên và cơ quan khác, chỉ để tra cứu.", no_args_is_help=True)

AgencyName = Annotated[str, typer.Option("--agency", metavar="CƠ-QUAN", help="Chỉ của cơ quan này (tên thư mục).")]


def register(app: typer.Typer) -> None:
    """Hang the group on the root."""
    app.add_typer(_reference, name="reference")


@_reference.command("list")
def list_(context: typer.Context, agency: AgencyName = "") -> None:
    """Liệt kê quy trình trong `reference.d/<cơ quan>/`.

    Không ban hành, không mở hồ sơ và không tính vào số liệu của cơ quan mình; tệp có lỗi được báo kèm chỗ và cách sửa.
    """
    from cli.definitions import text_of
    from cli.findings import put_findings
    from cli.tables import table
    from procedures import report
    from procedures.finding import errors
    from procedures.reference import references

    desk: Desk = context.obj
    found = [one for one in references(desk.root) if agency in {"", one.agency}]
    readable = [(one, one.procedure) for one in found if one.procedure is not None]
    findings = [finding for one in found for finding in one.loaded.findings]
    sources = {one.loaded.file: text_of(desk.root / one.loaded.file) for one in found if one.loaded.findings}
    if desk.json:
        listed = [_json(one, procedure) for one, procedure in readable]
        desk.put_json({"procedures": listed, "diagnostics": report.as_json(findings, sources)["diagnostics"]})
    else:
        heads = (say("agency"), say("code"), say("name"), say("unit"), say("time allowed"), say("steps"))
        desk.put(table(desk, heads, [_row(one, procedure) for one, procedure in readable]))
        put_findings(desk, findings, sources)
        desk.tell(say("{count} procedures to look up", count=len(readable)))
    if errors(findings):
        raise Stop(None, Exit.CONTENT)


@_reference.command("show")
def show(
    context: typer.Context,
    code: Annotated[str, typer.Argument(metavar="MÃ", help="Mã quy trình của cơ quan khác.")],
    agency: AgencyName = "",
) -> None:
    """Đọc một quy trình của cơ quan khác; in cả lệnh vẽ lưu đồ."""
    import json
    import shlex

    from cli.procedure_table import procedure_text
    from procedures.canonical import canonical_json

    desk: Desk = context.obj
    one, procedure = _one(desk, code, agency)
    if desk.json:
        desk.put_json({**_json(one, procedure), "procedure": json.loads(canonical_json(procedure))})
        return
    desk.put(f"{one.agency}\n{procedure_text(desk, procedure)}")
    desk.tell(say("flowchart: quytrinh render {file}", file=shlex.quote(one.loaded.file)))


def _one(desk: Desk, code: str, agency: str) -> "tuple[Reference, Procedure]":
    from procedures.reference import referred

    found = referred(desk.root, code, agency)
    if not found:
        desk.stop(say("no procedure {code} can be looked up; see quytrinh reference list", code=code))
    if len(found) > 1:
        agencies = ", ".join(one.agency for one, _ in found)
        desk.stop(say("several agencies have {code}: {agencies}; give --agency", code=code, agencies=agencies))
    return found[0]


def _row(one: "Reference", procedure: "Procedure") -> list[str]:
    limit = procedure.within.text if procedure.within else "—"
    return [one.agency, procedure.code, procedure.name, procedure.owner_unit, limit, str(len(procedure.steps))]


def _json(one: "Reference", procedure: "Procedure") -> dict[str, str]:
    return {"agency": one.agency, "code": procedure.code, "name": procedure.name, "file": one.loaded.file}
