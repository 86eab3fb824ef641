"""What machines ask of the site: is it well, and how is the machinery, in the words of Prometheus."""

from collections.abc import Callable, Iterator
from datetime import datetime

from fastapi import FastAPI, Request
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.responses import PlainTextResponse, Response

from engine.agency import Agency
from engine.trouble import Trouble
from quality.machinery import Machinery, machinery

HEALTH, METRICS = "/healthz", "/metrics"
_KIND = "text/plain; version=0.0.4; charset=utf-8"
_THIS_MACHINE = frozenset({"127.0.0.1", "::1"})
#: A proxy before the site adds one of these: whoever asks through it is not on this machine.
_BROUGHT_BY = ("forwarded", "x-forwarded-for", "x-real-ip")


def watch(app: FastAPI, agency: Agency, now: Callable[[], datetime]) -> None:
    """Add both pages: health for everybody, one word of it; figures for this machine alone."""

    def health() -> Response:
        try:
            with agency.store.reading() as reader:
                reader.held("")
        except Trouble:
            return PlainTextResponse("unavailable\n", 503)
        return PlainTextResponse("ok\n")

    def metrics(request: Request) -> Response:
        if not _is_here(request):
            return PlainTextResponse("only on this machine\n", 403)
        registry = CollectorRegistry()
        registry.register(_Told(machinery(agency, now())))
        return Response(generate_latest(registry), media_type=_KIND)

    app.add_api_route(HEALTH, health, methods=["GET", "HEAD"])
    app.add_api_route(METRICS, metrics, methods=["GET", "HEAD"])


def _is_here(request: Request) -> bool:
    brought = any(name in request.headers for name in _BROUGHT_BY)
    return request.client is not None and request.client.host in _THIS_MACHINE and not brought


class _Told(Collector):
    """The figures of one look."""

    def __init__(self, told: Machinery) -> None:
        self.told = told

    def collect(self) -> Iterator[Metric]:
        """Yield each figure with what it means."""
        errands = GaugeMetricFamily("quytrinh_errands", "Errands by status.", labels=["status"])
        for status, count in sorted(self.told.errands.items()):
            errands.add_metric([status], count)
        yield errands
        plain = (
            ("quytrinh_errand_oldest_seconds", "How long the oldest free errand has waited.", self.told.oldest),
            (
                "quytrinh_deadlines_unseen",
                "Deadlines and delays past by a quarter of an hour, unseen.",
                self.told.unseen,
            ),
            ("quytrinh_workers_alive", "Programs that keep deadlines or do errands.", len(self.told.alive)),
            ("quytrinh_workers_dead", "Programs that ended without saying so.", len(self.told.dead)),
            ("quytrinh_clock_skew_seconds", "How far the database's clock is ahead of ours.", self.told.skew),
        )
        for name, meaning, value in plain:
            yield GaugeMetricFamily(name, meaning, value=value)
