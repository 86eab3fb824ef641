"""Two wordings of a procedure stand side by side, in words and upon one flowchart."""

import re

from engine.agency import Agency
from procedures.shelf import release
from tests.quality.agency import ISSUED, declared
from tests.web.pages.test_remarks import drafted
from tests.web.test_giving import Visitor

AT = "/quy-trinh/QT-TT-01/so-sanh"


def test_the_newest_wording_is_held_against_the_one_before_it(agency: Agency) -> None:
    drafted(agency)
    reader = Visitor(agency, "an")
    reader.open()
    page = reader.get(AT)
    assert "QT-TT-01" in page
    assert "lần 1 → bản soạn lần 2" in re.sub("<[^>]+>", "", page)
    row = re.search(r"<td[^>]*>.*2 ngày làm việc.*</td>", page)
    assert row is not None
    assert "thay đổi" in page.partition("<svg")[2]
    assert "1 hồ sơ đang chạy giữ lần ban hành cũ" in page
    assert 'option value="du-thao" selected' in page
    same = reader.get(f"{AT}?tu=1&den=1")
    assert "Hai bản không khác nhau về nội dung." in same
    assert "The two do not differ" in reader.get(f"{AT}?tu=1&den=1&lang=en")
    reader.get(f"{AT}?tu=1&den=9")
    assert reader.answer.status_code == 404


def test_where_there_is_one_wording_nothing_is_offered_to_compare(agency: Agency) -> None:
    guest = Visitor(agency)
    assert f'action="{AT}"' not in guest.get("/quy-trinh/QT-TT-01")
    agency.shelf.publish(release(declared(issue=2), approved_by="Giám đốc", issued_at=ISSUED))
    assert f'action="{AT}"' in guest.get("/quy-trinh/QT-TT-01")
    guest.get("/quy-trinh/QT-NO-01/so-sanh")
    assert guest.answer.status_code == 404
