"""Every route, for everybody, about every case: what one may read and do is what the engine says, and nothing more."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import get_args

import pytest

from engine.agency import Agency
from engine.case import Case
from engine.commands import AnyCommand
from engine.handle import Done, handle
from engine.scope import may_read, scope_of
from engine.stores.sql import SqlStore
from quality.candidate import SERIES
from tests.web.api.programs import PEOPLE, V1, Program
from tests.web.conftest import NOW
from web.api.orders import MACHINES, OPENING, ORDERS, WITH_A_FILE, Order
from web.api.routes import ACTS, ATTACH, COMMANDS, OPEN, READS, router

Office = tuple[Agency, dict[str, str]]
NOBODYS = "HS-2026-9999"
#: Who tries every command: an opener, a clerk, two heads, and somebody who only sits in the unit.
ACTORS = ("an", "binh", "chi", "em", "duc")
#: What a trial says of each field, by its name.
SAYS: dict[str, object] = {
    "reason": "có lý do",
    "basis": "Công văn 1",
    "fields": {"giá": "1"},
    "lacking": ["bản sao"],
    "full": True,
    "by": "1 ngày làm việc",
    "apology": "xin thứ lỗi",
    "grant": True,
    "extension": 1,
    "of": "Văn phòng",
    "question": "có được không",
    "consultation": 1,
    "opinion": "được",
    "part": "phần",
    "task": 1,
    "report": "xong",
    "what": "đếm lại",
    "to": "khanh",
    "event": 1,
    "says": "khác",
    "issue": 2,
}


def stored(agency: Agency) -> list[Case]:
    with agency.store.reading() as reader:
        return reader.cases()


def reads(agency: Agency, person: str, case: Case | None) -> bool:
    return case is not None and may_read(scope_of(agency.organisation, person, NOW.date()), case)


def held(agency: Agency, case: str) -> Case | None:
    with agency.store.reading() as reader:
        found = reader.held(case)
    return found.case if found is not None else None


@pytest.fixture(scope="module")
def programs(office: Office) -> dict[str, Program]:
    return {person: Program(office[0], person, "read") for person in PEOPLE}


def test_every_command_is_given_by_persons_or_by_machines_and_every_person_s_has_a_route() -> None:
    every = set(get_args(AnyCommand))
    ours = {OPENING.kind, WITH_A_FILE, *(order.kind for order in ORDERS)}
    assert ours | set(MACHINES) == every
    assert not ours & set(MACHINES)
    assert {order.name for order in COMMANDS} == {order.name for order in ORDERS}


def test_nothing_is_served_that_is_not_enumerated_here() -> None:
    served = {(method, route.path) for route in router().routes for method in route.methods}  # type: ignore[attr-defined]
    about = {f"{V1}{path}" for path in ("/me", "/cases", "/work", "/procedures", "/nonconformities", "/figures")}
    named = {f"{V1}/cases/{{case}}{rest}" for rest in ("", "/events", "/files/{number}")}
    named |= {f"{V1}/{what}/{{code}}" for what in ("procedures", "registers")}
    reading = {("GET", path) for path in about | named}
    acting = {("POST", route.path) for route in (OPEN, ATTACH, *COMMANDS.values())}
    assert served == reading | acting
    assert {(route.method, route.path) for route in (*READS, *ACTS)} == served


@pytest.mark.parametrize("route", [*READS, *ACTS], ids=lambda route: f"{route.method} {route.path}")
def test_without_a_good_token_nothing_is_told(office: Office, route: object) -> None:
    client = Program(office[0], "an").client
    path = route.path.format(case="HS-2026-0001", number=1, item=1, code="QT-TT-01")  # type: ignore[attr-defined]
    for headers in ({}, {"Authorization": "Bearer qtt_wrong"}, {"Authorization": "Basic YTpi"}):
        answer = client.request(route.method, path, headers=headers)  # type: ignore[attr-defined]
        assert answer.status_code == 401, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert set(answer.json()) == {"type", "title", "status", "code", "detail"}


@pytest.mark.parametrize("route", ACTS, ids=lambda route: route.path)
def test_a_token_that_only_reads_does_nothing(programs: dict[str, Program], route: object) -> None:
    path = route.path.removeprefix(V1).format(case="HS-2026-0001", item=1)  # type: ignore[attr-defined]
    answer = programs["an"].order(path)
    assert (answer.status_code, answer.json()["code"]) == (403, "TokenOnlyReads")


@pytest.mark.parametrize("rest", ["", "/events", "/files/1"])
def test_a_case_is_read_by_those_who_may_and_is_not_there_for_others(
    office: Office, programs: dict[str, Program], rest: str
) -> None:
    agency, _ = office
    seen = set()
    for person, case in product(PEOPLE, [*stored(agency), None]):
        name = case.id if case is not None else NOBODYS
        answer = programs[person].get(f"/cases/{name}{rest}")
        if reads(agency, person, case) and not rest.startswith("/files"):
            assert answer.status_code == 200
        else:
            assert (answer.status_code, answer.json()["code"]) == (404, "NotFound")
        seen.add(answer.status_code)
    assert seen == ({404} if rest.startswith("/files") else {200, 404})


def test_lists_hold_what_one_may_read_and_nothing_else(office: Office, programs: dict[str, Program]) -> None:
    agency, _ = office
    for person, program in programs.items():
        mine = {case.id for case in stored(agency) if reads(agency, person, case)}
        cases = {case for case in mine if not case.startswith(SERIES)}
        assert {one["id"] for one in program.get("/cases", limit=200).json()["cases"]} == cases
        found = {one["id"] for one in program.get("/nonconformities").json()["nonconformities"]}
        assert found == mine - cases
        book = program.get("/registers/QT-TT-01").json()["entries"]
        assert {one["case"]["id"] for one in book} == {case for case in cases if case.startswith("HS")}
        for whose in ("mine", "units"):
            assert {one["case"] for one in program.get("/work", whose=whose).json()["work"]} <= mine
        received = [
            one for one in program.get("/figures", period="2026").json()["figures"] if one["key"] == "case.received"
        ]
        assert sum(one["count"] for one in received) == len(cases) + len(found)
        assert program.get("/me").json()["person"] == person
        assert program.get("/procedures").status_code == program.get("/procedures/QT-TT-01").status_code == 200


@pytest.fixture(scope="module")
def twins(office: Office, tmp_path_factory: pytest.TempPathFactory) -> tuple[Agency, Path]:
    """The agency as it was played, to be copied."""
    agency, _ = office
    folder = tmp_path_factory.mktemp("copies")
    return agency, folder


def copied(agency: Agency, folder: Path, name: str) -> Agency:
    place = folder / f"{name}.db"
    shutil.copy(agency.root / "quytrinh.db", place)
    for end in ("-wal", "-shm"):
        if (agency.root / f"quytrinh.db{end}").exists():
            shutil.copy(agency.root / f"quytrinh.db{end}", f"{place}{end}")
    return replace(agency, store=SqlStore(place, durable=False))


def bodies(order: Order, case: Case | None) -> Iterator[dict[str, object]]:
    """What is tried: about each piece of work, with each outcome."""
    fields = {name for name, info in order.kind.model_fields.items() if name in SAYS and info.is_required()}
    told = {name: SAYS[name] for name in fields} | (
        {"reason": SAYS["reason"]} if "reason" in order.kind.model_fields else {}
    )
    if "item" not in order.kind.model_fields:
        yield told
        return
    for item in [one.number for one in (case.items if case is not None else ())][-2:] or [1]:
        outcomes = ("Đủ", None) if "outcome" in order.kind.model_fields else (None,)
        for outcome in outcomes:
            yield told | {"item": item} | ({"outcome": outcome} if outcome is not None else {})


#: Commands that some of the trials must succeed in; what remains needs more than this agency declares.
SUCCEED = {
    *("claim-work", "release-work", "start-work", "finish-work", "recall-work", "reassign-work", "skip-work"),
    *("give-task", "withdraw-case", "refuse-case", "stop-case", "correct-record", "reopen-case"),
    *("request-supplement", "request-extension"),
}


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order.name)
def test_a_command_comes_to_what_the_engine_makes_of_it(twins: tuple[Agency, Path], order: Order) -> None:
    original, folder = twins
    site, twin = copied(original, folder, f"{order.name}-site"), copied(original, folder, f"{order.name}-twin")
    done = 0
    try:
        client = Program(site, "an").client
        programs = {person: Program(site, person, client=client) for person in PEOPLE}
        for person, before in product(ACTORS, [*stored(twin), None]):
            name = before.id if before is not None else NOBODYS
            for body in bodies(order, held(twin, name)):
                seen = held(twin, name)
                key = f"k{done}-{person}-{name}-{len(str(body))}-{body.get('outcome')}".encode().hex()[:90]
                answer = programs[person].order(f"/cases/{name}/commands/{order.name}", body, Idempotency_Key=key)
                if not reads(twin, person, seen):
                    assert (answer.status_code, answer.json()["code"]) == (404, "NotFound")
                    break
                given = order.kind(
                    id=f"api/{person}/{key}",
                    actor=person,
                    case=name,
                    **{k: tuple(v) if isinstance(v, list) else v for k, v in body.items()},
                )
                came = handle(given, store=twin.store, ground=twin, now=NOW)  # type: ignore[arg-type]
                if isinstance(came, Done):
                    done += bool(came.records)
                    assert answer.status_code == 200, answer.text
                    assert [one["kind"] for one in answer.json()["events"]] == [r.event.kind for r in came.records]
                else:
                    assert answer.json()["code"] == came.code
                    assert 400 <= answer.status_code < 500
        assert [one.version for one in stored(site)] == [one.version for one in stored(twin)]
        assert (done > 0) == (order.name in SUCCEED), done
    finally:
        site.store.close()
        twin.store.close()


def test_only_who_may_do_the_first_step_opens_a_case(agency: Agency) -> None:
    answers = {
        person: Program(agency, person).order("/cases", {"procedure": "QT-TT-01", "title": f"của {person}"})
        for person in PEOPLE
    }
    assert {person for person, answer in answers.items() if answer.status_code == 201} == {"an", "duc"}
    assert {answer.json()["code"] for answer in answers.values() if answer.status_code != 201} == {"NotYoursToOpen"}
