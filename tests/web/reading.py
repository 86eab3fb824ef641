"""A page as a reader takes it in: its texts, its links with their words, its tables, its landmarks."""

from collections.abc import Iterator
from html.parser import HTMLParser

_VOID = {"meta", "link", "img", "br", "input", "hr", "path", "circle", "rect"}


class Reading(HTMLParser):
    """Read a page once.

    `texts` are its words outside pictures, `foreign` those marked as of another language, `links` (words, address),
    `tags` every element, `rows` the count of rows in the bodies of its tables.
    """

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.foreign: set[str] = set()
        self.links: list[tuple[str, str]] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.rows = 0
        self._inside: list[tuple[str, bool]] = []
        self._href = ""
        self._words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        self.tags.append((tag, told))
        if tag == "tr" and self._in("tbody"):
            self.rows += 1
        if tag == "a":
            self._href, self._words = told.get("href", ""), []
        if tag not in _VOID:
            self._inside.append((tag, "lang" in told and tag != "html"))

    def handle_endtag(self, tag: str) -> None:
        while self._in(tag) and self._inside.pop()[0] != tag:
            continue
        if tag == "a":
            self.links.append((" ".join(self._words), self._href))

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split())
        if words and not self._in("svg"):
            self.texts.append(words)
            if any(marked for _, marked in self._inside):
                self.foreign.add(words)
        if words and self._in("a"):
            self._words.append(words)

    def attributes(self, name: str) -> Iterator[str]:
        return (told[name] for _, told in self.tags if name in told)

    def count(self, tag: str) -> int:
        return sum(one == tag for one, _ in self.tags)

    def _in(self, tag: str) -> bool:
        return any(name == tag for name, _ in self._inside)
