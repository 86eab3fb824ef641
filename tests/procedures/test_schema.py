from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from procedures.schema import schema
from procedures.source import Node, read
from procedures.words import Lang
from tests.procedures.specimen import FILE, in_english, purchase

DEFINITIONS = sorted((Path(__file__).parents[2] / "procedures.d").glob("*.yaml"))


def as_text(node: Node | None) -> Any:
    """The file as an editor sees it, every scalar a text."""
    assert node is not None
    if node.kind == "text":
        return node.text
    if node.kind == "list":
        return [as_text(item) for item in node.items]
    return {key.text: as_text(value) for key, value in node.entries}


def faults(text: str, lang: Lang) -> list[str]:
    written = as_text(read(text, FILE)[0])
    return [error.message for error in Draft202012Validator(schema(lang)).iter_errors(written)]


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_schema_is_a_schema(lang: Lang) -> None:
    Draft202012Validator.check_schema(schema(lang))


@pytest.mark.parametrize("path", DEFINITIONS, ids=lambda path: path.stem)
def test_our_definitions_follow_the_schema(path: Path) -> None:
    assert faults(path.read_text("utf-8"), "vi") == []


def test_the_specimen_follows_the_schema_of_its_vocabulary_only() -> None:
    assert faults(purchase(), "vi") == []
    assert faults(in_english(purchase()), "en") == []
    assert faults(purchase(), "en")


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("    trách nhiệm: kế toán", "    trach nhiem: kế toán"),
        ("  mã: QT-VP-05\n", ""),
        ("loại: công việc nội bộ ", "loại: việc khác "),
        ("    tên: Khảo sát giá", "    tên: [Khảo sát giá]"),
        ("    đến: kiểm tra\n", ""),
        ("    đến: kiểm tra\n", "    đến: kiểm tra\n    kết thúc: xong\n"),
    ],
)
def test_what_the_loader_refuses_the_schema_refuses(written: str, instead: str) -> None:
    assert written in purchase()
    assert faults(purchase().replace(written, instead, 1), "vi")


def test_every_key_is_described_in_its_language() -> None:
    vi, en = schema("vi")["$defs"]["step"]["properties"], schema("en")["$defs"]["step"]["properties"]
    assert vi["trách nhiệm"]["description"].startswith("Vai trò")
    assert en["responsible"]["description"].startswith("The role")
    assert all(entry["description"] for entry in (*vi.values(), *en.values()))


def test_long_forms_follow_the_schema() -> None:
    long = purchase().replace("thời hạn: 12 ngày làm việc", "thời hạn: {giá trị: 12, đơn vị: ngày làm việc}")
    long = long.replace("Không đồng ý: kết thúc từ chối", "Không đồng ý: {kết thúc: từ chối, huỷ việc còn lại: có}")
    assert faults(long, "vi") == []


def test_an_editor_may_read_a_text_as_a_number() -> None:
    written = as_text(read(purchase(), FILE)[0])
    written["quy trình"]["lần ban hành"] = 3
    assert not list(Draft202012Validator(schema("vi")).iter_errors(written))
