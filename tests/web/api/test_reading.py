"""Lists for programs: page after page, each thing once, in the order of the pages."""

import pytest

from engine.agency import Agency
from tests.web.api.programs import V1, Program

Office = tuple[Agency, dict[str, str]]


@pytest.mark.parametrize("limit", [1, 2, 3, 200])
def test_the_pages_of_a_list_are_the_whole_list(office: Office, limit: int) -> None:
    em = Program(office[0], "em", "read")
    for path, name in (("/cases", "cases"), ("/work?whose=units", "work")):
        whole = em.client.get(f"{V1}{path}", headers=em.headers).json()[name]
        found, after = [], None
        while True:
            page = em.client.get(
                f"{V1}{path}",
                params={"limit": limit}
                | ({"after": after} if after else {})
                | ({"whose": "units"} if name == "work" else {}),
                headers=em.headers,
            ).json()
            found += page[name]
            after = page["next"]
            if after is None:
                break
        assert found == whole
        assert len(whole) > 2


def test_cases_are_the_newest_first_and_can_be_narrowed(office: Office) -> None:
    agency, cases = office
    em = Program(agency, "em", "read")
    listed = em.get("/cases").json()["cases"]
    assert [one["opened_at"] for one in listed] == sorted((one["opened_at"] for one in listed), reverse=True)
    late = em.get("/cases", standing="late").json()["cases"]
    assert {one["id"] for one in late} == {one["id"] for one in listed if one["late"] and one["status"] == "open"}
    assert cases["overdue"] in {one["id"] for one in late}
    assert [one["id"] for one in em.get("/cases", standing="withdrawn").json()["cases"]] == [cases["withdrawn"]]
    assert em.get("/cases", procedure="QT-XX").json() == {"cases": [], "next": None}


@pytest.mark.parametrize("text", ["muc in", "MỰC", "0002", "Mực"])
def test_a_case_is_found_without_accents_and_by_part_of_its_code(office: Office, text: str) -> None:
    em = Program(office[0], "em", "read")
    assert [one["id"] for one in em.get("/cases", search=text).json()["cases"]] == [office[1]["late"]]


def test_an_issue_and_its_definition_are_read(office: Office) -> None:
    em = Program(office[0], "em", "read")
    whole = em.get("/procedures/QT-TT-01").json()
    assert whole["definition"]["code"] == "QT-TT-01"
    assert len(whole["definition"]["steps"]) == 3
    assert em.get("/procedures/QT-TT-01", issue=1).json() == whole
    assert em.get("/procedures/QT-TT-01", issue=7).status_code == em.get("/procedures/QT-XX").status_code == 404


def test_a_register_tells_of_the_period_that_is_asked_for(office: Office) -> None:
    em = Program(office[0], "em", "read")
    whole, march = (em.get("/registers/QT-TT-01", **query).json() for query in ({}, {"period": "2026-03"}))
    assert whole["entries"] == march["entries"]
    assert em.get("/registers/QT-TT-01", period="2025-12").json()["entries"] == []
    assert em.get("/registers/QT-TT-01", unit="Phòng Kế hoạch").json()["entries"] == whole["entries"]
    assert em.get("/registers/QT-TT-01", unit="Văn phòng").json()["entries"] == []
    assert em.get("/registers/QT-XX").status_code == 404


def test_figures_are_those_of_the_page_and_lead_to_their_cases(office: Office) -> None:
    em = Program(office[0], "em", "read")
    found = em.get("/figures", period="2026-Q1", procedure="QT-TT-01", lang="en").json()["figures"]
    received = next(one for one in found if one["key"] == "case.received")
    assert received["value"] == received["count"] == 6
    assert {one["scope"].get("step") for one in found} >= {"kiểm tra", "duyệt"}
    page = em.client.get(received["cases"])
    assert page.text.count("/ho-so/HS-2026-") >= 6
    assert em.get("/figures", period="hôm nay").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "after=x",
        "after=1.HS-1-1",
        "limit=0",
        "limit=201",
        "limit=1e9",
        "standing=lạ",
        "search=",
        "after=999999999999.HS-2026-0001",
    ],
)
def test_what_no_list_can_be_asked_is_malformed(office: Office, query: str) -> None:
    em = Program(office[0], "em", "read")
    answer = em.client.get(f"{V1}/cases?{query}", headers=em.headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "Malformed"), answer.text
