"""Findings of an audit are what it opened or called; that the audit itself was late is none of them."""

from datetime import datetime

from engine.commands import OpenCase
from engine.handle import Done
from quality.audits.audit import findings_of
from quality.audits.finding import Finding, open_finding
from quality.fields import FROM_AUDITS
from quality.nonconformity import register
from tests.quality.agency import Agency, agency, at, declared


def found(office: Agency, finding: Finding, command: str, now: datetime) -> str:
    done = open_finding(finding, command, "giang", store=office.store, ground=office, now=now)
    assert isinstance(done, Done), done
    return done.case


def test_what_an_audit_opened_names_it_and_is_counted_once() -> None:
    office = agency(declared())
    finding = Finding("HS-2026-0009", FROM_AUDITS[0], "8.5", "Bỏ bước", "Văn phòng", "QT-TT-01", "HS-2026-0001")
    mine = found(office, finding, "f1", at(2))
    assert found(office, finding, "f1", at(2)) == mine
    other = found(office, Finding("HS-2026-0008", FROM_AUDITS[0], "7.2", "Thiếu bằng chứng"), "f2", at(2))
    late = office.give(
        OpenCase(
            id="n",
            actor="giang",
            procedure="QT-HT-04",
            title="Cuộc đánh giá trễ hạn",
            series="KPH",
            fields={"nguồn": "Lệch quy trình", "mô tả": "Trễ", "hồ sơ": "HS-2026-0009"},
        ),
        at(3),
    )
    assert isinstance(late, Done)
    with office.store.reading() as reader:
        known = register(reader, at(4))
        assert [one.id for one in findings_of(reader, "HS-2026-0009", known)] == [mine]
        assert [one.id for one in findings_of(reader, "HS-2026-0008", known)] == [other]
    assert {one.id for one in known} == {mine, other, late.case}
