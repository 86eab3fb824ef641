import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pysqlite3 import dbapi2

from engine.commands import FinishWork, OpenCase
from engine.handle import Done
from procedures.load import load_file
from procedures.organisation import Organisation, OrgUnit
from procedures.shelf import release
from procedures.words import say
from quality.clauses import clauses
from quality.figure import Figure
from quality.periods import parse
from quality.review import ReviewPack, review_pack, to_json
from quality.section import Listing, Series, Topic
from quality.sweep import sweep
from tests.quality.agency import ISSUED, ROOT, ZONE, Agency, agency, at, declared
from tests.quality.living import lived

CUT_OFF = at(1, 0, month=5)
PERIOD = parse("2026-03", ZONE)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Agency]:
    found = agency(declared(more=TARGETS), path=tmp_path_factory.mktemp("store") / "quytrinh.db")
    lived(found)
    sweep(found.store, found, at(28, month=4))
    yield found
    found.store.close()  # type: ignore[attr-defined]


TARGETS = (
    "chỉ tiêu:\n  CT1: đúng hạn ít nhất 95% mỗi quý\n  CT2: thời gian trung vị không quá 8 ngày làm việc mỗi tháng\n"
)


@pytest.fixture(scope="module")
def pack(office: Agency) -> ReviewPack:
    return review_pack(office, PERIOD, CUT_OFF)


def figures(pack: ReviewPack, section: str) -> dict[str, Figure]:
    found = [figure for figure in pack.section(section).figures if dict(figure.scope).get("procedure") == "QT-TT-01"]
    return {figure.key: figure for figure in found}


def asked(office: Agency, sql: str) -> list[tuple]:
    """Ask the file itself, without any of our code; start and end are the period's."""
    connection = dbapi2.connect(office.store.where)  # type: ignore[attr-defined]
    try:
        found = connection.execute(sql, {"start": 1772298000, "end": 1774976400})
        return found.fetchall()
    finally:
        connection.close()


def test_the_period_of_the_queries_is_march_in_the_agency() -> None:
    assert (PERIOD.since, PERIOD.until) == (1772298000, 1774976400)


DONE = "procedure = 'QT-TT-01' and status = 'ended' and ended_at >= :start and ended_at < :end"


@pytest.mark.parametrize(
    ("key", "sql"),
    [
        ("case.opening", "opened_at < :start and (ended_at is null or ended_at >= :start)"),
        ("case.received", "opened_at >= :start and opened_at < :end"),
        ("case.finished", "ended_at >= :start and ended_at < :end"),
        ("case.open", "opened_at < :end and (ended_at is null or ended_at >= :end)"),
        ("case.completed", "status = 'ended' and ended_at >= :start and ended_at < :end"),
    ],
)
def test_a_count_of_cases_is_what_plain_sql_counts(office: Agency, pack: ReviewPack, key: str, sql: str) -> None:
    rows = asked(office, f"select id from case_file where procedure = 'QT-TT-01' and {sql}")
    figure = figures(pack, "c3")[key]
    assert figure.value == figure.count == len(rows) > 0
    assert set(figure.cases) == {id_ for (id_,) in rows}


@pytest.mark.parametrize(
    ("key", "part"),
    [
        ("case.on_time", "ended_at - ended_at % 60 <= due"),
        ("case.returned", "exists (select 1 from work_item where case_id = id and returned_to is not null)"),
        ("case.first_time_right", "not exists (select 1 from work_item where case_id = id and attempt > 1)"),
        ("case.supplement", "exists (select 1 from work_item where case_id = id and returned_to = 'lập phiếu')"),
    ],
)
def test_a_share_is_what_plain_sql_says(office: Agency, pack: ReviewPack, key: str, part: str) -> None:
    [(whole, among)] = asked(office, f"select count(*), sum({part}) from case_file where {DONE}")
    figure = figures(pack, "c3")[key]
    assert figure.value == pytest.approx(among / whole)
    assert 0 < among < whole
    assert (figure.count, len(figure.part)) == (whole, among)


def test_times_by_the_clock_are_what_plain_sql_says(office: Agency, pack: ReviewPack) -> None:
    rows = asked(office, f"select ended_at - opened_at from case_file where {DONE} order by 1")
    times = [seconds / 60 for (seconds,) in rows]
    found = figures(pack, "c3")
    assert found["case.cycle.calendar.mean"].value == pytest.approx(sum(times) / len(times))
    for percent in (50, 85, 95):
        skip = f"(select (count(*) * {percent} + 99) / 100 - 1 from case_file where {DONE})"
        one = f"select ended_at - opened_at from case_file where {DONE} order by 1 limit 1 offset {skip}"
        [(rank,)] = asked(office, one)
        assert found[f"case.cycle.calendar.p{percent}"].value == pytest.approx(rank / 60)


def test_working_times_are_what_the_calendar_measures_case_by_case(office: Agency, pack: ReviewPack) -> None:
    rows = asked(office, f"select opened_at, ended_at from case_file where {DONE}")
    spans = [(datetime.fromtimestamp(start, ZONE), datetime.fromtimestamp(end, ZONE)) for start, end in rows]
    times = sorted(office.calendar.working_seconds(start, end) / 60 for start, end in spans)
    found = figures(pack, "c3")
    assert found["case.cycle.working.p50"].value == pytest.approx(times[-(-len(times) // 2) - 1])
    assert found["case.cycle.working.mean"].value == pytest.approx(sum(times) / len(times))


def test_breaches_are_what_plain_sql_counts(office: Agency, pack: ReviewPack) -> None:
    for kind in ("late_case", "late_step"):
        [(count, cases)] = asked(office, f"select count(*), count(distinct case_id) from breach where kind = '{kind}' "
                                         "and due >= :start and due < :end")  # fmt: skip
        figure = figures(pack, "c3")[f"breach.{kind}"]
        assert (figure.value, figure.count) == (count, cases)
        assert count > 0


def test_the_backlog_adds_up(pack: ReviewPack) -> None:
    found = figures(pack, "c3")
    opening, received, finished, still = (
        found[key].value for key in ("case.opening", "case.received", "case.finished", "case.open")
    )
    assert opening + received == finished + still  # type: ignore[operator]


def test_every_input_of_the_standard_is_there_in_order(pack: ReviewPack) -> None:
    assert [section.clause.id for section in pack.sections] == [
        "a",
        "b",
        *(f"c{n}" for n in range(1, 8)),
        "d",
        "e",
        "f",
    ]
    assert [clause.clause for clause in pack.outputs] == ["9.3.3 a)", "9.3.3 b)", "9.3.3 c)"]
    assert clauses("input", "an edition that nobody knows") == ()


def test_every_figure_has_exactly_the_cases_it_counts(pack: ReviewPack) -> None:
    known = {case for case, _, _ in pack.evidence}
    every = [figure for section in pack.sections for figure in section.figures]
    assert every
    for figure in every:
        assert len(set(figure.cases)) == figure.count
        assert set(figure.part) <= set(figure.cases) <= known


def test_what_cannot_be_measured_is_asked_with_a_date(pack: ReviewPack, office: Agency) -> None:
    providers = pack.section("c7")
    assert providers.parts == ()
    assert providers.asked.role == "Kế toán"
    assert providers.asked.by == office.calendar.next_working_day(CUT_OFF.date(), 5)
    assert all(section.asked.clause.ask("vi") for section in pack.sections)


def test_a_target_is_held_against_its_bound(pack: ReviewPack) -> None:
    [listing] = [part for part in pack.section("c2").parts if isinstance(part, Listing)]
    said = {row[1]: str(row[-1]) for row in listing.rows if row[0] == "QT-TT-01@1"}
    assert said == {
        "đúng hạn ít nhất 95% mỗi quý": "not met",
        "thời gian trung vị không quá 8 ngày làm việc mỗi tháng": "met",
    }


def test_nonconformities_are_listed_with_where_they_stand(pack: ReviewPack, office: Agency) -> None:
    [opened] = asked(office, "select count(*) from case_file where procedure = 'QT-HT-04'")
    april = review_pack(office, parse("2026-04", ZONE), CUT_OFF)
    listing, causes, effects = [part for part in april.section("c4").parts if isinstance(part, Listing)]
    assert causes.rows == ()  # nobody has found one yet
    assert effects.rows == ()
    assert len(listing.rows) == opened[0] > 3
    assert {row[3] for row in listing.rows} == {"ghi nhận"}
    assert not next(part for part in pack.section("c4").parts if isinstance(part, Listing)).rows


def test_a_trend_goes_month_by_month_and_says_when_it_is_too_short(pack: ReviewPack) -> None:
    series = [part for part in pack.section("c5").parts if isinstance(part, Series)]
    assert [key for key, _ in series[0].points] == ["2026-02", "2026-03"]
    assert series[0].chart is not None
    assert series[0].chart.notice is not None


def test_rebuilding_after_more_has_happened_gives_the_same_bytes(tmp_path: Path) -> None:
    office = agency(declared(more=TARGETS), path=tmp_path / "quytrinh.db")
    cases = lived(office, cases=15)
    sweep(office.store, office, at(20, month=3))
    cut_off = at(25, 12, month=3)
    once = to_json(review_pack(office, PERIOD, cut_off))
    with office.store.reading() as reader:
        live = [(case.id, item) for case in reader.cases(procedure="QT-TT-01") for item in case.live_items]
    assert live
    for case, item in live:
        actor = {"kiểm tra": "binh", "duyệt": "chi"}.get(item.step)
        if actor:
            outcome = "Đủ" if item.step == "kiểm tra" else "Đồng ý"
            office.finish(case, item.number, actor, cut_off + timedelta(hours=1), outcome)
    office.open(cut_off)
    office.shelf.publish(
        release(declared(issue=2), approved_by="Giám đốc", issued_at=cut_off, effective_from=cut_off.date())
    )
    sweep(office.store, office, at(28, month=4))
    assert to_json(review_pack(office, PERIOD, cut_off)) == once
    assert json.loads(once)["evidence"]
    assert cases


def test_a_pack_of_a_memory_store_is_the_same_as_that_of_an_sql_store(tmp_path: Path) -> None:
    packs = []
    for path in (None, tmp_path / "quytrinh.db"):
        office = agency(declared(more=TARGETS), path=path)
        lived(office, cases=12)
        sweep(office.store, office, at(20, month=3))
        packs.append(to_json(review_pack(office, PERIOD, at(10, month=3))))
    assert packs[0] == packs[1]


def test_values_entered_after_the_cut_off_do_not_come_in(tmp_path: Path) -> None:
    office = agency(declared(), path=tmp_path / "quytrinh.db")
    office.open(at(2))
    sweep(office.store, office, at(9))
    cut_off = at(10)
    told = FinishWork(
        id="x", actor="giang", case="KPH-2026-0001", item=1, outcome="Xác nhận", fields={"mức độ": "Nặng"}, reason="rõ"
    )
    before = review_pack(office, PERIOD, cut_off)
    assert isinstance(office.give(told, at(11)), Done)
    after = review_pack(office, PERIOD, at(12))
    assert review_pack(office, PERIOD, cut_off).digest == before.digest
    assert after.digest != before.digest


def test_what_the_system_owes_stands_in_the_pack_as_it_was_at_the_cut_off(tmp_path: Path) -> None:
    office = agency(declared(), path=tmp_path / "quytrinh.db")
    names = ("QT-HT-02", "QT-HT-30", "QT-HT-32", "QT-HT-33", "QT-HT-34")
    found = [load_file(ROOT / "procedures.d" / f"{name}.yaml", ROOT).procedure for name in names]
    now = [one.model_copy(update={"effective_from": ISSUED.date()}) for one in found if one is not None]
    office.shelf.publish(*(release(one, approved_by="Giám đốc", issued_at=ISSUED) for one in now))
    change = {"văn bản": "Nghị định 1", "loại thay đổi": "Thay thế", "ngày hiệu lực": "01/03/2026"}
    change |= {"quy trình bị ảnh hưởng": "QT-TT-01", "hạn cập nhật": "01/06/2026"}
    law = OpenCase(id="law", actor="ha", procedure="QT-HT-33", title="Nghị định 1", fields=change)
    assert isinstance(office.give(law, at(2)), Done)
    cut_off, period = at(1, month=8), parse("2026", ZONE)
    pack = review_pack(office, period, cut_off)
    told = {
        name: [str(row[0]) for part in pack.section(name).parts if isinstance(part, Listing) and part.header == HEADS
               for row in part.rows]
        for name in ("b", "c3", "c6")
    }  # fmt: skip
    assert told["b"] == ["QT-TT-01 were to follow Nghị định 1 by 01/06/2026"]
    assert told["c3"] == ["Sở A has not declared its quality management system"]
    assert "Văn phòng has not been audited in 2026" in told["c6"]
    office.organisation = Organisation(units=(OrgUnit("Sở A"), OrgUnit("Phòng Mới", parent="Sở A")), people=())
    assert to_json(review_pack(office, period, cut_off, pack.named)) == to_json(pack)
    assert to_json(review_pack(office, period, cut_off)) != to_json(pack)


HEADS = (say("what is owed"), say("case"))


def test_an_agency_without_any_case_still_has_a_pack() -> None:
    empty = review_pack(agency(declared()), parse("2026", ZONE), CUT_OFF)
    assert empty.evidence == ()
    assert [part.rows for part in empty.section("a").parts if isinstance(part, Listing)] == [(), (), ()]
    assert ISSUED.year == 2025


def test_steps_where_work_waits_longest_come_first(pack: ReviewPack) -> None:
    waiting = next(part for part in pack.section("f").parts if isinstance(part, Topic))
    values = [figure.value for figure in waiting.figures]
    assert values == sorted(values, reverse=True)  # type: ignore[type-var]
    assert len(values) > 1
