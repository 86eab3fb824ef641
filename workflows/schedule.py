"""A flow with its interval, as data, and serving such flows until told to stop."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from prefect import Flow, serve
from prefect.deployments.runner import RunnerDeployment
from prefect.types.entrypoint import EntrypointType


@dataclass(frozen=True, slots=True)
class Served:
    """One flow with its interval and the arguments of each run."""

    flow: Flow[..., Any]
    every: timedelta
    arguments: dict[str, Any] = field(default_factory=dict)

    def deployment(self, name: str) -> RunnerDeployment:
        """Return what Prefect serves; the flow is found again by its module, wherever the process stands."""
        made = self.flow.to_deployment(
            name, interval=self.every, parameters=self.arguments, entrypoint_type=EntrypointType.MODULE_PATH
        )
        assert isinstance(made, RunnerDeployment)  # noqa: S101 - outside an event loop it is; Prefect types both
        return made


def keep_serving(name: str, served: Iterable[Served]) -> None:
    """Start what is due until interrupted; the schedules under `name` are paused when this stops."""
    serve(*(one.deployment(name) for one in served))
