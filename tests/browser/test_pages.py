"""Every page, in both languages: no barrier that axe-core sees, no sideways scrolling, nothing from elsewhere."""

import re
from collections.abc import Iterator
from importlib import resources

import pytest
from playwright.sync_api import Page, Response, expect

from tests.browser.addresses import LOOKS, OTHERWISE, looked_at
from tests.browser.conftest import Entering, Site
from tests.house.tree import ROOT
from web.app import PAGES

AXE = resources.files("axe_core_python").joinpath("axe.min.js").read_text("utf-8")
_GRAVE = {"serious", "critical", "moderate"}
#: 400 % of 1280 pixels, and what has to be scrolled sideways there. A picture that is wider scrolls inside its frame.
_NARROW, _WIDE = 320, "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PEOPLE = ("", "an", "binh", "chi", "giang", "em")
#: The contrast of the words upon the ground of a mark, as WCAG reckons it.
_CONTRAST = """tag => {
    const light = colour => {
        const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map(one => one / 255)
            .map(one => one <= .04045 ? one / 12.92 : ((one + .055) / 1.055) ** 2.4);
        return .2126 * r + .7152 * g + .0722 * b;
    };
    const style = getComputedStyle(tag), [a, b] = [light(style.color), light(style.backgroundColor)];
    return (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
}"""


def test_every_page_of_the_site_is_looked_at() -> None:
    assert set(PAGES) - OTHERWISE == set(LOOKS)
    assert {who for looks in LOOKS.values() for who, _ in looks} == set(PEOPLE)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("person", PEOPLE)
def test_no_page_has_a_barrier_or_asks_elsewhere(come_in: Entering, site: Site, person: str, lang: str) -> None:
    page = come_in(person)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    faults = []
    for path in looked_at(person):
        answer = page.goto(path + ("&" if "?" in path else "?") + f"lang={lang}")
        faults += [f"{path}: {fault}" for fault in (*_untold(page, answer, lang), *_barriers(page))]
    assert not faults, "\n".join(faults)
    assert {re.match(r"\w+://[^/]+", url)[0] for url in asked if not url.startswith("data:")} == {site.address}  # type: ignore[index]


def _untold(page: Page, answer: Response | None, lang: str) -> Iterator[str]:
    """Yield what a page says in no language, or lets in from elsewhere."""
    assert answer is not None
    allowed = answer.headers["content-security-policy"]
    if not re.match(r"default-src '(self|none)';", allowed) or "http" in allowed or "*" in allowed:
        yield allowed
    text = page.inner_text("body")
    if "⟦" in text or re.search(r"\{\w+\}", text):
        yield "a sentence is not said"
    if page.get_attribute("html", "lang") != lang:
        yield "the language is another"


def _barriers(page: Page) -> Iterator[str]:
    page.set_viewport_size({"width": 1280, "height": 800})
    found = page.evaluate(f"{AXE}\naxe.run({{resultTypes: ['violations']}})")
    for one in found["violations"]:
        if one["impact"] in _GRAVE:
            yield f"{one['id']}: {one['nodes'][0]['html'][:160]}"
    for width in (1024, _NARROW):
        page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate(_WIDE) > 0:
            yield f"has to be scrolled sideways at {width} pixels"


def test_tables_are_on_the_screen(come_in: Entering) -> None:
    page = come_in("em")
    for path in ("/viec?muc=don-vi", "/ho-so", "/quy-trinh", "/chi-tieu", "/khong-phu-hop"):
        page.goto(path)
        assert page.locator("table").first.is_visible(), path


def test_the_words_of_a_standing_can_be_read_and_remain_when_colours_go(come_in: Entering, site: Site) -> None:
    said = {"late": "Quá hạn", "slow": "Chậm tiến độ", "near": "Sắp đến hạn", "safe": "Trong hạn", "paused": "Tạm dừng"}
    names = {"late": "overdue", "slow": "slow", "near": "near", "safe": "fresh", "paused": "paused"}
    for colours in ("none", "active"):
        page = come_in("em", forced_colors=colours)
        if colours == "none":
            page.context.new_cdp_session(page).send("Emulation.setEmulatedVisionDeficiency", {"type": "achromatopsia"})
        page.goto("/ho-so")
        for look, words in said.items():
            tag = page.locator("tr", has_text=site.cases[names[look]]).locator(f".tag.{look}")
            expect(tag).to_have_text(words)
            expect(tag.locator("svg")).to_be_visible()
            assert colours == "active" or tag.evaluate(_CONTRAST) >= 4.5, look
    box = page.locator(".tag.late").first.evaluate("tag => getComputedStyle(tag).borderTopWidth")
    assert float(box.removesuffix("px")) >= 2


@pytest.mark.screenshots
@pytest.mark.timeout(600)
@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("person", PEOPLE)
def test_pictures_of_every_page(come_in: Entering, person: str, width: int) -> None:
    page = come_in(person, viewport={"width": width, "height": 900})
    for path in looked_at(person):
        page.goto(path)
        name = re.sub(r"[^\w-]+", "_", path).strip("_")
        target = ROOT / "build" / "screenshots" / f"{name}-{person or 'guest'}-{width}.png"
        page.screenshot(path=target, full_page=True)
        assert target.stat().st_size > 0
