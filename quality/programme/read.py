"""A programme file read into a plan; whatever is wrong with it is a finding at its place."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from procedures.calendar.keys import MISSING_KEY, Block, Report, block, understood
from procedures.calendar.wording import MisreadError
from procedures.durations import parse_duration
from procedures.figures import ValueSaid
from procedures.finding import Finding, Severity, Span, errors, in_reading_order
from procedures.source import Node, read, read_file
from procedures.text import nfc
from procedures.words import say
from quality.programme import keys
from quality.programme.plan import TASK, Part, Plan, Task
from quality.programme.windows import parse_window

FOLDER = "programme.d"
#: Two files of one code; the same number twice in one section.
TWICE = "QT905"
_YEARS = range(2000, 2100)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Read:
    """A plan as it was read: None with any error. `places` is where each part of it stands, by its path."""

    file: str
    plan: Plan | None
    findings: tuple[Finding, ...]
    places: Mapping[tuple[str, ...], Span] = field(default_factory=dict)
    text: str = ""

    def at(self, *path: str) -> Span:
        """Return where a part stands, or what holds it."""
        for length in range(len(path), -1, -1):
            if path[:length] in self.places:
                return self.places[path[:length]]
        return Span(self.file, 1, 1, 1, 1)


def read_plan(path: Path, root: Path) -> Read:
    """Read a programme file; findings name it relative to `root`."""
    name = nfc(path.relative_to(root).as_posix())
    node, faults = read_file(path, root)
    shown = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    return _read(name, shown, node, faults)


def read_text(text: str, name: str) -> Read:
    """Read a plan from its text; findings carry `name`."""
    return _read(name, text, *read(text, name))


def read_folder(folder: Path) -> list[Read]:
    """Read every plan of a folder, in the order of the names; two files of one code are told."""
    found = [read_plan(path, folder.parent) for path in sorted(folder.glob("*.yaml")) if _is_plan(path)]
    files: dict[str, str] = {}
    told = []
    for one in found:
        rival = files.setdefault(one.plan.code, one.file) if one.plan is not None else one.file
        if one.plan is not None and rival != one.file:
            message = say("the plan “{code}” is also declared in {file}", code=one.plan.code, file=rival)
            finding = Finding(TWICE, Severity.ERROR, message, one.at("head", "code"))
            one = Read(one.file, None, (*one.findings, finding), one.places, one.text)  # noqa: PLW2901
        told.append(one)
    return told


def _is_plan(path: Path) -> bool:
    return not nfc(path.name).startswith("báo cáo")


def _read(name: str, text: str, node: Node | None, faults: list[Finding]) -> Read:
    if node is None:
        return Read(name, None, tuple(faults), text=text)
    reader = _Reader(Report(name, list(faults)))
    plan = reader.plan(node)
    found = tuple(in_reading_order(reader.report.findings))
    return Read(name, None if errors(found) else plan, found, reader.places, text)


@dataclass(slots=True)
class _Reader:
    report: Report
    places: dict[tuple[str, ...], Span] = field(default_factory=dict)

    def plan(self, node: Node) -> Plan | None:
        whole = block(self.report, node, keys.FILE)
        self.places[()] = node.span
        head = block(self.report, _or_empty(whole.required("programme"), node), keys.HEAD)
        for key, value in head.values.items():
            self.places["head", key] = value.span
        year, code = head.read("year", _year, required=True), head.read("code", _key, required=True)
        name, unit = head.read("name", _said, required=True), head.read("unit", _said, required=True)
        told = {key: self.texts(head, key) for key in ("grounds", "purposes", "demands", "remind")}
        for text, span in zip(told["remind"], self.spans(head, "remind"), strict=True):
            self.understood_at(span, text, _length)
        quarter = head.read("quarter_day", _quarter_day)
        groups = tuple(self.groups(whole.values.get("groups")))
        parts = tuple(self.parts(whole.required("parts")))
        if year is None or code is None or name is None or unit is None:
            return None
        return Plan(
            code=code,
            year=year,
            name=name,
            unit=unit,
            standing=head.read("standing", _said) or "",
            answers=head.read("answers", _said) or "",
            next_quarter=bool(quarter),
            groups=groups,
            parts=parts,
            **told,
        )

    def groups(self, node: Node | None) -> Iterator[tuple[str, tuple[str, ...]]]:
        for key, value in self.report.entries(node):
            self.places["groups", key.text] = key.span
            yield key.text, self.listed(value)

    def parts(self, node: Node | None) -> Iterator[Part]:
        for key, value in self.report.entries(node):
            self.places["parts", key.text] = key.span
            understood(self.report, key, _key)
            one = block(self.report, value, keys.PART)
            tasks = tuple(self.tasks(key.text, one.required("tasks")))
            leads = self.listed(one.values["leads"]) if "leads" in one.values else ()
            name = one.read("name", _said) or ""
            yield Part(key=key.text, name=name, leads=leads, tasks=tasks)

    def tasks(self, part: str, node: Node | None) -> Iterator[Task]:
        for key, value in self.report.entries(node):
            path = ("parts", part, key.text)
            self.places[path] = key.span
            understood(self.report, key, _key)
            one = block(self.report, value, keys.TASK)
            for name, inside in one.values.items():
                self.places[(*path, name)] = inside.span
            window, named = one.read("window", parse_window, required=True), one.read("name", _said, required=True)
            demands = one.read("demands_plan", _yes)
            if window is None or named is None:
                continue
            yield Task(
                key=key.text,
                name=named,
                leads=self.listed(one.values["leads"]) if "leads" in one.values else (),
                with_=self.listed(one.values["with"]) if "with" in one.values else (),
                window=window,
                result=one.read("result", _said) or "",
                procedure=one.read("procedure", _said) or TASK,
                demands_plan=bool(demands),
            )

    def listed(self, node: Node) -> tuple[str, ...]:
        """Return what a list, or a text with semicolons, names."""
        if node.kind == "text":
            return tuple(part.strip() for part in node.text.split(";") if part.strip())
        return tuple(item.text for item in self.report.items(node) if item.kind == "text" and item.text)

    def texts(self, head: Block, key: str) -> tuple[str, ...]:
        node = head.values.get(key)
        if node is None:
            return ()
        return (node.text,) if node.kind == "text" else tuple(item.text for item in self.report.items(node))

    def spans(self, head: Block, key: str) -> list[Span]:
        node = head.values.get(key)
        if node is None:
            return []
        return [node.span] if node.kind == "text" else [item.span for item in node.items]

    def understood_at(self, span: Span, text: str, reading: Callable[[str], _T]) -> None:
        understood(self.report, Node("text", span, text), reading)


def _or_empty(node: Node | None, above: Node) -> Node:
    return node if node is not None else Node("map", above.span)


def _said(text: str) -> str:
    said = " ".join(text.split())
    if not said:
        raise MisreadError(say("something must be written here"))
    return said


def _key(text: str) -> str:
    """Return a code or number, of which the ids of commands are made."""
    if "/" in text or not text.strip():
        raise MisreadError(say("“{text}” must be written without “/”", text=text))
    return text.strip()


def _year(text: str) -> int:
    if not (text.isdecimal() and int(text) in _YEARS):
        raise MisreadError(say("“{text}” is not a year", text=text))
    return int(text)


def _yes(text: str) -> bool:
    if text not in {keys.YES, keys.NO}:
        raise MisreadError(say("write “{yes}” or “{no}”", yes=keys.YES, no=keys.NO))
    return text == keys.YES


def _quarter_day(text: str) -> bool:
    if text not in {keys.LAST_MONTH, keys.NEXT_MONTH}:
        raise MisreadError(say("write “{yes}” or “{no}”", yes=keys.LAST_MONTH, no=keys.NEXT_MONTH))
    return text == keys.NEXT_MONTH


def _length(text: str) -> None:
    try:
        parse_duration(text)
    except ValueSaid as fault:
        raise MisreadError(fault.words) from fault


__all__ = ["FOLDER", "MISSING_KEY", "TWICE", "Read", "read_folder", "read_plan", "read_text"]
