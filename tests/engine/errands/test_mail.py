"""Letters, to a real mail server on this machine."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from engine.errands.drain import Drain, Drained
from engine.errands.errand import Status
from engine.errands.hands import Hands
from engine.errands.mail import send
from procedures.model import FieldSpec, FieldType, Handling
from tests.engine.errands.bureau import Bureau
from tests.engine.errands.postman import Postman, at_the_post, certificate


@pytest.fixture
def postman() -> Iterator[tuple[Postman, int]]:
    with at_the_post() as there:
        yield there


def bureau(folder: Path, port: int | None, **given: str) -> Bureau:
    """A bureau whose second step sends a letter."""
    if port is not None:
        mail = f'[mail]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\nsender = "quytrinh@so-a.vn"\n'
        (folder / "quytrinh.toml").write_text(mail, encoding="utf-8")
    made = Bureau(folder, Handling(given=tuple(given.items()), retries=1, pause=60, limit=60), one_way=True)
    made.waiting()
    return made


def drained(bureau: Bureau) -> Drained:
    return Drain(bureau.agency, "w", Hands({"báo tin": send}), clock=lambda: bureau.now).all(1)


def test_a_letter_goes_out_with_the_document_of_its_case(tmp_path: Path, postman: tuple[Postman, int]) -> None:
    handler, port = postman
    office = bureau(
        tmp_path,
        port,
        **{"đến": "an@so-a.vn, binh@so-a.vn", "tiêu đề": "Kết quả\ncủa hồ sơ", "đính kèm": "phiếu theo dõi"},
    )
    assert drained(office) == Drained(done=1)
    (letter,) = handler.letters
    assert handler.to == [["an@so-a.vn", "binh@so-a.vn"]]
    assert letter["Subject"] == "Kết quả của hồ sơ"
    assert letter["From"] == "quytrinh@so-a.vn"
    assert letter["Auto-Submitted"] == "auto-generated"
    body = letter.get_body()
    assert body is not None
    assert f"Hồ sơ HS-2026-0001: {office.case('HS-2026-0001').title}." in body.get_content()
    (attached,) = letter.iter_attachments()
    assert attached.get_filename() == "HS-2026-0001.docx"
    said = " ".join(cell.text for table in Document(BytesIO(attached.get_content())).tables for cell in table._cells)
    assert "Người thực hiện" in said
    assert "Báo kết quả" in said
    assert list(office.office.live("HS-2026-0001")) == ["lưu"]


def test_a_letter_that_is_sent_again_has_the_same_identity(tmp_path: Path, postman: tuple[Postman, int]) -> None:
    handler, port = postman
    office = bureau(tmp_path, port, đến="an@so-a.vn")
    claimed = Drain(office.agency, "w0", Hands({"báo tin": send}), clock=lambda: office.now)._claim()
    assert claimed is not None
    claimed[1]()  # type: ignore[operator] # who sends it dies before it can say so
    office.later(minutes=5)
    assert drained(office) == Drained(done=1)
    assert len(handler.letters) == 2
    assert len({letter["Message-ID"] for letter in handler.letters}) == 1


@pytest.mark.parametrize(
    ("says", "came", "status"),
    [
        ("451 try later", Drained(again=1), Status.WAITING),
        ("554 an@so-a.vn is unknown", Drained(parked=1), Status.PARKED),
    ],
)
def test_a_server_that_says_no_for_now_or_for_good(
    says: str, came: Drained, status: Status, tmp_path: Path, postman: tuple[Postman, int]
) -> None:
    handler, port = postman
    handler.says = says
    office = bureau(tmp_path, port, đến="an@so-a.vn")
    assert drained(office) == came
    errand = office.errand("HS-2026-0001")
    assert errand.status is status
    assert "an@so-a.vn" not in (errand.fault or "")


def test_nobody_at_home_is_tried_again(tmp_path: Path) -> None:
    assert drained(bureau(tmp_path, 1, đến="an@so-a.vn")) == Drained(again=1)


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        ({}, "không có người nhận"),
        ({"đến": "ông An"}, "không phải là địa chỉ"),
        ({"đến": "an@so-a.vn", "đính kèm": "sổ tay"}, "không có tài liệu nào tên “sổ tay”"),
    ],
)
def test_a_letter_that_cannot_be_written_is_parked(given: dict[str, str], fault: str, tmp_path: Path) -> None:
    office = bureau(tmp_path, 1, **given)
    assert drained(office) == Drained(parked=1)
    assert fault in (office.errand("HS-2026-0001").fault or "")


def test_without_a_mail_server_it_is_said_what_is_missing(tmp_path: Path) -> None:
    office = bureau(tmp_path, None, đến="an@so-a.vn")
    assert drained(office) == Drained(parked=1)
    assert "[mail]" in (office.errand("HS-2026-0001").fault or "")


def test_a_recipient_may_be_an_entered_value_or_whoever_holds_a_role(
    tmp_path: Path, postman: tuple[Postman, int]
) -> None:
    handler, port = postman
    (tmp_path / "quytrinh.toml").write_text(
        f'[mail]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\nsender = "q@so-a.vn"\n', encoding="utf-8"
    )
    office = Bureau(
        tmp_path,
        Handling(given=(("đến", "địa chỉ, cán bộ"),)),
        one_way=True,
        fields=(FieldSpec(name="địa chỉ", type=FieldType.TEXT, required=True),),
    )
    office.with_addresses(an="an@so-a.vn")
    case = office.office.open(office.now, procedure="QT-01")
    office.office.do(case, "mở", "an", office.now, fields={"địa chỉ": "dan@example.vn"}, salt="s")
    assert drained(office) == Drained(done=1)
    assert handler.to == [["dan@example.vn", "an@so-a.vn"]]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_letters_go_out_under_tls_to_a_server_whose_certificate_is_trusted_and_to_no_other(
    security: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, trusted = certificate(tmp_path)
    with at_the_post(context, security) as (handler, port):
        office = bureau(tmp_path, port, đến="an@so-a.vn")
        settings = tmp_path / "quytrinh.toml"
        settings.write_text(settings.read_text(encoding="utf-8").replace('"none"', f'"{security}"'), encoding="utf-8")
        assert drained(office) == Drained(again=1)
        assert handler.letters == [], "nobody trusts this certificate yet"
        assert "certificate" in (office.errand("HS-2026-0001").fault or "")
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        office.later(minutes=5)
        assert drained(office) == Drained(done=1)
    assert [letter["To"] for letter in handler.letters] == ["an@so-a.vn"]


def test_a_certificate_of_another_server_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context, trusted = certificate(tmp_path, "127.0.0.9")
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    with at_the_post(context, "starttls") as (handler, port):
        office = bureau(tmp_path, port, đến="an@so-a.vn")
        settings = tmp_path / "quytrinh.toml"
        settings.write_text(settings.read_text(encoding="utf-8").replace('"none"', '"starttls"'), encoding="utf-8")
        assert drained(office) == Drained(again=1)
    assert handler.letters == []
