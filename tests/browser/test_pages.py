"""Every page, in both languages: no barrier that axe-core sees, no sideways scrolling, nothing from elsewhere."""

import re
from importlib import resources

import pytest

from tests.browser.conftest import Entering, Site
from tests.web.test_app import PATHS

INSIDE = (
    "/mat-khau",
    "/ho-so/moi",
    "/ho-so/moi/QT-TT-01",
    "/ho-so/HS-2026-0004/buoc/2",
    "/ho-so/HS-2026-0004/lam/rut",
    "/quy-trinh/QT-TT-01/gop-y",
)
EVERY = (*(path for path in PATHS if path != "/dang-nhap"), *INSIDE, "/viec?muc=don-vi", "/nowhere")
#: Whoever reads everything and has work of their own is nobody here: the director reads, the clerk works.
READER = {path: "binh" if path in INSIDE and "moi" not in path else "em" for path in EVERY} | {
    "/ho-so/moi/QT-TT-01": "an",
    "/ho-so/moi": "an",
}
AXE = resources.files("axe_core_python").joinpath("axe.min.js").read_text("utf-8")
#: Pictures that are wider than a telephone scroll by themselves, inside their frame.
_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("person", ["", "an", "binh", "em"])
def test_no_page_has_a_barrier_or_asks_elsewhere(come_in: Entering, site: Site, person: str, lang: str) -> None:
    page = come_in(person)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    paths = [path for path in EVERY if READER[path] == person] if person else ["/dang-nhap"]
    faults = []
    for path in paths:
        page.goto(path + ("&" if "?" in path else "?") + f"lang={lang}")
        found = page.evaluate(f"{AXE}\naxe.run({{resultTypes: ['violations']}})")
        faults += [
            f"{path}: {one['id']}: {one['nodes'][0]['html'][:160]}"
            for one in found["violations"]
            if one["impact"] in {"serious", "critical", "moderate"}
        ]
    assert not faults, "\n".join(faults)
    assert {re.match(r"\w+://[^/]+", url)[0] for url in asked if not url.startswith("data:")} == {site.address}  # type: ignore[index]


@pytest.mark.parametrize("width", [320, 1024])
@pytest.mark.parametrize("person", ["an", "binh", "em"])
def test_nothing_has_to_be_scrolled_sideways(come_in: Entering, person: str, width: int) -> None:
    page = come_in(person, viewport={"width": width, "height": 800})
    wide = []
    for path in (path for path in EVERY if READER[path] == person):
        page.goto(path)
        if page.evaluate(_WIDE) > 0:
            wide.append(path)
    assert not wide


def test_tables_are_on_the_screen(come_in: Entering) -> None:
    page = come_in("em")
    for path in ("/viec?muc=don-vi", "/ho-so", "/quy-trinh", "/chi-tieu", "/khong-phu-hop"):
        page.goto(path)
        assert page.locator("table").first.is_visible(), path


def test_the_words_of_a_standing_remain_when_colours_go(come_in: Entering) -> None:
    page = come_in("em", forced_colors="active")
    page.goto("/viec?muc=don-vi")
    assert page.locator(".tag.late").first.inner_text().strip() == "Quá hạn"
    box = page.locator(".tag.late").first.evaluate("tag => getComputedStyle(tag).borderTopWidth")
    assert float(box.removesuffix("px")) >= 2


@pytest.mark.parametrize("path", ["/ho-so/HS-2026-0004", "/quy-trinh/QT-TT-01", "/viec?muc=don-vi"])
def test_a_page_is_printed_on_a4_without_its_menu(come_in: Entering, path: str) -> None:
    page = come_in("em")
    page.goto(path)
    page.emulate_media(media="print")
    assert not page.locator(".menu").is_visible()
    assert not page.locator(".out").is_visible()
    small = page.evaluate(
        """() => [...document.querySelectorAll('main p, main td, main th, main li, main dd, main dt')]
            .filter(one => one.offsetParent && one.textContent.trim())
            .filter(one => parseFloat(getComputedStyle(one).fontSize) < 9 * 96 / 72 - 0.1)
            .map(one => one.textContent.trim().slice(0, 40))"""
    )
    assert not small
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    boxes = set(re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", paper))
    assert {(round(float(w)), round(float(h))) for w, h in boxes} <= {(595, 842), (596, 842), (595, 841)}


@pytest.mark.screenshots
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("person", ["", "an", "binh", "em"])
def test_pictures_of_every_page(come_in: Entering, person: str, width: int) -> None:
    from tests.house.tree import ROOT

    page = come_in(person, viewport={"width": width, "height": 900})
    for path in [path for path in EVERY if READER[path] == person] if person else ["/dang-nhap"]:
        page.goto(path)
        name = re.sub(r"[^\w-]+", "_", path).strip("_") or "tong-quan"
        target = ROOT / "build" / "screenshots" / f"{name}-{width}.png"
        page.screenshot(path=target, full_page=True)
        assert target.stat().st_size > 0
