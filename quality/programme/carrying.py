"""Next year's draft: the same tasks a year later, and what this year left to do, each with where it comes from."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from procedures.calendar.wording import MisreadError
from quality.programme.board import Row, Standing
from quality.programme.plan import Part, Plan, Task
from quality.programme.windows import Window, parse_window

#: The section into which what was left goes, and until when it is to be done.
LEFT, LEFT_NAME, BY = "CT", "Việc chuyển từ năm trước", "Quý I"
_YEAR = re.compile(r"\b(20\d{2})\b")


@dataclass(frozen=True, slots=True)
class Left:
    """Something that this year left to do, for whom, and where it comes from."""

    name: str
    units: tuple[str, ...]
    result: str
    source: str


@dataclass(frozen=True, slots=True)
class Carried:
    """A draft for the next year; `marks` say of its tasks where they come from or what to look at."""

    plan: Plan
    marks: dict[str, list[str]] = field(default_factory=dict)


def left_open(rows: Iterable[Row]) -> Iterator[Left]:
    """Yield each task that is not done, once, with the units that have not done it."""
    open_: dict[str, list[Row]] = {}
    for row in rows:
        if row.standing in {Standing.LATE, Standing.IN_WINDOW, Standing.NOT_BEGUN} and row.due is not None:
            open_.setdefault(row.number, []).append(row)
    for number, found in open_.items():
        cases = ", ".join(row.case for row in found if row.case)
        source = f"mục {number} chưa xong" + (f" ({cases})" if cases else "")
        yield Left(found[0].name, tuple(dict.fromkeys(row.unit for row in found)), found[0].result, source)


def carried_over(plan: Plan, left: Iterable[Left]) -> Carried:
    """Return the draft of the year after a plan."""
    year, marks = plan.year + 1, dict[str, list[str]]()
    parts = [_moved(part, year, marks) for part in plan.parts if part.key != LEFT]
    tasks = []
    for number, one in enumerate(left, 1):
        leads = one.units or ((plan.standing,) if plan.standing else (plan.unit,))
        tasks.append(Task(key=str(number), name=one.name, leads=leads, window=parse_window(BY), result=one.result))
        marks[f"{LEFT}.{number}"] = [one.source]
    if tasks:
        parts.append(Part(key=LEFT, name=LEFT_NAME, tasks=tuple(tasks)))
    fresh = plan.model_copy(
        update={
            "code": _later(plan.code, plan.year),
            "year": year,
            "name": _later(plan.name, plan.year),
            "answers": _later(plan.answers, plan.year),
            "parts": tuple(parts),
        }
    )
    return Carried(fresh, marks)


def _moved(part: Part, year: int, marks: dict[str, list[str]]) -> Part:
    tasks = []
    for task in part.tasks:
        window = _next_year(task.window)
        if window is None:
            window = task.window
            marks[f"{part.key}.{task.key}"] = [f"thời gian “{task.window.text}” phải viết lại cho năm {year}"]
        tasks.append(task.model_copy(update={"window": window, "name": _later(task.name, year - 1)}))
    return part.model_copy(update={"tasks": tuple(tasks)})


def _next_year(window: Window) -> Window | None:
    text = _YEAR.sub(lambda found: str(int(found[1]) + 1), window.text)
    try:
        return parse_window(text)
    except MisreadError:  # 29/2
        return None


def _later(text: str, year: int) -> str:
    """Return a text that speaks of a year as it speaks of the next."""
    return re.sub(rf"\b{year}\b", str(year + 1), text)
