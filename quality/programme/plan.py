"""What an annual plan is, as immutable data: sections for groups of units, and tasks with the columns of real plans."""

from collections.abc import Iterator
from datetime import date, datetime

from pydantic import Field

from procedures.base import Model
from quality.programme.windows import Window

#: The system procedures under which the tasks of a plan are carried out.
TASK = "QT-HT-20"
#: The prefix of the numbers of their cases.
SERIES = "CT"


class Task(Model):
    """One row of a plan. `key` is its number within its section; `leads` are units or groups, as written.

    `procedure` is the system procedure under which it is carried out; `demands_plan` asks each unit for its own plan.
    """

    key: str
    name: str
    leads: tuple[str, ...]
    with_: tuple[str, ...] = ()
    window: Window
    result: str = ""
    procedure: str = TASK
    demands_plan: bool = False


class Part(Model):
    """A section of a plan, for one group of units; its leads are those of its tasks that name none."""

    key: str
    name: str = ""
    leads: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = ()


class Plan(Model):
    """A plan for one year. `groups` give a name to units; `remind` are times before what is due.

    `answers` is the code of the plan of the unit above that asked for this one. `next_quarter` says that a day of every
    quarter is one of the month after it.
    """

    code: str
    year: int
    name: str
    unit: str
    standing: str = ""
    grounds: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    demands: tuple[str, ...] = ()
    remind: tuple[str, ...] = ()
    answers: str = ""
    next_quarter: bool = False
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    parts: tuple[Part, ...] = ()

    @property
    def tasks(self) -> Iterator[tuple[str, Part, Task]]:
        """Yield every task with its number in the whole plan ("I.1") and its section."""
        for part in self.parts:
            for task in part.tasks:
                yield f"{part.key}.{task.key}", part, task

    def leads_of(self, part: Part, task: Task) -> tuple[str, ...]:
        """Return who leads a task: those it names, or those of its section."""
        return task.leads or part.leads


class Issued(Model):
    """A plan as it was issued: by which decision, on which day, signed by whom; `issue` counts its changes from 1."""

    plan: Plan
    number: str
    day: date
    signatory: str
    issue: int = Field(default=1, ge=1)
    at: datetime
