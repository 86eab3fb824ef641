"""A flow with the times it runs at, as data; serving such flows, or telling a server of them for its workers."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from prefect import Flow, serve
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, Interval, Schedule
from prefect.types.entrypoint import EntrypointType

#: The agency's clocks: its nights and mornings are meant.
_ZONE = "Asia/Ho_Chi_Minh"


@dataclass(frozen=True, slots=True)
class Served:
    """One flow under a name, with its times (an interval, words of cron, or None: when asked) and its arguments."""

    name: str
    flow: Flow[..., Any]
    at: timedelta | str | None
    arguments: dict[str, Any] = field(default_factory=dict)
    about: str = ""

    @property
    def schedule(self) -> Schedule | None:
        """When Prefect starts it."""
        if isinstance(self.at, timedelta):
            return Interval(self.at)
        return Cron(self.at, timezone=_ZONE) if self.at is not None else None

    def deployment(self, agency: str, pool: str | None = None) -> RunnerDeployment:
        """Return what Prefect knows it by; the flow is found again by its module, wherever the process stands."""
        schedule = self.schedule
        made = self.flow.to_deployment(
            f"{agency}-{self.name}",
            schedules=[schedule] if schedule is not None else [],
            parameters=self.arguments,
            description=self.about,
            tags=[agency],
            work_pool_name=pool,
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        assert isinstance(made, RunnerDeployment)  # noqa: S101 - outside an event loop it is; Prefect types both
        return made


def keep_serving(agency: str, served: Iterable[Served]) -> None:
    """Start what is due until interrupted; the schedules of the agency are paused when this stops."""
    serve(*(one.deployment(agency) for one in served))
