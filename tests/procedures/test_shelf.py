import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from procedures.admission import objection
from procedures.appraisal import Appraisal, parse_appraisal
from procedures.canonical import content_hash, text_hash
from procedures.model import Acceptance, Kind, Procedure
from procedures.organisation import Organisation, Person
from procedures.shelf import (
    Abolished,
    AlteredRelease,
    Ending,
    FolderShelf,
    MemoryShelf,
    NotOnShelf,
    Release,
    Shelf,
    ShelfRefusal,
    release,
)
from procedures.values import ValueSaid
from tests.procedures.building import purchase

ISSUED = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)


def procedure(issue: int = 1, code: str = "QT-VP-05", name: str = "Mua sắm") -> Procedure:
    return purchase().model_copy(update={"code": code, "issue": issue, "name": name, "effective_from": None})


def issued(issue: int = 1, day: date = date(2027, 1, 1), **changes: str) -> Release:
    return release(procedure(issue, **changes), approved_by="Giám đốc", issued_at=ISSUED, effective_from=day)


@pytest.fixture(params=["memory", "folder"])
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Shelf:
    return MemoryShelf() if request.param == "memory" else FolderShelf(tmp_path / "releases")


def test_a_release_is_taken_from_the_shelf_as_it_was_put_there(shelf: Shelf) -> None:
    accepted = (Acceptance(code="QT401", reason="bảng đã công bố ghi như vậy"),)
    one = release(procedure(), approved_by="Giám đốc", issued_at=ISSUED, accepted=accepted)
    shelf.publish(one)
    again = shelf.release("QT-VP-05", 1)
    assert again == one
    assert again.accepted == accepted
    assert again.hash == content_hash(again.procedure)


def test_a_release_has_its_net(shelf: Shelf) -> None:
    shelf.publish(issued())
    one = shelf.release("QT-VP-05", 1)
    assert one.net.start == (("ready:lập phiếu", 1),)
    assert one.net is one.net


def test_the_issue_in_force_is_the_last_that_has_taken_effect(shelf: Shelf) -> None:
    shelf.publish(issued(1, date(2027, 1, 1)), issued(2, date(2027, 3, 1)))
    assert shelf.current("QT-VP-05", date(2027, 2, 28)).issue == 1
    assert shelf.current("QT-VP-05", date(2027, 3, 1)).issue == 2


def test_before_the_first_day_nothing_is_in_force(shelf: Shelf) -> None:
    shelf.publish(issued(1, date(2027, 1, 1)))
    with pytest.raises(NotOnShelf, match="QT-VP-05 has no issue in force on 31/12/2026"):
        shelf.current("QT-VP-05", date(2026, 12, 31))


def test_what_was_never_issued_is_not_there(shelf: Shelf) -> None:
    with pytest.raises(NotOnShelf, match="QT-VP-05@7 has not been issued"):
        shelf.release("QT-VP-05", 7)
    assert shelf.all() == ()


@pytest.mark.parametrize("code", ["0" * 300, "../QT-VP-05", "a\0b", "\ud800", "", ".", "đ" * 200])
def test_whatever_is_asked_for_is_no_path(shelf: Shelf, code: str) -> None:
    shelf.publish(issued())
    with pytest.raises(NotOnShelf):
        shelf.current(code, date(2027, 2, 1))
    with pytest.raises(NotOnShelf):
        shelf.release(code, 1)
    with pytest.raises(NotOnShelf):
        shelf.release("QT-VP-05", 10**400)


def test_the_same_release_twice_changes_nothing(shelf: Shelf) -> None:
    shelf.publish(issued())
    shelf.publish(issued())
    assert len(shelf.all()) == 1


def test_an_issue_is_never_replaced(shelf: Shelf) -> None:
    shelf.publish(issued(name="Mua sắm"))
    with pytest.raises(ShelfRefusal, match="issued already with other content"):
        shelf.publish(issued(name="Mua sắm khác"))
    assert shelf.release("QT-VP-05", 1).procedure.name == "Mua sắm"


def test_an_issue_cannot_take_effect_before_the_one_before_it(shelf: Shelf) -> None:
    shelf.publish(issued(1, date(2027, 3, 1)))
    with pytest.raises(ShelfRefusal, match="cannot take effect before QT-VP-05@1, which does so on 01/03/2027"):
        shelf.publish(issued(2, date(2027, 2, 1)))


def test_an_issue_cannot_take_effect_before_it_is_issued(shelf: Shelf) -> None:
    with pytest.raises(ShelfRefusal, match="cannot take effect on 30/11/2026"):
        shelf.publish(issued(1, date(2026, 11, 30)))


def test_an_older_issue_comes_too_late(shelf: Shelf) -> None:
    shelf.publish(issued(2))
    with pytest.raises(ShelfRefusal, match="comes too late"):
        shelf.publish(issued(1))


def test_several_are_published_together_or_not_at_all(shelf: Shelf) -> None:
    shelf.publish(issued(1, code="QT-2"))
    with pytest.raises(ShelfRefusal):
        shelf.publish(issued(1, code="QT-1"), issued(1, code="QT-2", name="khác"), issued(1, code="QT-3"))
    assert [one.name for one in shelf.all()] == ["QT-2@1"]


def test_releases_are_listed_by_code_and_issue(shelf: Shelf) -> None:
    shelf.publish(issued(10, code="QT-2"), issued(1, code="QT-1"))
    shelf.publish(issued(11, code="QT-2"), issued(2, code="QT-1"))
    assert [one.name for one in shelf.all()] == ["QT-1@1", "QT-1@2", "QT-2@10", "QT-2@11"]


def test_a_record_that_does_not_match_its_content_is_refused(shelf: Shelf) -> None:
    with pytest.raises(ShelfRefusal, match="does not match its content"):
        shelf.publish(replace(issued(), hash="sha256:0"))


def test_a_release_takes_effect_on_its_own_date_else_on_the_day_of_issue_in_the_agency() -> None:
    late = datetime(2026, 12, 31, 20, 0, tzinfo=UTC)
    assert release(procedure(), approved_by="A", issued_at=late).effective_from == date(2027, 1, 1)
    dated = procedure().model_copy(update={"effective_from": date(2027, 5, 1)})
    assert release(dated, approved_by="A", issued_at=late).effective_from == date(2027, 5, 1)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ShelfRefusal, match="has no time zone"):
        release(procedure(), approved_by="A", issued_at=datetime(2026, 12, 1))  # noqa: DTZ001


def test_another_process_sees_what_was_published(tmp_path: Path) -> None:
    FolderShelf(tmp_path).publish(issued())
    assert FolderShelf(tmp_path).release("QT-VP-05", 1) == issued()
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix) == ["QT-VP-05@1.json"]


@pytest.mark.parametrize(
    "change",
    [
        lambda body: body["procedure"].update(name="Tên khác"),
        lambda body: body["release"].update(approved_by="Người khác"),
        lambda body: body["release"].update(effective_from="2026-12-02"),
        lambda body: body.update(seal="sha256:0"),
        lambda body: body.pop("seal"),
        lambda body: body["procedure"].update(lạ="x"),
    ],
)
def test_an_altered_release_is_named(tmp_path: Path, change: Callable[[dict[str, object]], object]) -> None:
    shelf = FolderShelf(tmp_path)
    shelf.publish(issued(), issued(code="QT-9"))
    path = tmp_path / "QT-VP-05@1.json"
    body = json.loads(path.read_text("utf-8"))
    change(body)
    path.write_text(json.dumps(body, ensure_ascii=False), "utf-8")
    with pytest.raises(AlteredRelease, match="QT-VP-05@1"):
        shelf.release("QT-VP-05", 1)
    assert [fault.words.values["name"] for fault in shelf.altered()] == ["QT-VP-05@1"]
    assert shelf.current("QT-9", date(2027, 1, 1)).code == "QT-9"


def test_a_forger_who_seals_again_is_found_by_the_hash_of_the_content(tmp_path: Path) -> None:
    shelf = FolderShelf(tmp_path)
    shelf.publish(issued())
    path = tmp_path / "QT-VP-05@1.json"
    body = json.loads(path.read_text("utf-8"))
    body["procedure"]["name"] = "Tên khác"
    body.pop("seal")
    sealed = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    body["seal"] = text_hash(sealed)
    path.write_text(json.dumps(body, ensure_ascii=False), "utf-8")
    with pytest.raises(AlteredRelease, match="was altered after it was issued"):
        shelf.release("QT-VP-05", 1)


def test_a_release_under_another_name_is_altered(tmp_path: Path) -> None:
    shelf = FolderShelf(tmp_path)
    shelf.publish(issued())
    (tmp_path / "QT-VP-05@1.json").rename(tmp_path / "QT-VP-05@2.json")
    with pytest.raises(AlteredRelease):
        shelf.release("QT-VP-05", 2)


def test_a_publication_cut_off_before_it_stands_leaves_nothing(tmp_path: Path) -> None:
    shelf = FolderShelf(tmp_path / "a")
    shelf.publish(issued(), issued(code="QT-9"))
    for path in list((tmp_path / "a").glob("*.json")):
        path.rename(path.with_name(f"{path.name}.new"))
    assert FolderShelf(tmp_path / "a").all() == ()
    shelf.publish(issued(name="Bản khác"))
    assert [one.procedure.name for one in FolderShelf(tmp_path / "a").all()] == ["Bản khác"]


def test_a_publication_cut_off_after_it_stands_is_finished_by_the_next(tmp_path: Path) -> None:
    FolderShelf(tmp_path).publish(issued(), issued(code="QT-9"))
    first = tmp_path / "QT-9@1.json"
    first.rename(tmp_path / "QT-9@1.json.new")
    (tmp_path / ".publishing.json").write_text(json.dumps(["QT-9@1.json", "QT-VP-05@1.json"]), "utf-8")
    assert [one.name for one in FolderShelf(tmp_path).all()] == ["QT-9@1", "QT-VP-05@1"]
    assert not (tmp_path / ".publishing.json").exists()


def test_a_publication_cut_off_after_it_stands_counts_for_the_one_that_follows(tmp_path: Path) -> None:
    FolderShelf(tmp_path).publish(issued())
    (tmp_path / "QT-VP-05@1.json").rename(tmp_path / "QT-VP-05@1.json.new")
    (tmp_path / ".publishing.json").write_text('["QT-VP-05@1.json"]', "utf-8")
    with pytest.raises(ShelfRefusal, match="issued already with other content"):
        FolderShelf(tmp_path).publish(issued(name="Bản khác"))


def test_a_file_changed_behind_the_shelf_is_read_again(tmp_path: Path) -> None:
    shelf = FolderShelf(tmp_path)
    shelf.publish(issued())
    assert shelf.release("QT-VP-05", 1) is shelf.release("QT-VP-05", 1)
    (tmp_path / "QT-VP-05@1.json").write_text("{}", "utf-8")
    with pytest.raises(AlteredRelease):
        shelf.release("QT-VP-05", 1)


def test_the_refusal_is_said_in_vietnamese() -> None:
    with pytest.raises(ShelfRefusal) as refusal:
        MemoryShelf().publish(issued(day=(ISSUED - timedelta(days=9)).date()))
    assert refusal.value.words.into("vi").startswith("QT-VP-05@1 không thể có hiệu lực ngày 22/11/2026")


def ending(code: str = "QT-VP-05", since: date = date(2027, 6, 1), **changes: str) -> Ending:
    told = {"reason": "sáp nhập đơn vị", "approved_by": "Giám đốc", **changes}
    return Ending(code, since, decided_at=ISSUED, **told)


def made_by(
    drafter: str, approver: str, kind: Kind = Kind.INTERNAL_WORK, appraisal: Appraisal | None = None
) -> Release:
    one = procedure().model_copy(update={"kind": kind})
    return release(one, drafted_by=drafter, approved_by=approver, issued_at=ISSUED, appraisal=appraisal)


APPRAISED = Appraisal(number="12/TĐ-VP", day=date(2026, 11, 30), unit="Văn phòng")


def test_who_drafted_what_it_was_appraised_by_and_what_it_replaces_are_kept(shelf: Shelf) -> None:
    shelf.publish(issued(code="QT-CU"))
    one = made_by("Lê Thị Soạn", "Giám đốc", Kind.SERVICE, APPRAISED)
    shelf.publish(replace(one, replaces="QT-CU"))
    kept = shelf.release("QT-VP-05", 1)
    assert (kept.drafted_by, kept.appraisal, kept.replaces) == ("Lê Thị Soạn", APPRAISED, "QT-CU")


def test_a_release_of_before_the_drafter_was_asked_for_is_still_read(tmp_path: Path) -> None:
    FolderShelf(tmp_path).publish(issued())
    path = tmp_path / "QT-VP-05@1.json"
    body = json.loads(path.read_text("utf-8"))
    for name in ("drafted_by", "appraisal", "replaces"):
        del body["release"][name]
    body["format_version"] = "1.0"
    del body["seal"]
    body["seal"] = text_hash(json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")))
    path.write_text(json.dumps(body, ensure_ascii=False), "utf-8")
    assert FolderShelf(tmp_path).release("QT-VP-05", 1) == issued()


def test_after_its_end_a_procedure_applies_no_more_but_its_issues_stay(shelf: Shelf) -> None:
    shelf.publish(issued())
    shelf.publish(endings=[ending()])
    assert shelf.current("QT-VP-05", date(2027, 5, 31)).issue == 1
    with pytest.raises(Abolished, match="QT-VP-05 was abolished from 01/06/2027: sáp nhập đơn vị"):
        shelf.current("QT-VP-05", date(2027, 6, 1))
    assert shelf.release("QT-VP-05", 1) == issued()
    assert shelf.endings() == (ending(),)


def test_nothing_is_issued_after_an_end(shelf: Shelf) -> None:
    shelf.publish(issued())
    shelf.publish(endings=[ending()])
    with pytest.raises(Abolished):
        shelf.publish(issued(2), issued(code="QT-9"))
    assert [one.name for one in shelf.all()] == ["QT-VP-05@1"]


def test_a_procedure_ends_once(shelf: Shelf) -> None:
    shelf.publish(issued())
    shelf.publish(endings=[ending()])
    shelf.publish(endings=[ending()])
    with pytest.raises(Abolished):
        shelf.publish(endings=[ending(reason="lý do khác")])
    assert shelf.endings() == (ending(),)


@pytest.mark.parametrize(
    ("one", "sentence"),
    [
        (ending(code="QT-0"), "was never issued"),
        (ending(reason=" "), "say why QT-VP-05 is abolished"),
        (ending(since=date(2026, 11, 1)), "cannot end on 01/11/2026"),
        (replace(ending(), replaced_by="QT-VP-05"), "cannot replace itself"),
    ],
)
def test_an_end_that_makes_no_sense_is_refused_with_all_that_came_with_it(
    shelf: Shelf, one: Ending, sentence: str
) -> None:
    shelf.publish(issued())
    with pytest.raises(ShelfRefusal, match=sentence):
        shelf.publish(issued(code="QT-9"), endings=[one])
    assert ([one.name for one in shelf.all()], shelf.endings()) == (["QT-VP-05@1"], ())


def test_what_is_replaced_ends_in_the_same_publication(shelf: Shelf) -> None:
    shelf.publish(issued(code="QT-CU"))
    new = replace(issued(code="QT-MOI", day=date(2027, 3, 1)), replaces="QT-CU")
    shelf.publish(new)
    shelf.publish(new)
    (over,) = shelf.endings()
    assert (over.code, over.since, over.replaced_by) == ("QT-CU", date(2027, 3, 1), "QT-MOI")
    with pytest.raises(ShelfRefusal, match="QT-0 was never issued"):
        shelf.publish(replace(issued(code="QT-KHAC"), replaces="QT-0"))
    assert "QT-KHAC" not in {one.code for one in shelf.all()}


def test_a_publication_with_an_end_cut_off_after_it_stands_is_finished(tmp_path: Path) -> None:
    FolderShelf(tmp_path).publish(issued())
    FolderShelf(tmp_path).publish(endings=[ending()])
    (tmp_path / "QT-VP-05.end.json").rename(tmp_path / "QT-VP-05.end.json.new")
    (tmp_path / ".publishing.json").write_text('["QT-VP-05.end.json"]', "utf-8")
    with pytest.raises(Abolished):
        FolderShelf(tmp_path).current("QT-VP-05", date(2027, 6, 1))


def test_an_altered_end_is_named(tmp_path: Path) -> None:
    shelf = FolderShelf(tmp_path)
    shelf.publish(issued())
    shelf.publish(endings=[ending()])
    path = tmp_path / "QT-VP-05.end.json"
    path.write_text(path.read_text("utf-8").replace("2027-06-01", "2029-06-01"), "utf-8")
    with pytest.raises(AlteredRelease, match="the end of QT-VP-05 was altered"):
        shelf.current("QT-VP-05", date(2028, 1, 1))
    assert len(shelf.altered()) == 1


@pytest.mark.parametrize(
    ("one", "sentence"),
    [
        (made_by("", "Giám đốc"), "who drafted QT-VP-05@1?"),
        (made_by("giam doc", "Giám đốc"), "drafted QT-VP-05@1 and cannot approve it too"),
        (made_by("an", "An"), "cannot approve it too"),
        (made_by("an", "Nguyễn Văn An"), "cannot approve it too"),
        (made_by("an", "Giám đốc"), None),
        (made_by("an", "Giám đốc", Kind.SERVICE), "needs the record of its appraisal"),
        (made_by("an", "Giám đốc", Kind.INTERNAL_SERVICE), "needs the record of its appraisal"),
        (made_by("an", "Giám đốc", Kind.SERVICE, APPRAISED), None),
        (
            made_by("an", "Giám đốc", appraisal=APPRAISED.model_copy(update={"day": date(2026, 12, 2)})),
            "after the day of issue",
        ),
    ],
)
def test_how_a_release_was_made_is_judged(one: Release, sentence: str | None) -> None:
    people = Organisation(units=(), people=(Person("an", "Nguyễn Văn An", ()),))
    words = objection(one, people)
    assert (words is None) == (sentence is None), words
    assert sentence is None or sentence in str(words)


@pytest.mark.parametrize("text", ["12/TĐ-VP", "12, mai, Văn phòng", ", 01/01/2026, x", "12, 01/01/2026, "])
def test_an_appraisal_is_number_day_and_unit(text: str) -> None:
    with pytest.raises(ValueSaid):
        parse_appraisal(text)
    assert parse_appraisal("12/TĐ-VP, 30/11/2026, Văn phòng") == APPRAISED
