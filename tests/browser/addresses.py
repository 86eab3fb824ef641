"""Every page of the site, with the addresses at which it is looked at, and by whom."""

from collections.abc import Iterator

from web.app import PAGES

#: Addresses that give a file, or lead on to a page.
OTHERWISE = frozenset(
    path
    for path in PAGES
    if path == "/" or "/tep/" in path or "/mau/" in path or path.endswith(("csv", "xlsx", "docx", "json"))
)
_LATE, _SLOW = "HS-2026-0004", "HS-2026-0008"
#: By path: who looks, and where. A guest has no name.
LOOKS: dict[str, tuple[tuple[str, str], ...]] = {
    "/dang-nhap": (("", "/dang-nhap"),),
    "/mat-khau": (("binh", "/mat-khau"),),
    "/dieu-hanh": (("em", "/dieu-hanh"), ("em", "/dieu-hanh?ky=2026-Q1&don-vi=V%C4%83n+ph%C3%B2ng")),
    "/viec": (("binh", "/viec"), ("em", "/viec?muc=don-vi"), ("chi", "/viec")),
    "/viec/nhieu": (
        ("binh", f"/viec/nhieu?lam=chuyen&viec={_LATE}.2&viec={_SLOW}.2"),
        ("binh", f"/viec/nhieu?lam=giao-nguoi-khac&viec={_SLOW}.2"),
    ),
    "/ho-so": (("em", "/ho-so"),),
    "/tra-cuu": (
        ("em", "/tra-cuu?tim=giay"),
        ("em", "/tra-cuu?tim=giayx&tinh-trang=ended&tu=01/03/2026"),
        ("binh", "/tra-cuu?tu=32/03/2026"),
    ),
    "/ho-so/moi": (("an", "/ho-so/moi"),),
    "/ho-so/moi/{name}": (("an", "/ho-so/moi/QT-TT-01"),),
    "/ho-so/{name}": (
        ("em", "/ho-so/HS-2026-0001"),
        ("binh", f"/ho-so/{_LATE}"),
        ("em", "/ho-so/HS-2026-0009"),
        ("em", "/ho-so/KPH-2026-0001"),
    ),
    "/ho-so/{name}/buoc/{item}": (("binh", f"/ho-so/{_LATE}/buoc/2"), ("binh", "/ho-so/HS-2026-0009/buoc/2")),
    "/ho-so/{name}/lam/{act}": (
        ("an", f"/ho-so/{_LATE}/lam/rut"),
        ("binh", f"/ho-so/{_LATE}/lam/giao-nguoi-khac?so=2"),
        ("binh", f"/ho-so/{_LATE}/lam/yeu-cau-bo-sung?so=2"),
        ("binh", f"/ho-so/{_LATE}/lam/lay-y-kien?so=2"),
        ("an", f"/ho-so/{_LATE}/lam/xin-gia-han"),
    ),
    "/quy-trinh": (("em", "/quy-trinh"),),
    "/quy-trinh/{name}": (
        ("em", "/quy-trinh/QT-VP-05"),
        ("em", "/quy-trinh/QT-TT-01?ve=lan-boi"),
    ),
    "/quy-trinh/tra-cuu/{agency}/{name}": (("em", "/quy-trinh/tra-cuu/UBND tỉnh A/QT-UB-01"),),
    "/quy-trinh/{name}/gop-y": (("em", "/quy-trinh/QT-TT-02/gop-y"),),
    "/quy-trinh/{name}/so-sanh": (("em", "/quy-trinh/QT-TT-02/so-sanh"), ("em", "/quy-trinh/QT-TT-01/so-sanh")),
    "/chi-tieu": (("em", "/chi-tieu"), ("em", "/chi-tieu?quy-trinh=QT-TT-01&ky=2026-Q1")),
    "/phan-tich/{name}": (("em", "/phan-tich/QT-TT-01"), ("em", "/phan-tich/QT-TT-01?do=cham&ky=2026-Q1")),
    "/khong-phu-hop": (("em", "/khong-phu-hop"),),
    "/khong-phu-hop/phan-tich": (("em", "/khong-phu-hop/phan-tich?theo=quy-trinh"),),
    "/khong-phu-hop/mo/{name}": (("giang", f"/khong-phu-hop/mo/{_LATE}"),),
    "/so": (("em", "/so"),),
    "/so/{name}": (("em", "/so/QT-TT-01"),),
    "/he-thong": (("em", "/he-thong"),),
    "/xem-xet": (("em", "/xem-xet"),),
    "/xem-xet/{name}": (("em", "/xem-xet/2026-Q1"),),
    "/bao-cao": (("em", "/bao-cao?ky=2026-Q1"),),
    "/quan-tri": (("em", "/quan-tri"),),
    "/quan-tri/nhat-ky": (("em", "/quan-tri/nhat-ky"),),
    "/quan-tri/lich": (("em", "/quan-tri/lich"),),
    "/quan-tri/nguoi/{name}": (("em", "/quan-tri/nguoi/an"),),
    "/quan-tri/tinh-trang": (("em", "/quan-tri/tinh-trang"),),
    "/quan-tri/quyet-dinh": (("em", "/quan-tri/quyet-dinh"),),
    "/tro-giup": (("", "/tro-giup"),),
}
NOWHERE = ("em", "/nowhere")


def looked_at(person: str) -> Iterator[str]:
    """Yield every address that somebody looks at."""
    for who, address in (*(look for looks in LOOKS.values() for look in looks), NOWHERE):
        if who == person:
            yield address
