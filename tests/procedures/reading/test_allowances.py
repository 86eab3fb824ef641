"""What a head says of supplements, extensions, opinions, early ends and the start of the limit, in both forms."""

from decimal import Decimal

import pytest

from procedures.allowances import CountedFrom, Extensions, Supplements
from procedures.canonical import content_hash
from procedures.lengths import Duration, Unit
from procedures.load import load_text
from procedures.model import Norm, Procedure
from procedures.rewrite import switch_keys

TEXT = """quy trình:
  mã: QT-01
  tên: Thử
  loại: công việc nội bộ
  đơn vị chủ trì: Văn phòng
  thời hạn: 10 ngày làm việc
{head}
vai trò:
  cán bộ: Chuyên viên
  lãnh đạo: Giám đốc
  phó lãnh đạo: Phó Giám đốc
thông tin:
  ngày hiệu lực: ngày
  nơi: văn bản
các bước:
  soạn:
    trách nhiệm: cán bộ
    nhập: [ngày hiệu lực, nơi]
    kết thúc: hoàn thành
"""


def read(*lines: str) -> Procedure:
    loaded = load_text(TEXT.format(head="\n".join(f"  {line}" for line in lines)), "a.yaml")
    assert [str(finding.message) for finding in loaded.findings] == []
    assert loaded.procedure is not None
    return loaded.procedure


def faults(*lines: str) -> list[tuple[str, str]]:
    loaded = load_text(TEXT.format(head="\n".join(f"  {line}" for line in lines)), "a.yaml")
    return [(finding.code, finding.message.into("vi")) for finding in loaded.findings]


def working(amount: int) -> Duration:
    return Duration(amount=Decimal(amount), unit=Unit.WORKING_DAY, text=f"{amount} ngày làm việc")


def test_what_is_not_written_has_the_defaults_of_the_law() -> None:
    plain = read()
    assert plain.supplements == Supplements(at_most=1, clock="restart", close_after=None)
    assert plain.extensions == Extensions(at_most=1, each=None, ahead=working(1), decided_by=())
    assert (plain.counted_from, plain.consultation, plain.refused_by, plain.stopped_by) == (CountedFrom(), None, (), ())


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        ("không", Supplements(at_most=0)),
        ("không quá 2 lần", Supplements(at_most=2)),
        ("tính lại thời hạn", Supplements()),
        ("dừng tính thời hạn", Supplements(clock="pause")),
        ("không tính vào thời hạn chung", Supplements(clock="exclude")),
        ("tính tiếp thời hạn", Supplements(clock="none")),
        (
            "không quá 3 lần, dừng tính, đóng hồ sơ sau 15 ngày làm việc",
            Supplements(at_most=3, clock="pause", close_after=working(15)),
        ),
    ],
)
def test_supplements_are_a_sentence(sentence: str, meant: Supplements) -> None:
    assert read(f"bổ sung hồ sơ: {sentence}").supplements == meant


@pytest.mark.parametrize(
    ("sentence", "meant"),
    [
        ("không", Extensions(at_most=0)),
        ("không quá 2 lần, mỗi lần không quá 5 ngày làm việc", Extensions(at_most=2, each=working(5))),
        ("trước hạn 3 ngày làm việc", Extensions(ahead=working(3))),
        ("do lãnh đạo hoặc phó lãnh đạo quyết định", Extensions(decided_by=("lãnh đạo", "phó lãnh đạo"))),
    ],
)
def test_extensions_are_a_sentence(sentence: str, meant: Extensions) -> None:
    assert read(f"gia hạn: {sentence}").extensions == meant


def test_the_long_forms_say_the_same() -> None:
    short = read(
        "bổ sung hồ sơ: không quá 2 lần, không tính vào thời hạn chung, đóng hồ sơ sau 15 ngày làm việc",
        "gia hạn: không quá 2 lần, mỗi lần không quá 5 ngày làm việc, trước hạn 3 ngày làm việc, "
        "do lãnh đạo quyết định",
        "xin ý kiến: 5 ngày làm việc, không tính vào thời hạn chung",
    )
    long = read(
        "bổ sung hồ sơ: { không quá: 2, thời hạn: không tính, đóng hồ sơ sau: 15 ngày làm việc }",
        "gia hạn: { không quá: 2, mỗi lần: 5 ngày làm việc, trước hạn: 3 ngày làm việc, người quyết định: lãnh đạo }",
        "xin ý kiến: { giá trị: 5, đơn vị: ngày làm việc, không tính vào thời hạn chung: có }",
    )
    assert content_hash(short) == content_hash(long)
    assert short.consultation == Norm(within=working(5), counted=False)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("tiếp nhận", CountedFrom()),
        ("đủ hồ sơ", CountedFrom(event="complete")),
        ("có ý kiến", CountedFrom(event="opinion")),
        ("xong soạn", CountedFrom(event="step", name="soạn")),
        ("ngày ngày hiệu lực", CountedFrom(event="date", name="ngày hiệu lực")),
    ],
)
def test_the_start_of_the_limit_is_declared(words: str, meant: CountedFrom) -> None:
    assert read(f"tính thời hạn từ: {words}").counted_from == meant


def test_who_refuses_and_stops_is_named_by_roles() -> None:
    found = read("từ chối do: lãnh đạo", "dừng giải quyết do: [lãnh đạo, phó lãnh đạo]")
    assert (found.refused_by, found.stopped_by) == (("lãnh đạo",), ("lãnh đạo", "phó lãnh đạo"))
    assert faults("từ chối do: giám đốc")[0][0] == "QT202"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("bổ sung hồ sơ: 1 lần", "QT129"),
        ("bổ sung hồ sơ: { không quá: hai }", "QT129"),
        ("bổ sung hồ sơ: đóng hồ sơ sau mười ngày", "QT110"),
        ("bổ sung hồ sơ: { thời hạn: tính sau }", "QT115"),
        ("gia hạn: nhiều lần", "QT129"),
        ("gia hạn: mỗi lần không quá lâu", "QT110"),
        ("gia hạn: do ai đó quyết định", "QT202"),
        ("tính thời hạn từ: hôm qua", "QT129"),
        ("tính thời hạn từ: ngày nơi", "QT129"),
        ("tính thời hạn từ: xong ký", "QT201"),
        ("xin ý kiến: lâu", "QT110"),
    ],
)
def test_what_is_not_understood_is_told_at_its_words(line: str, code: str) -> None:
    assert [found for found, _ in faults(line)] == [code]


def test_keys_in_the_other_vocabulary_and_back_are_the_same_to_the_byte() -> None:
    text = TEXT.format(
        head="  bổ sung hồ sơ: { không quá: 2, thời hạn: dừng tính, đóng hồ sơ sau: 9 ngày }\n"
        "  gia hạn: { mỗi lần: 5 ngày, trước hạn: 1 ngày, người quyết định: lãnh đạo }\n"
        "  tính thời hạn từ: đủ hồ sơ\n  từ chối do: lãnh đạo\n  dừng giải quyết do: lãnh đạo\n  xin ý kiến: 3 ngày"
    )
    english = switch_keys(text, "en")
    assert switch_keys(english, "vi") == text
    one, other = (load_text(each, "a.yaml").procedure for each in (text, english))
    assert one is not None
    assert one == other
