"""The keys of a calendar file in both vocabularies, and a block of such keys read with its faults as findings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from procedures.calendar.wording import MisreadError
from procedures.finding import Finding, Related, Severity, Span
from procedures.source import Node
from procedures.text import nearest
from procedures.words import Words, say

UNKNOWN_KEY, MISSING_KEY, WRONG_SHAPE = "QT451", "QT452", "QT453"
BAD_VALUE, BAD_SESSION, OVERLAP = "QT454", "QT455", "QT456"
_CODES = {"value": BAD_VALUE, "session": BAD_SESSION, "overlap": OVERLAP}

T = TypeVar("T")

FILE: Mapping[str, str] = {
    "year": "năm",
    "status": "tình trạng",
    "timezone": "múi giờ",
    "unit": "đơn vị",
    "working_hours": "giờ làm việc",
    "days_off": "ngày nghỉ",
    "swaps": "hoán đổi",
    "closures": "đóng cửa",
    "note": "ghi chú",
}
SOURCE: Mapping[str, str] = {"document": "văn bản", "issued": "ngày ban hành"}
DAY_OFF: Mapping[str, str] = {"name": "tên", **SOURCE}
SWAP: Mapping[str, str] = {"off": "nghỉ", "make_up": "làm bù", "working_hours": "giờ làm việc", **SOURCE}
CLOSURE: Mapping[str, str] = {"reason": "lý do", "working_hours": "giờ làm việc", **SOURCE}
PERIOD_KEYS: Mapping[str, str] = {"since": "từ ngày", **SOURCE}


@dataclass(frozen=True, slots=True)
class Report:
    """Where the faults of one file are gathered."""

    file: str
    findings: list[Finding] = field(default_factory=list)

    def add(
        self, code: str, span: Span, message: Words, mend: Words | None = None, related: tuple[Related, ...] = ()
    ) -> None:
        """Report an error, with how to mend it and other places that help to understand it."""
        self.put(Finding(code, Severity.ERROR, message, span, help=mend, related=related))

    def put(self, finding: Finding) -> None:
        """Report a finding as it is."""
        self.findings.append(finding)

    def entries(self, node: Node | None) -> tuple[tuple[Node, Node], ...]:
        """Return the entries of a map; reports another shape; nothing for nothing."""
        if node is None or (node.kind == "text" and not node.text):
            return ()
        if node.kind != "map":
            self.add(WRONG_SHAPE, node.span, say("entries “key: value” are expected here"))
        return node.entries

    def items(self, node: Node | None) -> tuple[Node, ...]:
        """Return the items of a list; reports another shape; nothing for nothing."""
        if node is None or (node.kind == "text" and not node.text):
            return ()
        if node.kind != "list":
            self.add(WRONG_SHAPE, node.span, say("a list with a dash before each item is expected here"))
        return node.items


@dataclass(frozen=True, slots=True)
class Block:
    """The known keys of one map by their English name."""

    report: Report
    keys: Mapping[str, str]
    node: Node
    values: Mapping[str, Node]

    def required(self, key: str) -> Node | None:
        """Return the value of a key that must be there; reports its absence."""
        found = self.values.get(key)
        if found is None:
            self.report.add(MISSING_KEY, self.node.span, say("“{key}” is missing here", key=self.keys[key]))
        return found

    def read(self, key: str, reading: Callable[[str], T], *, required: bool = False) -> T | None:
        """Return the text of a key as `reading` understands it; reports what it does not understand."""
        node = self.required(key) if required else self.values.get(key)
        return None if node is None else understood(self.report, node, reading)


def block(report: Report, node: Node, keys: Mapping[str, str]) -> Block:
    """Read a map whose keys are known; reports unknown and repeated ones."""
    ids = {name: key for key, vietnamese in keys.items() for name in (key, vietnamese)}
    values: dict[str, Node] = {}
    for name, value in report.entries(node):
        key = ids.get(name.text)
        if key is None:
            _unknown(report, name, ids)
        else:
            values[key] = value
    return Block(report, keys, node, values)


def understood(report: Report, node: Node, reading: Callable[[str], T]) -> T | None:
    """Return the node's text as `reading` understands it, else report why not."""
    if node.kind != "text":
        report.add(WRONG_SHAPE, node.span, say("a single line is expected here"))
        return None
    try:
        return reading(node.text)
    except MisreadError as fault:
        report.add(_CODES[fault.about], node.span, fault.words)
        return None


def _unknown(report: Report, name: Node, ids: Mapping[str, str]) -> None:
    meant = nearest(name.text, list(ids))
    mend = say("did you mean “{name}”?", name=meant) if meant else say("known here: {keys}", keys=", ".join(ids))
    report.add(UNKNOWN_KEY, name.span, say("“{key}” is not understood here", key=name.text), mend)
