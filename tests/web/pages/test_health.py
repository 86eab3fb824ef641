"""The health page tells administrators what `quytrinh doctor` tells, and nobody else finds it."""

import html
import re

from engine.agency import Agency
from tests.web.pages.test_deciding import office
from tests.web.test_giving import NOW, Visitor
from visualize.health import of_agency, on_machine

__all__ = ["office"]


def without_numbers(text: str) -> str:
    """Return a text without its numbers: how much room a disk has is another from one look to the next."""
    return re.sub(r"[\d.,]+", "#", text)


def test_the_health_page_looks_at_what_the_doctor_looks_at(office: Agency) -> None:
    director = Visitor(office, "em")
    page = director.get("/quan-tri/tinh-trang")
    assert director.answer.status_code == 200
    told = without_numbers(page)
    for one in (*on_machine(office.root), *of_agency(office, NOW)):
        name = one.name if isinstance(one.name, str) else one.name.into("vi")
        assert without_numbers(html.escape(name, quote=False)) in told
    clerk = Visitor(office, "an")
    clerk.get("/quan-tri/tinh-trang")
    assert clerk.answer.status_code == 404
