"""One procedure holds every kind of step: proven, drawn, played to its end, and named by the table of patterns."""

import re
from pathlib import Path

import pytest

from engine.calls import follow
from engine.case import Case, Item
from engine.commands import MACHINE, AnswerErrand, FinishWork, OpenCase
from engine.handle import Done
from engine.timers import fire
from procedures.calendar import load_calendar
from procedures.check import check
from procedures.finding import errors
from procedures.joins import JoinKind
from procedures.load import load_file
from procedures.model import BackTo, End, FieldSpec, FieldType, Go, Procedure
from procedures.organisation import Organisation, load_organisation
from tests.engine.house import ISSUED, Office, at
from tests.procedures.building import end, procedure, role, work
from visualize.render import svg_whole

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
ROW = re.compile(r"^\| (\d+) \| ([^|]+) \| (yes|no) \| ([^|]+) \| ([^|]*) \|$", re.MULTILINE)
VALUES = {
    "kinh phí": "120 triệu",
    "nơi góp ý": "Văn phòng; Phòng Nghiệp vụ; Phòng Công nghệ thông tin",
    "ngày họp": "20/03/2026",
}


def specimen() -> Procedure:
    loaded = load_file(REFERENCE / "patterns.yaml", ROOT)
    assert loaded.procedure is not None, loaded.findings
    return loaded.procedure


def organisation() -> Organisation:
    found, findings = load_organisation(ROOT / "organisation.d")
    assert findings == []
    return found


def test_the_specimen_is_sound_staffed_and_in_time() -> None:
    loaded = load_file(REFERENCE / "patterns.yaml", ROOT)
    calendar, _ = load_calendar(ROOT / "calendar.d")
    assert loaded.findings == ()
    assert errors(check(specimen(), loaded.places, organisation(), calendar)) == []


def test_the_specimen_holds_every_kind_of_step_and_way() -> None:
    steps = specimen().steps
    targets = [branch.target for step in steps for outcome in step.outcomes for branch in outcome.branches]
    assert {step.kind for step in steps} == {"work", "automatic", "delay", "call", "route"}
    assert {step.join.kind for step in steps if step.join} == set(JoinKind)
    assert {type(target) for target in targets} == {Go, BackTo, End}
    assert any(isinstance(target, Go) and target.race for target in targets)
    assert {step.several.each for step in steps if step.several} == {"person", "unit"}
    assert [step.key for step in steps if step.several and step.several.vote] == ["hội đồng họp"]
    assert len([step for step in steps if step.timeout]) == 2
    assert [step.key for step in steps if step.delay_until] == ["chờ ngày họp"]
    assert any(step.handover for step in steps)


def test_its_picture_is_drawn_from_it() -> None:
    kept = (ROOT / "docs" / "images" / "QT-MAU-01.svg").read_bytes()
    assert svg_whole(specimen()) + b"\n" == kept, "draw it again as docs/reference/patterns.md says"


def council() -> list[str]:
    """Everybody whom the specimen appoints to its council."""
    posts = {"Chánh Văn phòng", "Kế toán", "Văn thư"}
    people = organisation().people
    return [p.id for p in people if any(q.position in posts and q.unit == "Văn phòng" for q in p.posts)]


def opened() -> tuple[Office, str]:
    called = procedure(
        work("xem", end("đồng ý"), collect=("kết luận", "kinh phí dự kiến")),
        code="QT-MAU-02",
        owner_unit="Phòng Kế hoạch - Tài chính",
        roles=(role("cán bộ", "Chuyên viên", unit="Phòng Kế hoạch - Tài chính"),),
        fields=(
            FieldSpec(name="kết luận", type=FieldType.LONG_TEXT),
            FieldSpec(name="kinh phí dự kiến", type=FieldType.MONEY),
        ),
    )
    office = Office.with_(specimen().model_copy(update={"effective_from": ISSUED.date()}), called)
    office.organisation = organisation()
    for person in office.organisation.people:
        asked = OpenCase(
            id=f"mở/{person.id}", actor=person.id, procedure="QT-MAU-01", title="Quy chế", unit="Văn phòng"
        )
        done = office.give(asked, at(2, 8))
        if isinstance(done, Done):
            return office, done.case
    raise AssertionError("nobody may open it")


def fields(case: Case, item: Item) -> dict[str, str]:
    if item.step == "lập dự thảo":
        return {**VALUES, "thành viên họp": ";".join(council())}
    return {"kết luận": "Đủ nguồn"} if item.step == "xem" else {}


def finish(office: Office, case: str, item: Item, wanted: tuple[str, ...], day: int) -> None:
    """Let the first who may do an item finish it."""
    if item.waits_for == "errand":
        asked = AnswerErrand(id=office.id(), actor=MACHINE, case=case, item=item.number)
        assert isinstance(office.give(asked, at(day, 9)), Done)
        return
    standing, given = office.case(case), {"fields": fields(office.case(case), item), "salt": "s", "reason": "vì vậy"}
    labels = [one.label for one in office.shelf.release(standing.procedure, 1).procedure.step(item.step).choices]
    chosen = next((label for label in labels if label in wanted), labels[0])
    for person in office.organisation.people:
        work_ = FinishWork(id=office.id(), actor=person.id, case=case, item=item.number, outcome=chosen, **given)
        if isinstance(office.give(work_, at(day, 9)), Done):
            return
    raise AssertionError(f"nobody may do {item.step}")


def played(office: Office, case: str, *wanted: str) -> list[str]:
    """Do whatever can be done, day by day, until the case has ended; return the steps in the order they opened."""
    for day in range(2, 31):
        fire(office.store, office, at(day, 8))
        follow(office.store, office, at(day, 8), {})
        for child in [one for one in cases(office) if one != case]:
            for item in office.case(child).live_items:
                finish(office, child, item, (), day)
        for item in office.case(case).live_items:
            still = office.case(case).item(item.number)
            if still is not None and still.live and item.waits_for in {"work", "errand"}:
                finish(office, case, item, wanted, day)
        if office.case(case).over:
            break
    return list(dict.fromkeys(item.step for item in office.case(case).items))


def cases(office: Office) -> list[str]:
    with office.store.reading() as reader:
        return reader.case_ids()


def test_the_specimen_plays_to_its_end_through_every_kind_of_step() -> None:
    office, case = opened()
    seen = played(office, case)
    ended = office.case(case)
    assert ended.result == "hoàn thành"
    routes = {"chọn cấp ký", "công bố"}
    assert {step.key for step in specimen().steps} - set(seen) - routes == {"quyết định"}
    with office.store.reading() as reader:
        held = reader.held(case)
    assert held is not None
    assert held.values["ý kiến thẩm định"] == "Đủ nguồn"
    assert {part.of for part in ended.round("hội đồng họp")} == {len(council())}
    kinds = {record.event.kind for record in office.log(case)}
    assert {"AnswerGiven", "StepPassed", "WorkCancelled", "WorkFinished"} <= kinds


def test_a_council_that_does_not_agree_ends_it() -> None:
    office, case = opened()
    seen = played(office, case, "Không thông qua", "Dừng")
    assert "quyết định" in seen
    assert office.case(case).result == "không ban hành"


def rows() -> list[tuple[str, ...]]:
    return ROW.findall((REFERENCE / "patterns.md").read_text("utf-8"))


def test_the_table_names_all_patterns_each_once() -> None:
    assert [int(number) for number, *_ in rows()] == list(range(1, 44))


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"WCP-{row[0]}")
def test_a_supported_pattern_has_a_test_and_a_step_and_another_a_reason(row: tuple[str, ...]) -> None:
    _, name, supported, how, proof = row
    if supported == "no":
        assert len(how) > 20, f"{name}: why not?"
        return
    path, test = proof.strip(" `").split("::")
    assert f"def {test}(" in (ROOT / path).read_text("utf-8"), f"{name}: there is no {proof}"
    numbers = [int(number) for number in re.findall(r"step (\d+)", how)]
    assert all(1 <= number <= len(specimen().steps) for number in numbers)
