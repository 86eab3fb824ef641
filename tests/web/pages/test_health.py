"""The health page tells administrators what `quytrinh doctor` tells, and nobody else finds it."""

import html

from engine.agency import Agency
from tests.web.pages.test_deciding import office
from tests.web.test_giving import NOW, Visitor
from visualize.health import of_agency, on_machine

__all__ = ["office"]


def test_the_health_page_looks_at_what_the_doctor_looks_at(office: Agency) -> None:
    director = Visitor(office, "em")
    page = director.get("/quan-tri/tinh-trang")
    assert director.answer.status_code == 200
    for one in (*on_machine(office.root), *of_agency(office, NOW)):
        assert html.escape(str(one.name if isinstance(one.name, str) else one.name.into("vi")), quote=False) in page
    clerk = Visitor(office, "an")
    clerk.get("/quan-tri/tinh-trang")
    assert clerk.answer.status_code == 404
