"""Who does what: automatic steps and duties by name, in this very program or apart from it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from engine.agency import Agency
from engine.errands.task import Handler

#: Does a duty of an agency for the named period, as of an instant.
Dutiful = Callable[[Agency, str, datetime], None]


def _at_once() -> None:
    """Be ready without more ado."""


@dataclass(frozen=True, slots=True)
class Hands:
    """Who does automatic steps and duties, by name; `ready` is called before anything is claimed for them."""

    steps: Mapping[str, Handler] = field(default_factory=dict)
    duties: Mapping[str, Dutiful] = field(default_factory=dict)
    ready: Callable[[], None] = _at_once
