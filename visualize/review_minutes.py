"""The papers of a review meeting (Mẫu 1.9 and thông báo of NĐ 30/2020): minutes, and the announced conclusions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from engine.agency import Agency
from engine.store import Held
from procedures.model import LIST
from procedures.release import ShelfRefusal
from procedures.vietnamese import day
from quality.material import ACTION
from quality.registers import Asked, Entry, register
from visualize.document import (
    Block,
    Document,
    Heading,
    Letterhead,
    Paragraph,
    Signatures,
    Signer,
    Table,
)

#: The outputs of a review (9.3.3) with the values that hold them, as they stand on paper.
_OUTPUTS = (
    ("a) Cơ hội cải tiến", "cơ hội cải tiến"),
    ("b) Thay đổi đối với hệ thống quản lý chất lượng", "thay đổi hệ thống"),
    ("c) Nhu cầu về nguồn lực", "nhu cầu nguồn lực"),
)
#: The inputs as people answered them, in the order of 9.3.2.
_INPUTS = (
    ("a) Tình trạng các hành động từ lần xem xét trước", "hành động lần trước"),
    ("b) Thay đổi về vấn đề bên ngoài, nội bộ", "thay đổi bối cảnh"),
    ("c1) Sự hài lòng và phản hồi", "phản hồi ngoài hệ thống"),
    ("c2) Mức đạt mục tiêu chất lượng", "mục tiêu ngoài hệ thống"),
    ("c3) Kết quả quá trình, sự phù hợp", "nhận định về quá trình"),
    ("c4) Sự không phù hợp, hành động khắc phục", "nhận định về không phù hợp"),
    ("c5) Kết quả theo dõi, đo lường", "theo dõi đo lường ngoài hệ thống"),
    ("c6) Kết quả đánh giá", "đánh giá ngoài hệ thống"),
    ("c7) Nhà cung cấp bên ngoài", "nhà cung cấp ngoài hệ thống"),
    ("d) Nguồn nhân lực", "nhân lực và năng lực"),
    ("d) Kinh phí, hạ tầng", "kinh phí và hạ tầng"),
    ("e) Hành động giải quyết rủi ro, cơ hội", "hiệu lực hành động rủi ro"),
    ("f) Cơ hội cải tiến", "đề xuất cải tiến"),
)
_BLANK = "……"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A review as its case holds it: what was entered, the names of people, and the actions it became."""

    agency: Agency
    held: Held
    actions: tuple[Entry, ...]

    def said(self, name: str) -> str:
        """Return what was entered under a name, or room to write it."""
        return self.held.values.get(name) or _BLANK

    def people(self, name: str) -> str:
        """Return the names of the people who were entered."""
        found = self.held.values.get(name, "")
        return ", ".join(_name(self.agency, who) for who in found.split(LIST)) if found else _BLANK

    def on(self, name: str) -> date | None:
        """Return a day that was entered; None where it was not."""
        text = self.held.values.get(name)
        return date.fromisoformat(text) if text else None


def meeting(agency: Agency, held: Held) -> Meeting:
    """Return a review with the actions that name it as where they come from."""
    with agency.store.reading() as reader:
        try:
            found = register(reader, agency, Asked(ACTION), held.case.changed_at)
        except ShelfRefusal:
            found = None
    entries = found.entries if found is not None else ()
    mine = tuple(one for one in entries if str(one.values.get("hồ sơ gốc", "")).strip() == held.case.id)
    return Meeting(agency, held, mine)


def minutes(of: Meeting) -> Document:
    """Return the minutes (biên bản) of the meeting."""
    settings = of.agency.settings
    held_on = of.on("ngày họp")
    opening = (
        f"Thời gian bắt đầu: {of.said('giờ bắt đầu')}, ngày {day(held_on) if held_on else _BLANK}",
        f"Địa điểm: {of.said('địa điểm họp')}",
        f"Chủ trì: {of.people('chủ trì')}",
        f"Thư ký (người ghi biên bản): {of.people('thư ký')}",
        f"Thành phần tham dự: {of.said('thành phần dự họp')}",
        f"Kỳ xem xét: {of.said('kỳ xem xét')}; số liệu chốt ngày {_day(of, 'ngày chốt số liệu')}",
        f"Hồ sơ: {of.held.case.id}",
    )
    closing = (
        f"Cuộc họp kết thúc vào {of.said('giờ kết thúc')}, ngày {day(held_on) if held_on else _BLANK}, "
        "nội dung biên bản đã được đọc cho các thành viên dự họp cùng nghe và thống nhất."
    )
    number, symbol = _number(of.said("số biên bản"), "BB")
    return Document(
        kind="Biên bản",
        about=f"Họp xem xét của lãnh đạo về hệ thống quản lý chất lượng, {_lower(of.said('kỳ xem xét'))}",
        blocks=(
            *(Paragraph(line) for line in opening),
            Heading("1. Đầu vào của việc xem xét", 2),
            *_answers(of),
            Heading("2. Diễn biến cuộc họp", 2),
            *(Paragraph(line) for line in of.said("diễn biến cuộc họp").split("\n")),
            Heading("3. Kết luận", 2),
            *_conclusions(of),
            Paragraph(closing),
            Signatures((("THƯ KÝ", of.people("thư ký")), ("CHỦ TRÌ", of.people("chủ trì")))),
        ),
        letterhead=Letterhead(settings.agency, symbol, settings.place, held_on, settings.superior, number),
        archive="VT, Bộ phận Quản lý chất lượng",
    )


def announcement(of: Meeting) -> Document:
    """Return the announced conclusions (thông báo kết luận), with who does what by when."""
    settings = of.agency.settings
    number, symbol = _number(of.said("số thông báo"), "TB")
    chair = of.people("chủ trì")
    held_on = of.on("ngày họp")
    lead = (
        f"Ngày {day(held_on) if held_on else _BLANK}, tại {_lower(of.said('địa điểm họp'))}, {chair} đã chủ trì "
        f"họp xem xét của lãnh đạo về hệ thống quản lý chất lượng, {_lower(of.said('kỳ xem xét'))}. "
        "Sau khi nghe báo cáo và ý kiến của các đơn vị, chủ trì kết luận như sau:"
    )
    return Document(
        kind="Thông báo",
        about=f"Kết luận cuộc họp xem xét của lãnh đạo về hệ thống quản lý chất lượng, {_lower(of.said('kỳ xem xét'))}",
        blocks=(
            Paragraph(lead),
            *_conclusions(of),
            Paragraph("Bộ phận Quản lý chất lượng theo dõi, báo cáo kết quả ở lần xem xét sau."),
        ),
        letterhead=Letterhead(
            settings.agency, symbol, settings.place, of.on("ngày thông báo"), settings.superior, number
        ),
        recipients=("Ban Giám đốc", "Các phòng, đơn vị thuộc Sở"),
        archive="VT, Bộ phận Quản lý chất lượng",
        signer=Signer(("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"), _clerk(of)),
    )


def _answers(of: Meeting) -> Iterator[Block]:
    told = [(name, of.held.values[field]) for name, field in _INPUTS if of.held.values.get(field)]
    yield from (Paragraph(f"{name}: {text}") for name, text in told)
    yield Paragraph(
        "Số liệu đo được của từng đầu vào ở tài liệu họp đã chốt, kèm danh sách hồ sơ của mỗi con số.", italic=True
    )


def _conclusions(of: Meeting) -> Iterator[Block]:
    yield Paragraph("Về hiệu lực của hệ thống:", bold=True, indent=False)
    confirmed = of.held.case.attempts("xác nhận hiệu lực")
    outcome = next((item.outcome for item in reversed(confirmed) if item.outcome), None)
    judged = f"{outcome}. " if outcome else ""
    yield Paragraph(f"{judged}{of.said('nhận xét hiệu lực hệ thống')}")
    for title, field in _OUTPUTS:
        yield Paragraph(f"{title}:", bold=True, indent=False)
        yield Paragraph(of.said(field))
    if of.actions:
        yield _actions(of.actions)


def _actions(actions: Sequence[Entry]) -> Table:
    rows = tuple(
        (
            str(number),
            str(one.values.get("nội dung hành động", "")),
            str(one.values.get("người chịu trách nhiệm", "")),
            _cell(one.values, "hạn hoàn thành"),
            one.case.id,
        )
        for number, one in enumerate(actions, 1)
    )
    return Table(
        "Việc phải làm", ("TT", "Nội dung", "Người chịu trách nhiệm", "Hạn", "Hồ sơ"), rows, (0.6, 4, 2, 1.4, 1.8)
    )


def _cell(values: Mapping[str, object], name: str) -> str:
    told = values.get(name)
    return day(told) if isinstance(told, date) else str(told or "")


def _clerk(of: Meeting) -> str:
    done = [item.assignee for item in of.held.case.attempts("thông báo kết luận") if item.assignee]
    return _name(of.agency, done[-1]) if done else ""


def _number(text: str, kind: str) -> tuple[int | None, str]:
    """Return number and symbol of a paper: `27/BB-SA` is 27 and `BB-SA`; a number not given yet leaves room for it."""
    first, _, rest = text.partition("/")
    return (int(first), rest) if first.isdigit() and rest else (None, f"{kind}-…")


def _day(of: Meeting, name: str) -> str:
    told = of.on(name)
    return day(told) if told else _BLANK


def _name(agency: Agency, account: str) -> str:
    try:
        return agency.organisation.person(account).name
    except KeyError:
        return account


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
