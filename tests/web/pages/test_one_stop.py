"""The forms of a case are linked on its page, and each can be kept."""

import re

from tests.web.conftest import Played


def test_the_page_links_the_forms_that_the_case_has_come_to_and_each_is_a_paper(played: Played) -> None:
    case = played.cases["done"]
    found = re.findall(rf'href="(/ho-so/{case}/mau/(\d\d))"', played.get(f"/ho-so/{case}"))
    assert {"01", "06", "07"} <= {number for _, number in found}
    for path, number in found:
        answer = played.visitor.get(path)
        assert answer.status_code == 200
        assert answer.content.startswith(b"PK")
        assert f"{case}-mau-{number}.docx" in answer.headers["Content-Disposition"]


def test_a_form_that_the_case_has_not_come_to_is_not_there(played: Played) -> None:
    case = played.cases["done"]
    for number in ("05", "08"):
        assert played.visitor.get(f"/ho-so/{case}/mau/{number}").status_code == 404
