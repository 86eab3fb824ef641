"""What a step may wait for: a closed union, so that the type checker lists every place that must learn a new one."""

from dataclasses import dataclass

from procedures.model import Duration


@dataclass(frozen=True, slots=True)
class Nothing:
    """Pure routing: the step is passed in the moment it is reached."""


@dataclass(frozen=True, slots=True)
class Work:
    """A person has to act."""


@dataclass(frozen=True, slots=True)
class Delay:
    """A declared time has to pass, or the day that was entered in `until` has to come."""

    within: Duration | None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Errand:
    """A machine has to do something and answer."""

    task: str


@dataclass(frozen=True, slots=True)
class SubCase:
    """Another case has to end."""

    procedure: str


Wait = Nothing | Work | Delay | Errand | SubCase
