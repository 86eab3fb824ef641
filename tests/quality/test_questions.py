from pathlib import Path

import pytest

from quality import questions
from quality.facts import Facts
from quality.groups import everything
from quality.sweep import sweep
from tests.quality.agency import Agency, agency, at, declared
from tests.quality.living import lived
from tests.quality.rows import plain


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Agency, Agency]:
    """The same life in a memory store and in an SQL store."""
    path = tmp_path_factory.mktemp("store") / "quytrinh.db"
    offices = (
        agency(declared("bị trả lại ít nhất 2 lần mỗi tháng")),
        agency(declared("bị trả lại ít nhất 2 lần mỗi tháng"), path=path),
    )
    for office in offices:
        lived(office, cases=15)
        sweep(office.store, office, at(20))
    return offices


def asked(office: Agency, question: object, *arguments: object) -> object:
    with office.store.reading() as reader:
        return question(reader, *arguments)  # type: ignore[operator]


NOW, SINCE, UNTIL = at(1, month=4), int(at(1).timestamp()), int(at(15).timestamp())


@pytest.mark.parametrize(
    ("question", "arguments"),
    [
        (questions.facts, (NOW,)),
        (questions.facts, (NOW, SINCE, UNTIL)),
        (questions.facts, (NOW, 0, UNTIL, "QT-HT-04")),
        (questions.facts_before, (at(10),)),
        (questions.facts_before, (at(10), SINCE)),
        (questions.facts_before, (NOW,)),
        (questions.breaches, ()),
        (questions.breach_count, ()),
        (questions.returned_work, ("QT-TT-01",)),
        (questions.openings, ("QT-HT-04",)),
        (questions.entered, ("QT-HT-04",)),
        (questions.opened_with, ("QT-HT-04",)),
        (questions.heads_before, (["HS-2026-0001", "HS-2026-0003", "KPH-2026-0001"], at(10))),
        (questions.frozen, ("QT-TT-01", at(10))),
    ],
)
def test_every_question_has_the_same_answer_from_memory_and_from_sql(
    both: tuple[Agency, Agency], question: object, arguments: tuple
) -> None:
    memory, sql = (in_order(asked(office, question, *arguments)) for office in both)
    assert memory == sql
    assert memory


def in_order(answer: object) -> object:
    if isinstance(answer, Facts):
        return plain(answer)
    return sorted(answer, key=repr) if isinstance(answer, list) else answer


def test_facts_before_a_cut_off_do_not_know_what_came_after(both: tuple[Agency, Agency]) -> None:
    cut_off = at(10)
    known = asked(both[1], questions.facts_before, cut_off)
    assert isinstance(known, Facts)
    edge = int(cut_off.timestamp())
    told = [known.cases.opened_at, known.cases.ended_at]
    told += [known.items.opened_at, known.items.claimed_at, known.items.finished_at]
    assert max(int(column.max()) for column in told) < edge
    later = asked(both[1], questions.facts, NOW)
    assert isinstance(later, Facts)
    assert len(later.items) > len(known.items)


def test_what_happens_in_the_very_second_of_the_cut_off_is_left_out(tmp_path: Path) -> None:
    office = agency(declared(), path=tmp_path / "quytrinh.db")
    office.open(at(2, 8))
    office.open(at(2, 9))
    known = asked(office, questions.facts_before, at(2, 9))
    assert isinstance(known, Facts)
    assert everything(known).behind(slice(None)) == ("HS-2026-0001",)


def test_a_value_entered_after_the_cut_off_is_not_there_before_it(tmp_path: Path) -> None:
    office = agency(declared(), path=tmp_path / "quytrinh.db")
    office.open(at(2, 8))
    sweep(office.store, office, at(9))
    office.finish("KPH-2026-0001", 1, "giang", at(11), "Xác nhận", fields={"mức độ": "Nặng"}, reason="rõ")
    with office.store.reading() as reader:
        [before], [after] = (questions.frozen(reader, "QT-HT-04", when) for when in (at(10), at(12)))
    assert "mức độ" not in before.values
    assert after.values["mức độ"] == "Nặng"
    assert before.case.version < after.case.version


@pytest.mark.parametrize("day", [3, 10, 15])
def test_cases_that_have_moved_are_asked_for_few_by_few_as_one_by_one(
    both: tuple[Agency, Agency], day: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(questions, "_AT_ONCE", 3)
    with both[0].store.reading() as reader:
        every = reader.case_ids()
    for question, arguments in ((questions.heads_before, (every, at(day))), (questions.facts_before, (at(day),))):
        one, other = (in_order(asked(office, question, *arguments)) for office in both)
        assert one == other
