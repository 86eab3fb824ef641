"""A picture as SVG for people: Graphviz's strokes, our letters, and a link with a sentence on every node."""

from lxml import etree

from procedures.words import Lang, say
from visualize.drawing import draw
from visualize.picture import Link, Picture, Text
from visualize.typeset import POINT, width

_NS = "http://www.w3.org/2000/svg"


def svg(picture: Picture, *, links: bool = True) -> bytes:
    """Return `picture` as a self-contained SVG document, the same bytes each time; raises DrawingUnavailable.

    The ink is one image with a description; beside it every step is a link in the order of the rows. Without
    `links` the whole document is one image.
    """
    root = _root(picture, links=links)
    image = _sub(root, "g", role="img") if links else root
    image.set("aria-label", picture.title)
    for band in picture.bands:
        corner = {"x": _pt(band.x - band.width / 2), "y": _pt(band.y - band.height / 2)}
        _sub(image, "rect", **corner, width=_pt(band.width), height=_pt(band.height), fill=band.fill)
    for stroke in _strokes(draw(picture, "svg"), picture):
        image.append(stroke)
    owned = {link.owner for link in picture.links} if links else set()
    for said in picture.texts:
        if said.owner not in owned:
            _letters(image, picture, said)
    for link in picture.links if links else ():
        _link(root, picture, link)
    return bytes(etree.tostring(root, encoding="utf-8"))


def _root(picture: Picture, *, links: bool) -> "etree._Element":
    wide, high = picture.width / POINT, picture.height / POINT
    root = etree.Element(f"{{{_NS}}}svg", nsmap={None: _NS})  # type: ignore[dict-item]
    lang: Lang = "en" if picture.lang == "en" else "vi"
    look = {
        "width": f"{picture.width:g}mm",
        "height": f"{picture.height:.2f}mm",
        "viewBox": f"-0.5 -0.5 {wide + 1:.2f} {high + 1:.2f}",
        "role": "group" if links else "img",
        "lang": picture.lang,
        "font-family": picture.face.families,
        "aria-roledescription": say("flowchart").into(lang),
    }
    for name, value in look.items():
        root.set(name, value)
    root.set("aria-label", picture.title)
    _sub(root, "title").text = picture.title
    _sub(root, "desc").text = picture.description
    return root


def _strokes(drawn: bytes, picture: Picture) -> "list[etree._Element]":
    found = etree.fromstring(drawn, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
    graph = found[0]
    moved = etree.Element(f"{{{_NS}}}g")
    moved.set("transform", f"translate(0 {picture.height / POINT:.2f})")
    for group in graph.findall(f"{{{_NS}}}g"):
        for stroke in group:
            if stroke.tag != f"{{{_NS}}}title":
                stroke.tail = None
                moved.append(stroke)
    return [moved]


def _letters(parent: "etree._Element", picture: Picture, said: Text) -> None:
    wide = width(said.text, said.size, picture.face, bold=said.bold)
    text = _sub(parent, "text", x=_pt(said.x), y=_pt(said.y))
    text.set("font-size", f"{said.size:g}")
    text.set("text-anchor", said.anchor)
    # Whatever face the reader has, a line keeps the length it was measured with and stays in its box.
    text.set("textLength", _pt(wide))
    text.set("lengthAdjust", "spacingAndGlyphs")
    text.set("fill", said.ink)
    if said.bold:
        text.set("font-weight", "bold")
    if said.struck:
        text.set("text-decoration", "line-through")
    text.text = said.text


def _link(root: "etree._Element", picture: Picture, link: Link) -> None:
    anchor = _sub(root, "a", href=link.href)
    anchor.set("aria-label", link.label)
    x, y, wide, high = link.box
    target = _sub(anchor, "rect", x=_pt(x), y=_pt(y), width=_pt(wide), height=_pt(high), fill="none")
    target.set("pointer-events", "all")
    for said in picture.texts:
        if said.owner == link.owner:
            _letters(anchor, picture, said)


def _sub(parent: "etree._Element", tag: str, **attributes: str) -> "etree._Element":
    child = etree.SubElement(parent, f"{{{_NS}}}{tag}")
    for name, value in attributes.items():
        child.set(name, value)
    return child


def _pt(millimetres: float) -> str:
    return f"{millimetres / POINT:.2f}"
