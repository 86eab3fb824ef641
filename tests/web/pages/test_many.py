"""Several pieces of work at once: seen before, done one by one, told one by one, and done once."""

import re

import pytest

from engine.agency import Agency
from tests.web.reading import Reading
from tests.web.test_giving import Visitor, events


@pytest.fixture
def waiting(agency: Agency) -> list[str]:
    """Two cases that wait for the clerk, and one that is still with whoever opened it."""
    an = Visitor(agency, "an")
    cases = [an.open(f"Giấy in {number}") for number in range(3)]
    for case in cases[:2]:
        an.send(f"/ho-so/{case}/buoc/1", nut="chuyen")
        assert an.answer.status_code == 303
    return cases


def address(cases: list[str], items: tuple[int, ...] = (2, 2, 1), act: str = "chuyen", more: str = "") -> str:
    ticked = "&".join(f"viec={case}.{item}" for case, item in zip(cases, items, strict=False))
    return f"/viec/nhieu?lam={act}&{ticked}{more}"


def confirmed(visitor: Visitor) -> dict[str, str | list[str]]:
    """What the form that does it carries."""
    form = visitor.answer.text.rpartition('method="post"')[2]
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return {name: [value for other, value in pairs if other == name] for name, _ in pairs}


def test_the_list_lets_work_be_ticked_and_offers_what_can_be_done_with_it(agency: Agency, waiting: list[str]) -> None:
    page = Reading(Visitor(agency, "binh").get("/viec"))
    assert {f"{case}.2" for case in waiting[:2]} <= set(page.attributes("value"))
    assert {"nhan", "chuyen", "giao-nguoi-khac", "tra-lai"} <= set(page.attributes("value"))


def test_what_would_happen_is_told_row_by_row_and_nothing_has_happened(agency: Agency, waiting: list[str]) -> None:
    binh = Visitor(agency, "binh")
    before = [events(agency, case) for case in waiting]
    text = binh.get(address(waiting, more="&ket-qua=Đủ"))
    assert "2 trong 3 việc sẽ được làm" in text
    assert text.count(">sẽ làm<") == 2
    assert text.count("không làm được") == 1
    assert [events(agency, case) for case in waiting] == before


def test_each_is_done_once_and_what_was_refused_stays_chosen(agency: Agency, waiting: list[str]) -> None:
    binh = Visitor(agency, "binh")
    binh.get(address(waiting, more="&ket-qua=Đủ"))
    sent = confirmed(binh)
    before = [events(agency, case) for case in waiting]
    text = binh.post("/viec/nhieu", **sent)
    after = [events(agency, case) for case in waiting]
    assert [there[len(earlier) :] for there, earlier in zip(after, before, strict=True)] == [
        ["WorkFinished", "WorkOpened"],
        ["WorkFinished", "WorkOpened"],
        [],
    ]
    assert "Đã làm 2 trong 3 việc" in text
    assert re.findall(r'<input type="hidden" name="viec" value="([^"]+)"', text) == [f"{waiting[2]}.1"]
    assert "Đã làm 2 trong 3 việc" in binh.post("/viec/nhieu", **sent)
    assert [events(agency, case) for case in waiting] == after


def test_a_form_sent_again_with_other_choices_is_not_told_as_done(agency: Agency, waiting: list[str]) -> None:
    binh = Visitor(agency, "binh")
    binh.get(address(waiting[:2], more="&ket-qua=Đủ"))
    sent = confirmed(binh)
    binh.post("/viec/nhieu", **sent)
    before = [events(agency, case) for case in waiting]
    text = binh.post("/viec/nhieu", **(sent | {"ket-qua": "Thiếu", "ly-do": "thiếu dấu"}))
    assert "Đã làm 0 trong 2 việc" in text
    assert text.count("đã dùng cho một yêu cầu khác") == 2
    assert [events(agency, case) for case in waiting] == before


def test_only_outcomes_that_all_of_them_have_can_be_chosen(agency: Agency, waiting: list[str]) -> None:
    em = Visitor(agency, "em")
    two = Reading(em.get(address(waiting[:2])))
    assert {"Đủ", "Thiếu"} <= set(two.attributes("value"))
    all_three = Reading(em.get(address(waiting)))
    assert not {"Đủ", "Thiếu"} & set(all_three.attributes("value"))


def test_what_sends_back_needs_a_reason_and_says_so_before(agency: Agency, waiting: list[str]) -> None:
    binh = Visitor(agency, "binh")
    assert "0 trong 2 việc" in binh.get(address(waiting[:2], more="&ket-qua=Thiếu"))
    typed: dict[str, str | list[str]] = {"ket-qua": "Thiếu", "ly-do": "thiếu dấu"}
    before = [len(events(agency, case)) for case in waiting[:2]]
    assert "2 trong 2 việc" in binh.post("/viec/nhieu", **(confirmed(binh) | typed | {"nhin": "1"}))
    assert [len(events(agency, case)) for case in waiting[:2]] == before
    assert "Đã làm 2 trong 2 việc" in binh.post("/viec/nhieu", **confirmed(binh))
    with agency.store.reading() as reader:
        told = [[getattr(one.event, "reason", None) for one in reader.log(case)] for case in waiting[:2]]
    assert [reasons.count("thiếu dấu") for reasons in told] == [1, 1]


def test_what_somebody_types_stands_in_no_address(agency: Agency, waiting: list[str]) -> None:
    binh = Visitor(agency, "binh")
    assert "thiếu dấu" not in binh.get(address(waiting[:2], more="&ket-qua=Thiếu&ly-do=thiếu+dấu"))
    for form in re.findall(r"<form[^>]*>.*?</form>", binh.answer.text, re.DOTALL):
        assert 'method="post"' in form or "ly-do" not in form
    typed: dict[str, str | list[str]] = {"ket-qua": "Thiếu", "ly-do": "thiếu dấu", "nhin": "1"}
    binh.post("/viec/nhieu", **(confirmed(binh) | typed))
    assert (binh.answer.status_code, binh.answer.headers.get("location")) == (200, None)
    binh.post("/viec/nhieu", **confirmed(binh))
    assert (binh.answer.status_code, binh.answer.headers.get("location")) == (200, None)


def test_free_work_is_taken_together_and_given_back_together(agency: Agency, waiting: list[str]) -> None:
    binh = Visitor(agency, "binh")
    for act, event in (("nhan", "WorkClaimed"), ("tra-lai", "WorkReleased")):
        binh.get(address(waiting[:2], act=act))
        binh.post("/viec/nhieu", **confirmed(binh))
        assert [events(agency, case)[-1] for case in waiting[:2]] == [event, event]


def test_what_one_may_not_read_is_told_like_what_is_not_there(agency: Agency, waiting: list[str]) -> None:
    ha = Visitor(agency, "ha")
    text = ha.get(address([waiting[0], "HS-2026-9999"]))
    assert "0 trong 2 việc" in text
    assert "Giấy in" not in text
    ha.get(address(waiting, act="huy"))
    assert ha.answer.status_code == 404
    ha.get("/viec/nhieu?lam=nhan")
    assert ha.answer.status_code == 200
    assert "Chưa chọn việc nào" in ha.answer.text
    ha.get(address([f"HS-2026-{n:04d}" for n in range(51)], (1,) * 51))
    assert ha.answer.status_code == 404
