"""Whether a plan can be carried out as declared: its units exist, its times lie in its year, results are known."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date

from procedures.finding import Finding, Severity, in_reading_order
from procedures.organisation import Organisation
from procedures.text import fold, nearest
from procedures.words import Words, say
from quality.programme.plan import Plan
from quality.programme.read import Read
from quality.programme.who import leads, units_of
from quality.programme.windows import Always, AsNeeded, Before, Months, OnChange

#: What tasks bring forth, as plans write it; a task closes with a file, whatever its kind.
RESULTS = (
    "kế hoạch",
    "chương trình",
    "quyết định",
    "hồ sơ",
    "biên bản",
    "báo cáo",
    "quy trình",
    "tập huấn",
    "tọa đàm",
    "hội nghị",
    "danh sách",
    "danh mục",
    "văn bản",
    "công văn",
    "thông báo",
    "tờ trình",
    "chính sách",
    "mục tiêu",
    "phiếu",
    "sổ",
    "kết luận",
    "bảng",
    "quy định",
    "quy chế",
    "hướng dẫn",
    "dự toán",
    "bài",
)


@dataclass(frozen=True, slots=True)
class _About:
    read: Read
    plan: Plan
    organisation: Organisation
    procedures: Collection[str]

    @property
    def day(self) -> date:
        return date(self.plan.year, 1, 1)

    def finding(self, code: str, weight: Severity, message: Words, *path: str, help_: Words | None = None) -> Finding:
        return Finding(code, weight, message, self.read.at(*path), help=help_)


def check(read: Read, organisation: Organisation, procedures: Collection[str]) -> list[Finding]:
    """Return what was found in reading a plan and what it says that cannot be done; `procedures` are known codes."""
    if read.plan is None:
        return list(read.findings)
    about = _About(read, read.plan, organisation, procedures)
    return in_reading_order([*read.findings, *(finding for rule in _RULES for finding in rule(about))])


def _issuer(about: _About) -> Iterator[Finding]:
    known = [unit.name for unit in about.organisation.units]
    for key, name in (("unit", about.plan.unit), ("standing", about.plan.standing)):
        if name and name not in known:
            yield _unknown(about, name, "head", key)


def _leads(about: _About) -> Iterator[Finding]:
    """See that a unit, a group or a kind of unit leads every task; what nobody leads is done by nobody."""
    for _, part, task in about.plan.tasks:
        path = ("parts", part.key, task.key)
        names = about.plan.leads_of(part, task)
        if not names:
            message = say("nobody leads this task")
            yield about.finding(
                "QT907", Severity.ERROR, message, *path, help_=say("write “{key}:”", key="cơ quan chủ trì")
            )
        for name in names:
            found = units_of(about.plan, name, about.organisation, about.day)
            if found is None:
                yield _unknown(about, name, *path, "leads")
            elif not found:
                message = say("“{name}” means no unit that stands in {year}", name=name, year=about.plan.year)
                yield about.finding("QT907", Severity.ERROR, message, *path, "leads")


def _groups(about: _About) -> Iterator[Finding]:
    for name, members in about.plan.groups:
        if not members:
            message, mend = say("the group “{name}” has no units yet", name=name), say("name the units that are meant")
            yield about.finding("QT901", Severity.ERROR, message, "groups", name, help_=mend)
        for member in members:
            if units_of(about.plan, member, about.organisation, about.day) is None:
                yield _unknown(about, member, "groups", name)


def _others(about: _About) -> Iterator[Finding]:
    """Tell who takes part and is no unit; whoever takes part is not asked by the software, so any words will do."""
    for _, part, task in about.plan.tasks:
        for name in task.with_:
            if units_of(about.plan, name, about.organisation, about.day) is None:
                message = say("“{name}” is no unit, so nobody is told that he takes part", name=name)
                yield about.finding("QT906", Severity.HINT, message, "parts", part.key, task.key, "with")


def _windows(about: _About) -> Iterator[Finding]:
    for _, part, task in about.plan.tasks:
        window = task.window
        said = window.year if isinstance(window, Months | Before) else None
        if said is not None and said != about.plan.year:
            message = say("“{text}” lies outside {year}, the year of the plan", text=window.text, year=about.plan.year)
            yield about.finding("QT902", Severity.WARNING, message, "parts", part.key, task.key, "window")


def _results(about: _About) -> Iterator[Finding]:
    for _, part, task in about.plan.tasks:
        path = ("parts", part.key, task.key)
        if not task.result:
            message, mend = say("it is not said what this task brings forth"), say("write “{key}:”", key="kết quả")
            yield about.finding("QT903", Severity.WARNING, message, *path, help_=mend)
        elif not any(fold(kind) in fold(task.result) for kind in RESULTS):
            message = say("“{result}” is no kind of result that is known", result=task.result)
            mend = say("known are: {kinds}", kinds=", ".join(RESULTS))
            yield about.finding("QT903", Severity.WARNING, message, *path, "result", help_=mend)


def _procedures(about: _About) -> Iterator[Finding]:
    for _, part, task in about.plan.tasks:
        if task.procedure not in about.procedures:
            message = say("{code} is not issued, so this task would open no case", code=task.procedure)
            mend = say("issue it first:  quytrinh publish {code}", code=task.procedure)
            path = ("parts", part.key, task.key, "procedure")
            yield about.finding("QT904", Severity.ERROR, message, *path, help_=mend)


def _demanded(about: _About) -> Iterator[Finding]:
    """See that a plan is demanded by a day, from units other than whoever demands it."""
    for _, part, task in about.plan.tasks:
        path = ("parts", part.key, task.key)
        if not task.demands_plan:
            continue
        if isinstance(task.window, Always | AsNeeded | OnChange):
            message = say("a plan is demanded of units, but not by which day")
            yield about.finding("QT908", Severity.ERROR, message, *path, "window")
        if set(leads(about.plan, part, task, about.organisation, about.day)) == {about.plan.unit}:
            message = say("a plan is demanded of nobody but {unit} itself", unit=about.plan.unit)
            yield about.finding("QT908", Severity.ERROR, message, *path, "leads")


def _unknown(about: _About, name: str, *path: str) -> Finding:
    known = [*(unit.name for unit in about.organisation.units), *dict(about.plan.groups)]
    meant = nearest(name, known)
    mend = (
        say("did you mean “{name}”?", name=meant)
        if meant
        else say("name a unit, or declare it under “{key}:” with the units it means", key="nhóm đơn vị")
    )
    return about.finding("QT901", Severity.ERROR, say("no unit is called “{name}”", name=name), *path, help_=mend)


_RULES: tuple[Callable[[_About], Iterator[Finding]], ...] = (
    _issuer,
    _groups,
    _leads,
    _others,
    _windows,
    _results,
    _procedures,
    _demanded,
)
