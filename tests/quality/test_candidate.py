from engine.events import BreachRecorded
from quality.candidate import accepted
from quality.fields import FROM_AUDITS, FROM_CASES, SOURCE, Evidence
from quality.policy import HANDLING
from quality.sweep import sweep
from tests.quality.agency import agency, at, declared, handling

FULL = Evidence(
    FROM_CASES, "mô tả", "QT-TT-01", "1", "HS-2026-0001", "trễ bước", "duyệt", "HS-2026-0001#1", "hạn", "sha"
)


def test_the_first_step_of_the_shipped_procedure_takes_every_piece_of_evidence() -> None:
    assert accepted(handling(), FULL) == FULL.fields()
    assert len(FULL.fields()) == len(Evidence.__dataclass_fields__)


def test_the_sources_we_name_are_choices_of_the_shipped_procedure() -> None:
    spec = handling().field(SOURCE)
    assert spec is not None
    assert {FROM_CASES, *FROM_AUDITS} <= set(spec.choices)


def test_what_the_first_step_does_not_collect_is_left_out_and_refuses_nothing() -> None:
    poorer = handling()
    first = poorer.steps[0].model_copy(update={"collect": (SOURCE,)})
    poorer = poorer.model_copy(update={"steps": (first, *poorer.steps[1:])})
    assert accepted(poorer, FULL) == {SOURCE: FROM_CASES}
    assert SOURCE not in accepted(handling(), Evidence("một nguồn lạ", "mô tả"))


def test_the_evidence_names_the_events_that_began_the_time_and_recorded_the_breach() -> None:
    office = agency(declared("trễ bước"))
    case = office.open(at(2, 8))
    office.finish(case, 1, "an", at(2, 9))
    sweep(office.store, office, at(4))
    with office.store.reading() as reader:
        log = reader.log(case)
        [candidate] = reader.cases(procedure=HANDLING)
        values = reader.held(candidate.id).values  # type: ignore[union-attr]
    named = [int(event.split("#")[1]) for event in values["bằng chứng"].split(", ")]
    assert [log[seq - 1].event.kind for seq in named] == ["WorkOpened", "BreachRecorded"]
    assert isinstance(log[named[1] - 1].event, BreachRecorded)
    assert values["bước"] == "kiểm tra"
    assert (values["quy trình"], values["lần ban hành"], values["quy tắc"]) == ("QT-TT-01", "1", "trễ bước")


def test_evidence_does_not_change_when_the_case_goes_on() -> None:
    office = agency(declared())
    case = office.open(at(2, 8))
    sweep(office.store, office, at(9))
    with office.store.reading() as reader:
        before = reader.held("KPH-2026-0001").values  # type: ignore[union-attr]
    office.finish(case, 1, "an", at(9, 9))
    sweep(office.store, office, at(20))
    with office.store.reading() as reader:
        assert reader.held("KPH-2026-0001").values == before  # type: ignore[union-attr]
