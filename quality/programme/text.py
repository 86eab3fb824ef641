"""A plan as the text of a programme file, so that what was imported or carried over can be mended by hand."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from quality.programme import keys
from quality.programme.plan import TASK, Plan, Task

#: Texts that YAML would take for something else are put into quotes.
_PLAIN = re.compile(r"[^\W\d_][^:#\n\"'\[\]{}&*!|>%@`,;]*[^\s:#\n\"'\[\]{}&*!|>%@`,;]|[^\W\d_]")


def to_text(plan: Plan, comments: Iterable[str] = (), marks: Mapping[str, Sequence[str]] | None = None) -> str:
    """Return the programme file of a plan; `comments` stand at its head, `marks` above the tasks of their number."""
    return "\n".join([*_commented(comments, ""), *_head(plan), *_groups(plan), *_parts(plan, marks or {})]) + "\n"


def _commented(comments: Iterable[str], indent: str) -> Iterator[str]:
    for comment in comments:
        for line in comment.splitlines():
            yield f"{indent}# {line}".rstrip()


def _head(plan: Plan) -> Iterator[str]:
    yield f"{keys.FILE['programme']}:"
    for key, text in (
        ("code", plan.code),
        ("year", str(plan.year)),
        ("name", plan.name),
        ("unit", plan.unit),
        ("standing", plan.standing),
        ("answers", plan.answers),
        ("quarter_day", keys.NEXT_MONTH if plan.next_quarter else ""),
    ):
        if text:
            yield f"  {keys.HEAD[key]}: {text if key == 'year' else quoted(text)}"
    for key, texts in (
        ("remind", plan.remind),
        ("grounds", plan.grounds),
        ("purposes", plan.purposes),
        ("demands", plan.demands),
    ):
        if texts:
            yield f"  {keys.HEAD[key]}:"
            yield from (f"    - {quoted(text)}" for text in texts)


def _groups(plan: Plan) -> Iterator[str]:
    if plan.groups:
        yield f"\n{keys.FILE['groups']}:"
    for name, members in plan.groups:
        yield f"  {quoted(name)}: {_listed(members)}"


def _parts(plan: Plan, marks: Mapping[str, Sequence[str]]) -> Iterator[str]:
    yield f"\n{keys.FILE['parts']}:"
    for part in plan.parts:
        yield f"  {quoted(part.key)}:"
        if part.name:
            yield f"    {keys.PART['name']}: {quoted(part.name)}"
        if part.leads:
            yield f"    {keys.PART['leads']}: {_listed(part.leads)}"
        yield f"    {keys.PART['tasks']}:"
        for task in part.tasks:
            yield from _commented(marks.get(f"{part.key}.{task.key}", ()), "      ")
            yield from _task(task)


def _task(task: Task) -> Iterator[str]:
    yield f"      {quoted(task.key)}:"
    for key, text in (
        ("name", quoted(task.name)),
        ("leads", _listed(task.leads) if task.leads else ""),
        ("with", _listed(task.with_) if task.with_ else ""),
        ("window", quoted(task.window.text)),
        ("result", quoted(task.result) if task.result else ""),
        ("procedure", task.procedure if task.procedure != TASK else ""),
        ("demands_plan", keys.YES if task.demands_plan else ""),
    ):
        if text:
            yield f"        {keys.TASK[key]}: {text}"


def _listed(names: Sequence[str]) -> str:
    return "[" + ", ".join(quoted(name) for name in names) + "]"


def quoted(text: str) -> str:
    """Return a text as YAML takes it for this very text."""
    if _PLAIN.fullmatch(text) and not re.search(r"\s{2}| -|- ", text):
        return text
    inner = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{inner}"'
