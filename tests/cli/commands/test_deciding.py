"""Decisions about people at the command line: in force for whoever comes next, and refused by the same rules."""

from tests.cli.office import Office

AT = "2026-03-02T08:00"


def test_a_delegation_and_an_appointment_are_recorded_and_in_force(office: Office) -> None:
    given = ("organisation", "delegate", "30/QĐ-SA", "--of", "dung.pt", "--to", "hien.nt")
    post = ("--post", "Chánh Văn phòng, Văn phòng", "--from", "01/03/2026", "--until", "31/03/2026")
    done = office.say(*given, *post, by="an.nv", at=AT)
    assert (done.code, done.err) == (0, "đã ghi nhận quyết định 30/QĐ-SA, có hiệu lực từ ngày ghi trong quyết định\n")
    assert "30/QĐ-SA:" in (office.root / "organisation.d" / "ủy quyền.yaml").read_text("utf-8")
    on = ("organisation", "delegate", "31/QĐ-SA", "--of", "hien.nt", "--to", "hoa.lt")
    refused = office.say(*on, *post, by="an.nv", at=AT)
    assert refused.code == 4
    assert "Ngô Thị Hiền không giữ “Chánh Văn phòng, Văn phòng”" in refused.err
    appointed = ("organisation", "appoint", "32/QĐ-SA", "--to", "hoa.lt", "--post", "Kế toán, Văn phòng")
    assert office.say(*appointed, "--from", "01/03/2026", by="an.nv", at=AT).code == 0
    assert office.say("check", "--select", "QT5").code == 0
    lost = ("organisation", "appoint", "33/QĐ-SA", "--to", "hoa.lt", "--post", "Kế toán")
    assert office.say(*lost, "--from", "01/03/2026", by="an.nv", at=AT).code == 2
