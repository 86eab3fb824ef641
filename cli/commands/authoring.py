"""`quytrinh init, check, explain, show, render, fmt, schema, test`: writing and reading procedures."""

import json
from pathlib import Path
from typing import Annotated

import typer

from cli.desk import Desk
from cli.exits import Exit, Stop
from cli.reading import one_of
from procedures.words import Lang, say

Names = Annotated[list[Path] | None, typer.Argument(metavar="MÃ|TỆP", help="Bỏ trống: mọi quy trình.")]


def register(app: typer.Typer) -> None:
    """Hang the commands on the root."""
    for name, command in (
        ("init", init),
        ("check", check),
        ("explain", explain),
        ("show", show),
        ("render", render),
        ("fmt", fmt),
        ("schema", schema),
        ("test", run),
    ):
        app.command(name)(command)


def init(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="THƯ-MỤC", help="Thư mục mới của cơ quan.")] = Path(),
    procedure: Annotated[str | None, typer.Option("--procedure", metavar="MÃ", help="Chỉ thêm một quy trình.")] = None,
    template: Annotated[str, typer.Option("--template", help="so | trong.")] = "so",
) -> None:
    """Tạo thư mục cơ quan hoặc một quy trình mới.

    Tệp tạo ra là khung có chú thích; không ghi đè tệp nào đã có.
    """
    import shlex

    from cli.skeleton import new_agency, new_procedure

    desk: Desk = context.obj
    target = desk.root / folder
    made = new_procedure(desk, target, procedure) if procedure else new_agency(desk, target, template)
    desk.put_files(made)
    desk.tell(
        say(
            "next: quytrinh -C {folder} check · quytrinh -C {folder} publish · quytrinh -C {folder} work",
            folder=shlex.quote(str(target)),
        )
    )


def check(
    context: typer.Context,
    names: Names = None,
    fail_on: Annotated[str, typer.Option("--fail-on", help="error | warning.")] = "error",
    select: Annotated[str | None, typer.Option("--select", help="Chỉ các mã bắt đầu như vậy, ví dụ QT3.")] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Tự sửa những chỗ [*].")] = False,
    draw: Annotated[
        Path | None,
        typer.Option("--draw", metavar="THƯ-MỤC", help="Vẽ đường đi dẫn tới lỗi lên lưu đồ, mỗi lỗi một hình."),
    ] = None,
    form: Annotated[str, typer.Option("--as", help="Hình vẽ: svg | png.")] = "svg",
) -> None:
    """Kiểm tra quy trình.

    Từ ngữ, đường đi, thời hạn, con người, nội dung theo ISO; mọi lỗi được báo cùng một lượt, kèm chỗ và cách sửa.
    """
    from cli.definitions import checked
    from cli.findings import put_findings
    from procedures.finding import Severity
    from procedures.report import summary

    desk: Desk = context.obj
    one_of("--fail-on", fail_on, ("error", "warning"))
    found = checked(desk, names or [])
    if fix:
        from cli.fixing import mended

        found = mended(desk, found, names or [])
    findings = [finding for finding in found.findings if select is None or finding.code.startswith(select)]
    put_findings(desk, findings, found.sources, [one.file for one in found.loaded])
    if draw is not None:
        from cli.procedure_files import draw_findings

        for path in draw_findings(desk, found, findings, one_of("--as", form, ("svg", "png")), draw):
            desk.tell(str(path))
    desk.tell(summary(findings, desk.lang, len(found.loaded)))
    blocking = {Severity.ERROR} if fail_on == "error" else {Severity.ERROR, Severity.WARNING}
    if any(finding.severity in blocking for finding in findings):
        raise Stop(None, Exit.CONTENT)


def explain(
    context: typer.Context, code: Annotated[str, typer.Argument(metavar="QTxxx", help="Mã phát hiện, ví dụ QT302.")]
) -> None:
    """Giải thích một mã phát hiện, kèm ví dụ sai và đúng."""
    from procedures.codes import codes, find

    desk: Desk = context.obj
    known = find(code.upper())
    if known is None:
        desk.stop(say("no finding is called “{code}”; there are: {codes}", code=code, codes=", ".join(codes())))
    if desk.json:
        desk.put_json({name: str(getattr(known, name)) for name in known.__dataclass_fields__})
        return
    parts = [f"{known.code} · {known.title(desk.lang)}", "", known.why(desk.lang)]
    for label, example in ((say("Wrong:"), known.wrong), (say("Right:"), known.right)):
        if example:
            parts += ["", desk.text(label), *(f"    {line}" for line in example.rstrip().split("\n"))]
    silence = say("A warning that is meant so: add to the file   chấp nhận: {{ {code}: the reason }}", code=known.code)
    if known.severity.value == "warning":
        parts += ["", desk.text(silence)]
    desk.put("\n".join(parts))


def show(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="MÃ[@n]", help="Mã quy trình, MÃ@lần-ban-hành, hoặc tệp.")],
    form: Annotated[str, typer.Option("--as", help="text | ir | docx.")] = "text",
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Tệp ghi ra.")] = None,
) -> None:
    """Đọc một quy trình trong cửa sổ lệnh.

    `--as ir` cho dạng chuẩn kèm mã băm; `MÃ@n` là lần ban hành thứ n.
    """
    from cli.definitions import one_procedure

    desk: Desk = context.obj
    one_of("--as", form, ("text", "ir", "docx"))
    procedure = one_procedure(desk, name)
    if form == "ir" or (desk.json and form == "text"):
        from procedures.canonical import canonical_json, content_hash

        desk.put_json({"hash": content_hash(procedure), "procedure": json.loads(canonical_json(procedure))})
        return
    if form == "docx":
        from cli.procedure_files import write_docx

        desk.put_files([write_docx(desk, procedure, output)])
        return
    from cli.procedure_table import procedure_text

    desk.put(procedure_text(desk, procedure))


def render(
    context: typer.Context,
    names: Names = None,
    form: Annotated[str, typer.Option("--as", help="svg | png | pdf | html.")] = "svg",
    style: Annotated[str, typer.Option("--style", help="luu-do | lan-boi.")] = "luu-do",
    case: Annotated[str | None, typer.Option("--case", help="Vẽ tiến độ của một hồ sơ lên lưu đồ.")] = None,
    output: Annotated[Path, typer.Option("-o", "--output", help="Thư mục ghi ra.")] = Path(),
) -> None:
    """Vẽ lưu đồ của quy trình hoặc tiến độ của một hồ sơ."""
    from cli.procedure_files import render_case, render_procedures

    desk: Desk = context.obj
    one_of("--style", style, ("luu-do", "lan-boi"))
    one_of("--as", form, ("svg", "png", "pdf", "html"))
    made = render_case(desk, case, style, output) if case else render_procedures(desk, names or [], form, style, output)
    desk.put_files(made)


def fmt(
    context: typer.Context,
    names: Names = None,
    keys: Annotated[str | None, typer.Option("--keys", help="vi | en: đổi từ khoá sang ngôn ngữ kia.")] = None,
    only_check: Annotated[bool, typer.Option("--check", help="Chỉ xem tệp nào sẽ đổi.")] = False,
) -> None:
    """Viết lại tệp theo một kiểu; giữ nguyên chú thích."""
    from cli.fixing import reformatted

    desk: Desk = context.obj
    if keys is not None:
        one_of("--keys", keys, ("vi", "en"))
    changed = reformatted(desk, names or [], keys, write=not only_check)
    desk.put_files(changed)
    if only_check and changed:
        raise Stop(None, Exit.DIFFERENT)


def schema(
    context: typer.Context,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Thư mục ghi ra (mặc định: schema).")] = None,
) -> None:
    """Ghi lược đồ JSON để trình soạn thảo gợi ý."""
    from procedures.schema import schema as schema_of

    desk: Desk = context.obj
    folder = output or desk.root / "schema"
    folder.mkdir(parents=True, exist_ok=True)
    paths: dict[Lang, Path] = {"vi": folder / "procedure.vi.schema.json", "en": folder / "procedure.en.schema.json"}
    for lang, path in paths.items():
        path.write_text(json.dumps(schema_of(lang), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    desk.put_files(paths.values())


def run(
    context: typer.Context,
    names: Names = None,
    wanted: Annotated[str, typer.Option("-k", metavar="TÊN", help="Chỉ các hồ sơ thử có tên chứa chữ này.")] = "",
) -> None:
    """Chạy các hồ sơ thử (`thử:`) của quy trình.

    In kết quả, số bước và số kết quả đã đi qua; kết quả chưa thử được minh hoạ bằng hồ sơ tự sinh (◇).
    """
    from cli.scenarios import run_scenarios

    desk: Desk = context.obj
    if not run_scenarios(desk, names or [], wanted):
        raise Stop(None, Exit.CONTENT)
