"""The time of a case on the command line: asked for, answered, granted and told in the words of an office."""

from tests.cli.commands.test_cases import ASKER, CHIEF, KEEPER, filled, opened
from tests.cli.office import Office

HEAD = "an.nv"


def checking(office: Office) -> str:
    """A purchase opened on Monday 2 March 2026, due on 18 March; whoever keeps the assets checks it."""
    case = opened(office)
    assert filled(office, case).code == 0
    return case


def test_a_supplement_is_asked_for_answered_and_counts_the_limit_anew(office: Office) -> None:
    case = checking(office)
    what = ("--lacking", "Báo giá", "--lacking", "Ảnh hiện trạng", "--reason", "Chưa đủ hồ sơ")
    answer = office.say("case", "supplement", case, *what, by=KEEPER, at="2026-03-03T09:00")
    assert "chờ bổ sung từ 03/03/2026 09:00: Báo giá; Ảnh hiện trạng" in answer.out
    held = office.say("case", "advance", case, "--choose", "Hợp lệ", by=KEEPER, at="2026-03-03T10:00")
    assert (held.code, "hãy ghi nhận kết quả bổ sung trước" in held.err) == (4, True)
    told = office.told("case", "supplied", case, "--still-lacking", "Ảnh", by=KEEPER, at="2026-03-04T09:00")
    assert told["supplement"]["lacking"] == ["Báo giá", "Ảnh hiện trạng"]
    told = office.told("case", "supplied", case, by=KEEPER, at="2026-03-05T09:00")
    assert "supplement" not in told
    assert (told["promised"], told["due"]) == ("2026-03-18T17:00:00+07:00", "2026-03-23T17:00:00+07:00")
    explained = office.say("case", "show", case, "--explain", at="2026-03-05T10:00").out
    assert "dừng tính thời hạn: đã yêu cầu bổ sung hồ sơ" in explained
    assert "tính lại từ đầu: đã nhận đủ bổ sung — hạn 23/03/2026 17:00" in explained


def test_an_extension_is_asked_for_and_the_head_of_the_unit_grants_it(office: Office) -> None:
    case = checking(office)
    nothing = office.say("case", "decide-extension", case, "--grant", by=HEAD, at="2026-03-04T09:00")
    assert (nothing.code, "không có đề nghị gia hạn nào" in nothing.err) == (2, True)
    asked = ("--by", "3 ngày làm việc", "--reason", "Hàng về chậm", "--apology", "Xin lỗi đơn vị")
    stale = office.say("case", "extend", case, *asked, "--if-version", "1", by=KEEPER, at="2026-03-04T08:30")
    assert (stale.code, "đã thay đổi" in stale.err) == (4, True)
    answer = office.say("case", "extend", case, *asked, by=KEEPER, at="2026-03-04T09:00")
    assert "đề nghị gia hạn số 1 của Vũ Thị Giang: 3 ngày làm việc, chờ quyết định" in answer.out
    refused = office.say("case", "decide-extension", case, "--grant", by=KEEPER, at="2026-03-04T10:00")
    assert "việc này của người đứng đầu Văn phòng" in refused.err
    told = office.told("case", "decide-extension", case, "--grant", by=CHIEF, at="2026-03-04T10:00")
    assert (told["promised"], told["due"]) == ("2026-03-18T17:00:00+07:00", "2026-03-23T17:00:00+07:00")
    assert told["extensions"] == [{"number": 1, "by": "3 ngày làm việc", "granted": True}]


def test_whoever_is_asked_for_an_opinion_finds_it_on_the_list_and_gives_it(office: Office) -> None:
    case = checking(office)
    asked = ("--of", HEAD, "--about", "Có mua không?", "--within", "2 ngày làm việc", "--wait")
    answer = office.say("case", "consult", case, *asked, by=KEEPER, at="2026-03-03T09:00")
    assert "xin ý kiến số 1 của Nguyễn Văn An đến 05/03/2026 17:00" in answer.out
    assert "Có mua không?" in office.say("work", by=HEAD, at="2026-03-03T10:00").out
    assert [one["case"] for one in office.told("work", by=HEAD, at="2026-03-03T10:00")["opinions"]] == [case]
    held = office.say("case", "advance", case, "--choose", "Hợp lệ", by=KEEPER, at="2026-03-03T10:00")
    assert "đang chờ ý kiến của Nguyễn Văn An" in held.err
    assert office.say("case", "opinion", case, "--text", "Mua", by=HEAD, at="2026-03-04T09:00").code == 0
    assert office.told("work", by=HEAD, at="2026-03-04T10:00")["opinions"] == []
    again = office.say("case", "opinion", case, "--text", "Mua", by=HEAD, at="2026-03-04T09:00")
    assert (again.code, "0 ý kiến" in again.err) == (2, True)


def test_a_late_opinion_and_a_supplement_that_never_comes_are_told_by_the_sweep(office: Office) -> None:
    case = checking(office)
    asked = ("--of", HEAD, "--about", "Có mua không?", "--within", "1 ngày làm việc")
    assert office.say("case", "consult", case, *asked, by=KEEPER, at="2026-03-03T09:00").code == 0
    assert "1 việc hết thời hạn" in office.say("sweep", at="2026-03-05T08:00").out
    assert "Nguyễn Văn An không cho ý kiến" in office.say("case", "show", case, at="2026-03-05T08:00").out


def test_a_case_is_refused_or_stopped_by_the_head_alone(office: Office) -> None:
    first, second = checking(office), checking(office)
    refused = office.say("case", "refuse", first, "--reason", "Không thuộc thẩm quyền", by=ASKER, at="2026-03-03T09:00")
    assert refused.code == 4
    told = office.told("case", "refuse", first, "--reason", "Không thuộc thẩm quyền", by=CHIEF, at="2026-03-03T09:00")
    assert (told["status"], told["result"]) == ("ended", "từ chối")
    why = ("--reason", "Theo đề nghị", "--basis", "Đơn ngày 03/03")
    told = office.told("case", "stop", second, *why, by=HEAD, at="2026-03-03T09:00")
    assert (told["status"], told["result"]) == ("stopped", "dừng giải quyết")
    listed = office.told("case", "list", "--status", "stopped", at="2026-03-03T09:00")
    assert [one["case"] for one in listed["cases"]] == [second]


def test_a_part_that_a_step_has_not_is_refused_with_what_it_has(office: Office) -> None:
    case = checking(office)
    answer = office.say("case", "part", case, "trả lời", by=KEEPER, at="2026-03-03T09:00")
    assert (answer.code, "không có phần việc “trả lời”" in answer.err) == (4, True)
