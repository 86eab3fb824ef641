"""The peers by name."""

from collections.abc import Callable

from benchmarks.contestants.base import Contestant, Place
from benchmarks.contestants.durable import Durable
from benchmarks.contestants.flow import ViewFlow
from benchmarks.contestants.fsm import Fsm
from benchmarks.contestants.orm import Orm
from benchmarks.contestants.spiff import Spiff

PEERS: dict[str, Callable[[Place], Contestant]] = {
    "sqlmodel": Orm,
    "spiffworkflow": Spiff,
    "django-fsm": Fsm,
    "viewflow": ViewFlow,
    "dbos": Durable,
}
