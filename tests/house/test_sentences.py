"""Every sentence for people has its Vietnamese, with the same values in it."""

import ast
import json
import re
from collections.abc import Iterator
from string import Formatter

import pytest

from tests.house.tree import PACKAGES, ROOT, Source, modules, said

Pairs = list[tuple[int, str, str]]


def pairs(text: str) -> Pairs:
    """The entries of a `.po` file in order: line of the msgid, msgid, msgstr; the header has an empty msgid."""
    found: list[tuple[int, dict[str, str]]] = []
    field = ""
    for number, line in enumerate(text.splitlines(), 1):
        if match := re.match(r'(msgid|msgstr) (".*")$', line):
            field = match[1]
            if field == "msgid":
                found.append((number, {"msgid": "", "msgstr": ""}))
            found[-1][1][field] += json.loads(match[2])
        elif line.startswith('"'):
            found[-1][1][field] += json.loads(line)
        else:
            assert not line or line.startswith("#"), f"line {number} is not understood: {line}"
            assert "fuzzy" not in line, f"line {number}: a fuzzy entry is not used by gettext"
    return [(number, entry["msgid"], entry["msgstr"]) for number, entry in found]


def catalogue_faults(path: str, text: str) -> Iterator[str]:
    entries = pairs(text)
    seen: set[str] = set()
    if not entries or entries[0][1] or "charset=UTF-8" not in entries[0][2] or "Language: vi" not in entries[0][2]:
        yield f"{path}: the header must say charset=UTF-8 and Language: vi"
    for line, english, vietnamese in entries:
        if english in seen:
            yield f"{path}:{line}: said twice: {english!r}"
        seen.add(english)
        if not vietnamese:
            yield f"{path}:{line}: no Vietnamese for {english!r}"
        elif english and slots(english) != slots(vietnamese):
            yield f"{path}:{line}: {english!r} has {sorted(slots(english))}, its Vietnamese {sorted(slots(vietnamese))}"


def slots(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def spoken(source: Source) -> Iterator[tuple[str, str | None]]:
    """Each sentence that a module says, at its place; None where it is not a literal."""
    for node in source.nodes(ast.Call):
        if isinstance(node, ast.Call) and called(node) in {"say", "Words"} and node.args:
            first = node.args[0]
            literal = isinstance(first, ast.Constant) and isinstance(first.value, str)
            if literal or called(node) == "say":
                yield source.at(node), first.value if isinstance(first, ast.Constant) else None


def called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def refusals(sources: tuple[Source, ...]) -> Iterator[tuple[str, str, str]]:
    """Each class below `Refusal` or `Trouble`: its package, place and docstring, which is its sentence."""
    classes = [
        (source, node) for source in sources for node in source.nodes(ast.ClassDef) if isinstance(node, ast.ClassDef)
    ]
    kin = {"Refusal", "Trouble"}
    while more := {node.name for _, node in classes if kin & {ast.unparse(base) for base in node.bases}} - kin:
        kin |= more
    for source, node in classes:
        if node.name in kin - {"Refusal", "Trouble"}:
            yield source.package, source.at(node), ast.get_docstring(node, clean=False) or ""


def catalogue(package: str) -> dict[str, str]:
    path = ROOT / package / "locale" / "vi.po"
    return {english: vietnamese for _, english, vietnamese in pairs(path.read_text("utf-8"))} if path.exists() else {}


def test_every_sentence_is_a_literal_so_that_it_can_be_translated() -> None:
    said(place for source in modules() for place, template in spoken(source) if template is None)


@pytest.mark.parametrize("package", PACKAGES)
def test_every_sentence_has_its_vietnamese(package: str) -> None:
    known = catalogue(package)
    sentences = [pair for source in modules(package) for pair in spoken(source)]
    sentences += [(place, text) for owner, place, text in refusals(modules()) if owner == package]
    said(f"{place}: {text!r}" for place, text in sentences if text is not None and not known.get(text))


@pytest.mark.parametrize("package", PACKAGES)
def test_a_catalogue_is_in_order(package: str) -> None:
    path = ROOT / package / "locale" / "vi.po"
    said(catalogue_faults(f"{package}/locale/vi.po", path.read_text("utf-8")) if path.exists() else ())


def test_a_sentence_has_the_same_vietnamese_in_every_package() -> None:
    heard: dict[str, tuple[str, str]] = {}
    faults = []
    for package in PACKAGES:
        for english, vietnamese in catalogue(package).items():
            other, before = heard.setdefault(english, (package, vietnamese))
            if english and before != vietnamese:
                faults.append(f"{english!r}: {before!r} in {other}, {vietnamese!r} in {package}")
    said(faults)


HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: vi\\n"\n'


@pytest.mark.parametrize(
    "entry",
    [
        'msgid "a"\nmsgstr ""\n',
        'msgid "a {x}"\nmsgstr "b {y}"\n',
        'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n',
    ],
)
def test_a_wrong_entry_is_seen(entry: str) -> None:
    assert list(catalogue_faults("vi.po", HEADER + entry))


def test_a_catalogue_without_its_header_is_seen() -> None:
    assert list(catalogue_faults("vi.po", 'msgid "a"\nmsgstr "b"\n'))


def test_an_entry_may_cover_several_lines() -> None:
    assert pairs(HEADER + 'msgid ""\n"step “{name}” "\n"is late"\nmsgstr "trễ “{name}”"\n')[1][1:] == (
        "step “{name}” is late",
        "trễ “{name}”",
    )


def test_a_sentence_that_is_put_together_is_seen() -> None:
    source = Source("m.py", 'say("a " "b", x=1)\nwords.say(f"a {x}")\n')
    assert list(spoken(source)) == [("m.py:1", "a b"), ("m.py:2", None)]


def test_a_refusal_is_found_below_another_refusal() -> None:
    source = Source("engine/m.py", 'class A(Refusal):\n    """{x} no."""\n\nclass B(A):\n    """No."""\n')
    assert [text for _, _, text in refusals((source,))] == ["{x} no.", "No."]
