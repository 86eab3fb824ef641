"""Reviewers say what they think of the very wording they read; what cannot be taken down stays in the form."""

from pathlib import Path

from engine.agency import Agency
from engine.stores.remarks import Remarks
from tests.quality.agency import DECLARED
from tests.web.test_giving import Visitor

AT = "/quy-trinh/QT-TT-01/gop-y"


def drafted(agency: Agency, before: str = "1 ngày làm việc", after: str = "2 ngày làm việc") -> Path:
    """Put a draft beside the issue, in which something is different."""
    path = agency.root / "procedures.d" / "QT-TT-01.yaml"
    path.parent.mkdir(exist_ok=True)
    assert before in DECLARED
    path.write_text(DECLARED.replace(before, after), encoding="utf-8")
    return path


def test_a_reviewer_disagrees_with_a_draft_and_everybody_who_is_in_reads_it(agency: Agency) -> None:
    drafted(agency)
    reviewer = Visitor(agency, "em")
    assert "bản soạn lần 2" in reviewer.get("/quy-trinh/QT-TT-01")
    page = reviewer.send(f"{AT}?lan=du-thao", **{"y-kien": "disagree", "buoc": "kiểm tra"})
    assert reviewer.answer.status_code == 422
    assert 'href="#noi-dung"' in page
    assert 'value="disagree" checked' in page
    assert '<option value="kiểm tra" selected>' in page
    again = reviewer.hidden() | {"y-kien": "disagree", "buoc": "kiểm tra", "noi-dung": "một ngày là đủ <b>"}
    for _ in range(2):
        reviewer.post(f"{AT}?lan=du-thao", **again)
        assert reviewer.place == "/quy-trinh/QT-TT-01?lan=du-thao#gop-y"
    (remark,) = Remarks(agency.store).about("QT-TT-01")
    assert (remark.person, remark.stance, remark.issue, remark.step) == ("em", "disagree", 2, "kiểm tra")
    read = Visitor(agency, "an").get("/quy-trinh/QT-TT-01?lan=du-thao")
    assert "một ngày là đủ &lt;b&gt;" in read
    assert "0 người đồng ý, 1 người không đồng ý" in read
    assert "một ngày là đủ" not in Visitor(agency).get("/quy-trinh/QT-TT-01")


def test_a_wording_that_changed_meanwhile_is_read_again_and_earlier_opinions_do_not_count(agency: Agency) -> None:
    drafted(agency)
    reviewer = Visitor(agency, "em")
    reviewer.send(f"{AT}?lan=du-thao", **{"y-kien": "agree"})
    assert reviewer.answer.status_code == 303
    reviewer.get(f"{AT}?lan=du-thao")
    form = reviewer.hidden()
    drafted(agency, after="3 ngày làm việc")
    page = reviewer.post(f"{AT}?lan=du-thao", **form, **{"y-kien": "remark", "noi-dung": "giữ nguyên"})
    assert reviewer.answer.status_code == 409
    assert "giữ nguyên" in page
    read = reviewer.get("/quy-trinh/QT-TT-01?lan=du-thao")
    assert "về bản soạn trước" in read
    assert "người đồng ý" not in read


def test_guests_and_wordings_that_there_are_not_find_nothing(agency: Agency) -> None:
    reader = Visitor(agency, "an")
    for path in (f"{AT}?lan=du-thao", f"{AT}?lan=7", "/quy-trinh/QT-TT-01?lan=du-thao", "/quy-trinh/QT-NO-01/gop-y"):
        reader.get(path)
        assert reader.answer.status_code == 404, path
    drafted(agency)
    guest = Visitor(agency)
    guest.get(AT)
    assert guest.answer.status_code == 303
    for path in ("/quy-trinh/QT-TT-01?lan=du-thao", "/quy-trinh/QT-TT-01/so-sanh?den=du-thao"):
        guest.get(path)
        assert guest.answer.status_code == 404, path
