"""What machines ask of the site."""

from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from engine.trouble import Gone
from tests.engine.errands.bureau import Bureau
from web.app import make_app


@pytest.fixture
def bureau(tmp_path: Path) -> Bureau:
    return Bureau(tmp_path)


def asked(bureau: Bureau, host: str = "127.0.0.1") -> TestClient:
    app = make_app(bureau.agency, now=lambda: bureau.now)
    return TestClient(app, base_url="http://127.0.0.1", client=(host, 5000))


def test_a_site_that_can_serve_is_well_and_says_no_more(bureau: Bureau) -> None:
    answer = asked(bureau, "10.0.0.1").get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_a_site_without_its_database_is_not(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> None:
        raise Gone

    monkeypatch.setattr(bureau.store, "reading", away)
    assert asked(bureau).get("/healthz").status_code == 503


def test_figures_are_told_in_the_words_of_prometheus(bureau: Bureau) -> None:
    bureau.waiting()
    bureau.later(minutes=20)
    answer = asked(bureau).get("/metrics")
    assert answer.status_code == 200
    told = {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }
    assert told["quytrinh_errands", "waiting"] == 1
    assert told["quytrinh_errand_oldest_seconds",] == 1200
    assert told["quytrinh_workers_alive",] == 0
    assert "HS-2026" not in answer.text


@pytest.mark.parametrize(("host", "headers"), [("10.0.0.1", {}), ("127.0.0.1", {"X-Forwarded-For": "10.0.0.1"})])
def test_figures_are_for_this_machine_alone(host: str, headers: dict[str, str], bureau: Bureau) -> None:
    assert asked(bureau, host).get("/metrics", headers=headers).status_code == 403
