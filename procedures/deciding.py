"""A decision about people written into the files of the organisation: lines are added, all others stay as they are."""

import re
from collections.abc import Iterator, Mapping, Sequence

from procedures.finding import Edit, Span
from procedures.grammar import MANNERS
from procedures.organisation import Mandate, Post
from procedures.rewrite import apply_edits
from procedures.source import Node, read
from procedures.text import legible
from procedures.vocabulary import key, lookup
from procedures.words import Lang

#: What needs no quotes in YAML, wherever it stands as a value.
_PLAIN = re.compile(r"\w[\w ./()-]*(?<! )")
_SAID = {manner: said for said, manner in MANNERS.items()}


def with_mandate(text: str, one: Mandate) -> str:
    """Return the text of `ủy quyền.yaml` with a mandate at its end."""
    node, _ = read(text, "")
    lang = _lang(node, "mandate")
    told: list[tuple[str, str]] = [("manner", _SAID[one.manner]), ("principal", one.principal), ("agent", one.agent)]
    told += [("since", _day(one.since)), ("until", _day(one.until))]
    lines = [f"{_quoted(one.decision)}:", *(f"  {line}" for line in _lines("mandate", dict(told), lang))]
    lines += _listed("posts", [f"{post.position}, {post.unit}" for post in one.posts], lang)
    lines += _listed("procedures", one.procedures, lang)
    before = (legible(text) or "").rstrip("\n")
    return "\n".join([*([before] if before else []), *lines, ""])


def with_post(text: str, account: str, one: Post) -> str:
    """Return the text of `người dùng.yaml` with a post more of somebody; raises KeyError for an account not in it."""
    node, _ = read(text, "")
    person = node.get(account) if node is not None else None
    if person is None or not person.entries:
        raise KeyError(account)
    lang = _lang(node, "person")
    posts = person.get(key("person", "posts", lang))
    indent = person.entries[0][0].span.column - 1
    said = _post(one, lang, indent + 2)
    if posts is None:
        return _after(text, _last_line(person), [f"{' ' * indent}{key('person', 'posts', lang)}:", *said])
    if posts.kind == "list" and not _flow(text, posts):
        dash = posts.items[0].span.column - 3
        return _after(text, max(_last_line(item) for item in posts.items), _post(one, lang, dash))
    # One post, or several in brackets: each comes on a line of its own.
    held = [item.text for item in posts.items] if posts.kind == "list" else [posts.text]
    kept = [f"{' ' * (indent + 2)}- {_quoted(one_held)}" for one_held in held]
    made = apply_edits(text, [Edit(posts.span, "\n" + "\n".join([*kept, *said]))])
    return made.replace(": \n", ":\n")


def _listed(id_: str, entries: Sequence[str], lang: Lang) -> list[str]:
    """Return a list of a mandate as lines; none for an empty one."""
    if not entries:
        return []
    return [f"  {key('mandate', id_, lang)}:", *(f"    - {_quoted(entry)}" for entry in entries)]


def _post(one: Post, lang: Lang, indent: int) -> list[str]:
    told = {"position": one.position, "unit": one.unit, "since": _day(one.since), "until": _day(one.until)}
    lines = list(_lines("post", {**told, "decision": one.decision or ""}, lang))
    return [f"{' ' * indent}{'- ' if number == 0 else '  '}{line}" for number, line in enumerate(lines)]


def _lines(container: str, told: Mapping[str, str], lang: Lang) -> Iterator[str]:
    return (f"{key(container, id_, lang)}: {_quoted(text)}" for id_, text in told.items() if text)


def _quoted(text: str) -> str:
    return text if _PLAIN.fullmatch(text) or re.fullmatch(r"\w[\w .-]*, \w[\w .-]*", text) else _in_quotes(text)


def _in_quotes(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _day(day: object) -> str:
    return f"{day:%d/%m/%Y}" if day is not None else ""


def _lang(node: Node | None, container: str) -> Lang:
    """Return the language of the keys of a file whose entries are of one kind."""
    words: list[str] = []
    if node is not None:
        words = [name.text for _, value in node.entries for name, _ in value.entries]
    return "en" if words and lookup(container, words[0], "vi") is None else "vi"


def _flow(text: str, posts: Node) -> bool:
    lines = (legible(text) or "").split("\n")
    return lines[posts.span.line - 1][posts.span.column - 1 :].startswith("[")


def _last_line(node: Node) -> int:
    """Return the last line on which a part of a node stands; comments behind it belong to what follows."""
    ends = [_end(node.span)] if node.kind == "text" else []
    ends += [_last_line(item) for item in node.items]
    ends += [_last_line(value) for _, value in node.entries]
    return max(ends, default=_end(node.span))


def _end(span: Span) -> int:
    return span.end_line if span.end_column > 1 or span.end_line == span.line else span.end_line - 1


def _after(text: str, line: int, new: list[str]) -> str:
    lines = (legible(text) or "").split("\n")
    return "\n".join([*lines[:line], *new, *lines[line:]])
