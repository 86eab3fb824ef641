"""Which reports are owed, by whom, to whom and by when, as the file `báo cáo.yaml` declares it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from procedures.base import Model
from procedures.calendar.keys import Block, Report, block, understood
from procedures.calendar.wording import MisreadError
from procedures.finding import Finding, Severity, Span, errors, in_reading_order
from procedures.organisation import Organisation
from procedures.source import Node, read, read_file
from procedures.text import nearest
from procedures.words import say
from quality.programme.keys import LAST_MONTH, NEXT_MONTH
from quality.programme.occurrences import occurrences
from quality.programme.plan import Plan
from quality.programme.who import units_of
from quality.programme.windows import Before, Every, Months, Window, parse_window

#: The system procedure of a report that is due, the series of its cases, and the file of the kinds.
REPORT, SERIES, FILE = "QT-HT-21", "BC", "báo cáo.yaml"
_FILE: Mapping[str, str] = {"reports": "báo cáo"}
_KIND: Mapping[str, str] = {
    "name": "tên",
    "about": "trích yếu",
    "legs": "các cấp",
    "cut_off": "chốt số liệu trước hạn",
    "quarter_day": "ngày hàng quý tính ở",
    "note": "ghi chú",
}
_LEG: Mapping[str, str] = {
    "units": "đơn vị",
    "to": "gửi về",
    "window": "hạn",
    "cut_off": "chốt số liệu trước hạn",
}
_DAYS = 5
_MOST = 60
#: A year like any other, to see which day comes first.
_YEAR = 2026


class Leg(Model):
    """One level of a route: these units send their report there by then; `to` may be `cấp trên`, the unit above.

    `cut_off` is that of the kind where the level has none of its own; above, it leaves time for what comes from below.
    """

    units: tuple[str, ...]
    to: str
    window: Window
    cut_off: int | None = None


class Kind(Model):
    """A kind of report: `cut_off` days before its last day its figures are frozen; the lowest level comes first."""

    code: str
    name: str
    about: str = ""
    legs: tuple[Leg, ...]
    cut_off: int = _DAYS
    next_quarter: bool = False


ABOVE = "cấp trên"


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds that were read, none with any error, and what was found."""

    kinds: tuple[Kind, ...]
    findings: tuple[Finding, ...]
    text: str = ""
    places: Mapping[tuple[str, ...], Span] = field(default_factory=dict)

    def of(self, code: str) -> Kind | None:
        """Return the kind with a code, or None."""
        return next((kind for kind in self.kinds if kind.code == code), None)


def read_kinds(folder: Path, organisation: Organisation, agency: str) -> Kinds:
    """Read `báo cáo.yaml` of a programme folder; without one no report is owed."""
    path = folder / FILE
    if not path.is_file():
        return Kinds((), ())
    node, faults = read_file(path, folder.parent)
    shown = path.read_text(encoding="utf-8", errors="replace")
    return _kinds(f"{folder.name}/{FILE}", shown, node, faults, organisation, agency)


def read_kinds_text(text: str, organisation: Organisation, agency: str) -> Kinds:
    """Read the kinds from their text."""
    return _kinds(FILE, text, *read(text, FILE), organisation, agency)


def units_on(leg: Leg, organisation: Organisation, agency: str, on: date) -> tuple[str, ...]:
    """Return the units of a leg on a day: by name, or “mỗi …” below the agency or a unit that it names."""
    found = [units_of(_route(agency), name, organisation, on) or () for name in leg.units]
    return tuple(dict.fromkeys(unit for units in found for unit in units))


def _kinds(
    name: str, text: str, node: Node | None, faults: list[Finding], organisation: Organisation, agency: str
) -> Kinds:
    if node is None:
        return Kinds((), tuple(faults), text)
    reader = _Reader(Report(name, list(faults)), organisation, agency)
    found = tuple(reader.kinds(node))
    findings = tuple(in_reading_order(reader.report.findings))
    return Kinds(() if errors(findings) else found, findings, text, reader.places)


@dataclass(slots=True)
class _Reader:
    report: Report
    organisation: Organisation
    agency: str
    places: dict[tuple[str, ...], Span] = field(default_factory=dict)

    def kinds(self, node: Node) -> Iterator[Kind]:
        whole = block(self.report, node, _FILE)
        for key, value in self.report.entries(whole.required("reports")):
            self.places[(key.text,)] = key.span
            understood(self.report, key, _code)
            one = block(self.report, value, _KIND)
            name, legs = one.read("name", _said, required=True), tuple(self.legs(one.required("legs")))
            days, quarter = one.read("cut_off", _days), one.read("quarter_day", _quarter)
            if name is not None:
                self._in_time(key, legs, _DAYS if days is None else days)
                yield Kind(
                    code=key.text,
                    name=name,
                    about=one.read("about", _said) or "",
                    legs=legs,
                    cut_off=_DAYS if days is None else days,
                    next_quarter=bool(quarter),
                )

    def _in_time(self, key: Node, legs: tuple[Leg, ...], days: int) -> None:
        """Warn where figures are frozen above before the reports from below are due: these would never be summed."""
        for lower, upper in pairwise(legs):
            first, second = occurrences(lower.window, _YEAR), occurrences(upper.window, _YEAR)
            for below, above in zip(first, second, strict=False):
                if below.last is None or above.last is None:
                    continue
                frozen = above.last - timedelta(days=days if upper.cut_off is None else upper.cut_off)
                if frozen < below.last:
                    told = {"day": f"{frozen:%d/%m}", "due": f"{below.last:%d/%m}"}
                    message = say("figures are frozen on {day}, before the reports from below are due on {due}", **told)
                    mend = say("give the upper level a “{key}” of its own", key=_LEG["cut_off"])
                    self.report.put(Finding("QT923", Severity.WARNING, message, key.span, help=mend))
                    return

    def legs(self, node: Node | None) -> Iterator[Leg]:
        for item in self.report.items(node):
            one = block(self.report, item, _LEG)
            units, to = one.required("units"), one.read("to", _said, required=True)
            window = one.read("window", parse_window, required=True)
            if units is None or to is None or window is None:
                continue
            self._to(one, to)
            if isinstance(window, Months | Every | Before) or window.type == "as_needed":
                yield Leg(units=tuple(self.units(units)), to=to, window=window, cut_off=one.read("cut_off", _days))
            else:
                self.report.add("QT922", one.values["window"].span, say("a report is due by a day, or when asked for"))

    def units(self, node: Node) -> Iterator[str]:
        for item in (node,) if node.kind == "text" else node.items:
            if not self._known(item.text):
                self._unknown(item.text, item.span)
            yield item.text

    def _to(self, one: Block, to: str) -> None:
        if to != ABOVE and to not in {unit.name for unit in self.organisation.units}:
            self._unknown(to, one.values["to"].span)

    def _known(self, name: str) -> bool:
        return units_of(_route(self.agency), name, self.organisation, date(2000, 1, 1)) is not None

    def _unknown(self, name: str, span: Span) -> None:
        near = nearest(name, [unit.name for unit in self.organisation.units])
        mend = say("did you mean “{name}”?", name=near) if near else None
        message = say("no unit is called “{name}”", name=name)
        self.report.put(Finding("QT921", Severity.ERROR, message, span, help=mend))


def _route(agency: str) -> Plan:
    """Return what “mỗi …” without a unit is reckoned from."""
    return Plan(code="-", year=2000, name="-", unit=agency)


def _said(text: str) -> str:
    said = " ".join(text.split())
    if not said:
        raise MisreadError(say("something must be written here"))
    return said


def _code(text: str) -> str:
    if "/" in text:
        raise MisreadError(say("“{text}” must be written without “/”", text=text))
    return text


def _days(text: str) -> int:
    said = text.removesuffix("ngày").strip()
    if not said.isdecimal() or int(said) > _MOST:
        raise MisreadError(say("“{text}” is no number of days; write it like “5 ngày”", text=text))
    return int(said)


def _quarter(text: str) -> bool:
    if text not in {LAST_MONTH, NEXT_MONTH}:
        raise MisreadError(say("write “{yes}” or “{no}”", yes=LAST_MONTH, no=NEXT_MONTH))
    return text == NEXT_MONTH
